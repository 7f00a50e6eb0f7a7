import { drop, keep, kept, keptKeys } from './storage.js'

// Sends what changed, numbered, one request at a time, and keeps it on this machine
// until the server has acknowledged it. Each answer carries when it was changed, in tenths
// of a second since the attempt began, so that of two devices the later change counts.
const LONGEST_WAIT = 15_000
const TYPING_PAUSE = 1_500
const SLOWEST_ANSWER = 20_000
const LEAST_BETWEEN_LOOKS = 5_000
const FORGET_AFTER = 7 * 24 * 3600 * 1000
const TENTH = 100

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)

const forgetOld = () => {
  for (const key of keptKeys('attempt ')) {
    if (!(kept(key)?.at > Date.now() - FORGET_AFTER)) drop(key)
  }
}

// The moment at which the server wrote this page, by a clock that nobody sets.
const answeredAt = () => performance.getEntriesByType('navigation')[0]?.responseStart ?? 0

const newName = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`

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

// What other pages of this browser left behind for the same attempt: the later change counts.
const adopt = (place, unsent, times) => {
  for (const key of keptKeys(place).filter(key => key === place || key[place.length] === ' ')) {
    const found = kept(key)
    for (const [id, value] of Object.entries(found?.responses ?? {})) {
      const time = found.times?.[id] ?? 0
      if (!(id in unsent) || time > times[id]) { unsent[id] = value; times[id] = time }
    }
    drop(key)
  }
}

// hear: told (state, count of unsent answers), newer (answers of other devices, by question),
// acknowledged (answers that the server has), left (seconds).
export const outbox = (form, hear) => {
  const { autosave, user, attempt } = form.dataset
  const place = `attempt ${user} ${attempt}`
  const device = newName()
  const key = `${place} ${device}`
  const page = autosave.slice(0, autosave.lastIndexOf('/'))
  const isShared = 'shared' in document.documentElement.dataset
  const unsent = {}
  const times = {}
  const refusedAlone = new Set()
  let known = Number(form.dataset.known ?? 0)
  let begunAt = answeredAt() - Number(form.dataset.age ?? 0) * TENTH
  let number = 0
  let newest = 0
  let sending = null
  let closed = false
  let oneByOne = false
  let isKept = true
  let oldest = 0
  let lookedAt = 0
  let timer

  const count = () => Object.keys(unsent).length
  const say = state => hear.told(state, count())

  const store = () => {
    isKept = count() ? keep(key, { at: Date.now(), responses: unsent, times }) : drop(key)
  }

  forgetOld()
  adopt(place, unsent, times)
  if (count()) store()

  const timeNow = () => {
    newest = Math.max(newest + 1, Math.floor((performance.now() - begunAt) / TENTH))
    return newest
  }

  const later = wait => {
    clearTimeout(timer)
    timer = setTimeout(flush, wait)
  }

  const acknowledge = async (sent, answer) => {
    for (const [id, value] of Object.entries(sent)) {
      if (same(unsent[id], value)) delete unsent[id]
    }
    oldest = 0
    store()
    const told = await answer.json()
    known = Math.max(known, told.count)
    begunAt = performance.now() - told.age * TENTH
    hear.acknowledged(sent)
    const newer = Object.entries(told.newer).filter(([id]) => !(id in unsent))
    if (newer.length) hear.newer(Object.fromEntries(newer))
    hear.left(told.seconds_left)
    if (!count()) say(Object.keys(sent).length ? 'saved' : 'seen')
    else if (refusedAlone.size < count()) later(oneByOne ? 0 : TYPING_PAUSE)
    else say('failed')
  }

  // One answer that the server cannot read must not hold up the others.
  const tryAlone = sent => {
    const ids = Object.keys(sent)
    if (oneByOne) ids.forEach(id => refusedAlone.add(id))
    oneByOne = true
    say('failed')
    if (refusedAlone.size < count()) later(0)
  }

  const refused = async (sent, answer) => {
    if (answer.status === 409) { closed = true; say('closed'); return }
    if (answer.status === 422) { tryAlone(sent); return }
    const renewal = answer.status === 400 ? await renewToken(page) : ''
    if (renewal === 'renewed') { later(0); return }
    const isSignedOut = answer.type === 'opaqueredirect' || answer.status === 401
    say(isSignedOut || renewal === 'ended' ? 'ended' : 'failed')
    later(LONGEST_WAIT)
  }

  const chosen = () => {
    if (!oneByOne) return { ...unsent }
    const id = Object.keys(unsent).find(id => !refusedAlone.has(id))
    return id === undefined ? {} : { [id]: unsent[id] }
  }

  const post = (sent, isLeaving) => fetch(autosave, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token()?.content ?? '' },
    body: JSON.stringify({
      number: ++number,
      device,
      known,
      responses: sent,
      times: Object.fromEntries(Object.keys(sent).map(id => [id, times[id]])),
    }),
    redirect: 'manual',
    keepalive: isLeaving,
    signal: isLeaving ? undefined : AbortSignal.timeout?.(SLOWEST_ANSWER),
  })

  async function send (sent, isLeaving = false) {
    clearTimeout(timer)
    sending = sent
    lookedAt = performance.now()
    try {
      const answer = await post(sent, isLeaving)
      if (answer.ok) await acknowledge(sent, answer)
      else await refused(sent, answer)
    } catch {
      say(isKept ? 'offline' : 'failed')
      later(LONGEST_WAIT)
    } finally { sending = null }
  }

  async function flush (isLeaving = false) {
    const sent = chosen()
    if (closed || !Object.keys(sent).length) return
    if ((sending && !isLeaving) || same(sending, sent)) return
    await send(sent, isLeaving)
  }

  // Asks what other devices answered and how much time is left, and sends what waits.
  const look = async () => {
    if (closed || sending) return
    await send(chosen())
  }

  const lookAgain = () => {
    if (count() || performance.now() - lookedAt > LEAST_BETWEEN_LOOKS) look()
  }

  const put = (id, value) => {
    unsent[id] = value
    times[id] = timeNow()
    refusedAlone.delete(id)
    store()
    if (closed) return
    say('saving')
    oldest ||= Date.now()
    later(Math.min(TYPING_PAUSE, Math.max(0, oldest + LONGEST_WAIT - Date.now())))
  }

  addEventListener('online', () => flush())
  addEventListener('focus', lookAgain)
  addEventListener('pageshow', event => { if (event.persisted) look() })
  addEventListener('pagehide', () => flush(true))
  document.addEventListener('visibilitychange', () => (document.hidden ? flush(true) : lookAgain()))
  addEventListener('beforeunload', event => {
    if ((!isKept || isShared) && count() && !closed) event.preventDefault()
  })
  // Who signs out waits for what can still be sent; what they give up is forgotten here too.
  document.addEventListener('signing-out', event => event.detail.push(flush()))
  document.addEventListener('answers-given-up', () => { closed = true; clearTimeout(timer) })
  return { place, unsent, times, put, flush, look, isClosed: () => closed }
}
