"""The log of what was issued: lines are added, in one chain, and never changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.issuance_log import (
    FIRST_HASH,
    Chain,
    LogLine,
    is_left_as_logged,
    line_hash,
    logged_number,
)
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuanceEntry
from conexx_learn.models.insertion import inserted_row

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class LogHead:
    """The newest line: who keeps a copy of it notices any later change before it.

    Attributes:
        lines: How many there are.
        hash: Of the newest, in hex.
        recorded_at: When it was added; None for an empty log.
    """

    lines: int = 0
    hash: str = FIRST_HASH
    recorded_at: datetime | None = None


def log_head(session: Session, *, before: datetime | None = None) -> LogHead:
    """Return the newest line, of those before a moment if one is given."""
    newest = select(
        IssuanceEntry.seq, IssuanceEntry.hash, IssuanceEntry.recorded_at
    ).order_by(IssuanceEntry.seq.desc())
    if before is not None:
        newest = newest.where(IssuanceEntry.recorded_at < before)
    row = session.execute(newest.limit(1)).first()
    return LogHead(*row) if row else LogHead()


def log_line(session: Session, *, line: int) -> LogHead | None:
    """Return a line by its place, from 1, to compare it with a copy kept elsewhere."""
    row = session.execute(
        select(IssuanceEntry.seq, IssuanceEntry.hash, IssuanceEntry.recorded_at).where(
            IssuanceEntry.seq == line
        )
    ).first()
    return LogHead(*row) if row else None


def append(
    session: Session, *, certificate_id: int, payload: str, now: datetime
) -> bool:
    """Add the line of a certificate; a second call does nothing.

    The number of the line is its key: of two at once one waits for the other's commit,
    finds the number taken, and goes on after it. So nothing is forked or left out.

    Args:
        session: In a short transaction that ends soon after.
        certificate_id: Held by this transaction.
        payload: As `log_payload` writes it.
        now: This moment.

    Returns:
        True when this call added it.
    """
    while not _is_logged(session, certificate_id):
        head = log_head(session)
        made = inserted_row(
            session,
            IssuanceEntry,
            seq=head.lines + 1,
            certificate_id=certificate_id,
            previous_hash=head.hash,
            hash=line_hash(head.hash, payload),
            payload=payload,
            recorded_at=now,
        )
        if made is not None:
            return True
    return False


def _is_logged(session: Session, certificate_id: int) -> bool:
    found = session.scalar(
        select(IssuanceEntry.seq).where(IssuanceEntry.certificate_id == certificate_id)
    )
    return found is not None


@dataclass(frozen=True, slots=True)
class Examination:
    """What recomputing the log found.

    Attributes:
        head: Its newest line.
        broken_at: First line that does not follow from the one before, or None.
        changed: Numbers of certificates whose claims are not those of their line;
            what an erasure took away is no change, a certificate that is gone is one.
    """

    head: LogHead
    broken_at: int | None
    changed: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Say whether nobody changed anything."""
        return self.broken_at is None and not self.changed


def examine(session: Session) -> Examination:
    """Recompute every hash of the log, and compare each certificate with its line."""
    rows = session.execute(
        select(IssuanceEntry, Certificate.number, Certificate.claims)
        .outerjoin(Certificate, Certificate.id == IssuanceEntry.certificate_id)
        .order_by(IssuanceEntry.seq)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    chain = Chain()
    changed = []
    for entry, number, claims in rows:
        chain.follow(LogLine(entry.seq, entry.previous_hash, entry.hash, entry.payload))
        if not is_left_as_logged(entry.payload, number, claims):
            changed.append(number or logged_number(entry.payload))
    return Examination(log_head(session), chain.broken_at, tuple(changed))


def first_break(session: Session) -> int | None:
    """Return the first line that does not follow from the one before, if there is one.

    Reads the whole log: from that line on nothing in it is known to be ours.
    """
    rows = session.scalars(
        select(IssuanceEntry)
        .order_by(IssuanceEntry.seq)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    chain = Chain()
    for entry in rows:
        chain.follow(LogLine(entry.seq, entry.previous_hash, entry.hash, entry.payload))
    return chain.broken_at
