"""Mail is written with the act that causes it, and sent afterwards."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.mailer import MailError
from conexx_learn.domain.messages import Message
from conexx_learn.models.accounts import OutboxMail
from conexx_learn.models.insertion import insert_once, inserted_rows
from conexx_learn.services.unit_of_work import reading, unit_of_work

BATCH = 100
"""Messages that go over one connection; many servers allow about as many."""
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


class Connection(Protocol):
    """A connection to a mail server, as the outbox needs one."""

    is_open: bool

    def send(self, message: Message) -> None:
        """Hand one message over; `MailError` where it was not taken."""


Connect = Callable[[], AbstractContextManager[Connection]]
"""Opens a connection; `MailError` where there is none to be had."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A message that may be tried, after so many tries."""

    row_id: int
    tries: int
    message: Message


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How it went with a message; without an error it was taken."""

    row_id: int
    error: str


@dataclass(frozen=True, slots=True)
class _Tried:
    """How many messages of a batch went, and the last that was tried; 0 for none."""

    sent: int
    passed: int


def deliver_waiting(
    connect: Connect,
    *,
    now: datetime,
    is_over: Callable[[], bool] = lambda: False,
) -> int:
    """Send all that waits, and count what went: a batch a connection.

    Each message is claimed before it is sent, outside of any transaction, and noted in
    the transaction that claims the next: a death between the server's answer and our
    commit doubles that one and no other. One that fails is passed over until a later
    call, with ever longer waits (`NEXT_TRIES`).

    Args:
        connect: Opens a connection.
        now: This moment.
        is_over: Asked before each message; where it says so, the rest waits.
    """
    sent = passed = 0
    while not is_over() and (batch := _waiting(passed, now)):
        try:
            with connect() as connection:
                tried = _deliver(batch, connection, now, is_over)
        except MailError as problem:
            # Nobody to hand anything to: it is tried as often as any other failure.
            _note_failures([one.row_id for one in batch], problem)
            break
        sent += tried.sent
        passed = tried.passed or passed
    return sent


def _waiting(passed: int, now: datetime) -> list[_Waiting]:
    """Read the next messages that may be tried, after those that were in this call."""
    rows = reading().scalars(
        select(OutboxMail)
        .where(OutboxMail.sent_at.is_(None), _may_be_tried(now), OutboxMail.id > passed)
        .order_by(OutboxMail.id)
        .limit(BATCH)
    )
    return [_Waiting(row.id, row.tries, _message(row)) for row in rows]


def _message(row: OutboxMail) -> Message:
    return Message(
        row.key, row.recipient, row.subject, row.text, row.html, row.unsubscribe or ""
    )


def _may_be_tried(now: datetime) -> ColumnElement[bool]:
    return or_(
        *(
            and_(OutboxMail.tries == tries, OutboxMail.created_at <= now - age)
            for tries, age in enumerate(NEXT_TRIES)
        )
    )


def _deliver(
    batch: Sequence[_Waiting],
    connection: Connection,
    now: datetime,
    is_over: Callable[[], bool],
) -> _Tried:
    """Send a batch, as far as there is a connection and time."""
    sent = passed = 0
    outcome: _Outcome | None = None
    for one in batch:
        if is_over() or not connection.is_open:
            break
        passed = one.row_id
        is_ours = _note_and_claim(outcome, one, now)
        outcome = _send(one, connection) if is_ours else None
        sent += outcome is not None and not outcome.error
    _note_and_claim(outcome, None, now)
    return _Tried(sent, passed)


def _send(one: _Waiting, connection: Connection) -> _Outcome:
    try:
        connection.send(one.message)
    except MailError as problem:
        return _Outcome(one.row_id, str(problem)[:LONGEST_ERROR])
    return _Outcome(one.row_id, "")


def _note_and_claim(
    outcome: _Outcome | None, following: _Waiting | None, now: datetime
) -> bool:
    """Note how one went, and take the next; say whether that is ours to send."""
    claimed = 0
    with unit_of_work() as session:
        if outcome is not None:
            session.execute(
                update(OutboxMail)
                .where(OutboxMail.id == outcome.row_id)
                .values(
                    sent_at=None if outcome.error else now, last_error=outcome.error
                )
            )
        if following is not None:
            claim = session.execute(
                update(OutboxMail)
                .where(
                    OutboxMail.id == following.row_id,
                    OutboxMail.sent_at.is_(None),
                    OutboxMail.tries == following.tries,
                )
                .values(tries=following.tries + 1)
            )
            claimed = claim.rowcount if isinstance(claim, CursorResult) else 0
    return bool(claimed)


def _note_failures(row_ids: Sequence[int], problem: MailError) -> None:
    with unit_of_work() as session:
        session.execute(
            update(OutboxMail)
            .where(OutboxMail.id.in_(row_ids), OutboxMail.sent_at.is_(None))
            .values(tries=OutboxMail.tries + 1, last_error=str(problem)[:LONGEST_ERROR])
        )
