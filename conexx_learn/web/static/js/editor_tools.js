// Buttons that insert what is written often. Each leaves the caret where one goes on writing, and
// can be undone like anything typed.
const json = id => JSON.parse(document.getElementById(id).textContent)

const element = (name, traits = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), traits)
  made.append(...inside)
  return made
}

const typeInto = (field, text) => {
  field.focus()
  // The old way is the only one that the browser's own undo knows.
  if (!document.execCommand('insertText', false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

const around = (field, before, after, empty) => {
  const { selectionStart: start, selectionEnd: end, value } = field
  const chosen = value.slice(start, end) || empty
  typeInto(field, before + chosen + after)
  field.setSelectionRange(start + before.length, start + before.length + chosen.length)
}

const lineStart = (field, mark) => {
  const start = field.value.lastIndexOf('\n', field.selectionStart - 1) + 1
  field.setSelectionRange(start, start)
  typeInto(field, mark)
}

// A block stands alone, with an empty line before and after it.
const block = (field, text) => {
  const before = field.value.slice(0, field.selectionStart)
  const after = field.value.slice(field.selectionEnd)
  const gap = (rest, end) => (!rest || rest.endsWith('\n\n') ? '' : rest.endsWith('\n') ? '\n' : end)
  const head = gap(before, '\n\n')
  const tail = after.startsWith('\n') || !after ? '' : '\n'
  typeInto(field, head + text + tail)
}

// A small window with fields; gives their values, or nothing where it was closed.
const ask = (words, title, fields) => new Promise(resolve => {
  const form = element('form', { method: 'dialog', className: 'stack' },
    element('h2', { className: 'panel-title', textContent: title }), ...fields,
    element('p', { className: 'row' },
      element('button', { className: 'button', value: 'insert', textContent: words.insert }), ' ',
      element('button', { className: 'button button--quiet', value: '', textContent: words.cancel, formNoValidate: true })))
  const dialog = element('dialog', {}, form)
  dialog.setAttribute('aria-label', title)
  dialog.addEventListener('close', () => {
    const isDone = dialog.returnValue === 'insert'
    dialog.remove()
    resolve(isDone ? new FormData(form) : null)
  })
  document.body.append(dialog)
  dialog.showModal()
})

const labelled = (text, control) => {
  const field = element('p', { className: 'field' }, element('label', { textContent: text, htmlFor: control.id }), control)
  return field
}

const table = async (field, words) => {
  const number = (name, value) => labelled(words[name], element('input', {
    id: `ask-${name}`, name, type: 'number', min: 1, max: 12, value, required: true,
  }))
  const head = words.table.split('\n')
  const sent = await ask(words, words.tableName, [number('columns', 2), number('rows', 3)])
  if (!sent) return
  const columns = Number(sent.get('columns'))
  const repeated = text => `| ${Array(columns).fill(text).join(' | ')} |`
  const cells = line => line.split('|')[1].trim()
  const title = cells(head[0]).replace(/ \d+$/, '')
  const heads = `| ${Array.from({ length: columns }, (_, n) => `${title} ${n + 1}`).join(' | ')} |`
  block(field, [heads, repeated('---'), ...Array(Number(sent.get('rows'))).fill(repeated(cells(head[2]))), ''].join('\n'))
}

const picture = async (field, words, facts) => {
  if (!facts.pictures.length) { await ask(words, words.none, []); return }
  const choice = element('select', { id: 'ask-file', name: 'file' }, ...facts.pictures.map(path => element('option', { textContent: path })))
  const text = element('input', { id: 'ask-text', name: 'text', required: true, maxLength: 300 })
  const plain = element('input', { type: 'checkbox' })
  plain.addEventListener('change', () => { text.required = !plain.checked; text.disabled = plain.checked })
  const sent = await ask(words, words.picture, [
    labelled(words.picture, choice), labelled(words.alternative, text),
    element('label', { className: 'choice' }, plain, ' ', element('span', { textContent: words.decorative })),
  ])
  if (sent) block(field, `![${(sent.get('text') ?? '').replace(/[[\]]/g, '')}](${sent.get('file')})\n`)
}

const link = async (field, words) => {
  const { selectionStart: start, selectionEnd: end } = field
  const input = element('input', { id: 'ask-address', name: 'address', required: true, maxLength: 500, value: 'https://' })
  const sent = await ask(words, words.link, [labelled(words.address, input)])
  if (!sent) return
  field.setSelectionRange(start, end)
  around(field, '[', `](${sent.get('address').trim().replace(/[()\s]/g, encodeURIComponent)})`, words.link.toLowerCase())
}

const freeId = (field, facts) => {
  const taken = new Set([...facts.taken, ...[...field.value.matchAll(/^## +([a-z0-9-]+) *\|/gm)].map(found => found[1])])
  let number = 1
  while (taken.has(`${facts.prefix}-${number}`)) number += 1
  return `${facts.prefix}-${number}`
}

const withFreeId = ({ dataset, textContent }, field, facts) => (dataset.questionPattern
  ? textContent.replaceAll(dataset.questionPattern, freeId(field, facts))
  : textContent)

export const tools = (form, facts, save) => {
  const field = form.elements.text
  const words = json('editor-words')
  const bar = form.querySelector('[role="toolbar"]')
  const patterns = [...document.querySelectorAll('[data-pattern], [data-question-pattern]')]
  const first = patterns.find(one => one.dataset.pattern === 'table')
  words.table = first.textContent
  words.tableName = first.dataset.name
  const acts = [
    [words.heading, () => lineStart(field, '## ')],
    [words.bold, () => around(field, '**', '**', words.bold.toLowerCase()), 'b'],
    [words.italic, () => around(field, '*', '*', words.italic.toLowerCase()), 'i'],
    [words.list, () => lineStart(field, '- ')],
    [words.link, () => link(field, words), 'k'],
    [words.picture, () => picture(field, words, facts)],
    ...patterns.map(one => [one.dataset.name, one === first
      ? () => table(field, words)
      : () => block(field, withFreeId(one, field, facts))]),
  ]
  const buttons = acts.map(([name, act, sign], place) => {
    const button = element('button', { type: 'button', className: 'button button--quiet button--small', textContent: name, tabIndex: place ? -1 : 0 })
    if (sign) { button.title = `Ctrl+${sign.toUpperCase()}`; button.setAttribute('aria-keyshortcuts', `Control+${sign.toUpperCase()}`) }
    button.addEventListener('click', act)
    return button
  })
  // What is written in a line, what stands beside the text, what is asked.
  const own = acts.length - patterns.length
  const asked = patterns.filter(one => one.dataset.questionPattern).length
  const ends = [own, acts.length - asked, acts.length]
  bar.append(...ends.map((end, at) => element('span', {}, ...buttons.slice(ends[at - 1] ?? 0, end))))
  // A file of settings is no prose: signs of a text would break it.
  bar.hidden = 'off' in bar.dataset
  form.querySelector('button[value="preview"]').hidden = true
  // One stop for Tab; the arrows move along the buttons.
  bar.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -buttons.length, End: buttons.length }[event.key]
    if (!step) return
    event.preventDefault()
    const place = buttons.indexOf(document.activeElement)
    const next = Math.abs(step) > 1 ? (step < 0 ? 0 : buttons.length - 1) : (place + step + buttons.length) % buttons.length
    buttons.forEach((button, at) => { button.tabIndex = at === next ? 0 : -1 })
    buttons[next].focus()
  })
  field.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    if (event.key === 's') { event.preventDefault(); save({ asked: true }); return }
    const act = acts.find(([, , sign]) => sign === event.key)
    if (act) { event.preventDefault(); act[1]() }
  })
  // What is copied from a text processor comes with its headings and lists where the page can read it.
  field.addEventListener('paste', async event => {
    const html = event.clipboardData?.getData('text/html') ?? ''
    const plain = event.clipboardData?.getData('text/plain') ?? ''
    const address = form.dataset.pasteUrl
    if (!address || !/class="?Mso|content="(?:LibreOffice|Microsoft Word)|docs-internal-guid/i.test(html)) return
    event.preventDefault()
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRFToken': form.elements.csrf_token.value },
        body: JSON.stringify({ html }),
        redirect: 'manual',
      })
      const told = answer.ok ? await answer.json() : { markdown: plain, remarks: [] }
      typeInto(field, told.markdown)
      const losses = document.querySelector('#paste-losses')
      losses.hidden = !told.remarks.length
      losses.querySelector('ul').replaceChildren(...told.remarks.map(text => Object.assign(document.createElement('li'), { textContent: text })))
    } catch { typeInto(field, plain) }
  })
}
