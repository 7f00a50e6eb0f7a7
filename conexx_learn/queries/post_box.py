"""Reads of the messages that were written, for where no mail server is set."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import OutboxMail

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A message that was written.

    Attributes:
        id: Of its row.
        recipient: Its address.
        subject: One line.
        text: The whole message.
        written_at: When.
    """

    id: int
    recipient: str
    subject: str
    text: str
    written_at: datetime


def newest_mails(session: Session) -> list[KeptMail]:
    """List the newest messages, the last one first."""
    rows = session.scalars(
        select(OutboxMail).order_by(OutboxMail.id.desc()).limit(MOST_LISTED)
    )
    return [_kept(row) for row in rows]


def kept_mail(session: Session, *, mail_id: int) -> KeptMail | None:
    """Return one message."""
    row = session.get(OutboxMail, mail_id)
    return _kept(row) if row else None


def _kept(row: OutboxMail) -> KeptMail:
    return KeptMail(row.id, row.recipient, row.subject, row.text, row.created_at)
