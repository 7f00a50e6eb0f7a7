import { drop, keep, kept } from './storage.js'

// Where someone stopped reading a module: the block at the top of the window, whatever its width.
const article = document.querySelector('[data-reading]')
const place = article && `reading ${article.dataset.reading}`
const FIRST_WORTH_KEEPING = 2

const topBlock = () =>
  [...article.children].findIndex(block => block.getBoundingClientRect().bottom > 8)

const remember = () => {
  const block = topBlock()
  if (block >= FIRST_WORTH_KEEPING) keep(place, block)
  else drop(place)
}

const comesAfresh = () =>
  !location.hash && performance.getEntriesByType('navigation')[0]?.type === 'navigate'

if (article) {
  const block = article.children[kept(place)]
  if (block && comesAfresh()) block.scrollIntoView({ behavior: 'instant' })
  let waiting
  addEventListener('scroll', () => {
    clearTimeout(waiting)
    waiting = setTimeout(remember, 400)
  }, { passive: true })
  addEventListener('pagehide', remember)
}
