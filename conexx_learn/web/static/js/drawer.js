// The drawer opens without script, as the page's target. Here: Escape and leaving close it,
// the focus returns to where it was opened, and the text stays where it was.
const drawer = document.querySelector('.drawer')
const opener = document.querySelector('.drawer-open')
const closer = drawer?.querySelector('.drawer-close')

const isOpen = () => drawer?.matches(':target') && closer?.offsetParent !== null

const close = focusBack => {
  const top = scrollY
  location.replace(closer.hash)
  scrollTo({ top, behavior: 'instant' })
  if (focusBack) opener?.focus({ preventScroll: true })
}

addEventListener('hashchange', () => { if (isOpen()) closer.focus() })
addEventListener('keydown', event => { if (event.key === 'Escape' && isOpen()) close(true) })
closer?.addEventListener('click', event => { event.preventDefault(); close(true) })
drawer?.addEventListener('focusout', event => {
  const next = event.relatedTarget
  if (next && isOpen() && !drawer.contains(next)) { close(false); next.focus() }
})
