"""The mail that tells of a corrected result, in the language of who receives it."""

from contextlib import nullcontext

from flask import Flask, current_app, has_request_context

from conexx_learn.domain.messages import Message
from conexx_learn.domain.repairs import in_any, reason
from conexx_learn.services.repair import CORRECTION_LETTER, CorrectionToTell
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import number, percent
from conexx_learn.web.language import gettext as _
from conexx_learn.web.mails import absolute, rendered, speaking


def init_app(app: Flask) -> None:
    """Offer the mail to commands and jobs, which know no pages."""
    app.extensions[CORRECTION_LETTER] = correction_mail


def correction_mail(told: CorrectionToTell) -> Message:
    """Tell that a result is better now, and why."""
    apart = (
        nullcontext() if has_request_context() else current_app.test_request_context()
    )
    with apart, speaking(told.lang):
        address = url_for("attempts.show", attempt_id=told.attempt_id)
        subject = _("Your result was corrected")
        facts: dict[str, object] = {
            "subject": subject,
            "paragraphs": [
                _("Good day, %(name)s.", name=told.full_name),
                _changed(told),
                *_reasons(told),
                *([_("With this result you pass the quiz.")] * told.change.passes),
            ],
            "action": (absolute(address), _("See my result")),
            "reason": _("You receive this message because of your account."),
            "home": absolute("/"),
            "lang": told.lang,
        }
        return Message(
            key=f"correction.{told.repair_id}.{told.attempt_id}",
            recipient=told.email,
            subject=subject,
            text=rendered("mail/account.txt", facts),
            html=rendered("mail/account.html", facts),
        )


def _changed(told: CorrectionToTell) -> str:
    return _(
        "A question of the quiz “%(title)s” was wrong. Your result was %(before)s; "
        "it is %(after)s now.",
        title=in_any(told.quiz_titles, told.lang),
        before=percent(number(told.change.before.shown)),
        after=percent(number(told.change.after.shown)),
    )


def _reasons(told: CorrectionToTell) -> list[str]:
    return [
        _(
            "Voided question: %(title)s. Reason: %(reason)s",
            title=in_any(mark.titles, told.lang),
            reason=reason(mark, told.lang),
        )
        for mark in told.marks
    ]
