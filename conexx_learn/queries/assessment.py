"""Reads of attempts."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Integer, bindparam, case, select
from sqlalchemy.orm import Session

from conexx_learn.domain.attempt_forms import FORM_JSON
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.quiz import Quiz
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    Module,
    QuizText,
)
from conexx_learn.models.catalogue import Quiz as QuizTable
from conexx_learn.queries.outlines import quiz_rules
from conexx_learn.queries.places import LANG, READER
from conexx_learn.queries.published_quizzes import published_quiz

SITTING = (
    select(
        Attempt,
        QuizTable,
        Module.slug,
        Course.slug,
        CourseVersion.content_hash,
        select(CourseText.title)
        .where(CourseText.course_version_id == CourseVersion.id)
        .order_by(case((CourseText.lang == LANG, 0), else_=1), CourseText.lang)
        .limit(1)
        .correlate(CourseVersion)
        .scalar_subquery(),
        select(QuizText.title)
        .where(QuizText.quiz_id == QuizTable.id)
        .order_by(case((QuizText.lang == LANG, 0), else_=1), QuizText.lang)
        .limit(1)
        .correlate(QuizTable)
        .scalar_subquery(),
    )
    .join(QuizTable, QuizTable.id == Attempt.quiz_id)
    .outerjoin(Module, Module.id == QuizTable.module_id)
    .join(CourseVersion, CourseVersion.id == QuizTable.course_version_id)
    .join(Course, Course.id == CourseVersion.course_id)
    .where(
        Attempt.id == bindparam("attempt_id", type_=Integer), Attempt.user_id == READER
    )
)
"""Selects an attempt, its quiz, and what the page calls them."""


def sitting(session: Session, *, attempt_id: int, user_id: int, lang: str) -> Sitting:
    """Return an attempt of a learner with its questions; one statement, or two.

    Args:
        session: Where to read.
        attempt_id: Its address.
        user_id: Whose it must be.
        lang: The reader's language; where the quiz lacks it, its own.

    Raises:
        NotFoundError: No such attempt, or another learner's.
    """
    values = {"attempt_id": attempt_id, "user_id": user_id, "lang": lang}
    row = session.execute(SITTING, values).first()
    if row is None:
        raise NotFoundError
    attempt, quiz, module_slug, course_slug, content_hash, course_title, title = row
    published = published_quiz(session, quiz_id=quiz.id, content_hash=content_hash)
    shown = lang if lang in published.quizzes else min(published.quizzes)
    return Sitting(
        id=attempt.id,
        user_id=attempt.user_id,
        enrolment_id=attempt.enrolment_id,
        version_id=quiz.course_version_id,
        content_hash=content_hash,
        ordinal=attempt.ordinal,
        rules=quiz_rules(quiz, title),
        course_slug=course_slug,
        course_title=course_title,
        module_slug=module_slug,
        started_at=attempt.started_at,
        deadline_at=attempt.deadline_at,
        closed_at=attempt.closed_at,
        form=FORM_JSON.validate_python(attempt.form),
        documents=published.documents,
        quizzes=published.quizzes,
        lang=shown,
        responses=attempt.responses,
        save_number=attempt.save_number,
        saved_at=attempt.saved_at,
    )


def quiz_texts(session: Session, *, quiz_id: int) -> Mapping[str, Quiz]:
    """Return language to quiz, for drawing an attempt."""
    return published_quiz(session, quiz_id=quiz_id).quizzes


def seen_questions(
    session: Session, *, enrolment_id: int, quiz_id: int
) -> dict[str, int]:
    """Return question id to the ordinal of the last attempt that asked it."""
    rows = session.execute(
        select(Attempt.ordinal, Attempt.form)
        .where(Attempt.enrolment_id == enrolment_id, Attempt.quiz_id == quiz_id)
        .order_by(Attempt.ordinal)
    )
    return {
        asked["question_id"]: ordinal
        for ordinal, form in rows
        for section in form["sections"]
        for asked in section["questions"]
    }


def overdue_attempts(session: Session, *, now: datetime) -> list[tuple[int, int]]:
    """List id and learner of open attempts whose deadline is past."""
    rows = session.execute(
        select(Attempt.id, Attempt.user_id).where(
            Attempt.closed_at.is_(None), Attempt.deadline_at < now
        )
    )
    return [(row.id, row.user_id) for row in rows]
