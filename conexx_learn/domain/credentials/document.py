"""The credential of a certificate, and what its compact form adds to it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from conexx_learn.domain.certificates import Claims
from conexx_learn.domain.credentials.achievement import (
    Member,
    achievement,
    plain_number,
    shown_description,
    shown_title,
    workload_address,
)
from conexx_learn.domain.credentials.course_facts import CourseFacts, course_facts
from conexx_learn.domain.credentials.normalisation import (
    last_moment,
    moment,
    normalise,
)
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.issuer_addresses import (
    achievement_address,
    credential_address,
    status_list_address,
)
from conexx_learn.domain.sentences.credentials import credential_words

FORMS = ("json", "jwt")
"""With an embedded proof, and as compact JWS."""

VOCABULARIES = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
CONTEXTS = (
    *VOCABULARIES,
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
"""In this order; the third defines the type of the schema alone."""

SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
    "ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}


def credential_document(
    claims: Claims,
    *,
    public_url: str,
    did: str,
    status: tuple[int, int],
    form: str,
) -> dict[str, Any]:
    """Write the claims of a certificate as Open Badges 3.0 credential, not yet signed.

    Both forms say the same; only the address of the status list differs, since it is
    signed in the same way as the credential that points to it.

    Args:
        claims: With the codes of their course version.
        public_url: Origin of absolute links.
        did: The issuer, `did:web:…`.
        status: Number of the status list, and the index of the bit in it.
        form: `json` or `jwt`.
    """
    course = course_facts(claims)
    document = {
        "@context": list(CONTEXTS),
        "id": credential_address(public_url, claims.uuid),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": shown_title(course),
        "description": shown_description(course),
        "issuer": _issuer(claims, did),
        "validFrom": moment(claims.issued_at),
        "validUntil": last_moment(claims.valid_until) if claims.valid_until else None,
        "awardedDate": moment(claims.issued_at),
        "credentialSubject": _subject(claims, public_url),
        "credentialStatus": _status(public_url, status, form),
        "credentialSchema": [SCHEMA],
    }
    return cast("dict[str, Any]", normalise(document))


def achievement_document(course: CourseFacts, *, public_url: str) -> dict[str, Any]:
    """Write a version of a course as the document at its own address, not signed.

    Args:
        course: As its certificates tell it, in the language of the reader.
        public_url: Origin of absolute links.
    """
    described = achievement(course, public_url=public_url)
    document = {"@context": list(VOCABULARIES), **described}
    return cast("dict[str, Any]", normalise(document))


def registered_claims(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the payload of the compact form: the credential, and the claims of JWT.

    Args:
        document: As `credential_document` writes it.
    """
    payload = {
        **document,
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": _seconds(document["validFrom"]),
    }
    if "validUntil" in document:
        payload["exp"] = _seconds(document["validUntil"])
    return payload


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def _issuer(claims: Claims, did: str) -> Member:
    issuer = claims.issuer
    name = issuer.name
    if claims.demo:
        name = f"{name} ({credential_words('demo', claims.lang)})"
    return {
        "id": did,
        "type": ["Profile"],
        "name": name,
        "url": issuer.url,
        "email": issuer.email,
        "address": {
            "type": ["Address"],
            "addressCountryCode": issuer.country,
            "addressRegion": issuer.region,
            "streetAddress": issuer.address,
        },
        "otherIdentifier": [
            {
                "type": "IdentifierEntry",
                "identifier": issuer.registration,
                "identifierType": "ext:Registration",
            }
        ],
    }


def _subject(claims: Claims, public_url: str) -> Member:
    address = achievement_address(public_url, claims.course_slug, claims.course_version)
    return {
        # Of this credential alone, so that two of one person cannot be linked.
        "id": f"urn:uuid:{claims.uuid}",
        "type": ["AchievementSubject"],
        "identifier": _identifiers(claims),
        "licenseNumber": grouped(claims.number),
        "achievement": achievement(course_facts(claims), public_url=public_url),
        "creditsEarned": claims.ects,
        "result": [
            {
                "type": ["Result"],
                "resultDescription": workload_address(address),
                "value": plain_number(claims.hours),
            }
        ],
    }


def _identifiers(claims: Claims) -> list[Member]:
    entries: list[Member] = [
        {
            "type": "IdentityObject",
            "identityType": "name",
            "hashed": False,
            "identityHash": claims.holder,
        }
    ]
    if claims.recipient is not None:
        entries.append(
            {
                "type": "IdentityObject",
                "identityType": "emailAddress",
                "hashed": True,
                "identityHash": f"sha256${claims.recipient.sha256}",
                "salt": claims.recipient.salt,
            }
        )
    return entries


def _status(public_url: str, status: tuple[int, int], form: str) -> Member:
    number, index = status
    address = status_list_address(public_url, number, form)
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": address,
    }
