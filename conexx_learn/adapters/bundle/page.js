// Checks a certificate with nothing but this page: keys, status lists and hashes are in it.
const byId = id => document.getElementById(id)
const bundle = JSON.parse(byId('bundle').textContent)
const texts = JSON.parse(byId('texts').textContent)
const MOST_BYTES = 32 * 1024 * 1024
const MOST_TEXT = 1024 * 1024
const LIST_BYTES = 16384
const HEADERS = ['alg', 'kid', 'typ']
let lang = (navigator.language || 'es').startsWith('en') ? 'en' : 'es'
let shown = { state: 'waiting', facts: [] }
let turn = 0

const say = key => texts[key][lang].replace('{did}', bundle.did)

const day = moment => new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'long', timeZone: 'UTC' }).format(moment)

// Bytes ------------------------------------------------------------------------------
const unpadded = text => {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new SyntaxError('no base64url')
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), sign => sign.charCodeAt(0))
}
const textOf = bytes => new TextDecoder('utf-8', { fatal: true }).decode(bytes)
const jsonOf = part => JSON.parse(textOf(unpadded(part)))

const sha256 = async bytes => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

// Never more than a list may hold, whatever was packed.
const unpacked = async bytes => {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const found = new Uint8Array(LIST_BYTES)
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    if (length + value.length > LIST_BYTES) throw new RangeError('too long')
    found.set(value, length)
    length += value.length
  }
  if (length !== LIST_BYTES) throw new RangeError('too short')
  return found
}

