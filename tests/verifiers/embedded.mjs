// The embedded proof, verified by two libraries that must agree.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as digitalbazaar from '@digitalbazaar/vc';
import {checkStatus, decodeList} from '@digitalbazaar/vc-bitstring-status-list';
import {DataIntegrityProof as SecondProof} from '@digitalcredentials/data-integrity';
import {cryptosuite as secondSuite} from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite';
import * as digitalcredentials from '@digitalcredentials/vc';

import {acceptContents, acceptStatusList, SMALLEST_LIST} from './contents.mjs';
import {CONTEXTS, loaderOf} from './contexts.mjs';
import {insist, Refusal} from './refusal.mjs';

const LIBRARIES = [
  ['digitalbazaar', digitalbazaar.verifyCredential,
    () => new DataIntegrityProof({cryptosuite})],
  ['digitalcredentials', digitalcredentials.verifyCredential,
    () => new SecondProof({cryptosuite: secondSuite})],
];

/** Verifies a credential with its embedded proof; returns the libraries that agreed. */
export async function verifyEmbedded(credential, issuer, {now, email}) {
  const proofs = [credential.proof ?? []].flat();
  insist(proofs.length === 1, 'proof', 'There is not exactly one proof.');
  insist(proofs[0].cryptosuite === 'eddsa-rdfc-2022', 'proof', 'The proof is of another kind.');
  acceptContents(credential, issuer, email);
  for (const library of LIBRARIES) await verifyWith(library, credential, issuer, now);
  return LIBRARIES.map(([name]) => name);
}

async function verifyWith([name, verifyCredential, suiteOf], credential, issuer, now) {
  const documentLoader = loaderOf(issuer, CONTEXTS[name]);
  const common = {documentLoader, now, maxClockSkew: 0};
  const result = await verifyCredential({
    credential, suite: suiteOf(), ...common,
    checkStatus: async () => statusOf(credential, issuer, verifyCredential, suiteOf, common),
  });
  if (!result.verified) throw refusalOf(name, result);
}

async function listAt(address, issuer) {
  try {
    return await issuer.json(address);
  } catch (error) {
    if (error.code === 'unreachable') throw error;
    throw new Refusal('status-list', `The status list cannot be read: ${error.message}`);
  }
}

async function statusOf(credential, issuer, verifyCredential, suiteOf, common) {
  const {statusListCredential: address} = credential.credentialStatus;
  const list = await listAt(address, issuer);
  acceptStatusList(list, address, issuer);
  const signed = await verifyCredential({credential: list, suite: suiteOf(), ...common});
  insist(signed.verified, 'status-list', refusalOf('status list', signed).message);
  const checked = await checkStatus({
    credential, documentLoader: common.documentLoader,
    suite: suiteOf(), verifyBitstringStatusListCredential: false,
  });
  insist((await decodeList(list.credentialSubject)).length >= SMALLEST_LIST, 'status-list',
    'The status list is too short.');
  insist(checked.verified, 'status-list', `The status cannot be read: ${checked.error?.message}`);
  insist(checked.results.every(({status}) => status === false), 'revoked', 'It was revoked.');
  return checked;
}

function refusalOf(name, result) {
  const causes = [result.error, ...(result.results ?? []).map(({error}) => error)]
    .flatMap((error) => (error ? [error, ...(error.errors ?? []), error.cause] : []))
    .filter(Boolean);
  const known = causes.find((cause) => cause instanceof Refusal);
  if (known) return known;
  const said = causes.map(({message}) => message).join('; ');
  if (/before "?validFrom|is before/.test(said)) return new Refusal('not-yet', said);
  if (/is after|expired/.test(said)) return new Refusal('expired', said);
  return new Refusal('proof', `${name}: ${said}`);
}
