// One question's response in the shape of the contract, read from its fields and written back.
const fieldsOf = group => [...group.querySelectorAll('input[name], select[name], textarea[name]')]
const keyOf = (group, field) => field.name.slice(group.dataset.question.length + 1)

const chosen = group => fieldsOf(group).filter(field => field.checked).map(field => field.value)

const typed = group => fieldsOf(group)[0].value.trim() || null

// A half-filled order says nothing yet.
const order = group => {
  const fields = fieldsOf(group)
  if (fields.some(field => !field.value)) return null
  return fields.sort((a, b) => a.value - b.value).map(field => keyOf(group, field))
}

const match = group => {
  const pairs = fieldsOf(group).filter(field => field.value)
  return pairs.length ? Object.fromEntries(pairs.map(f => [keyOf(group, f), f.value])) : null
}

const single = group => chosen(group)[0] ?? null
const multiple = group => (chosen(group).length ? chosen(group) : null)

const readers = { single, truefalse: single, multiple, order, match }

export const response = group => (readers[group.dataset.type] ?? typed)(group)

const choose = (group, keys) =>
  fieldsOf(group).forEach(field => { field.checked = keys.includes(field.value) })

const arrange = (group, keys) => {
  const list = group.querySelector('.orders')
  const rows = Object.fromEntries(fieldsOf(group).map(f => [keyOf(group, f), f.closest('li')]))
  keys.filter(key => rows[key]).forEach((key, index) => {
    rows[key].querySelector('input').value = index + 1
    list.append(rows[key])
  })
}

const pair = (group, pairs) =>
  fieldsOf(group).forEach(field => { field.value = pairs[keyOf(group, field)] ?? '' })

const type = (group, text) => { fieldsOf(group)[0].value = text }

const writers = {
  single: (group, key) => choose(group, [key]),
  truefalse: (group, key) => choose(group, [key]),
  multiple: choose,
  order: arrange,
  match: pair,
}
const nothing = { multiple: [], order: [], match: {} }

export const restore = (group, value) => {
  const kind = group.dataset.type
  const write = writers[kind] ?? type
  write(group, value ?? nothing[kind] ?? '')
}
