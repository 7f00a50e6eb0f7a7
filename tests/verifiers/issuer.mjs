// The issuer as the world sees it: what can be fetched below one origin, and nothing else.
import {calculateJwkThumbprint} from 'jose';

import {insist, Refusal} from './refusal.mjs';

const LARGEST = 1_000_000;
const PATIENCE = 10_000;
const FOR_ALL = /^\/(?:\.well-known|status)\//;

function insistOpen(headers, address) {
  insist(!headers.has('set-cookie'), 'cookie', `${address} sets a cookie.`);
  insist(headers.get('access-control-allow-origin') === '*', 'cors',
    `${address} cannot be read by a page of another origin.`);
}

/** Names an origin by did:web; the colon of a port is written %3A. */
export function didOf(publicUrl) {
  return `did:web:${new URL(publicUrl).host.replace(':', '%3A')}`;
}

export class Issuer {
  /**
   * @param {string} publicUrl The origin that the certificates name.
   * @param {string} origin Where that origin is reached by these tests.
   */
  constructor(publicUrl, origin) {
    this.publicUrl = new URL(publicUrl).origin;
    this.origin = new URL(origin).origin;
    this.did = didOf(publicUrl);
    this.kept = new Map();
  }

  /** Fetches an address of the issuer; another host or a redirect is refused. */
  async fetched(address) {
    if (!this.kept.has(address)) this.kept.set(address, this.#fetch(address));
    return this.kept.get(address);
  }

  async #fetch(address) {
    const url = URL.canParse(address) ? new URL(address) : null;
    insist(url && url.origin === this.publicUrl, 'foreign-address',
      `${address} is not an address of the issuer.`);
    const answer = await this.#ask(`${this.origin}${url.pathname}${url.search}`, address);
    insist(answer.ok, 'unreachable', `${address} answers ${answer.status}.`);
    if (FOR_ALL.test(url.pathname)) insistOpen(answer.headers, address);
    const body = await answer.text();
    insist(body.length <= LARGEST, 'too-large', `${address} is too large.`);
    return {body, type: answer.headers.get('content-type') ?? ''};
  }

  async #ask(there, address) {
    try {
      return await fetch(there, {
        redirect: 'error', signal: AbortSignal.timeout(PATIENCE),
        headers: {accept: '*/*'},
      });
    } catch (error) {
      throw new Refusal('unreachable', `${address}: ${error.cause?.message ?? error.message}`);
    }
  }

  /** Fetches a JSON document; common clients parse only what says that it is JSON. */
  async json(address) {
    const {body, type} = await this.fetched(address);
    insist(type.includes('json'), 'media-type', `${address} is served as ${type}.`);
    return JSON.parse(body);
  }

  /** Returns the DID document, which must be about the issuer. */
  async didDocument() {
    const document = await this.json(`${this.publicUrl}/.well-known/did.json`);
    insist(document.id === this.did, 'issuer', 'The DID document is about somebody else.');
    return document;
  }

  /** Returns a key that may sign for the issuer now. */
  async verificationMethod(address) {
    const document = await this.didDocument();
    const method = document.verificationMethod.find(({id}) => id === address);
    insist(method, 'key', `${address} is no key of the issuer.`);
    insist(document.assertionMethod.includes(address), 'key',
      `${address} may not sign certificates.`);
    insist(method.controller === this.did, 'key', `${address} is controlled by another.`);
    return method;
  }

  /** Returns the RSA key at an address, as all three documents that publish it agree. */
  async jwk(address) {
    const {publicKeyJwk: jwk} = await this.verificationMethod(address);
    const thumbprint = address.split('#')[1];
    insist(jwk?.kty === 'RSA', 'key', `${address} is no RSA key.`);
    insist(await calculateJwkThumbprint(jwk) === thumbprint, 'key',
      `${address} is not named by its thumbprint.`);
    const {keys} = await this.json(`${this.publicUrl}/.well-known/jwks.json`);
    const listed = keys.find(({kid}) => kid === address);
    const alone = await this.json(`${this.publicUrl}/.well-known/keys/${thumbprint}`);
    insist(listed?.n === jwk.n && alone.n === jwk.n, 'key',
      `${address} is published differently in jwks.json or alone.`);
    return jwk;
  }
}
