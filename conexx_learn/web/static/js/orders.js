// Ordering by number or by buttons: every move leaves a whole order, first to last.
const rowsOf = list => [...list.children]

const renumber = list => {
  rowsOf(list).forEach((row, index) => { row.querySelector('input').value = index + 1 })
}

const tell = (list, row) => {
  const said = list.parentElement.querySelector('[data-moved]')
  if (!said) return
  const step = row.querySelector('[data-step]').textContent.trim()
  said.textContent = said.dataset.moved
    .replace('{step}', step).replace('{n}', rowsOf(list).indexOf(row) + 1)
}

const placeAt = (list, row, index) => {
  const others = rowsOf(list).filter(other => other !== row)
  const next = others[Math.max(0, index)]
  if (next) next.before(row)
  else list.append(row)
  renumber(list)
  tell(list, row)
  list.dispatchEvent(new Event('moved', { bubbles: true }))
}

const byNumber = (list, input) => {
  const wanted = Number.parseInt(input.value, 10)
  if (Number.isNaN(wanted)) return
  placeAt(list, input.closest('li'), wanted - 1)
}

const byButton = (list, button) => {
  const row = button.closest('li')
  placeAt(list, row, rowsOf(list).indexOf(row) + (button.value === 'up' ? -1 : 1))
  button.focus()
}

export const orders = form => {
  for (const list of form.querySelectorAll('.orders')) {
    list.querySelectorAll('.moves').forEach(moves => { moves.hidden = false })
    list.addEventListener('change', event => {
      event.stopPropagation()
      byNumber(list, event.target)
    })
    list.addEventListener('click', event => {
      const button = event.target.closest('button')
      if (button) byButton(list, button)
    })
  }
}
