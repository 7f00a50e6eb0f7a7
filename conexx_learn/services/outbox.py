"""Mail is written with the act that causes it, and sent afterwards."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.mailer import MailError
from conexx_learn.domain.messages import Message
from conexx_learn.models.accounts import OutboxMail
from conexx_learn.models.insertion import insert_once, inserted_rows
from conexx_learn.services.unit_of_work import reading, unit_of_work

BATCH = 50
LONGEST_ERROR = 200
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NEXT_TRIES = (
    timedelta(0),
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
    4 * HOUR,
    12 * HOUR,
    24 * HOUR,
    48 * HOUR,
    96 * HOUR,
)
"""How old a message is at its first try, its second, and so on; then it is given up.

A mail server that is away over a weekend loses nobody's mail.
"""


def post(session: Session, message: Message, *, now: datetime) -> bool:
    """Put a message into the outbox; the same key a second time does nothing."""
    return insert_once(session, OutboxMail, **_row(message, now))


def post_all(
    session: Session, messages: Sequence[Message], *, now: datetime
) -> set[str]:
    """Put many messages into the outbox in one statement, a thousand at a time.

    Returns:
        Keys of those that this call put there; the others are there already.
    """
    rows = [_row(message, now) for message in messages]
    return {key for (key,) in inserted_rows(session, OutboxMail, rows, "key")}


def _row(message: Message, now: datetime) -> dict[str, object]:
    return {
        "key": message.key,
        "recipient": message.recipient,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "unsubscribe": message.unsubscribe or None,
        "created_at": now,
        "tries": 0,
        "last_error": "",
    }


def deliver_waiting(send: Callable[[Message], None], *, now: datetime) -> int:
    """Send what waits, each message in its own transaction, and count what went.

    A message that fails is tried again later, with ever longer waits (`NEXT_TRIES`).
    """
    waiting = reading().scalars(
        select(OutboxMail.id)
        .where(OutboxMail.sent_at.is_(None), _may_be_tried(now))
        .order_by(OutboxMail.id)
        .limit(BATCH)
    )
    return sum(_deliver(row_id, send, now) for row_id in list(waiting))


def _may_be_tried(now: datetime) -> ColumnElement[bool]:
    return or_(
        *(
            and_(OutboxMail.tries == tries, OutboxMail.created_at <= now - age)
            for tries, age in enumerate(NEXT_TRIES)
        )
    )


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
    message = Message(
        row.key, row.recipient, row.subject, row.text, row.html, row.unsubscribe or ""
    )
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
