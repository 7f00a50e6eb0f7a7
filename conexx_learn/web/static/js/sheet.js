import { drop, keep, kept } from './storage.js'

// Saves the text of a task as one writes, and keeps it on this machine until it is acknowledged.
const TYPING_PAUSE = 1_500
const LONGEST_WAIT = 15_000
const SLOWEST_ANSWER = 20_000
const form = document.querySelector('form[data-sheet]')

const begin = () => {
  const key = `sheet ${form.dataset.sheet}`
  const field = form.elements.text
  const state = form.querySelector('[role="status"]')
  const tokens = document.querySelector('meta[name="csrf-token"]')
  let known = Number(form.elements.known.value)
  let saved = field.value
  let sending = false
  let behind = false
  let timer
  let oldest = 0

  const say = word => {
    const time = new Date().toLocaleTimeString('es', { hour: '2-digit', minute: '2-digit' })
    state.textContent = form.dataset[word].replace('{time}', time)
  }
  const later = wait => {
    clearTimeout(timer)
    timer = setTimeout(flush, wait)
  }
  const acknowledge = (text, number) => {
    known = number
    form.elements.known.value = number
    saved = text
    oldest = 0
    if (field.value === text) { drop(key); say('saved') } else later(TYPING_PAUSE)
  }
  const post = (text, isLeaving) => fetch(form.action, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': tokens?.content ?? '' },
    body: JSON.stringify({ text, known }),
    redirect: 'manual',
    keepalive: isLeaving,
    signal: isLeaving ? undefined : AbortSignal.timeout?.(SLOWEST_ANSWER),
  })
  async function flush (isLeaving = false) {
    const text = field.value
    if (behind || text === saved || (sending && !isLeaving)) return
    clearTimeout(timer)
    sending = true
    try {
      const answer = await post(text, isLeaving)
      if (answer.ok) acknowledge(text, (await answer.json()).number)
      else if (answer.status === 409) { behind = true; say('behind') }
      else { say('failed'); later(LONGEST_WAIT) }
    } catch {
      say('offline')
      later(LONGEST_WAIT)
    } finally { sending = false }
  }
  const typed = () => {
    keep(key, { at: Date.now(), known, text: field.value })
    if (behind) return
    say('saving')
    oldest ||= Date.now()
    later(Math.min(TYPING_PAUSE, Math.max(0, oldest + LONGEST_WAIT - Date.now())))
  }

  const before = kept(key)
  if (before && before.text !== field.value) {
    field.value = before.text
    known = before.known
    form.elements.known.value = known
    flush()
  } else drop(key)
  field.addEventListener('input', typed)
  document.addEventListener('signing-out', event => event.detail.push(flush()))
  document.addEventListener('answers-given-up', () => { behind = true; drop(key) })
  addEventListener('online', () => flush())
  addEventListener('pagehide', () => flush(true))
  document.addEventListener('visibilitychange', () => flush(document.hidden))
}

if (form) begin()
