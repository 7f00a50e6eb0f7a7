"""The register of certificates as acts find it: one row, locked, with its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificate_life import LONGEST_NOTE
from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.services import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """A certificate that nobody else changes until the transaction ends.

    Attributes:
        row: The certificate.
        events: What happened to it, the oldest first.
    """

    row: Certificate
    events: Sequence[CertificateEvent]

    def has(self, kind: EventKind) -> bool:
        """Say whether something of the kind ever happened."""
        return any(event.kind == kind for event in self.events)


def held_entry(session: Session, *, number: str) -> Entry:
    """Lock a certificate and read what happened to it.

    Args:
        session: Where to read.
        number: Twelve characters without hyphens.

    Raises:
        NotFoundError: No such certificate.
    """
    row = session.scalar(
        select(Certificate).where(Certificate.number == number).with_for_update()
    )
    if row is None:
        raise NotFoundError
    events = session.scalars(
        select(CertificateEvent)
        .where(CertificateEvent.certificate_id == row.id)
        .order_by(CertificateEvent.id)
    ).all()
    return Entry(row, events)


def refuse_ones_own(entry: Entry, by: int) -> None:
    """Let nobody of the coordination act on a certificate of their own.

    Raises:
        RuleError: It is theirs.
    """
    if entry.row.user_id == by:
        raise RuleError("certificate-own")


def add_event(
    session: Session,
    row: Certificate,
    kind: EventKind,
    *,
    by: int | None,
    now: datetime,
    reason: str = "",
    note: str = "",
) -> CertificateEvent:
    """Write down what happened, and in the audit trail who did it, without the note.

    Raises:
        ShapeError: The note is too long.
    """
    if len(note) > LONGEST_NOTE:
        raise ShapeError("certificate-note-long", longest=LONGEST_NOTE)
    event = CertificateEvent(
        certificate_id=row.id,
        kind=kind,
        at=now,
        by_user_id=by,
        reason=reason,
        note=note,
    )
    session.add(event)
    session.flush()
    audit.record(
        session,
        act=f"certificate-{kind}",
        thing=f"certificate:{row.number}",
        now=now,
        by=by,
        reason=str(reason),
    )
    return event
