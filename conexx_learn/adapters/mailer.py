"""The post: SMTP as MAIL_URL says."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.errors import HeaderParseError
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from conexx_learn.domain.messages import Message

TIMEOUT_SECONDS = 20
PLAIN_PORT = 587
TLS_PORT = 465


class MailError(Exception):
    """The message did not leave; it will be tried again."""


class SmtpMailer:
    """Sends messages through one server.

    Args:
        mail_url: `smtp://user:pass@host:587?tls=starttls`, or `smtps://…`; with
            `tls=none` the connection stays plain (loopback relays).
        sender: Address that the messages come from.
    """

    def __init__(self, mail_url: str, *, sender: str) -> None:
        self._parts = urlsplit(mail_url)
        self._tls = parse_qs(self._parts.query).get("tls", ["starttls"])[0]
        self._sender = sender

    @contextmanager
    def connected(self) -> Iterator["SmtpConnection"]:
        """Open a connection for some messages, and end it afterwards.

        Raises:
            MailError: The server cannot be reached, or lets us not in.
        """
        try:
            server = self._connection()
        except (OSError, smtplib.SMTPException) as error:
            raise _mail_error(error) from error
        try:
            yield SmtpConnection(server, self._mail)
        finally:
            # What was sent is sent, whatever the server says to our good-bye.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _mail(self, message: Message) -> EmailMessage:
        """Write a message as it travels.

        Raises:
            MailError: A header cannot be written; a line break would make two of it.
        """
        mail = EmailMessage()
        try:
            mail["From"] = self._sender
            mail["To"] = message.recipient
            mail["Subject"] = " ".join(message.subject.split())
            mail["Message-ID"] = f"<{message.key}@{self._sender.partition('@')[2]}>"
            mail["Auto-Submitted"] = "auto-generated"
            if message.unsubscribe:
                mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
            mail.set_content(message.text)
            mail.add_alternative(message.html, subtype="html")
        except (ValueError, LookupError, HeaderParseError) as error:
            raise _mail_error(error) from error
        return mail

    def _connection(self) -> smtplib.SMTP:
        host = self._parts.hostname or "localhost"
        if self._parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host,
                self._parts.port or TLS_PORT,
                timeout=TIMEOUT_SECONDS,
                # Without it the library believes any certificate.
                context=ssl.create_default_context(),
            )
        else:
            server = smtplib.SMTP(
                host, self._parts.port or PLAIN_PORT, timeout=TIMEOUT_SECONDS
            )
            if self._tls == "starttls":
                server.starttls(context=ssl.create_default_context())
        if self._parts.username:
            server.login(
                unquote(self._parts.username), unquote(self._parts.password or "")
            )
        return server


class SmtpConnection:
    """One connection; one message after the other goes over it.

    Args:
        server: At the other end.
        write: Makes of a message what travels.
    """

    def __init__(
        self, server: smtplib.SMTP, write: Callable[[Message], EmailMessage]
    ) -> None:
        self._server = server
        self._write = write
        self.is_open = True

    def send(self, message: Message) -> None:
        """Hand one message to the server.

        Raises:
            MailError: It cannot be written, the server refuses it, or the connection
                is lost; then `is_open` says so.
        """
        mail = self._write(message)
        try:
            self._server.send_message(mail)
        except smtplib.SMTPException as error:
            # The library closes the connection where the server wants no more of it.
            self.is_open = self._server.sock is not None
            raise _mail_error(error) from error
        except OSError as error:
            self.is_open = False
            raise _mail_error(error) from error


def _mail_error(error: Exception) -> MailError:
    return MailError(f"{type(error).__name__}: {error}")
