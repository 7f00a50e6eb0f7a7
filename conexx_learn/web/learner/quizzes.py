"""What a quiz asks, its rules and my attempts; and starting one."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.attempts import time_is_over
from conexx_learn.domain.catalogue import QuizPlace
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.progress import QuizProgress, with_extra_time
from conexx_learn.domain.quiz import Quiz
from conexx_learn.queries.catalogue import quiz_place
from conexx_learn.queries.published_quizzes import published_quiz
from conexx_learn.services import assessment, enrolment
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.issuing import issuing
from conexx_learn.web.language import page_language
from conexx_learn.web.outline_rows import outline_rows
from conexx_learn.web.quiz_rules import rules_in_words
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
    quiz, moment = _quiz(place), now()
    return render_template(
        "learner/quiz.html",
        place=place,
        quiz=quiz,
        module=place.outline.module(module) if module else None,
        rules=rules_in_words(
            quiz.rules,
            _model(place, quiz),
            extra_percent=current_user.extra_time_percent,
        ),
        waits_until=quiz.waits_until(now=moment),
        is_over=quiz.open_attempt is not None
        and time_is_over(quiz.open_attempt.deadline_at, now=moment),
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


def _model(place: QuizPlace, quiz: QuizProgress) -> Quiz:
    """Return the questions, in whichever language: they are marked alike in all."""
    published = published_quiz(
        reading(), quiz_id=quiz.rules.id, content_hash=place.place.content_hash
    )
    return next(iter(published.quizzes.values()))


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
