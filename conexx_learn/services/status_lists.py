"""Status lists: signed when a certificate is taken back, and before they lapse."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.signing import compact_jws, with_embedded_proof
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.issuer_addresses import status_list_address
from conexx_learn.domain.issuer_keys import KeyKind, SigningPair, signing_key
from conexx_learn.domain.presented_files import UnreadableError, payload_of
from conexx_learn.domain.status_bits import encoded_list
from conexx_learn.domain.status_documents import (
    SIGNED_ANEW,
    status_document,
    with_registered_claims,
)
from conexx_learn.domain.strict_json import StrictJsonError, read_strict
from conexx_learn.models.credentials import IssuerKey, StatusList
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.queries.status_lists import (
    KeptList,
    kept_list,
    list_numbers,
    revoked_places,
)
from conexx_learn.services.issuer_keys import signing_pair
from conexx_learn.services.locks import one_at_a_time
from conexx_learn.services.unit_of_work import reading, unit_of_work

MOST_ROUNDS = 5
"""How often a list is signed again because somebody revoked meanwhile."""


@dataclass(frozen=True, slots=True)
class ListSigner:
    """With what lists are signed, and when one is due.

    Attributes:
        public_url: Origin of absolute links.
        folder: Of the private keys.
        demo: Whether this is a demonstration: its lists say so.
        now: From when the lists count.
        anew: How old a list must be to be signed again though nothing changed.
    """

    public_url: str
    folder: Path
    demo: bool
    now: datetime
    anew: timedelta


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list that was just signed and is not stored yet.

    Attributes:
        number: From 1.
        revoked: The places that it was made of.
        values: Of its row.
    """

    number: int
    revoked: frozenset[int]
    values: dict[str, object]


def sign_status_lists(
    *,
    public_url: str,
    folder: Path,
    now: datetime,
    anew: timedelta = SIGNED_ANEW,
    demo: bool = False,
) -> int:
    """Sign the lists that no longer say what is true, or soon lapse.

    Call it without an open transaction, straight after the commit that revoked. Two
    at once sign the same; what is stored in the end holds every revocation.

    Args:
        public_url: Origin of absolute links.
        folder: Of the private keys.
        demo: Whether this is a demonstration: its lists say so.
        now: From when the lists count.
        anew: How old a list must be to be signed again though nothing changed.

    Returns:
        How many lists this call stored.

    Raises:
        RuleError: A certificate points to a list, and the keys to sign it are missing.
    """
    signer = ListSigner(public_url, folder, demo, now, anew)
    return sum(_settle(number, signer) for number in list_numbers(reading()))


def publish_status(
    *, public_url: str, folder: Path, now: datetime, demo: bool = False
) -> int:
    """Sign the lists that are due as far as there are keys; nobody is held up by it.

    Call it straight after the commit that took a certificate back, or placed one.

    Args:
        public_url: Origin of absolute links.
        folder: Of the private keys.
        now: From when the lists count.
        demo: Whether this is a demonstration: its lists say so.

    Returns:
        How many lists this call stored.
    """
    try:
        return sign_status_lists(
            public_url=public_url, folder=folder, now=now, demo=demo
        )
    except RuleError:
        # /readyz says that keys are missing, and the lists answer 503 once they lapse.
        return 0


def _settle(number: int, signer: ListSigner) -> bool:
    """Sign one list until what is stored is what is true."""
    for _round in range(MOST_ROUNDS):
        session = reading()
        revoked = revoked_places(session, number=number)
        kept = kept_list(session, number=number)
        if kept and not _is_due(session, kept, revoked, signer):
            return False
        pair = signing_pair(
            session, folder=signer.folder, public_url=signer.public_url, now=signer.now
        )
        if _stored(_signed(number, revoked, pair, signer)):
            return True
    # The job of the next minute goes on from here.
    return False


def _is_due(
    session: Session, kept: KeptList, revoked: frozenset[int], signer: ListSigner
) -> bool:
    """Say whether a list is old, tells something else, or is signed by others."""
    encoded = encoded_list(revoked)
    return (
        signer.now - kept.signed_at >= signer.anew
        or kept.bits_sha256 != _digest(encoded)
        or kept.key_ids != _signing_ids(session, signer.now)
        or not all(_tells(kept, form, encoded, signer) for form in ("json", "jwt"))
    )


def _tells(kept: KeptList, form: str, encoded: str, signer: ListSigner) -> bool:
    """Say whether the stored text is a list of these bits, of this place and kind.

    Not what was noted of it but the text itself is handed out.
    """
    body = kept.body(form)
    try:
        said = payload_of(body) if form == "jwt" else read_strict(body.encode())
    except (UnreadableError, StrictJsonError):
        return False
    subject = said.get("credentialSubject") if isinstance(said, dict) else None
    return (
        isinstance(said, dict)
        and isinstance(subject, dict)
        and said.get("id") == status_list_address(signer.public_url, kept.number, form)
        and ("name" in said) is signer.demo
        and subject.get("encodedList") == encoded
    )


def _signing_ids(session: Session, now: datetime) -> tuple[int, ...]:
    """Return the ids of the keys that sign now; reads no private half."""
    keys = public_keys(session)
    found = (signing_key(keys, kind, now) for kind in (KeyKind.ED25519, KeyKind.RSA))
    return tuple(key.id for key in found if key is not None)


def _signed(
    number: int, revoked: frozenset[int], pair: SigningPair, signer: ListSigner
) -> SignedList:
    encoded = encoded_list(revoked)
    signed_at = signer.now.replace(microsecond=0)
    embedded, compact = (
        status_document(
            signer.public_url,
            number,
            form,
            encoded=encoded,
            signed_at=signed_at,
            demo=signer.demo,
        )
        for form in ("json", "jwt")
    )
    proven = with_embedded_proof(embedded, pair.ed25519, created=signed_at)
    payload = with_registered_claims(compact, signed_at=signed_at)
    values: dict[str, object] = {
        "json_body": json.dumps(proven, ensure_ascii=False, separators=(",", ":")),
        "jwt_body": compact_jws(payload, pair.rsa),
        "bits_sha256": _digest(encoded),
        "json_key_id": pair.ed25519.id,
        "jwt_key_id": pair.rsa.id,
        "signed_at": signed_at,
    }
    return SignedList(number, revoked, values)


def _stored(signed: SignedList) -> bool:
    """Store a list unless it is behind already: a revocation, a lost key.

    What it must say is read after the lock, so that of two who sign at once the later
    one has seen what the earlier one had.
    """
    with unit_of_work() as session:
        one_at_a_time(session, f"status list {signed.number}")
        now_revoked = revoked_places(session, number=signed.number)
        if now_revoked != signed.revoked or _lost_keys(session, signed):
            return False
        session.merge(StatusList(number=signed.number, **signed.values))
    return True


def _lost_keys(session: Session, signed: SignedList) -> list[int]:
    """Name the keys of the signatures that were compromised meanwhile."""
    used = (signed.values["json_key_id"], signed.values["jwt_key_id"])
    lost = select(IssuerKey.id).where(
        IssuerKey.id.in_(used), IssuerKey.compromised_at.is_not(None)
    )
    return list(session.scalars(lost.order_by(IssuerKey.id)))


def _digest(encoded: str) -> str:
    return sha256(encoded.encode("ascii")).hexdigest()
