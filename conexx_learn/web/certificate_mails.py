"""Mails about what happens to a certificate, in the language of who receives them."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from flask import Flask, current_app, has_request_context
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.messages import Message
from conexx_learn.queries.certificate_dossier import Notice, certificate_notice
from conexx_learn.queries.question_desk import coordinators
from conexx_learn.services import outbox
from conexx_learn.services.certificate_acts import TELL_CERTIFICATE
from conexx_learn.web.addresses import url_for
from conexx_learn.web.certificate_words import reason_words
from conexx_learn.web.filters import in_language
from conexx_learn.web.language import gettext as _
from conexx_learn.web.mails import (
    absolute,
    account_message,
    demonstration_words,
    speaking,
)

Words = tuple[str, list[str]]


def init_app(app: Flask) -> None:
    """Offer the mails of an event to commands, which know no pages."""
    app.extensions[TELL_CERTIFICATE] = tell_certificate_event


def tell_certificate_event(session: Session, *, event_id: int, now: datetime) -> None:
    """Tell who has to know of an event, in the transaction that adds it.

    The holder of what was suspended, reinstated, revoked, corrected or not corrected;
    the other coordinators where a revocation waits for one of them. The key of the
    event names the message, so that nothing is told twice. Holders without a confirmed
    address read it on their own page.
    """
    notice = certificate_notice(session, event_id=event_id)
    if notice.kind is EventKind.REVOCATION_PROPOSED:
        _tell_coordinators(session, notice, now)
        return
    write = HOLDER_WORDS.get(notice.kind)
    if write is not None and notice.email is not None:
        message = _message(
            notice,
            write,
            key=f"certificate.{notice.event_id}",
            recipient=notice.email,
            name=notice.name,
            lang=notice.locale or notice.claims.lang,
        )
        outbox.post(session, message, now=now)


def _tell_coordinators(session: Session, notice: Notice, now: datetime) -> None:
    for one in coordinators(session, today=now.date()):
        if one.user_id in {notice.by, notice.holder_id}:
            continue
        message = _message(
            notice,
            _proposed,
            key=f"certificate.{notice.event_id}.{one.user_id}",
            recipient=one.email,
            name=one.full_name,
            lang=one.locale or str(current_app.config["BABEL_DEFAULT_LOCALE"]),
        )
        outbox.post(session, message, now=now)


def _message(
    notice: Notice,
    write: Callable[[Notice], Words],
    *,
    key: str,
    recipient: str,
    name: str,
    lang: str,
) -> Message:
    with _apart(), speaking(lang):
        subject, paragraphs = write(notice)
        return account_message(
            key=key,
            recipient=recipient,
            subject=subject,
            paragraphs=[
                _("Good day, %(name)s.", name=name),
                *demonstration_words(demo=notice.claims.demo),
                *paragraphs,
            ],
            action=_action(notice),
            lang=lang,
        )


def _apart() -> AbstractContextManager[object]:
    """Make the addresses of a page also where no request is being answered."""
    if has_request_context():
        return nullcontext()
    return current_app.test_request_context()


def _action(notice: Notice) -> tuple[str, str]:
    number = grouped(notice.claims.number)
    if notice.kind is EventKind.REVOCATION_PROPOSED:
        address = absolute(url_for("certificate_desk.show", number=number))
        return address, _("Read the proposal")
    address = absolute(url_for("verification.show", number=number))
    return address, _("See the certificate")


def _which(notice: Notice) -> str:
    return _(
        "It is your certificate %(number)s of the course “%(course)s”.",
        number=grouped(notice.claims.number),
        course=in_language(notice.claims.titles),
    )


def _why(notice: Notice) -> list[str]:
    if not notice.reason:
        return []
    return [_("Reason: %(reason)s", reason=reason_words(notice.reason))]


def _whom(notice: Notice) -> str:
    return _(
        "If you do not agree or have a question, write to %(email)s and name the "
        "number.",
        email=notice.claims.issuer.email,
    )


def _suspended(notice: Notice) -> Words:
    return _("Your certificate is suspended"), [
        _which(notice),
        *_why(notice),
        _(
            "While it is suspended it proves nothing, and its public page says so. It "
            "can be reinstated."
        ),
        _whom(notice),
    ]


def _reinstated(notice: Notice) -> Words:
    return _("Your certificate is reinstated"), [
        _which(notice),
        _("The suspension is lifted: it stands again, with the same days as before."),
    ]


def _revoked(notice: Notice) -> Words:
    return _("Your certificate was revoked"), [
        _which(notice),
        *_why(notice),
        _("It no longer proves the training, and its public page says so."),
        _whom(notice),
    ]


def _corrected(notice: Notice) -> Words:
    return _("Your certificate was corrected"), [
        _(
            "Your corrected certificate has the number %(number)s and says: %(name)s.",
            number=grouped(notice.claims.number),
            name=notice.claims.holder,
        ),
        _(
            "It replaces the certificate %(number)s, with the same days. Whoever "
            "verifies the former one is led to the new one.",
            number=grouped(notice.replaces or ""),
        ),
        _("Download the paper and the files again, and share the new ones."),
    ]


def _declined(notice: Notice) -> Words:
    return _("Your certificate was not corrected"), [
        _which(notice),
        _("The coordination writes: %(answer)s", answer=notice.note),
    ]


def _proposed(notice: Notice) -> Words:
    return _("A revocation waits for your approval"), [
        _(
            "Somebody of the coordination proposes to revoke the certificate "
            "%(number)s. It stands until a second person approves.",
            number=grouped(notice.claims.number),
        ),
        *_why(notice),
    ]


HOLDER_WORDS: dict[EventKind, Callable[[Notice], Words]] = {
    EventKind.SUSPENDED: _suspended,
    EventKind.REINSTATED: _reinstated,
    EventKind.REVOKED: _revoked,
    EventKind.ISSUED: _corrected,
    EventKind.CORRECTION_DECLINED: _declined,
}
"""What a holder is told of; the first issue is told by the page that it ends on."""
