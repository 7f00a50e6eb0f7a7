import { drop, kept, keptKeys } from './storage.js'

// Signing out forgets the answers and texts that this machine keeps, and warns where that would
// lose one.
const way = document.querySelector('form[data-unsent]')
const keys = () =>
  ['attempt', 'sheet'].flatMap(kind => keptKeys(`${kind} ${way.dataset.user} `))
const isSheet = key => key.startsWith('sheet ')
const count = key => (isSheet(key) ? 1 : Object.keys(kept(key)?.responses ?? {}).length)
const unsent = () => keys().reduce((sum, key) => sum + count(key), 0)

const forget = () => {
  document.dispatchEvent(new CustomEvent('answers-given-up'))
  keys().forEach(drop)
}

const backToTheText = () => {
  const key = keys().find(count)
  const address = `/${isSheet(key) ? 'courses' : 'attempts'}/${key.split(' ')[2]}`
  if (location.pathname !== address) location.assign(address)
}

way?.addEventListener('submit', async event => {
  if (!unsent()) { forget(); return }
  event.preventDefault()
  const attempts = []
  document.dispatchEvent(new CustomEvent('signing-out', { detail: attempts }))
  await Promise.all(attempts)
  const left = unsent()
  if (left && !confirm(way.dataset.unsent.replace('{n}', left))) { backToTheText(); return }
  forget()
  way.submit()
})
