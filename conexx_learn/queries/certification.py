"""Reads of certificates, each with its verdict of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, String, bindparam, or_, select
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
from conexx_learn.models.certification import Certificate
from conexx_learn.models.certification import CertificateEvent as EventRow


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate with its verdict of today."""

    claims: Claims
    verdict: Verdict
    events: tuple[CertificateEvent, ...]


def certificates_of(
    session: Session, *, user_id: int, today: date
) -> list[HeldCertificate]:
    """Return the learner's certificates, the newest first; one statement."""
    rows = session.execute(
        select(Certificate, EventRow)
        .outerjoin(EventRow, EventRow.certificate_id == Certificate.id)
        .where(Certificate.user_id == user_id)
        .order_by(Certificate.id.desc(), EventRow.id)
    )
    return _with_verdicts(rows.all(), today)


def _with_verdicts(
    rows: Sequence[Row[Certificate, EventRow | None]], today: date
) -> list[HeldCertificate]:
    """Put rows of certificates and their events together, in the order of the rows."""
    found: dict[int, tuple[Certificate, list[CertificateEvent]]] = {}
    for row, event in rows:
        events = found.setdefault(row.id, (row, []))[1]
        if event is not None:
            events.append(
                CertificateEvent(
                    EventKind(event.kind), event.at, event.by_user_id, event.reason
                )
            )
    return [_held(row, tuple(events), today) for row, events in found.values()]


def _held(
    row: Certificate, events: tuple[CertificateEvent, ...], today: date
) -> HeldCertificate:
    claims = CLAIMS_JSON.validate_python(row.claims)
    return HeldCertificate(claims, verdict(claims, events, today=today), events)


NUMBER = bindparam("number", type_=String)
BY_NUMBER = (
    select(Certificate, EventRow)
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
