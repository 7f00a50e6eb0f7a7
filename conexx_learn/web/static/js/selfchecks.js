// Answers a self-check without leaving the page; without a script the form does the same.
const ask = form => {
  const fields = new FormData(form)
  const headers = { 'X-Piece': 'self-check' }
  if (form.method === 'post') {
    return fetch(form.action, { method: 'POST', body: fields, headers, redirect: 'manual' })
  }
  return fetch(`${location.pathname}?${new URLSearchParams(fields)}`, { headers })
}

const answer = async form => {
  const button = form.querySelector('button')
  button.disabled = true
  try {
    const found = await ask(form)
    if (!found.ok) throw new Error(found.status)
    const page = new DOMParser().parseFromString(await found.text(), 'text/html')
    const check = page.querySelector('[data-selfcheck]')
    form.closest('[data-selfcheck]').replaceWith(check)
    ;(check.querySelector('[role="status"]') ?? check.querySelector('button')).focus()
  } catch {
    // The plain form says what is wrong: the session is over, or there is no connection.
    button.disabled = false
    form.submit()
  }
}

document.addEventListener('submit', event => {
  if (!event.target.closest('[data-selfcheck]')) return
  event.preventDefault()
  answer(event.target)
})
