"""What the coordination does with a certificate after its issue: events, only added.

Whoever does the same thing twice changes nothing the second time. A revocation takes
two different people, and nothing follows it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from conexx_learn.domain.certificate_life import (
    is_suspended,
    open_proposal,
    refuse_the_final,
)
from conexx_learn.domain.certificates import (
    EventKind,
    RevocationReason,
    SuspensionReason,
)
from conexx_learn.domain.errors import RuleError
from conexx_learn.models.certification import CertificateEvent
from conexx_learn.services.certificate_register import (
    Entry,
    add_event,
    held_entry,
    refuse_ones_own,
)
from conexx_learn.services.signing_requests import ask_for_signing

TELL_CERTIFICATE = "tell_certificate"
"""Where the application keeps what writes the mails of an event."""


class Tell(Protocol):
    """Writes the mails of an event, in the transaction that adds it."""

    def __call__(self, session: Session, *, event_id: int, now: datetime) -> None:
        """Tell who has to know."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """How far a revocation is.

    Attributes:
        is_complete: Whether the certificate is revoked now.
        event_id: Key of what this call added, if it added anything.
    """

    is_complete: bool
    event_id: int | None


def suspend_certificate(
    session: Session,
    *,
    number: str,
    reason: SuspensionReason,
    note: str,
    by: int,
    now: datetime,
) -> int | None:
    """Let a certificate count for nothing until it is reinstated.

    Returns:
        Key of the event; None where it was suspended already.

    Raises:
        NotFoundError: No such certificate.
        RuleError: It is revoked or replaced, or one's own.
        ShapeError: The note is too long.
    """
    entry = held_entry(session, number=number)
    refuse_ones_own(entry, by)
    refuse_the_final(entry.events)
    if is_suspended(entry.events):
        return None
    kind = EventKind.SUSPENDED
    return add_event(
        session, entry.row, kind, by=by, now=now, reason=reason, note=note
    ).id


def reinstate_certificate(
    session: Session, *, number: str, note: str, by: int, now: datetime
) -> int | None:
    """Lift a suspension; the certificate stands again by its own dates.

    Returns:
        Key of the event; None where it was not suspended.

    Raises:
        NotFoundError: No such certificate.
        RuleError: It is revoked or replaced, or one's own.
        ShapeError: The note is too long.
    """
    entry = held_entry(session, number=number)
    refuse_ones_own(entry, by)
    refuse_the_final(entry.events)
    if not is_suspended(entry.events):
        return None
    kind = EventKind.REINSTATED
    return add_event(session, entry.row, kind, by=by, now=now, note=note).id


def propose_revocation(
    session: Session,
    *,
    number: str,
    reason: RevocationReason,
    note: str,
    by: int,
    now: datetime,
) -> int | None:
    """Ask a second coordinator to take a certificate back; until then it stands.

    Returns:
        Key of the event; None where one's own proposal for it waits already.

    Raises:
        NotFoundError: No such certificate.
        RuleError: It is revoked or replaced, or one's own, or another's proposal waits.
        ShapeError: The note is too long.
    """
    entry = held_entry(session, number=number)
    refuse_ones_own(entry, by)
    refuse_the_final(entry.events)
    waiting = open_proposal(entry.events)
    if waiting is not None:
        if waiting.by_user_id != by:
            raise RuleError("revocation-waits")
        return None
    kind = EventKind.REVOCATION_PROPOSED
    return add_event(
        session, entry.row, kind, by=by, now=now, reason=reason, note=note
    ).id


def approve_revocation(
    session: Session,
    *,
    number: str,
    proposal_id: int,
    note: str,
    by: int,
    now: datetime,
) -> int | None:
    """Take a certificate back, as another coordinator proposed; this is final.

    Args:
        session: Where to write.
        number: Twelve characters without hyphens.
        proposal_id: Which proposal one has read.
        note: For the register, never shown.
        by: Who approves: not who proposed it.
        now: This moment.

    Returns:
        Key of the event; None where the certificate was revoked already.

    Raises:
        NotFoundError: No such certificate.
        RuleError: It is replaced, or one's own, the proposal is one's own, or was
            withdrawn.
        ShapeError: The note is too long.
    """
    entry = held_entry(session, number=number)
    refuse_ones_own(entry, by)
    if entry.has(EventKind.REVOKED):
        return None
    refuse_the_final(entry.events)
    waiting = open_proposal(entry.events)
    if waiting is None or waiting.id != proposal_id:
        raise RuleError("proposal-changed")
    return _approve(session, entry, waiting, by=by, note=note, now=now)


def withdraw_proposal(
    session: Session, *, number: str, note: str, by: int, now: datetime
) -> int | None:
    """Take a proposal to revoke back, one's own or another's; the certificate stands.

    Returns:
        Key of the event; None where no proposal waits.

    Raises:
        NotFoundError: No such certificate.
        RuleError: It is revoked or replaced, or one's own.
        ShapeError: The note is too long.
    """
    entry = held_entry(session, number=number)
    refuse_ones_own(entry, by)
    refuse_the_final(entry.events)
    if open_proposal(entry.events) is None:
        return None
    kind = EventKind.PROPOSAL_WITHDRAWN
    return add_event(session, entry.row, kind, by=by, now=now, note=note).id


def revoke_certificate(
    session: Session,
    *,
    number: str,
    reason: RevocationReason,
    note: str,
    by: int,
    now: datetime,
) -> Revocation:
    """Propose to take a certificate back, or approve it, whichever comes now.

    Raises:
        NotFoundError: No such certificate.
        RuleError: It is replaced, or one's own, or proposed for another reason.
        ShapeError: The note is too long.
    """
    entry = held_entry(session, number=number)
    refuse_ones_own(entry, by)
    if entry.has(EventKind.REVOKED):
        return Revocation(is_complete=True, event_id=None)
    waiting = open_proposal(entry.events)
    if waiting is None or waiting.by_user_id == by:
        added = propose_revocation(
            session, number=number, reason=reason, note=note, by=by, now=now
        )
        return Revocation(is_complete=False, event_id=added)
    refuse_the_final(entry.events)
    if waiting.reason != reason:
        raise RuleError("revocation-reason-differs", reason=waiting.reason)
    added = _approve(session, entry, waiting, by=by, note=note, now=now)
    return Revocation(is_complete=True, event_id=added)


def _approve(
    session: Session,
    entry: Entry,
    waiting: CertificateEvent,
    *,
    by: int,
    note: str,
    now: datetime,
) -> int:
    if waiting.by_user_id == by:
        raise RuleError("second-coordinator")
    ask_for_signing(session)
    return add_event(
        session,
        entry.row,
        EventKind.REVOKED,
        by=by,
        now=now,
        reason=waiting.reason,
        note=note,
    ).id
