import { clock } from './clock.js'
import { readBack } from './numbers.js'
import { orders } from './orders.js'
import { outbox } from './outbox.js'
import { response, restore } from './responses.js'

// The page of an open attempt: saves as one goes, marks what is answered, watches the time.
const form = document.querySelector('form[data-autosave]')

const saved = document.querySelector('[data-saved]')

const say = state => {
  const time = new Date().toLocaleTimeString('es', { hour: '2-digit', minute: '2-digit' })
  saved.textContent = (saved.dataset[state] ?? '').replace('{time}', time)
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
  bar.value = all.length - missing.length
  label.textContent = label.dataset.count.replace('{n}', bar.value).replace('{total}', all.length)
  showMissing(missing)
}

const begin = () => {
  orders(form)
  const box = outbox(form, say)
  const apply = responses => {
    for (const group of groups()) {
      const id = group.dataset.question
      if (id in responses) restore(group, responses[id])
    }
    groups().forEach(markList)
    showProgress()
  }
  const changed = event => {
    const group = event.target.closest('[data-question]')
    if (!group) return
    box.put(group.dataset.question, response(group))
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
    if (event.key === box.key && event.newValue) apply(JSON.parse(event.newValue).responses)
  })
  let sent = false
  addEventListener('pageshow', () => { sent = false })
  form.addEventListener('submit', event => {
    if (sent) { event.preventDefault(); return }
    if (!navigator.onLine) { event.preventDefault(); say('offline'); return }
    sent = true
  })
  const shown = form.querySelector('[data-left]')
  if (shown) {
    clock(shown, form.querySelector('[data-time-said]'), async () => {
      await box.flush()
      if (!box.isClosed()) form.requestSubmit(form.querySelector('[data-submit]'))
    })
  }
}

if (form) begin()
