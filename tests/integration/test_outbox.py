"""The post reaches a real mail server: once, in the end, whatever happens between."""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Visit
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.mailer import SmtpConnection, SmtpMailer
from conexx_learn.domain.messages import Message
from conexx_learn.models.accounts import OutboxMail
from conexx_learn.services import outbox
from conexx_learn.services.outbox import BATCH, NEXT_TRIES, deliver_waiting
from conexx_learn.services.upkeep import deliver_mail
from tests.factories import NOW

SENDER = "avisos@conexx.example"
DIGEST = Message(
    key="digest.7.2026-11-16",
    recipient="ana@xaltepec.example",
    subject="Fecha límite: 15 de diciembre",
    text="Buen día, Ana.\n",
    html="<p>Buen día, Ana.</p>",
    unsubscribe="https://learn.example/mail/optional/Nw.abc",
)


class PostOffice:
    """A mail server that keeps what it is given, and refuses while it is told to.

    It knows who came, one connection each, and may tire of one after some messages.
    """

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.visitors: set[object] = set()
        self.is_refusing = False
        self.tires_after: int | None = None

    async def handle_DATA(  # noqa: N802 (aiosmtpd calls it so)
        self, _server: SMTP, visit: Visit, envelope: Envelope
    ) -> str:
        self.visitors.add(visit.peer)
        if self.is_refusing:
            return "451 try again later"
        if self.tires_after == len(self.received):
            self.tires_after = None
            return "421 that is enough"
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.received.append(mail)
        return "250 kept"


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def mail_url(office: PostOffice) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}?tls=none"
    controller.stop()


@pytest.fixture
def waiting(session: Session) -> None:
    assert outbox.post(session, DIGEST, now=NOW)
    assert not outbox.post(session, DIGEST, now=NOW)
    session.commit()


def deliver(mail_url: str, *, after: timedelta = timedelta(0)) -> int:
    return deliver_mail(mail_url=mail_url, sender=SENDER, now=NOW + after)


def state(session: Session) -> tuple[bool, int]:
    row = session.execute(select(OutboxMail.sent_at, OutboxMail.tries)).one()
    return row.sent_at is not None, row.tries


def test_a_message_arrives_whole(
    waiting: None, office: PostOffice, mail_url: str
) -> None:
    assert deliver(mail_url) == 1

    (mail,) = office.received
    assert mail["Subject"] == DIGEST.subject
    assert mail["To"] == DIGEST.recipient
    assert mail["From"] == SENDER
    assert mail["Message-ID"] == f"<{DIGEST.key}@conexx.example>"
    assert mail["List-Unsubscribe"] == f"<{DIGEST.unsubscribe}>"
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, rich = mail.iter_parts()
    assert plain.get_content().splitlines() == ["Buen día, Ana."]
    assert "<p>Buen día, Ana.</p>" in rich.get_content()


def test_what_one_cannot_do_without_has_no_way_out(
    session: Session, office: PostOffice, mail_url: str
) -> None:
    required = Message("digest.8.2026-11-16", "beto@xaltepec.example", "s", "t", "h")
    outbox.post(session, required, now=NOW)
    session.commit()

    deliver(mail_url)

    assert office.received[0]["List-Unsubscribe"] is None


def test_what_was_sent_is_not_sent_again(
    waiting: None, office: PostOffice, mail_url: str
) -> None:
    assert [deliver(mail_url), deliver(mail_url)] == [1, 0]
    assert len(office.received) == 1


def test_a_refusing_server_is_asked_again_ever_later(
    waiting: None, session: Session, office: PostOffice, mail_url: str
) -> None:
    office.is_refusing = True
    for tries, age in enumerate(NEXT_TRIES, start=1):
        if age:
            assert deliver(mail_url, after=age - timedelta(seconds=1)) == 0
            assert state(session) == (False, tries - 1)
        assert deliver(mail_url, after=age) == 0
        assert state(session) == (False, tries)
    assert deliver(mail_url, after=timedelta(days=20)) == 0
    assert state(session) == (False, len(NEXT_TRIES))


def test_nothing_is_lost_over_a_weekend_without_a_server(
    waiting: None, session: Session, office: PostOffice, mail_url: str
) -> None:
    away = "smtp://127.0.0.1:9?tls=none"
    for hours in range(72):
        assert deliver(away, after=timedelta(hours=hours)) == 0

    assert deliver(mail_url, after=timedelta(hours=96)) == 1
    assert len(office.received) == 1
    assert state(session)[0]


