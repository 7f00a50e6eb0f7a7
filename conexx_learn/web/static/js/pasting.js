// What is pasted into a text box stays there as plain text; its headings, lists and tables are
// sent beside it. Whoever types in the box afterwards means the text that is to be seen.
const box = document.querySelector('textarea[data-paste]')
const dressed = document.getElementById(box?.dataset.paste)
const said = document.getElementById(box?.dataset.said)
const size = () => new Blob([dressed.value]).size

const tell = () => {
  const isTooLarge = size() > Number(box.dataset.most)
  said.textContent = isTooLarge ? said.dataset.large : dressed.value ? said.dataset.dressed : ''
  box.setAttribute('aria-invalid', isTooLarge)
  return isTooLarge
}

box?.addEventListener('paste', event => {
  const html = event.clipboardData?.getData('text/html') ?? ''
  if (!html) return
  const isWhole = !box.value.trim() || box.selectionEnd - box.selectionStart === box.value.length
  // A second paste is put behind the first only where the first is still what was pasted.
  if (isWhole) dressed.value = html
  else if (dressed.value && box.selectionStart === box.value.length) dressed.value += html
  else dressed.value = ''
  tell()
})

box?.addEventListener('input', event => {
  if (event.inputType !== 'insertFromPaste') dressed.value = ''
  tell()
})

box?.form.addEventListener('submit', event => {
  if (!tell()) return
  event.preventDefault()
  box.focus()
})
