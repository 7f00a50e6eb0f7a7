"""Mails about questions at sections: the answer, and what went to the coordination."""

from collections.abc import Sequence
from contextlib import nullcontext

from flask import Flask, current_app, has_request_context

from conexx_learn.domain.messages import Message
from conexx_learn.queries.question_desk import Coordinator
from conexx_learn.queries.section_questions import AskedQuestion
from conexx_learn.services.question_escalation import LATE_LETTER
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import day
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext
from conexx_learn.web.mails import absolute, account_message, speaking

MOST_LISTED = 20
"""In one mail; the page shows the rest."""


def init_app(app: Flask) -> None:
    """Offer the mail to the clock, which knows no pages."""
    app.extensions[LATE_LETTER] = late_mail


def answer_mail(
    asked: AskedQuestion, *, recipient: str, answer: str, is_published: bool
) -> Message:
    """Tell a learner what a trainer answered, in their language.

    Args:
        asked: As it was asked.
        recipient: Of the learner.
        answer: Of the trainer.
        is_published: Whether everybody reads the pair.
    """
    lang = asked.locale or asked.lang
    with speaking(lang):
        published = _(
            "The question and the answer also stand under the section, without your "
            "name."
        )
        return account_message(
            key=f"section-question.{asked.id}",
            recipient=recipient,
            subject=_("Your question has an answer"),
            paragraphs=[
                _("Good day, %(name)s.", name=asked.full_name),
                _("You asked at “%(section)s”:", section=asked.place),
                *_lines(asked.text),
                _("The trainer writes:"),
                *_lines(answer),
                *([published] if is_published else []),
            ],
            action=(
                f"{absolute(url_for('section_questions.index'))}#question-{asked.id}",
                _("See my questions"),
            ),
            lang=lang,
        )


def late_mail(coordinator: Coordinator, late: Sequence[AskedQuestion]) -> Message:
    """Tell a coordinator which questions nobody answered in five working days.

    Each question is handed over once, so the first one names the mail.
    """
    apart = (
        nullcontext() if has_request_context() else current_app.test_request_context()
    )
    lang = coordinator.locale or current_app.config["BABEL_DEFAULT_LOCALE"]
    with apart, speaking(lang):
        shown = [_late_line(one) for one in late[:MOST_LISTED]]
        rest = len(late) - len(shown)
        if rest:
            shown.append(ngettext("and %(num)s more", "and %(num)s more", rest))
        return account_message(
            key=f"late-questions.{coordinator.user_id}.{late[0].id}",
            recipient=coordinator.email,
            subject=ngettext(
                "%(num)s question of a learner is unanswered",
                "%(num)s questions of learners are unanswered",
                len(late),
            ),
            paragraphs=[
                _("Good day, %(name)s.", name=coordinator.full_name),
                _(
                    "These questions have waited for five working days. Answer them, "
                    "or see to it that a trainer does."
                ),
                *shown,
            ],
            action=(
                absolute(url_for("late_questions.index")),
                _("See the unanswered questions"),
            ),
            lang=lang,
        )


def _late_line(asked: AskedQuestion) -> str:
    """Name the place and the day; what was asked is read on the page."""
    return _(
        "%(course)s, “%(section)s”, asked on %(day)s",
        course=asked.course_title,
        section=asked.place,
        day=day(asked.moments.asked_at),
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
