"""Sittings of quizzes: started by the rules, submitted once."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.attempt_forms import FORM_JSON, Form
from conexx_learn.domain.catalogue import CoursePlace
from conexx_learn.domain.drawing import draw_form
from conexx_learn.domain.errors import (
    AttemptsExhaustedError,
    NotFoundError,
    RuleError,
    WaitingError,
)
from conexx_learn.domain.progress import (
    AttemptRecord,
    QuizProgress,
    with_extra_time,
)
from conexx_learn.domain.quiz import SectionKind
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.insertion import insert_once
from conexx_learn.queries.assessment import quiz_texts, seen_questions, sitting
from conexx_learn.queries.catalogue import course_place, outline_of
from conexx_learn.services.attempt_closing import Submission, close_attempt
from conexx_learn.services.completion import (
    Issuing,
    held_enrolment,
    held_enrolment_of,
)


def start_attempt(
    session: Session,
    *,
    course: str,
    module: str | None,
    user_id: int,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> int:
    """Start an attempt and return its id; while one is open, return that one.

    An open attempt whose time has run out is closed and returned: its result comes
    before a new start.

    Raises:
        NotFoundError: No such quiz in the learner's version.
        RuleError: Not enrolled.
        AttemptsExhaustedError: None is left.
        WaitingError: The wait between attempts is not over.
    """
    place = course_place(session, slug=course, user_id=user_id)
    if place.enrolment_id is None:
        raise RuleError("not-enrolled")
    enrolment = held_enrolment(session, place.enrolment_id)
    outline = outline_of(session, place, lang)
    found = outline.module(module) if module else None
    quiz = found.quiz if found else (outline.final if module is None else None)
    if quiz is None:
        raise NotFoundError
    if quiz.open_attempt is not None:
        return _continue(session, enrolment, quiz.open_attempt, lang, issuing, now)
    _refuse_start(quiz, now)
    if module is None:
        _confirm_name(session, user_id, now)
    return _insert_attempt(session, place, quiz, user_id, now)


def _continue(
    session: Session,
    enrolment: Enrolment,
    attempt: AttemptRecord,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> int:
    found = sitting(
        session, attempt_id=attempt.id, user_id=enrolment.user_id, lang=lang
    )
    if found.is_over(now=now):
        close_attempt(
            session, enrolment, found, {}, lang=lang, issuing=issuing, now=now
        )
    return attempt.id


def _refuse_start(quiz: QuizProgress, now: datetime) -> None:
    if quiz.attempts_left == 0:
        raise AttemptsExhaustedError(
            quiz_title=quiz.rules.title, allowed=len(quiz.attempts)
        )
    until = quiz.waits_until(now=now)
    if until is not None:
        raise WaitingError(until=until)


def _confirm_name(session: Session, user_id: int, now: datetime) -> None:
    """Note that the learner started the final under the name that was shown."""
    session.execute(
        update(User)
        .where(User.id == user_id, User.name_confirmed_at.is_(None))
        .values(name_confirmed_at=now)
    )


def _insert_attempt(
    session: Session,
    place: CoursePlace,
    quiz: QuizProgress,
    user_id: int,
    now: datetime,
) -> int:
    form = _drawn(session, place, quiz, user_id)
    limit = _personal_limit(session, quiz.rules.time_limit, user_id)
    insert_once(
        session,
        Attempt,
        enrolment_id=place.enrolment_id,
        quiz_id=quiz.rules.id,
        user_id=user_id,
        ordinal=len(quiz.attempts) + 1,
        started_at=now,
        deadline_at=now + limit if limit else None,
        form=FORM_JSON.dump_python(form, mode="json"),
        responses={},
        save_number=0,
    )
    return session.scalars(
        select(func.max(Attempt.id)).where(
            Attempt.enrolment_id == place.enrolment_id,
            Attempt.quiz_id == quiz.rules.id,
        )
    ).one()


def _personal_limit(
    session: Session, limit: timedelta | None, user_id: int
) -> timedelta | None:
    """Add what a person was granted to a time limit."""
    if limit is None:
        return None
    percent = session.scalars(
        select(User.extra_time_percent).where(User.id == user_id)
    ).one()
    return with_extra_time(limit, percent)


def _drawn(
    session: Session, place: CoursePlace, quiz: QuizProgress, user_id: int
) -> Form:
    texts = quiz_texts(session, quiz_id=quiz.rules.id)
    source = texts.get(place.source_language) or next(iter(texts.values()))
    draws = any(section.kind is SectionKind.POOL for section in source.sections)
    seen = (
        seen_questions(session, course_id=place.course_id, user_id=user_id)
        if draws
        else {}
    )
    return draw_form(source, seed=secrets.token_hex(16), seen=seen)


def submit_attempt(
    session: Session,
    *,
    attempt_id: int,
    user_id: int,
    responses: Mapping[str, object],
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> Submission:
    """Close an attempt and mark it; closed before, it stays as it is.

    After the deadline and its grace the responses that come along are too late: what
    was saved counts, and the deadline is the moment of closing.

    Raises:
        NotFoundError: No such attempt of this learner.
        ResponseShapeError: Something is misshapen; the attempt stays open.
    """
    enrolment = held_enrolment_of(session, attempt_id=attempt_id, user_id=user_id)
    found = sitting(session, attempt_id=attempt_id, user_id=user_id, lang=lang)
    if found.closed_at is not None:
        passed = found.grade.passed
        return Submission(passed, is_new=False, in_time=True, certificate_issued=False)
    read = {} if found.is_over(now=now) else found.read(responses)
    return close_attempt(
        session, enrolment, found, read, lang=lang, issuing=issuing, now=now
    )
