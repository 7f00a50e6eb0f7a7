"""What a quiz asks, its rules and my attempts; and starting one."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.catalogue import QuizPlace
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.progress import QuizProgress, with_extra_time
from conexx_learn.domain.quiz import FeedbackPolicy
from conexx_learn.queries.catalogue import quiz_place
from conexx_learn.services import assessment, enrolment
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.issuing import issuing
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.outline_rows import outline_rows
from conexx_learn.web.reading_memory import read_here

quizzes = Blueprint("quizzes", __name__)
finals = Blueprint("finals", __name__)
MINUTE = timedelta(minutes=1)


@quizzes.get("/courses/<course>/<module>/quiz")
@requires(Role.LEARNER)
def show(course: str, module: str) -> str:
    """Show the rules of a module's quiz, and the learner's attempts."""
    return _rules_page(course, module)


@quizzes.post("/courses/<course>/<module>/quiz/attempts")
@requires(Role.LEARNER)
def start(course: str, module: str) -> ResponseReturnValue:
    """Start an attempt, or go on with the open one."""
    return _start(course, module)


@finals.get("/courses/<course>/final")
@requires(Role.LEARNER)
def show_final(course: str) -> str:
    """Show the rules of the final quiz, and the name that will be printed."""
    return _rules_page(course, None)


@finals.post("/courses/<course>/final/attempts")
@requires(Role.LEARNER)
def start_final(course: str) -> ResponseReturnValue:
    """Start an attempt at the final quiz, or go on with the open one."""
    return _start(course, None)


def _rules_page(course: str, module: str | None) -> str:
    place = quiz_place(
        reading(),
        course=course,
        module=module,
        user_id=current_user.id,
        lang=page_language(),
    )
    quiz = _quiz(place)
    return render_template(
        "learner/quiz.html",
        place=place,
        quiz=quiz,
        module=place.outline.module(module) if module else None,
        rules=rules_in_words(quiz),
        waits_until=quiz.waits_until(now=now()),
        name=printed_name(current_user.full_name) if module is None else "",
        start_address=_start_address(course, module),
        time_minutes=_my_minutes(quiz),
        rows=outline_rows(
            course,
            place.outline,
            may_read=True,
            may_answer=place.place.is_enrolled,
            current=f"{module}/quiz" if module else "final",
        ),
    )


def _quiz(place: QuizPlace) -> QuizProgress:
    module = place.outline.module(place.module_slug) if place.module_slug else None
    quiz = module.quiz if module else place.outline.final
    assert quiz is not None  # noqa: S101 (quiz_place found it)
    return quiz


def _my_minutes(quiz: QuizProgress) -> int | None:
    """Return the time limit in minutes, with what the reader was granted."""
    limit = quiz.rules.time_limit
    if limit is None:
        return None
    return int(with_extra_time(limit, current_user.extra_time_percent) / MINUTE)


def _start_address(course: str, module: str | None) -> str:
    if module is None:
        return url_for("finals.start_final", course=course)
    return url_for("quizzes.start", course=course, module=module)


def _start(course: str, module: str | None) -> ResponseReturnValue:
    """Who answers the first quiz without having enrolled is enrolled by it."""
    with unit_of_work() as session:
        enrolment.enrol_if_new(
            session,
            slug=course,
            user_id=current_user.id,
            lang=page_language(),
            read_before=read_here(course),
            now=now(),
        )
        attempt_id = assessment.start_attempt(
            session,
            course=course,
            module=module,
            user_id=current_user.id,
            lang=page_language(),
            issuing=issuing(),
            now=now(),
        )
    return redirect(url_for("attempts.show", attempt_id=attempt_id), code=303)


def rules_in_words(quiz: QuizProgress) -> list[str]:
    """Say the rules of a quiz in plain sentences."""
    rules = quiz.rules
    said = [
        _(
            "Where several answers are right, each right one adds and each wrong one "
            "takes away, never below zero: two of three right ones and nothing wrong "
            "give two thirds of the points; marking everything gives none."
        ),
        _("In an ordering, every pair in the right order counts."),
        _feedback_words(rules.feedback),
        _(
            "Your answers are saved as you go. If the connection or the session ends, "
            "sign in again and continue where you were."
        ),
    ]
    if rules.time_limit:
        said.append(
            _(
                "The time runs from the start until the end, also while you are away. "
                "When it is over, what was saved is sent."
            )
        )
    return said


def _feedback_words(policy: FeedbackPolicy) -> str:
    words = {
        FeedbackPolicy.IMMEDIATE: _(
            "After sending you see every explanation and the right answers."
        ),
        FeedbackPolicy.AFTER_ATTEMPT: _(
            "After sending you see your answers, what each earned and which module to "
            "read again; not the right answers, since you may try again."
        ),
        FeedbackPolicy.AFTER_PASS: _(
            "After sending you see your answers and what each earned; the right "
            "answers when you have passed."
        ),
        FeedbackPolicy.NEVER: _("After sending you see your grade only."),
    }
    return words[policy]
