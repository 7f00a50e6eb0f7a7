import { drop, keep, kept, keptKeys } from './storage.js'

// Sends what changed, numbered, one request at a time, and keeps it on this machine
// until the server has acknowledged it.
const LONGEST_WAIT = 15_000
const TYPING_PAUSE = 1_500
const SLOWEST_ANSWER = 20_000
const FORGET_AFTER = 7 * 24 * 3600 * 1000

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)

const forgetOld = () => {
  for (const key of keptKeys('attempt ')) {
    if (!(kept(key)?.at > Date.now() - FORGET_AFTER)) drop(key)
  }
}

// The moment at which the server wrote this page, by this machine's clock.
const answeredAt = () =>
  performance.timeOrigin + (performance.getEntriesByType('navigation')[0]?.responseStart ?? 0)

const token = () => document.querySelector('meta[name="csrf-token"]')

// A page that stayed open for hours carries an old token: the same page, read again, has a new one,
// or leads to the sign-in where the session is over too.
const renewToken = async address => {
  const page = await fetch(address, { redirect: 'manual' })
  if (page.type === 'opaqueredirect') return 'ended'
  if (!page.ok) return 'failed'
  const fresh = new DOMParser().parseFromString(await page.text(), 'text/html')
    .querySelector('meta[name="csrf-token"]')?.content
  if (!fresh || fresh === token().content) return 'failed'
  token().content = fresh
  document.querySelectorAll('input[name="csrf_token"]').forEach(field => { field.value = fresh })
  return 'renewed'
}

export const outbox = (form, say) => {
  const { autosave, user, attempt } = form.dataset
  const key = `attempt ${user} ${attempt}`
  const page = autosave.slice(0, autosave.lastIndexOf('/'))
  const openedAt = answeredAt()
  const tenthsBefore = Number(form.dataset.age ?? 0) * 10
  let number = Number(form.dataset.number ?? 0)
  let sending = null
  let closed = false
  let isKept = true
  let oldest = 0
  let timer

  forgetOld()
  const unsent = kept(key)?.responses ?? {}
  const isEmpty = () => Object.keys(unsent).length === 0

  const store = () => {
    isKept = isEmpty() ? drop(key) : keep(key, { at: Date.now(), responses: unsent })
  }

  // Numbers grow with the attempt's age in tenths of a second, so that what a second tab
  // or another device sends later also counts as later.
  const nextNumber = () => {
    number = Math.max(number + 1, Math.floor(tenthsBefore + (Date.now() - openedAt) / 100))
    return number
  }

  const later = wait => {
    clearTimeout(timer)
    timer = setTimeout(flush, wait)
  }

  const acknowledge = sent => {
    for (const [id, value] of Object.entries(sent)) {
      if (same(unsent[id], value)) delete unsent[id]
    }
    oldest = 0
    store()
    say('saved')
    if (!isEmpty()) later(TYPING_PAUSE)
  }

  const refused = async answer => {
    if (answer.status === 409) { closed = true; say('closed'); return }
    const renewal = answer.status === 400 ? await renewToken(page) : ''
    if (renewal === 'renewed') { later(0); return }
    const isSignedOut = answer.type === 'opaqueredirect' || answer.status === 401
    say(isSignedOut || renewal === 'ended' ? 'ended' : 'failed')
    later(LONGEST_WAIT)
  }

  const post = (sent, isLeaving) => fetch(autosave, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token()?.content ?? '' },
    body: JSON.stringify({ number: nextNumber(), responses: sent }),
    redirect: 'manual',
    keepalive: isLeaving,
    signal: isLeaving ? undefined : AbortSignal.timeout?.(SLOWEST_ANSWER),
  })

  async function flush (isLeaving = false) {
    if (closed || isEmpty() || (sending && !isLeaving) || same(sending, unsent)) return
    clearTimeout(timer)
    const sent = { ...unsent }
    sending = sent
    try {
      const answer = await post(sent, isLeaving)
      if (answer.ok) acknowledge(sent)
      else await refused(answer)
    } catch {
      say(isKept ? 'offline' : 'failed')
      later(LONGEST_WAIT)
    } finally { sending = null }
  }

  const put = (id, value) => {
    unsent[id] = value
    store()
    if (closed) return
    say('saving')
    oldest ||= Date.now()
    later(Math.min(TYPING_PAUSE, Math.max(0, oldest + LONGEST_WAIT - Date.now())))
  }

  addEventListener('online', () => flush())
  addEventListener('focus', () => flush())
  addEventListener('pagehide', () => flush(true))
  document.addEventListener('visibilitychange', () => flush(document.hidden))
  addEventListener('beforeunload', event => {
    if (!isKept && !isEmpty() && !closed) event.preventDefault()
  })
  return { key, unsent, put, flush, isClosed: () => closed }
}
