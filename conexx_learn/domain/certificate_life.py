"""What may be done with a certificate, told from what happened to it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from conexx_learn.domain.certificates import Claims, EventKind, RevocationReason
from conexx_learn.domain.errors import RuleError

LONGEST_NOTE = 500
"""Characters of a private note."""
REVOCATION_REASONS = (
    RevocationReason.ISSUED_IN_ERROR,
    RevocationReason.FRAUD,
    RevocationReason.HOLDER_REQUEST,
    RevocationReason.DATA_CORRECTION,
)
"""Why somebody may take a certificate back; *superseded* is said by a correction."""


class Happening(Protocol):
    """An event of a certificate: of the domain, or a row."""

    @property
    def kind(self) -> str:
        """What happened, a word of `EventKind`."""


E = TypeVar("E", bound=Happening)


def open_proposal(events: Iterable[E]) -> E | None:
    """Return the proposal to revoke that nobody withdrew or approved.

    Args:
        events: Of one certificate, the oldest first.
    """
    return _open(events, EventKind.REVOCATION_PROPOSED, EventKind.PROPOSAL_WITHDRAWN)


def open_request(events: Iterable[E]) -> E | None:
    """Return the holder's request for a correction that nobody answered.

    Args:
        events: Of one certificate, the oldest first.
    """
    return _open(events, EventKind.CORRECTION_ASKED, EventKind.CORRECTION_DECLINED)


def _open(events: Iterable[E], opens: EventKind, closes: EventKind) -> E | None:
    found: E | None = None
    for event in events:
        if event.kind == opens:
            found = event
        elif event.kind in {closes, EventKind.REVOKED, EventKind.SUPERSEDED}:
            found = None
    return found


def is_suspended(events: Iterable[Happening]) -> bool:
    """Say whether a suspension is in force.

    Args:
        events: Of one certificate, the oldest first.
    """
    held = False
    for event in events:
        if event.kind in {EventKind.SUSPENDED, EventKind.REINSTATED}:
            held = event.kind == EventKind.SUSPENDED
    return held


def refuse_the_final(events: Iterable[Happening]) -> None:
    """Let nothing happen to a certificate that is revoked or replaced.

    Raises:
        RuleError: It is.
    """
    kinds = {event.kind for event in events}
    if EventKind.REVOKED in kinds:
        raise RuleError("certificate-revoked")
    if EventKind.SUPERSEDED in kinds:
        raise RuleError("certificate-superseded")


def without_holder(claims: Claims) -> Claims:
    """Return what a register keeps of a certificate whose holder was erased.

    Number, credential, course, competencies and days stay; the name, the institution,
    the address, the plan, the score and the evidence go.
    """
    return replace(
        claims,
        holder="",
        institution="",
        recipient=None,
        plan=None,
        score=None,
        evidence=(),
    )


def is_without_holder(claims: Claims) -> bool:
    """Say whether the holder was erased: the certificate proves nothing of anybody."""
    return not claims.holder
