// Shows how a typed number is read, by the same rules as the server: a mark that occurs
// twice groups digits; of two different marks the last is the decimal one; a single mark
// before exactly three digits can be either, and both readings count.
const signs = /[\s\u00a0\u202f_$€%]|EUR|MXN|USD/gi

const plain = text => (/^[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text) ? [Number(text)] : [])

const split = (text, mark) => {
  const other = mark === ',' ? '.' : ','
  return plain(text.replaceAll(other, '').replace(mark, '.'))
}

export const readings = (text, unit = '') => {
  const bare = text.replace(signs, '').replace(unit.replace(signs, ''), '')
  const marks = bare.match(/[.,]/g) ?? []
  const kinds = new Set(marks)
  if (marks.length === 0) return plain(bare)
  if (kinds.size === 2) return split(bare, marks.at(-1))
  if (marks.length > 1) return plain(bare.replaceAll(marks[0], ''))
  const isEither = /^[+-]?\d{1,3}[.,]\d{3}$/.test(bare)
  const decimal = split(bare, marks[0])
  return isEither ? [...plain(bare.replace(marks[0], '')), ...decimal] : decimal
}

export const readBack = group => {
  const place = group.querySelector('[data-read]')
  if (!place) return
  const field = group.querySelector('input')
  const format = new Intl.NumberFormat(place.dataset.locale, { maximumFractionDigits: 6 })
  const found = readings(field.value, place.dataset.unit).map(value => format.format(value))
  const words = [...new Set(found)].join(` ${place.dataset.or} `)
  place.textContent = words ? place.dataset.read.replace('{n}', words) : ''
}
