"""The two signed forms of one certificate: computed and checked, then stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.signing import (
    compact_jws,
    is_proven,
    proven_payload,
    refuse_unsigned_members,
    with_embedded_proof,
)
from conexx_learn.domain.certificates import CLAIMS_JSON, Claims
from conexx_learn.domain.credentials.document import (
    credential_document,
    registered_claims,
)
from conexx_learn.domain.credentials.validation import UnsignableError, validate
from conexx_learn.domain.issuance_log import log_payload, says_the_same
from conexx_learn.domain.issuer_keys import SigningPair
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuerKey, SignedForm
from conexx_learn.models.insertion import inserted_row
from conexx_learn.queries.credentials import WaitingCertificate
from conexx_learn.services import audit
from conexx_learn.services.issuance_log import append


@dataclass(frozen=True, slots=True)
class Signer:
    """What signs, and what checks each signature before it is stored.

    Attributes:
        public_url: Origin of absolute links.
        pair: The keys that sign now.
        published: Id of a key to its public half, as did.json tells it.
        now: When it is signed.
    """

    public_url: str
    pair: SigningPair
    published: Mapping[int, Mapping[str, Any]]
    now: datetime


@dataclass(frozen=True, slots=True)
class MadeForm:
    """A form that was just signed.

    Attributes:
        form: `json` or `jwt`.
        body: The exact text.
        key_id: Of the key that signed it.
    """

    form: str
    body: str
    key_id: int


def made_forms(
    waiting: WaitingCertificate, status: tuple[int, int], signer: Signer
) -> list[MadeForm]:
    """Sign both forms of a certificate and check what was signed.

    Takes tens of milliseconds: call it outside `unit_of_work`.

    Args:
        waiting: Whose.
        status: Number of the status list, and the index in it.
        signer: Who signs.

    Raises:
        UnsignableError: The certificate cannot be signed as it is; the message names
            the member, and nothing of what it says.
    """
    claims = _claims(waiting)
    embedded, compact = (
        credential_document(
            claims,
            public_url=signer.public_url,
            did=signer.pair.did,
            status=status,
            form=form,
        )
        for form in ("json", "jwt")
    )
    validate(embedded)
    validate(compact)
    refuse_unsigned_members(embedded)
    return [_embedded(embedded, signer), _compact(compact, signer)]


def _claims(waiting: WaitingCertificate) -> Claims:
    """Read the claims; what older ones lack is in the version, which never changes."""
    logged = waiting.logged
    if logged and not says_the_same(logged, waiting.number, waiting.claims):
        raise UnsignableError("claims: other than those of the log")
    try:
        claims = CLAIMS_JSON.validate_python(waiting.claims)
    except ValidationError as error:
        names = ", ".join(str(each["loc"][0]) for each in error.errors() if each["loc"])
        raise UnsignableError(f"claims: {names or 'unreadable'}") from None
    if str(claims.uuid) != waiting.uuid or claims.number != waiting.number:
        raise UnsignableError("claims: of another certificate")
    facts = waiting.course_facts
    ects = facts.get("ects")
    return replace(
        claims,
        assessment_codes=claims.assessment_codes or tuple(facts.get("assessment", ())),
        participation_code=claims.participation_code
        or (facts.get("participation") or ""),
        quality_url=claims.quality_url or (facts.get("quality_assurance") or ""),
        ects=claims.ects or (Decimal(ects) if ects else None),
    )


def _embedded(document: Mapping[str, Any], signer: Signer) -> MadeForm:
    key = signer.pair.ed25519
    created = signer.now.astimezone(UTC).replace(microsecond=0)
    signed = with_embedded_proof(document, key, created=created)
    body = json.dumps(signed, ensure_ascii=False, separators=(",", ":"))
    if not is_proven(json.loads(body), signer.published[key.id]):
        raise UnsignableError("proof: not by the published key")
    return MadeForm("json", body, key.id)


def _compact(document: Mapping[str, Any], signer: Signer) -> MadeForm:
    key = signer.pair.rsa
    payload = registered_claims(document)
    body = compact_jws(payload, key)
    if proven_payload(body, signer.published[key.id]) != payload:
        raise UnsignableError("signature: not by the published key")
    return MadeForm("jwt", body, key.id)


def store_forms(
    session: Session,
    waiting: WaitingCertificate,
    forms: list[MadeForm],
    status: tuple[int, int],
    *,
    now: datetime,
) -> bool:
    """Store both forms and the line of the log, unless the world has moved on.

    It has when somebody else signed it, its claims were erased, or a key was
    compromised meanwhile.

    Returns:
        True when this call stored them.
    """
    claims = session.scalar(
        select(Certificate.claims)
        .where(Certificate.id == waiting.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if claims != waiting.claims or _compromised(session, forms):
        return False
    if waiting.logged is None:
        stored = [_is_inserted(session, waiting.id, each, now) for each in forms]
        append(
            session,
            certificate_id=waiting.id,
            payload=log_payload(
                uuid=waiting.uuid,
                number=waiting.number,
                issued_at=waiting.issued_at,
                claims=waiting.claims,
                status=status,
                recorded_at=now,
            ),
            now=now,
        )
    else:
        stored = [_is_replaced(session, waiting.id, each, now) for each in forms]
    if any(stored):
        act = "sign" if waiting.logged is None else "sign-anew"
        audit.record(session, act=act, thing=f"certificate:{waiting.number}", now=now)
    return any(stored)


def _compromised(session: Session, forms: list[MadeForm]) -> bool:
    used = [each.key_id for each in forms]
    lost = session.scalar(
        select(IssuerKey.id)
        .where(IssuerKey.id.in_(used), IssuerKey.compromised_at.is_not(None))
        .limit(1)
    )
    return lost is not None


def _is_inserted(
    session: Session, certificate_id: int, made: MadeForm, now: datetime
) -> bool:
    values = {"form": made.form, **_values(made, now)}
    row = inserted_row(session, SignedForm, certificate_id=certificate_id, **values)
    return row is not None


def _is_replaced(
    session: Session, certificate_id: int, made: MadeForm, now: datetime
) -> bool:
    """Replace a form whose key is lost; one whose key is sound keeps its bytes."""
    lost = select(IssuerKey.id).where(IssuerKey.compromised_at.is_not(None))
    replaced = session.scalar(
        update(SignedForm)
        .where(
            SignedForm.certificate_id == certificate_id,
            SignedForm.form == made.form,
            SignedForm.key_id.in_(lost),
        )
        .values(**_values(made, now))
        .returning(SignedForm.form)
    )
    return replaced is not None


def _values(made: MadeForm, now: datetime) -> dict[str, Any]:
    return {
        "body": made.body,
        "sha256": sha256(made.body.encode()).hexdigest(),
        "key_id": made.key_id,
        "signed_at": now,
    }
