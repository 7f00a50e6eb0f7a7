"""Reads of certificates, each with its verdict of a day."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, String, Text, bindparam, cast, or_, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.certificates import (
    CLAIMS_JSON,
    CertificateEvent,
    Claims,
    EventKind,
    Verdict,
    verdict,
)
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.issuance_log import claims_hash
from conexx_learn.models.certification import Certificate
from conexx_learn.models.certification import CertificateEvent as EventRow
from conexx_learn.queries.kept_reads import KeptReads


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate with its verdict of today.

    Attributes:
        claims: As frozen at issue.
        verdict: Of today.
        events: What happened to it.
        certificate_id: Key.
        user_id: The holder.
        hides_name: Whether the holder keeps the name from others.
        shows_score: Whether the holder shows the score.
        is_correction: Whether it stands in the place of another.
        fingerprint: Hex SHA-256 of the claims exactly as they are stored.
    """

    claims: Claims
    verdict: Verdict
    events: tuple[CertificateEvent, ...]
    certificate_id: int
    user_id: int
    hides_name: bool
    shows_score: bool
    is_correction: bool
    fingerprint: str


COLUMNS = (
    Certificate.id,
    Certificate.user_id,
    Certificate.hides_name,
    Certificate.shows_score,
    Certificate.corrects_id,
    # As it is stored: a text that was read before is not read again.
    cast(Certificate.claims, Text).label("claims"),
    EventRow.kind,
    EventRow.at,
    EventRow.by_user_id,
    EventRow.reason,
)


def certificates_of(
    session: Session, *, user_id: int, today: date
) -> list[HeldCertificate]:
    """Return the learner's certificates, the newest first; one statement."""
    rows = session.execute(
        select(*COLUMNS)
        .outerjoin(EventRow, EventRow.certificate_id == Certificate.id)
        .where(Certificate.user_id == user_id)
        .order_by(Certificate.issued_on.desc(), Certificate.id.desc(), EventRow.id)
    )
    return _with_verdicts(rows.all(), today)


def _with_verdicts(
    rows: Sequence[Row[*tuple[Any, ...]]], today: date
) -> list[HeldCertificate]:
    """Put rows of certificates and their events together, in the order of the rows."""
    found: dict[int, tuple[Row[*tuple[Any, ...]], list[CertificateEvent]]] = {}
    for row in rows:
        events = found.setdefault(row.id, (row, []))[1]
        if row.kind is not None:
            events.append(
                CertificateEvent(
                    EventKind(row.kind), row.at, row.by_user_id, row.reason
                )
            )
    return [_held(row, tuple(events), today) for row, events in found.values()]


def _held(
    row: Row[*tuple[Any, ...]], events: tuple[CertificateEvent, ...], today: date
) -> HeldCertificate:
    claims, fingerprint = _claims.value(row.claims, lambda: _read(row.claims))
    return HeldCertificate(
        claims=claims,
        verdict=verdict(claims, events, today=today),
        events=events,
        certificate_id=row.id,
        user_id=row.user_id,
        hides_name=row.hides_name,
        shows_score=row.shows_score,
        is_correction=row.corrects_id is not None,
        fingerprint=fingerprint,
    )


def _read(text: str) -> tuple[Claims, str]:
    stored: dict[str, Any] = json.loads(text)
    return CLAIMS_JSON.validate_python(stored), claims_hash(stored)


CLAIMS_KEPT = 512
_claims: KeptReads[str, tuple[Claims, str]] = KeptReads(CLAIMS_KEPT)
"""Claims and their hash by their text: reading it again would give the same."""


NUMBER = bindparam("number", type_=String)
BY_NUMBER = (
    select(*COLUMNS)
    .outerjoin(EventRow, EventRow.certificate_id == Certificate.id)
    .where(Certificate.number == NUMBER)
    .order_by(EventRow.id)
)


def certificate_by_number(
    session: Session, *, number: str, today: date
) -> HeldCertificate | None:
    """Return a certificate by its twelve characters; one statement."""
    rows = session.execute(BY_NUMBER, {"number": number})
    found = _with_verdicts(rows.all(), today)
    return found[0] if found else None


def certificate_number_of(session: Session, *, enrolment_id: int) -> str | None:
    """Return the number of an enrolment's newest certificate."""
    return session.scalar(
        select(Certificate.number)
        .where(Certificate.enrolment_id == enrolment_id)
        .order_by(Certificate.id.desc())
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The numbers of the certificates that correct this one, or that it corrects."""

    successor: str | None
    predecessor: str | None


This = aliased(Certificate)
AROUND = (
    select(Certificate.number, Certificate.corrects_id == This.id)
    .join(
        This,
        or_(Certificate.corrects_id == This.id, This.corrects_id == Certificate.id),
    )
    .where(This.number == NUMBER)
)


def neighbours(session: Session, *, number: str) -> Neighbours:
    """Return what stands before and after a certificate; one statement."""
    rows = session.execute(AROUND, {"number": number})
    found = {bool(is_successor): other for other, is_successor in rows}
    return Neighbours(
        successor=grouped(found[True]) if True in found else None,
        predecessor=grouped(found[False]) if False in found else None,
    )
