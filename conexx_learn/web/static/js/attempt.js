import { offerDownload } from './answers.js'
import { clock } from './clock.js'
import { readBack } from './numbers.js'
import { orders } from './orders.js'
import { outbox, same } from './outbox.js'
import { response, restore } from './responses.js'

// The page of an open attempt: saves as one goes, marks what is answered, watches the time.
const form = document.querySelector('form[data-autosave]')

const saved = document.querySelector('[data-saved]')

const clockTime = () =>
  new Date().toLocaleTimeString('es', { hour: '2-digit', minute: '2-digit' })

// `seen`: the server was asked and everything is there; what was last said of a save stands.
let settled = saved?.textContent
const say = (state, count) => {
  const text = saved.dataset[state] ?? settled
  saved.textContent = text.replace('{time}', clockTime()).replace('{n}', count)
  if (state === 'saved') settled = saved.textContent
  // While a save is on its way the notices stand: what one wants to press must not vanish.
  if (state === 'saving') return
  for (const notice of document.querySelectorAll('[data-when]')) {
    notice.hidden = notice.dataset.when !== state
  }
}

const groups = () => [...form.querySelectorAll('[data-question]')]
const isAnswered = group => response(group) !== null

const markList = group => {
  const link = form.querySelector(`.qlist a[href="#${group.id}"]`)
  if (!link) return
  const done = isAnswered(group)
  link.classList.toggle('done', done)
  link.querySelector('span').textContent = link.closest('nav').dataset[done ? 'done' : 'open']
}

const link = group => {
  const place = document.createElement('a')
  place.href = `#${group.id}`
  place.textContent = group.dataset.number
  return place
}

const showMissing = missing => {
  const notice = form.querySelector('[data-missing]')
  if (!notice) return
  notice.hidden = missing.length === 0
  const heading = notice.dataset[missing.length === 1 ? 'one' : 'many']
  notice.querySelector('strong').textContent = heading.replace('{n}', missing.length)
  const places = missing.flatMap((group, index) => (index ? [', ', link(group)] : [link(group)]))
  notice.querySelector('[data-places]').replaceChildren(...places)
}

const showProgress = () => {
  const all = groups()
  const missing = all.filter(group => !isAnswered(group))
  const bar = form.querySelector('.quiz-side progress')
  const label = form.querySelector('[data-count]')
  bar.value = all.length - missing.length + Number(label.dataset.elsewhere)
  label.textContent = label.dataset.count.replace('{n}', bar.value).replace('{total}', bar.max)
  if (!form.dataset.part) showMissing(missing)
}

// What another device answered later stands here now; said once, with the numbers.
const tellNewer = changed => {
  const notice = form.querySelector('[data-newer]')
  const places = changed.map(group => group.dataset.number).join(', ')
  const text = notice.dataset[changed.length === 1 ? 'one' : 'many']
  notice.hidden = false
  notice.querySelector('p').textContent = text.replace('{places}', places)
}

const begin = () => {
  orders(form)
  const shown = JSON.parse(form.elements.shown.value)
  // The form sends only what differs from what the server is known to have.
  const note = responses => {
    for (const [id, value] of Object.entries(responses)) shown[id] = value
    form.elements.shown.value = JSON.stringify(shown)
  }
  const apply = responses => {
    const changed = groups().filter(group => {
      const id = group.dataset.question
      const differs = id in responses &&
        !same(response(group), responses[id])
      if (differs) restore(group, responses[id])
      return differs
    })
    groups().forEach(markList)
    showProgress()
    return changed
  }
  let time
  const box = outbox(form, {
    told: say,
    acknowledged: note,
    newer: responses => {
      note(responses)
      const changed = apply(responses)
      if (changed.length) tellNewer(changed)
    },
    left: seconds => { if (seconds !== null) time?.correct(seconds) },
  })
  const changed = event => {
    const group = event.target.closest('[data-question]')
    if (!group) return
    const id = group.dataset.question
    const value = response(group)
    const before = id in box.unsent ? box.unsent[id] : shown[id] ?? null
    // Leaving a field is a change to the browser, though nothing was changed since.
    if (!same(before, value)) box.put(id, value)
    readBack(group)
    markList(group)
    showProgress()
  }
  apply(box.unsent)
  box.flush()
  for (const kind of ['input', 'change', 'moved']) {
    form.addEventListener(kind, event => {
      // Half a number in an order is no change yet: `moved` tells when it is.
      if (kind === 'moved' || !event.target.closest('.orders')) changed(event)
    })
  }
  // The same attempt in another tab of this browser: show what was answered there.
  addEventListener('storage', event => {
    if (event.key?.startsWith(`${box.place} `) && event.newValue) {
      const { responses } = JSON.parse(event.newValue)
      apply(Object.fromEntries(Object.entries(responses).filter(([id]) => !(id in box.unsent))))
    }
  })
  let sent = false
  addEventListener('pageshow', () => { sent = false })
  form.addEventListener('submit', event => {
    if (sent) { event.preventDefault(); return }
    if (!navigator.onLine) { event.preventDefault(); box.flush(); say('offline', Object.keys(box.unsent).length); return }
    sent = true
  })
  offerDownload(form, () => {
    const answered = groups().filter(isAnswered)
    const here = Object.fromEntries(answered.map(g => [g.dataset.question, response(g)]))
    return { responses: { ...here, ...box.unsent }, times: box.times }
  })
  const left = form.querySelector('[data-left]')
  if (left) {
    time = clock(left, form.querySelector('[data-time-said]'), async () => {
      await box.look()
      if (box.isClosed() || time.secondsLeft() > 0) return
      form.requestSubmit(form.querySelector('[data-submit]'))
    })
  }
}

if (form) begin()
