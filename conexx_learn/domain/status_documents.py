"""A status list as a verifiable credential: what is signed, and what must be in it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from conexx_learn.domain.issuer_addresses import issuer_did, status_list_address
from conexx_learn.domain.status_bits import StatusListError, read_list

LIST_WINDOW = timedelta(days=30)
"""How long a signed list may be believed; an old copy cannot undo a revocation."""
SIGNED_ANEW = timedelta(days=1)
"""How old a signed list becomes, though nothing in it changed."""
CLOCKS_APART = timedelta(minutes=5)
"""How far a verifier's clock may be behind ours: a fresh list is not refused for it."""

CONTEXTS = ("https://www.w3.org/ns/credentials/v2",)
DEMONSTRATION = "Demostración, sin validez / Demonstration, not valid"
TYPES = ("VerifiableCredential", "BitstringStatusListCredential")
PURPOSE = "revocation"


def status_document(
    public_url: str,
    number: int,
    form: str,
    *,
    encoded: str,
    signed_at: datetime,
    demo: bool = False,
) -> dict[str, Any]:
    """Return a status list before it is signed.

    Args:
        public_url: Origin of absolute links.
        number: Of the list, from 1.
        form: `json`, with an embedded proof, or `jwt`; each has an address of its own.
        encoded: The bits, as `status_bits.encoded_list` writes them.
        signed_at: This moment; it counts from `CLOCKS_APART` before.
        demo: Whether nothing that was issued here counts: the list then says so.
    """
    address = status_list_address(public_url, number, form)
    name = {"name": DEMONSTRATION} if demo else {}
    return name | {
        "@context": list(CONTEXTS),
        "id": address,
        "type": list(TYPES),
        "issuer": issuer_did(public_url),
        "validFrom": _second(signed_at - CLOCKS_APART),
        "validUntil": _second(signed_at + LIST_WINDOW),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encoded,
        },
    }


def with_registered_claims(
    document: Mapping[str, Any], *, signed_at: datetime
) -> dict[str, Any]:
    """Add what a JWT repeats of a document: issuer, id, subject and its window."""
    return dict(document) | {
        "iss": document["issuer"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": int((signed_at - CLOCKS_APART).timestamp()),
        "exp": int((signed_at + LIST_WINDOW).timestamp()),
    }


def believed_bits(
    payload: Mapping[str, Any], *, address: str, did: str, now: datetime
) -> bytes:
    """Return the bits of a list whose signature was verified already.

    Args:
        payload: What was signed.
        address: Where the certificate says that its list is.
        did: The issuer of the certificate.
        now: This moment.

    Raises:
        StatusListError: It is another list, another issuer's, for another purpose,
            out of its time, or not as long as a list is.
    """
    subject = payload.get("credentialSubject")
    if not isinstance(subject, Mapping):
        raise StatusListError("no list in it")
    said = (payload.get("id"), payload.get("issuer"), payload.get("type"))
    if said != (address, did, list(TYPES)) or subject.get("statusPurpose") != PURPOSE:
        raise StatusListError("another list")
    if not _moment(payload, "validFrom") <= now <= _moment(payload, "validUntil"):
        raise StatusListError("out of its time")
    return read_list(str(subject.get("encodedList")))


def _second(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(payload: Mapping[str, Any], name: str) -> datetime:
    try:
        return datetime.strptime(str(payload.get(name)), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError as error:
        raise StatusListError(f"no {name}") from error
