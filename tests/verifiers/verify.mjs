// node verify.mjs [--public-url URL] [--at MOMENT] [--email ADDRESS] --origin URL CERTIFICATE...
//
// node verify.mjs --batch FILE
//
// Verifies certificates from what the issuer publishes, with none of the issuer's code, and
// prints a verdict for each as one line of JSON. A certificate is a file or an address.
// Ends with 0 when all are valid, with 1 when any is refused, and with 2 when misused.
import {readFile} from 'node:fs/promises';
import {parseArgs} from 'node:util';

import {verifyCompact} from './compact.mjs';
import {verifyEmbedded} from './embedded.mjs';
import {Issuer} from './issuer.mjs';
import {insist} from './refusal.mjs';

const LARGEST = 256 * 1024;

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    batch: {type: 'string'}, 'public-url': {type: 'string'}, origin: {type: 'string'},
    at: {type: 'string'}, email: {type: 'string'},
  },
});

if (!values.batch && !(values.origin && positionals.length > 0)) {
  console.error('verify.mjs: --origin URL and certificates are needed, or --batch FILE');
  process.exit(2);
}

/** Lists what is asked: each a certificate, its issuer, the moment and the holder. */
async function questions() {
  const common = {
    publicUrl: values['public-url'], origin: values.origin, at: values.at, email: values.email,
  };
  return values.batch
    ? JSON.parse(await readFile(values.batch, 'utf8'))
    : positionals.map((source) => ({...common, source}));
}

async function textOf(source, issuer) {
  if (/^https?:/.test(source)) return (await issuer.fetched(source)).body;
  return readFile(source, 'utf8');
}

/** Takes the credential out of whatever holds it: `[form, text]`. */
function unwrapped(text) {
  const baked = /<openbadges:credential\b[^>]*?(?:verify="([^"]+)"\s*\/?>|>\s*<!\[CDATA\[(.*?)\]\]>)/s;
  if (!text.trimStart().startsWith('<')) return ['', text.trim()];
  const found = baked.exec(text);
  insist(found, 'form', 'The picture holds no certificate.');
  return ['svg-', (found[1] ?? found[2]).trim()];
}

async function verdictOn({source, publicUrl, origin, at, email}) {
  const verdict = {source, verdict: 'refused'};
  try {
    const issuer = new Issuer(publicUrl || origin, origin);
    const asked = {now: at ? new Date(at) : new Date(), email};
    const text = await textOf(source, issuer);
    insist(Buffer.byteLength(text) <= LARGEST, 'too-large', 'It is too large.');
    const [wrapping, inner] = unwrapped(text);
    const embedded = inner.startsWith('{');
    verdict.form = `${wrapping}${embedded ? 'json' : 'jwt'}`;
    verdict.agreed = embedded
      ? await verifyEmbedded(JSON.parse(inner), issuer, asked)
      : await verifyCompact(inner, issuer, asked);
    verdict.verdict = 'valid';
  } catch (error) {
    Object.assign(verdict, {code: error.code ?? 'failed', reason: error.message});
  }
  return verdict;
}

let refused = 0;
for (const question of await questions()) {
  const verdict = await verdictOn(question);
  refused += verdict.verdict === 'valid' ? 0 : 1;
  console.log(JSON.stringify(verdict));
}
process.exitCode = refused ? 1 : 0;