// Signatures -------------------------------------------------------------------------
// Gives what was signed, or the word for what is wrong with it.
const opened = async jws => {
  const parts = jws.split('.')
  if (parts.length !== 3) return { wrong: 'unreadable' }
  let header, payload, signature
  try {
    header = jsonOf(parts[0])
    payload = jsonOf(parts[1])
    signature = unpadded(parts[2])
  } catch { return { wrong: 'unreadable' } }
  const isPlain = header.alg === 'RS256' && Object.keys(header).every(name => HEADERS.includes(name))
  const key = bundle.keys.find(known => known.address === header.kid)
  if (!isPlain || !key) return { wrong: 'foreign' }
  if (key.compromised) return { wrong: 'lost' }
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const jwk = { kty: key.jwk.kty, n: key.jwk.n, e: key.jwk.e }
  const imported = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify'])
  const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`)
  const isGenuine = await crypto.subtle.verify(algorithm.name, imported, signature, signed)
  if (!isGenuine) return { wrong: 'altered' }
  const issuer = payload.issuer?.id ?? payload.issuer
  const isOurs = payload.iss === bundle.did && issuer === bundle.did && payload.jti === payload.id
  return isOurs ? { payload, key: header.kid } : { wrong: 'foreign' }
}

// Status lists -----------------------------------------------------------------------
const readLists = async () => {
  const found = []
  for (const { number, jwt } of bundle.lists) {
    try {
      const { payload } = await opened(jwt)
      const subject = payload.credentialSubject
      const isList = payload.type.includes('BitstringStatusListCredential')
      if (!isList || subject.statusPurpose !== 'revocation' || !subject.encodedList.startsWith('u')) continue
      const bits = await unpacked(unpadded(subject.encodedList.slice(1)))
      found.push({ number, id: payload.id, from: payload.nbf, bits })
    } catch { /* A list that cannot be believed is a missing one: the answer is "not known". */ }
  }
  return found
}
let lists
const allLists = () => (lists ??= readLists())

const bitAt = (list, index) => {
  const isPlace = Number.isInteger(index) && index >= 0 && index < LIST_BYTES * 8
  return isPlace ? (list.bits[index >> 3] & (128 >> (index & 7))) !== 0 : null
}

// Gives 'clear', 'revoked' or 'unknown'; never clear where there is no list.
const standing = (list, index, issued) => {
  const bit = list ? bitAt(list, index) : null
  if (bit === null) return 'unknown'
  if (bit) return 'revoked'
  return issued !== undefined && !(issued <= list.from) ? 'unknown' : 'clear'
}

// What a credential says -------------------------------------------------------------
const named = document => {
  const who = [document.credentialSubject?.identifier ?? []].flat()
  return who.find(each => each.identityType === 'name' && each.hashed === false)?.identityHash
}
const factsOf = document => [
  ['holder', named(document)],
  ['course', document.credentialSubject?.achievement?.name ?? document.name],
  ['by', document.issuer?.name],
  ['number', document.credentialSubject?.licenseNumber],
  ['from', Date.parse(document.validFrom)],
  ['until', document.validUntil ? Date.parse(document.validUntil) : 'no-end'],
].filter(([, value]) => value !== undefined)

// A demonstration says so in the issuer's name.
const isDemo = document => bundle.demo || Object.values(texts.demo).some(word => document?.issuer?.name?.endsWith(`(${word})`))

const byDates = (document, word) => {
  const [from, until] = [Date.parse(document.validFrom), Date.parse(document.validUntil)]
  if (!(from <= Date.now())) return 'early'
  if (document.validUntil !== undefined && !(until >= Date.now())) return 'expired'
  return isDemo(document) ? 'demo' : word
}

const byJws = async jws => {
  const { wrong, payload, key } = await opened(jws)
  if (wrong) return { state: wrong, facts: [] }
  if (!payload.type.includes('OpenBadgeCredential')) return { state: 'unreadable', facts: [] }
  const status = payload.credentialStatus ?? {}
  const list = (await allLists()).find(each => each.id === status.statusListCredential)
  const index = /^\d{1,6}$/.test(status.statusListIndex) ? Number(status.statusListIndex) : -1
  const facts = [...factsOf(payload), ['key', key], ...(list ? [['list-of', list.from * 1000]] : [])]
  const word = standing(list, index, payload.nbf)
  return { state: word === 'clear' ? byDates(payload, 'valid') : word, facts }
}

// A file without a signature of its own that we compute: compared with what was handed out.
const byHash = async (form, bytes, document) => {
  const hash = await sha256(bytes)
  const facts = [['hash', hash]]
  const start = bundle.issued.indexOf(`${form} ${hash} `)
  if (start < 0) return { state: 'unlisted', facts }
  const [, , number, index] = bundle.issued.slice(start, start + 120).split('\n')[0].split(' ')
  const list = (await allLists()).find(each => each.number === Number(number))
  if (list) facts.push(['list-of', list.from * 1000])
  const word = standing(list, Number(index))
  const said = document ? [...factsOf(document), ...facts] : facts
  if (word !== 'clear') return { state: word, facts: said }
  return { state: document ? byDates(document, 'valid') : isDemo() ? 'demo' : 'genuine', facts: said }
}

const checked = async bytes => {
  if (!globalThis.crypto?.subtle || !globalThis.DecompressionStream) return { state: 'unable', facts: [] }
  if (bytes.length > MOST_BYTES) return { state: 'unreadable', facts: [] }
  const start = String.fromCharCode(...bytes.slice(0, 5))
  if (start === '%PDF-') return byHash('pdf', bytes)
  if (bytes.length > MOST_TEXT) return { state: 'unreadable', facts: [] }
  const text = textOf(bytes).trim()
  if (text.startsWith('{')) return byHash('json', bytes, JSON.parse(text))
  const baked = text.match(/<openbadges:credential\b[^<>]{0,4096}?\bverify\s*=\s*["']([\w.-]+)["']/)
  if (text.startsWith('<')) return baked ? byJws(baked[1]) : { state: 'unreadable', facts: [] }
  return byJws(text)
}

// The page ---------------------------------------------------------------------------
const valueOf = (name, value) => {
  if (value === 'no-end') return say('no-end')
  return ['from', 'until', 'list-of'].includes(name) ? day(value) : String(value)
}

const show = () => {
  document.documentElement.lang = lang
  for (const place of document.querySelectorAll('[data-t]')) place.textContent = say(place.dataset.t)
  byId('language').lang = lang === 'es' ? 'en' : 'es'
  byId('verdict').dataset.state = shown.state
  const isPlain = shown.state === 'waiting' || shown.state === 'working'
  byId('word').textContent = isPlain ? '' : say(shown.state)
  byId('why').textContent = say(isPlain ? shown.state : `${shown.state}-why`)
  const facts = byId('facts')
  facts.hidden = !shown.facts.length
  facts.replaceChildren(...shown.facts.flatMap(([name, value]) => {
    const [term, text] = [document.createElement('dt'), document.createElement('dd')]
    term.textContent = say(name)
    text.textContent = valueOf(name, value)
    if (name === 'hash' || name === 'key') text.className = 'code'
    return [term, text]
  }))
}

const answer = async reading => {
  const mine = ++turn
  shown = { state: 'working', facts: [] }
  show()
  let found
  // Whatever a hostile file breaks, it does not become an all-clear.
  try { found = await checked(await reading()) } catch { found = { state: 'unreadable', facts: [] } }
  if (mine !== turn) return
  shown = found
  show()
  byId('result').focus()
}

byId('file').addEventListener('change', event => {
  const file = event.target.files[0]
  if (!file) return
  byId('text').value = ''
  answer(async () => (file.size > MOST_BYTES ? new Uint8Array(MOST_BYTES + 1) : new Uint8Array(await file.arrayBuffer())))
})
byId('form').addEventListener('submit', event => {
  event.preventDefault()
  answer(async () => new TextEncoder().encode(byId('text').value.slice(0, MOST_TEXT + 1)))
})
byId('language').addEventListener('click', () => {
  lang = lang === 'es' ? 'en' : 'es'
  show()
})
show()