def test_a_message_is_doubled_only_by_a_death_after_the_answer(
    session: Session, office: PostOffice, mail_url: str
) -> None:
    """Whoever dies between the server's answer and our commit leaves one double."""
    mailer = SmtpMailer(mail_url, sender=SENDER)
    post_many(session, 5)

    class KilledError(BaseException):
        """Stands for a kill, which nothing catches."""

    class DyingConnection:
        """Sends two messages, and is killed before anybody hears of the second."""

        is_open = True

        def __init__(self, connection: SmtpConnection) -> None:
            self._connection = connection

        def send(self, message: Message) -> None:
            self._connection.send(message)
            if len(office.received) == 2:
                raise KilledError

    @contextmanager
    def connect() -> Iterator[DyingConnection]:
        with mailer.connected() as connection:
            yield DyingConnection(connection)

    with pytest.raises(KilledError):
        deliver_waiting(connect, now=NOW)
    assert tries(session) == [1, 1, 0, 0, 0]

    assert deliver(mail_url, after=timedelta(minutes=1)) == 4
    assert deliver(mail_url, after=timedelta(hours=1)) == 0
    # One name for both, so that a mailbox shows them as one.
    names = Counter(mail["Message-ID"] for mail in office.received)
    assert sorted(names.values()) == [1, 1, 1, 1, 2]


def post_many(session: Session, count: int) -> None:
    """Let messages wait, each for somebody else."""
    outbox.post_all(
        session,
        [
            replace(DIGEST, key=f"m.{number:04}", recipient=f"p{number}@x.example")
            for number in range(count)
        ],
        now=NOW,
    )
    session.commit()


def tries(session: Session) -> list[int]:
    session.rollback()
    return list(session.scalars(select(OutboxMail.tries).order_by(OutboxMail.id)))


def test_one_call_empties_the_outbox_with_a_connection_for_each_batch(
    session: Session, office: PostOffice, mail_url: str
) -> None:
    post_many(session, 2 * BATCH + 5)

    assert deliver(mail_url) == 2 * BATCH + 5

    assert [mail["To"] for mail in office.received] == [
        f"p{number}@x.example" for number in range(2 * BATCH + 5)
    ]
    assert len(office.visitors) == 3
    assert deliver(mail_url) == 0


def test_what_one_call_could_not_send_it_does_not_try_again(
    session: Session, office: PostOffice, mail_url: str
) -> None:
    """Else an old message would use up all its tries in a moment."""
    post_many(session, BATCH + 1)
    office.is_refusing = True

    assert deliver(mail_url, after=timedelta(days=3)) == 0

    assert set(tries(session)) == {1}


def test_without_a_server_one_batch_is_tried_and_the_rest_waits(
    session: Session,
) -> None:
    post_many(session, BATCH + 1)

    assert deliver("smtp://127.0.0.1:9?tls=none") == 0

    assert tries(session) == [1] * BATCH + [0]
    errors = session.scalars(
        select(OutboxMail.last_error).order_by(OutboxMail.id)
    ).all()
    assert "ConnectionRefusedError" in errors[0]


def test_a_lost_connection_costs_one_message_a_try_and_no_more(
    session: Session, office: PostOffice, mail_url: str
) -> None:
    post_many(session, 5)
    office.tires_after = 2

    assert deliver(mail_url) == 4

    assert tries(session) == [1, 1, 1, 1, 1]
    assert len(office.visitors) == 2
    assert deliver(mail_url, after=timedelta(minutes=1)) == 1


def test_who_is_told_to_stop_leaves_the_rest_untouched(
    session: Session, office: PostOffice, mail_url: str
) -> None:
    post_many(session, 5)

    sent = deliver_mail(
        mail_url=mail_url,
        sender=SENDER,
        now=NOW,
        is_over=lambda: len(office.received) == 3,
    )

    assert sent == 3
    assert tries(session) == [1, 1, 1, 0, 0]
    assert deliver(mail_url) == 2


@pytest.mark.parametrize("recipient", ["ana@x.example\r\nBcc: all@x.example", "a@"])
def test_a_recipient_that_is_no_header_stops_no_other_mail(
    session: Session, office: PostOffice, mail_url: str, recipient: str
) -> None:
    outbox.post(session, replace(DIGEST, key="bad", recipient=recipient), now=NOW)
    post_many(session, 2)

    assert deliver(mail_url) == 2

    assert len(office.visitors) == 1
    assert tries(session) == [1, 1, 1]
