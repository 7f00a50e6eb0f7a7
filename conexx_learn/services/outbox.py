"""Mail is written with the act that causes it, and sent afterwards."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.mailer import MailError
from conexx_learn.domain.messages import Message
from conexx_learn.models.accounts import OutboxMail
from conexx_learn.models.insertion import insert_once
from conexx_learn.services.unit_of_work import reading, unit_of_work

MOST_TRIES = 8
BATCH = 50
LONGEST_ERROR = 200


def post(session: Session, message: Message, *, now: datetime) -> bool:
    """Put a message into the outbox; the same key a second time does nothing."""
    return insert_once(
        session,
        OutboxMail,
        key=message.key,
        recipient=message.recipient,
        subject=message.subject,
        text=message.text,
        html=message.html,
        created_at=now,
        tries=0,
        last_error="",
    )


def deliver_waiting(send: Callable[[Message], None], *, now: datetime) -> int:
    """Send what waits, each message in its own transaction, and count what went.

    A message that fails is tried again at the next call, eight times in all.
    """
    waiting = reading().scalars(
        select(OutboxMail.id)
        .where(OutboxMail.sent_at.is_(None), OutboxMail.tries < MOST_TRIES)
        .order_by(OutboxMail.id)
        .limit(BATCH)
    )
    return sum(_deliver(row_id, send, now) for row_id in list(waiting))


def _deliver(row_id: int, send: Callable[[Message], None], now: datetime) -> bool:
    """Claim a message, send it outside of any transaction, and note how it went."""
    message = _claimed(row_id)
    if message is None:
        return False
    error = ""
    try:
        send(message)
    except MailError as problem:
        error = str(problem)[:LONGEST_ERROR]
    with unit_of_work() as session:
        session.execute(
            update(OutboxMail)
            .where(OutboxMail.id == row_id)
            .values(sent_at=None if error else now, last_error=error)
        )
    return not error


def _claimed(row_id: int) -> Message | None:
    """Take a message that nobody else has taken meanwhile; None when one has."""
    row = reading().get(OutboxMail, row_id)
    if row is None or row.sent_at is not None:
        return None
    message = Message(row.key, row.recipient, row.subject, row.text, row.html)
    with unit_of_work() as session:
        claim = session.execute(
            update(OutboxMail)
            .where(
                OutboxMail.id == row_id,
                OutboxMail.sent_at.is_(None),
                OutboxMail.tries == row.tries,
            )
            .values(tries=row.tries + 1)
        )
    return message if isinstance(claim, CursorResult) and claim.rowcount else None
