"""Reads of attempts."""

from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from conexx_learn.domain.attempt_forms import FORM_JSON
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.quiz import QUIZ_JSON, Quiz
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


def sitting(
    session: Session, *, attempt_id: int, user_id: int, lang: str, lock: bool = False
) -> Sitting:
    """Return an attempt of a learner with its questions; one statement.

    Args:
        session: Where to read.
        attempt_id: Its address.
        user_id: Whose it must be.
        lang: The reader's language; where the quiz lacks it, its own.
        lock: Keep others from the row until the transaction ends.

    Raises:
        NotFoundError: No such attempt, or another learner's.
    """
    title = (
        select(CourseText.title)
        .where(CourseText.course_version_id == CourseVersion.id)
        .order_by(case((CourseText.lang == lang, 0), else_=1))
        .limit(1)
        .correlate(CourseVersion)
        .scalar_subquery()
    )
    statement = (
        select(Attempt, QuizTable, QuizText, Module.slug, Course.slug, title)
        .join(QuizTable, QuizTable.id == Attempt.quiz_id)
        .join(QuizText, QuizText.quiz_id == QuizTable.id)
        .outerjoin(Module, Module.id == QuizTable.module_id)
        .join(CourseVersion, CourseVersion.id == QuizTable.course_version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Attempt.id == attempt_id, Attempt.user_id == user_id)
        .order_by(case((QuizText.lang == lang, 0), else_=1), QuizText.lang)
    )
    if lock:
        statement = statement.with_for_update(of=Attempt).execution_options(
            populate_existing=True
        )
    rows = session.execute(statement).all()
    if not rows:
        raise NotFoundError
    attempt, quiz, shown, module_slug, course_slug, course_title = rows[0]
    documents = {row[2].lang: row[2].document for row in rows}
    return Sitting(
        id=attempt.id,
        user_id=attempt.user_id,
        enrolment_id=attempt.enrolment_id,
        ordinal=attempt.ordinal,
        rules=quiz_rules(quiz, shown.title),
        course_slug=course_slug,
        course_title=course_title,
        module_slug=module_slug,
        started_at=attempt.started_at,
        deadline_at=attempt.deadline_at,
        closed_at=attempt.closed_at,
        form=FORM_JSON.validate_python(attempt.form),
        documents=documents,
        quizzes={
            code: QUIZ_JSON.validate_python(document["quiz"])
            for code, document in documents.items()
        },
        lang=shown.lang,
        responses=attempt.responses,
        save_number=attempt.save_number,
        saved_at=attempt.saved_at,
    )


def quiz_texts(session: Session, *, quiz_id: int) -> dict[str, Quiz]:
    """Return language to quiz, for drawing an attempt."""
    rows = session.execute(
        select(QuizText.lang, QuizText.document).where(QuizText.quiz_id == quiz_id)
    )
    return {
        lang: QUIZ_JSON.validate_python(document["quiz"]) for lang, document in rows
    }


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
