// What a certificate and a status list must say, besides being signed.
import {createHash} from 'node:crypto';

import {EXTENSIONS, OPEN_BADGES, V2} from './contexts.mjs';
import {insist} from './refusal.mjs';

const PINNED = JSON.stringify([V2, OPEN_BADGES, EXTENSIONS]);
export const SMALLEST_LIST = 131_072;
const LARGEST_INDEX = SMALLEST_LIST - 1;
const ELEMENTS = [
  'ext:LearningOutcome', 'ext:AssessmentType', 'ext:FormOfParticipation',
  'ext:QualityAssurance',
];

/** Refuses a credential that lacks what Open Badges 3.0 or the EU elements ask for. */
export function acceptContents(credential, issuer, email) {
  insist(JSON.stringify(credential['@context']) === PINNED, 'context',
    'The contexts are not exactly the pinned ones.');
  insist(credential.issuer?.id === issuer.did, 'issuer', 'Somebody else issued it.');
  insist(String(credential.id).startsWith(`${issuer.publicUrl}/credentials/`), 'id',
    'Its id is not an address of the issuer.');
  insist(credential.type?.includes('OpenBadgeCredential'), 'type', 'It is no Open Badge.');
  acceptStatus(credential.credentialStatus, issuer);
  acceptSubject(credential.credentialSubject);
  if (email) acceptRecipient(credential.credentialSubject.identifier, email);
}

function acceptStatus(status, issuer) {
  insist(status && !Array.isArray(status), 'status', 'It has not exactly one status.');
  insist(status.type === 'BitstringStatusListEntry' && status.statusPurpose === 'revocation',
    'status', 'Its status is of another kind.');
  insist(String(status.statusListCredential).startsWith(`${issuer.publicUrl}/status/`),
    'status', 'Its status list belongs to somebody else.');
  insist(/^\d+$/.test(status.statusListIndex) && Number(status.statusListIndex) <= LARGEST_INDEX,
    'status', 'Its place in the list is no place.');
}

function acceptSubject(subject) {
  const names = [subject?.identifier ?? []].flat();
  insist(names.some(({identityType}) => identityType === 'name'), 'recipient',
    'It does not say who earned it.');
  const achievement = subject?.achievement ?? {};
  insist(achievement.criteria?.narrative || achievement.criteria?.id, 'criteria',
    'It does not say what had to be done.');
  if (achievement.achievementType !== 'MicroCredential') return;
  const kinds = [achievement.alignment ?? []].flat().map(({targetType}) => targetType);
  const missing = ELEMENTS.filter((element) => !kinds.includes(element));
  insist(missing.length === 0, 'element', `It lacks ${missing.join(', ')}.`);
}

function acceptRecipient(identifiers, email) {
  const hashOf = (salt) => createHash('sha256')
    .update(email.trim().toLowerCase() + salt).digest('hex');
  insist(identifiers.some(({identityType, identityHash, salt}) =>
    identityType === 'emailAddress' && identityHash === `sha256$${hashOf(salt)}`),
  'recipient', 'Somebody else earned it.');
}

/** Refuses a status list that is not the one that the certificate names. */
export function acceptStatusList(list, address, issuer) {
  insist(list.id === address, 'status-list', 'It is another status list.');
  insist((list.issuer?.id ?? list.issuer) === issuer.did, 'status-list',
    'Somebody else signed the status list.');
  insist(list.type?.includes('BitstringStatusListCredential'), 'status-list',
    'It is no status list.');
  const {type, statusPurpose, encodedList} = list.credentialSubject ?? {};
  insist(type === 'BitstringStatusList' && statusPurpose === 'revocation', 'status-list',
    'The status list is of another kind.');
  insist(typeof encodedList === 'string' && encodedList.startsWith('u'), 'status-list',
    'The status list is not encoded as such.');
  insist(list.validUntil, 'status-list', 'The status list does not say until when it counts.');
}
