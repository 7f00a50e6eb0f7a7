// The compact form (JWS, RS256), verified with a JOSE library and the published keys.
import {BitstringStatusList} from '@digitalbazaar/vc-bitstring-status-list';
import {compactVerify, decodeProtectedHeader, errors, importJWK, jwtVerify} from 'jose';

import {acceptContents, acceptStatusList, SMALLEST_LIST} from './contents.mjs';
import {insist, Refusal} from './refusal.mjs';

const ALLOWED_HEADERS = new Set(['alg', 'kid', 'typ']);

/** Verifies a credential in its compact form; returns the libraries that agreed. */
export async function verifyCompact(token, issuer, {now, email}) {
  const payload = await opened(token, issuer, now);
  acceptContents(payload, issuer, email);
  const {statusListCredential: address, statusListIndex} = payload.credentialStatus;
  const {body} = await issuer.fetched(address);
  const list = await openedList(body, issuer, now);
  acceptStatusList(list, address, issuer);
  const bits = await BitstringStatusList.decode(list.credentialSubject);
  insist(bits.length >= SMALLEST_LIST, 'status-list', 'The status list is too short.');
  insist(!bits.getStatus(Number(statusListIndex)), 'revoked', 'It was revoked.');
  return ['jose'];
}

async function openedList(body, issuer, now) {
  try {
    return await opened(body.trim(), issuer, now);
  } catch (error) {
    throw new Refusal('status-list', `The status list is not accepted: ${error.message}`);
  }
}

async function opened(token, issuer, now) {
  const header = decodeProtectedHeader(token);
  const foreign = Object.keys(header).filter((name) => !ALLOWED_HEADERS.has(name));
  insist(foreign.length === 0, 'header', `The header has ${foreign.join(', ')}.`);
  insist(header.alg === 'RS256', 'algorithm', `The algorithm is ${header.alg}.`);
  const key = await importJWK(await issuer.jwk(header.kid), 'RS256');
  const payload = await proven(token, key, issuer, now);
  insist(payload.issuer?.id === payload.iss || payload.issuer === payload.iss,
    'claims', 'iss is not the issuer.');
  insist(payload.sub === payload.credentialSubject.id, 'claims', 'sub is not the subject.');
  insist(payload.jti === payload.id, 'claims', 'jti is not the id.');
  insist(payload.nbf === seconds(payload.validFrom), 'claims', 'nbf is not validFrom.');
  insist(payload.exp === seconds(payload.validUntil), 'claims', 'exp is not validUntil.');
  return payload;
}

async function proven(token, key, issuer, now) {
  await compactVerify(token, key, {algorithms: ['RS256']}).catch((error) => {
    throw new Refusal('signature', error.message);
  });
  try {
    const {payload} = await jwtVerify(token, key, {
      algorithms: ['RS256'], issuer: issuer.did, currentDate: now,
      requiredClaims: ['iss', 'jti', 'sub', 'nbf'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new Refusal('expired', error.message);
    if (error.claim === 'nbf') throw new Refusal('not-yet', error.message);
    throw new Refusal('claims', error.message);
  }
}

function seconds(moment) {
  return moment === undefined ? undefined : Date.parse(moment) / 1000;
}
