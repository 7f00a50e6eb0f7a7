"""The post reaches a real mail server: once, in the end, whatever happens between."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Visit
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.mailer import SmtpMailer
from conexx_learn.domain.messages import Message
from conexx_learn.models.accounts import OutboxMail
from conexx_learn.services import outbox
from conexx_learn.services.outbox import NEXT_TRIES, deliver_waiting
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
    """A mail server that keeps what it is given, and refuses while it is told to."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.is_refusing = False

    async def handle_DATA(  # noqa: N802 (aiosmtpd calls it so)
        self, _server: SMTP, _visit: Visit, envelope: Envelope
    ) -> str:
        if self.is_refusing:
            return "451 try again later"
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
    waiting: None, session: Session, office: PostOffice, mail_url: str
) -> None:
    """Whoever dies between the server's answer and our commit leaves one double."""
    mailer = SmtpMailer(mail_url, sender=SENDER)

    class KilledError(BaseException):
        """Stands for a kill, which nothing catches."""

    def send_and_die(message: Message) -> None:
        mailer.send(message)
        raise KilledError

    with pytest.raises(KilledError):
        deliver_waiting(send_and_die, now=NOW)
    assert state(session) == (False, 1)

    assert deliver(mail_url, after=timedelta(minutes=1)) == 1
    assert deliver(mail_url, after=timedelta(hours=1)) == 0
    first, second = office.received
    # One name for both, so that a mailbox shows them as one.
    assert first["Message-ID"] == second["Message-ID"]
