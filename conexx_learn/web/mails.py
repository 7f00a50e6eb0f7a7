"""Mails about accounts, rendered in the language of who receives them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256

from flask import Flask, current_app, g
from flask_babel import force_locale

from conexx_learn.domain.accounts import TRY_WINDOW
from conexx_learn.domain.messages import Message
from conexx_learn.web.filters import day
from conexx_learn.web.language import gettext as _

INVITATION_MAIL = "invitation_mail"
"""Where commands find what writes the mail of an invitation."""

CACHED = ("page_language", "catalogue")
Action = tuple[str, str] | None


def init_app(app: Flask) -> None:
    """Offer the mail of an invitation to commands, which know no pages."""
    app.extensions[INVITATION_MAIL] = invitation_mail


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Write in another language than the page's for a while."""
    before = {key: g.pop(key) for key in CACHED if key in g}
    g.page_language = lang
    try:
        with force_locale(lang):
            yield
    finally:
        for key in CACHED:
            g.pop(key, None)
        for key, value in before.items():
            setattr(g, key, value)


def absolute(path: str) -> str:
    """Return the absolute address of a path, from the configured origin alone."""
    return f"{current_app.config['PUBLIC_URL']}{path}"


def invitation_mail(
    *, recipient: str, name: str, path: str, expires_at: datetime, lang: str
) -> Message:
    """Invite somebody to their account."""
    with speaking(lang):
        return account_message(
            key=f"invitation.{_short(path)}",
            recipient=recipient,
            subject=_("Your invitation to Conexx Learn"),
            paragraphs=[
                _("Good day, %(name)s.", name=name),
                _(
                    "Your institution invites you to take courses and receive "
                    "certificates. Choose a password and begin; it takes two minutes."
                ),
                _("The invitation lasts until %(day)s.", day=day(expires_at)),
            ],
            action=(absolute(path), _("Accept the invitation")),
            lang=lang,
        )


def confirmation_mail(
    *, recipient: str, name: str, path: str, lang: str, now: datetime
) -> Message:
    """Ask whether a mailbox is its owner's."""
    with speaking(lang):
        return account_message(
            key=f"confirm.{_short(recipient)}.{_slot(now)}",
            recipient=recipient,
            subject=_("Confirm your e-mail address"),
            paragraphs=[
                _("Good day, %(name)s.", name=name),
                _(
                    "Confirm that this address is yours, so that reminders and new "
                    "passwords reach you. You can go on learning meanwhile."
                ),
                _("If you did not ask for this, ignore this message."),
            ],
            action=(absolute(path), _("Confirm the address")),
            lang=lang,
        )


def known_address_mail(*, recipient: str, lang: str, now: datetime) -> Message:
    """Tell who registers again that there is an account already."""
    with speaking(lang):
        return account_message(
            key=f"known.{_short(recipient)}.{_slot(now)}",
            recipient=recipient,
            subject=_("You already have an account"),
            paragraphs=[
                _(
                    "Somebody, perhaps you, asked for an account with this address. "
                    "It has one already: nothing was changed."
                ),
                _("If you do not remember the password, ask for a new one."),
            ],
            action=(absolute("/account/forgot"), _("Choose a new password")),
            lang=lang,
        )


def reset_mail(
    *, recipient: str, name: str, path: str, lang: str, now: datetime
) -> Message:
    """Send the link to a new password."""
    with speaking(lang):
        return account_message(
            key=f"reset.{_short(recipient)}.{_slot(now)}",
            recipient=recipient,
            subject=_("Choose a new password"),
            paragraphs=[
                _("Good day, %(name)s.", name=name),
                _("With this link you choose a new password. It works for 60 minutes."),
                _("If you did not ask for this, ignore this message."),
            ],
            action=(absolute(path), _("Choose a new password")),
            lang=lang,
        )


def password_changed_mail(
    *, recipient: str, name: str, lang: str, now: datetime
) -> Message:
    """Tell somebody that their password is a new one."""
    with speaking(lang):
        return account_message(
            key=f"password.{_short(recipient)}.{now:%Y%m%d%H%M%S%f}",
            recipient=recipient,
            subject=_("Your password has changed"),
            paragraphs=[
                _("Good day, %(name)s.", name=name),
                _(
                    "The password of your account has just been changed, and its other "
                    "sessions have ended."
                ),
                _("If it was not you, choose a new one now and tell your institution."),
            ],
            action=(absolute("/account/forgot"), _("Choose a new password")),
            lang=lang,
        )


def email_changed_mail(
    *, recipient: str, name: str, lang: str, now: datetime
) -> Message:
    """Tell the old address that another one takes its place."""
    with speaking(lang):
        return account_message(
            key=f"email.{_short(recipient)}.{now:%Y%m%d%H%M%S%f}",
            recipient=recipient,
            subject=_("Another e-mail address for your account"),
            paragraphs=[
                _("Good day, %(name)s.", name=name),
                _(
                    "Your account was given another e-mail address. Once it is "
                    "confirmed, messages go there and no longer to this one."
                ),
                _("If it was not you, choose a new one now and tell your institution."),
            ],
            action=(absolute("/account/forgot"), _("Choose a new password")),
            lang=lang,
        )


def account_message(
    *,
    key: str,
    recipient: str,
    subject: str,
    paragraphs: list[str],
    action: Action,
    lang: str,
) -> Message:
    """Lay a message about an account out, as text and as HTML."""
    facts: dict[str, object] = {
        "subject": subject,
        "paragraphs": paragraphs,
        "action": action,
        "reason": _("You receive this message because of your account."),
        "home": absolute("/"),
        "lang": lang,
    }
    return Message(
        key=key,
        recipient=recipient,
        subject=subject,
        text=rendered("mail/account.txt", facts),
        html=rendered("mail/account.html", facts),
    )


def demonstration_words(*, demo: bool) -> list[str]:
    """Say first in a mail about a certificate that it proves nothing, where it does."""
    return [_("Demonstration, not valid")] if demo else []


def rendered(name: str, facts: dict[str, object]) -> str:
    """Render without what only pages need: a command sends mail as well."""
    return current_app.jinja_env.get_template(name).render(facts)


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _slot(now: datetime) -> str:
    """Name a stretch of time: within it the same mail is sent once."""
    return str(int(now.timestamp() // TRY_WINDOW.total_seconds()))
