import { drop, keep, kept } from './storage.js'

// Saves a text as one writes, keeps it on this machine until it is acknowledged, and never
// replaces what is typed by what the server has.
const SAVE_PAUSE = 5_000
const TRY_AGAIN = 15_000
const SLOWEST_SAVE = 20_000
const KIB = 1024
const MB = 1_000_000

export const bytesOf = text => new TextEncoder().encode(text).length

const sizeWords = count => {
  const [unit, size] = count >= MB ? ['MB', MB] : ['KiB', KIB]
  return `${(count / size).toFixed(1).replace(/\.0$/, '')} ${unit}`
}

// A page that stayed open for hours carries an old token: the same page, read again, has a new one.
const freshToken = async address => {
  const page = await fetch(address, { redirect: 'manual' })
  if (!page.ok) return page.type === 'opaqueredirect' ? 'ended' : ''
  const found = new DOMParser().parseFromString(await page.text(), 'text/html')
    .querySelector('meta[name="csrf-token"]')?.content
  const meta = document.querySelector('meta[name="csrf-token"]')
  if (!found || found === meta.content) return ''
  meta.content = found
  document.querySelectorAll('input[name="csrf_token"]').forEach(field => { field.value = found })
  return 'renewed'
}

export const postJson = (address, body, options = {}) => fetch(address, {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    'X-CSRFToken': document.querySelector('meta[name="csrf-token"]')?.content ?? '',
  },
  body: JSON.stringify(body),
  redirect: 'manual',
  ...options,
})

// heard(state) is told after each change of state, for what else the page shows of it.
export const store = (form, facts) => {
  const field = form.elements.text
  const seen = form.elements.seen
  const state = document.getElementById('saved-state')
  const key = `editor ${facts.user} ${form.dataset.editor}`
  // A new file begins with a pattern that nobody has to save.
  let saved = field.value
  let sending = false
  let stopped = false
  let timer

  const say = (word, facts = {}) => {
    state.textContent = (form.dataset[word] ?? word)
      .replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? '')
    state.dataset.state = word
    form.querySelector('[data-download]').hidden = ['saved', 'saving'].includes(word)
  }
  const tooLarge = () => {
    const count = bytesOf(field.value)
    if (count <= facts.most) return false
    say('large', { most: sizeWords(facts.most), size: sizeWords(count) })
    return true
  }
  const later = wait => {
    clearTimeout(timer)
    timer = setTimeout(save, wait)
  }
  const acknowledge = (text, told) => {
    seen.value = told.sha256
    saved = text
    say('saved', { time: told.saved_at })
    if (field.value === text) drop(key)
    else later(SAVE_PAUSE)
  }
  const refused = async answer => {
    if (answer.status === 400) {
      const renewal = await freshToken(form.action)
      if (renewal === 'renewed') { later(0); return }
      if (renewal === 'ended') { say('ended'); later(TRY_AGAIN); return }
    }
    if (answer.status === 401 || answer.type === 'opaqueredirect') { say('ended'); later(TRY_AGAIN); return }
    if (answer.status === 404) { say('gone'); return }
    const told = await answer.json().catch(() => ({}))
    if (answer.status === 409) {
      stopped = true
      say('conflict', { person: told.person || form.dataset.somebody, time: told.saved_at })
      return
    }
    say('failed', { reason: told.error ?? answer.status })
    if (answer.status >= 500 || answer.status === 429) later(TRY_AGAIN)
  }

  async function save ({ asked = false, leaving = false } = {}) {
    const text = field.value
    clearTimeout(timer)
    // Two at once would be taken for two people; what comes after is on this machine until then.
    if (stopped || sending || (text === saved && !asked) || tooLarge()) return
    sending = true
    say('saving')
    try {
      const answer = await postJson(form.dataset.autosave, { text, seen: seen.value, asked }, {
        keepalive: leaving,
        signal: leaving ? undefined : AbortSignal.timeout?.(SLOWEST_SAVE),
      })
      if (answer.ok) acknowledge(text, await answer.json())
      else await refused(answer)
    } catch {
      say('offline')
      later(TRY_AGAIN)
    } finally { sending = false }
  }

  const typed = () => {
    keep(key, { at: Date.now(), text: field.value, seen: seen.value })
    if (tooLarge()) { clearTimeout(timer); return }
    if (!stopped) later(SAVE_PAUSE)
  }

  const before = kept(key)
  const offer = document.getElementById('kept-text')
  if (before && before.text !== field.value) {
    offer.hidden = false
    offer.querySelector('[data-recover]').addEventListener('click', () => {
      offer.hidden = true
      // What it was typed over, so that somebody else's later text is seen and not overwritten.
      seen.value = before.seen
      field.value = before.text
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.focus()
    })
    offer.querySelector('[data-forget]').addEventListener('click', () => {
      offer.hidden = true
      drop(key)
      field.focus()
    })
  } else drop(key)

  form.querySelector('[data-download]').addEventListener('click', () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([field.value], { type: 'text/markdown' }))
    link.download = form.dataset.editor.split('/').pop()
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  })
  form.addEventListener('submit', event => {
    if (event.defaultPrevented) return
    if (!event.submitter?.value && tooLarge()) { event.preventDefault(); return }
    stopped = true
    keep(key, { at: Date.now(), text: field.value, seen: seen.value })
  })
  const leave = () => { if (field.value !== saved) save({ leaving: true }) }
  field.addEventListener('input', typed)
  addEventListener('online', () => save())
  addEventListener('focus', () => { if (state.dataset.state === 'ended') save() })
  addEventListener('pagehide', leave)
  addEventListener('pageshow', event => { if (event.persisted) stopped = false })
  document.addEventListener('visibilitychange', () => { if (document.hidden) leave() })
  document.addEventListener('signing-out', event => event.detail.push(save()))
  return { save }
}
