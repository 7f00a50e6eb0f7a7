"""Reads of attempts."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Integer, bindparam, case, func, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.attempt_forms import FORM_JSON
from conexx_learn.domain.attempt_saves import LEDGER_JSON
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.grading import Grade
from conexx_learn.domain.quiz import Quiz
from conexx_learn.domain.repairs import MARKS_JSON, CorrectedResult, ScoreChange
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    Module,
    QuizText,
)
from conexx_learn.models.catalogue import Quiz as QuizTable
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.repairs import Correction, Repair
from conexx_learn.queries.corrected_results import IS_LATEST, Latest
from conexx_learn.queries.outlines import quiz_rules
from conexx_learn.queries.places import LANG, READER
from conexx_learn.queries.published_quizzes import published_quiz

Newest = aliased(Repair)
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
        select(func.max(Newest.id))
        .where(Newest.course_id == Course.id)
        .correlate(Course)
        .scalar_subquery(),
        Latest,
        Repair.marks,
    )
    .join(QuizTable, QuizTable.id == Attempt.quiz_id)
    .outerjoin(Module, Module.id == QuizTable.module_id)
    .join(CourseVersion, CourseVersion.id == QuizTable.course_version_id)
    .join(Course, Course.id == CourseVersion.course_id)
    .outerjoin(Latest, IS_LATEST)
    .outerjoin(Repair, Repair.id == Latest.repair_id)
    .where(
        Attempt.id == bindparam("attempt_id", type_=Integer), Attempt.user_id == READER
    )
)
"""Selects an attempt, its quiz, what the page calls them, and what repairs did."""


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
    attempt, quiz, module_slug, course_slug, content_hash, course_title, title = row[:7]
    repair_id, correction, marks = row[7:]
    published = published_quiz(session, quiz_id=quiz.id, content_hash=content_hash)
    shown = lang if lang in published.quizzes else min(published.quizzes)
    rules = quiz_rules(quiz, title)
    return Sitting(
        id=attempt.id,
        user_id=attempt.user_id,
        enrolment_id=attempt.enrolment_id,
        version_id=quiz.course_version_id,
        content_hash=content_hash,
        ordinal=attempt.ordinal,
        rules=rules,
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
        ledger=LEDGER_JSON.validate_python(attempt.saves or {}),
        corrected=_corrected(correction, marks, rules.pass_percent),
        repair_id=repair_id,
    )


def _corrected(
    row: Correction | None, marks: object, pass_percent: Fraction | None
) -> CorrectedResult | None:
    if row is None:
        return None
    return CorrectedResult(
        ScoreChange(
            Grade(
                Fraction(row.earned_before), Fraction(row.possible_before), pass_percent
            ),
            Grade(
                Fraction(row.points_earned), Fraction(row.points_possible), pass_percent
            ),
        ),
        row.corrected_at,
        MARKS_JSON.validate_python(marks),
    )


def quiz_texts(session: Session, *, quiz_id: int) -> Mapping[str, Quiz]:
    """Return language to quiz, for drawing an attempt."""
    return published_quiz(session, quiz_id=quiz_id).quizzes


def seen_questions(session: Session, *, course_id: int, user_id: int) -> dict[str, int]:
    """Return question id to the last attempt of a person that asked it.

    Of every version of the course and every cycle: who renews a certificate, or moved
    to a newer version, has seen the questions of before.

    Returns:
        Question id to the key of that attempt; higher is more recent.
    """
    rows = session.execute(
        select(Attempt.id, Attempt.form)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Attempt.user_id == user_id, Enrolment.course_id == course_id)
        .order_by(Attempt.id)
    )
    return {
        asked["question_id"]: attempt_id
        for attempt_id, form in rows
        for section in form.get("sections", ())
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
