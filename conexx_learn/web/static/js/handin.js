// Sends a large file in pieces and goes on where it was; without this script the form sends it whole.
const form = document.querySelector('form[data-uploads]')
const SHORTEST_WAIT = 1_000
const LONGEST_WAIT = 30_000

const begin = () => {
  const { file, upload } = form.elements
  const state = form.querySelector('[role="status"]')
  const button = form.querySelector('button')
  const tokens = document.querySelector('meta[name="csrf-token"]')
  const language = document.documentElement.lang
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  let isBusy = false

  const say = (word, part = 0) => { state.textContent = form.dataset[word].replace('{percent}', share.format(part)) }
  const pause = wait => new Promise(resolve => {
    const timer = setTimeout(done, wait)
    function done () { clearTimeout(timer); removeEventListener('online', done); resolve() }
    addEventListener('online', done)
  })
  const post = (address, type, body) => fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': type, 'X-CSRFToken': tokens?.content ?? '' },
    body,
    redirect: 'manual',
  })
  const open = chosen => post(form.dataset.uploads, 'application/json', JSON.stringify({
    name: chosen.name, mark: String(chosen.lastModified), size: chosen.size,
  }))

  // Each round asks how far it came: what a lost answer left behind is never guessed.
  async function send (chosen) {
    for (let wait = SHORTEST_WAIT; ;) {
      try {
        const answer = await open(chosen)
        if (answer.status === 422) throw new Error((await answer.json()).error)
        if (!answer.ok && answer.status < 500) return null
        if (answer.ok) {
          let told = await answer.json()
          while (told.received < told.size) {
            say('sending', told.received / told.size)
            const piece = chosen.slice(told.received, told.received + told.piece)
            const next = await post(`${form.dataset.uploads}/${told.id}/pieces?offset=${told.received}`, 'application/octet-stream', piece)
            if (!next.ok) break
            told = await next.json()
            wait = SHORTEST_WAIT
          }
          if (told.received === told.size) { say('sending', 1); return told.id }
        }
      } catch (error) {
        if (!(error instanceof TypeError)) { state.textContent = error.message; return null }
      }
      say('offline')
      await pause(wait)
      wait = Math.min(2 * wait, LONGEST_WAIT)
    }
  }

  form.addEventListener('submit', async event => {
    const [chosen] = file.files
    if (!chosen || form.elements.source.value !== 'file' || upload.value) return
    event.preventDefault()
    if (isBusy) return
    isBusy = button.disabled = true
    state.textContent = ''
    const id = await send(chosen)
    isBusy = button.disabled = false
    if (id === null) { if (!state.textContent) say('failed'); return }
    upload.value = id
    file.value = ''
    form.submit()
  })
  addEventListener('pageshow', () => { upload.value = '' })
}

if (form) begin()
