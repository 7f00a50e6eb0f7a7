import { bytesOf, postJson } from './editor_store.js'

// Shows what is typed as learners will see it, one request at a time, the last text counts.
const PREVIEW_PAUSE = 300
const BUSY_PAUSE = 5_000

export const preview = (form, facts) => {
  const field = form.elements.text
  const view = document.getElementById('learner-view')
  const problems = document.getElementById('problems')
  let waiting
  let running = null
  let shown = field.value

  const put = (place, html) => {
    if (place.dataset.html === html) return
    const top = place.scrollTop
    place.innerHTML = html
    place.dataset.html = html
    place.scrollTop = top
  }
  async function show () {
    const text = field.value
    if (text === shown || bytesOf(text) > facts.most) return
    running?.abort()
    const mine = running = new AbortController()
    view.setAttribute('aria-busy', 'true')
    try {
      const answer = await postJson(form.dataset.preview, { text }, { signal: mine.signal })
      if (answer.status === 429) { later(BUSY_PAUSE); return }
      if (!answer.ok) return
      const told = await answer.json()
      shown = text
      put(view, told.html)
      put(problems, told.problems_html)
    } catch { /* The text is safe; the next letter asks again. */ } finally {
      if (running === mine) { running = null; view.removeAttribute('aria-busy') }
    }
  }
  const later = wait => {
    clearTimeout(waiting)
    waiting = setTimeout(show, wait)
  }
  field.addEventListener('input', () => later(PREVIEW_PAUSE))

  const tryOut = async button => {
    const fields = new FormData(form, button)
    button.disabled = true
    try {
      const answer = await fetch(button.formAction, {
        method: 'POST', body: fields, headers: { 'X-Piece': 'trial' }, redirect: 'manual',
      })
      if (!answer.ok) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const found = page.querySelector('[data-trial]')
      button.closest('[data-trial]').replaceWith(found)
      ;(found.querySelector('[role="status"]') ?? found.querySelector('button')).focus()
    } finally { button.disabled = false }
  }
  form.addEventListener('submit', event => {
    if (event.submitter?.name !== 'trial') return
    event.preventDefault()
    tryOut(event.submitter)
  })
  // Enter in an answer tries that question; it must not save the file.
  view.addEventListener('keydown', event => {
    const button = event.target.closest('[data-trial]')?.querySelector('button[name="trial"]')
    if (event.key !== 'Enter' || event.target.tagName !== 'INPUT' || !button) return
    event.preventDefault()
    button.click()
  })
  problems.addEventListener('click', event => {
    const line = Number(event.target.closest('[data-line]')?.dataset.line)
    if (!line) return
    event.preventDefault()
    goTo(field, line)
  })
}

const goTo = (field, line) => {
  const lines = field.value.split('\n')
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
  field.focus()
  field.setSelectionRange(start, start + (lines[line - 1] ?? '').length)
  // A copy with the text before it is as high as the place to go to.
  const ruler = field.cloneNode()
  ruler.removeAttribute('id')
  ruler.removeAttribute('name')
  ruler.value = field.value.slice(0, start)
  ruler.rows = 1
  field.after(ruler)
  ruler.style.cssText = `position:absolute;visibility:hidden;block-size:0;inline-size:${field.clientWidth}px`
  field.scrollTop = Math.max(0, ruler.scrollHeight - field.clientHeight / 2)
  ruler.remove()
}
