"""The audit trail: who did what to what, added and never changed."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conexx_learn.models.audit import AuditEntry


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act came from: an account, an address, a request.

    Attributes:
        user_id: None for a visitor or a command.
        address: Of the network; empty for a command.
        request_id: Empty for a command.
    """

    user_id: int | None = None
    address: str = ""
    request_id: str = ""


origin: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039 (frozen)
"""Set by the edge for the time of a request."""


def record(
    session: Session,
    *,
    act: str,
    thing: str,
    now: datetime,
    institution_id: int | None = None,
    **facts: str | int | None,
) -> None:
    """Add an entry, in the same transaction as the act itself."""
    source = origin.get()
    session.add(
        AuditEntry(
            at=now,
            user_id=source.user_id,
            act=act,
            thing=thing[:120],
            institution_id=institution_id,
            address=source.address,
            request_id=source.request_id,
            facts=facts,
        )
    )
