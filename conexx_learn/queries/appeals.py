"""Reads of appeals: a learner's own, and those that the trainers of a course answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.appeals import ANSWERS, AppealOutcome
from conexx_learn.domain.permissions import Actor
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import Course, QuizText
from conexx_learn.models.repairs import Appeal
from conexx_learn.queries.trainer_scope import is_seen_by

MOST_LISTED = 200
"""Appeals on one page; the oldest open ones come first, and go first."""

MOST_ANSWERED = 50


@dataclass(frozen=True, slots=True)
class AppealRow:
    """One appeal.

    Attributes:
        id: Its address.
        user_id: Whose it is.
        full_name: Of the learner.
        email: The confirmed mailbox that an answer goes to, or None.
        locale: Their language, or None.
        course: Slug of the course.
        attempt_id: On whose result it was sent.
        question_id: Which question.
        statement: What the learner wrote.
        sent_at: When.
        outcome: What became of it; None while it is open.
        answer: What the trainer wrote.
        answered_at: When, or None.
    """

    id: int
    user_id: int
    full_name: str
    email: str | None
    locale: str | None
    course: str
    attempt_id: int
    question_id: str
    statement: str
    sent_at: datetime
    outcome: AppealOutcome | None
    answer: str
    answered_at: datetime | None


APPEALS: Select[*tuple[Any, ...]] = (
    select(
        Appeal,
        User.full_name,
        case((User.confirmed_at.is_not(None), User.email)).label("email"),
        User.locale,
        Course.slug,
    )
    .join(User, User.id == Appeal.user_id)
    .join(Course, Course.id == Appeal.course_id)
)
OF_ATTEMPT = APPEALS.where(
    Appeal.attempt_id == bindparam("attempt_id", type_=Integer)
).order_by(Appeal.id)


def appeals_of_attempt(session: Session, *, attempt_id: int) -> dict[str, AppealRow]:
    """Return question id to the newest appeal on an attempt; one statement.

    Whose the attempt is was asked where it was fetched. One withdrawn is forgotten.
    """
    rows = map(_row, session.execute(OF_ATTEMPT, {"attempt_id": attempt_id}))
    return {
        one.question_id: one
        for one in rows
        if one.outcome is not AppealOutcome.WITHDRAWN
    }


def open_appeals(
    session: Session, *, course: str, actor: Actor, today: date
) -> list[AppealRow]:
    """List what waits for an answer, the oldest first; one statement."""
    wanted = (
        APPEALS.where(Course.slug == course, Appeal.outcome.is_(None))
        .where(is_seen_by(actor, today))
        .order_by(Appeal.sent_at, Appeal.id)
        .limit(MOST_LISTED)
    )
    return [_row(row) for row in session.execute(wanted)]


def answered_appeals(
    session: Session, *, course: str, actor: Actor, today: date
) -> list[AppealRow]:
    """List what was answered, the newest first; one statement."""
    wanted = (
        APPEALS.where(Course.slug == course, Appeal.outcome.in_(ANSWERS))
        .where(is_seen_by(actor, today))
        .order_by(Appeal.answered_at.desc(), Appeal.id.desc())
        .limit(MOST_ANSWERED)
    )
    return [_row(row) for row in session.execute(wanted)]


def appeal_row(
    session: Session, *, appeal_id: int, actor: Actor, today: date
) -> AppealRow | None:
    """Return an appeal that is open or was answered; one withdrawn is nobody's."""
    wanted = APPEALS.where(
        Appeal.id == appeal_id,
        is_seen_by(actor, today),
        func.coalesce(Appeal.outcome, "") != AppealOutcome.WITHDRAWN,
    )
    row = session.execute(wanted).first()
    return _row(row) if row else None


def open_appeal_count(
    session: Session, *, course: str, actor: Actor, today: date
) -> int:
    """Count what waits for an answer in a course."""
    return session.scalars(
        select(func.count(Appeal.id))
        .join(User, User.id == Appeal.user_id)
        .join(Course, Course.id == Appeal.course_id)
        .where(
            Course.slug == course,
            Appeal.outcome.is_(None),
            is_seen_by(actor, today),
        )
    ).one()


def question_titles(
    session: Session, *, attempt_ids: set[int], lang: str
) -> Mapping[str, str]:
    """Return question id to the question's title; one statement, or none.

    Args:
        session: Where to read.
        attempt_ids: On whose results appeals were sent.
        lang: The reader's; where a quiz lacks it, any of its languages.
    """
    if not attempt_ids:
        return {}
    quizzes = select(Attempt.quiz_id).where(Attempt.id.in_(attempt_ids))
    rows = session.execute(
        select(QuizText.document)
        .where(QuizText.quiz_id.in_(quizzes))
        .order_by(case((QuizText.lang == lang, 1), else_=0), QuizText.quiz_id)
    )
    return {
        question["id"]: question["title"]
        for (document,) in rows
        for section in document["quiz"]["sections"]
        for question in section["questions"]
    }


def _row(found: Row[*tuple[Any, ...]]) -> AppealRow:
    row: Appeal = found.Appeal
    return AppealRow(
        id=row.id,
        user_id=row.user_id,
        full_name=found.full_name,
        email=found.email,
        locale=found.locale,
        course=found.slug,
        attempt_id=row.attempt_id,
        question_id=row.question_id,
        statement=row.statement,
        sent_at=row.sent_at,
        outcome=AppealOutcome(row.outcome) if row.outcome else None,
        answer=row.answer,
        answered_at=row.answered_at,
    )
