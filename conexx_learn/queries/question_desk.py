"""Reads of questions at sections for who answers them: trainers, the coordination."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.permissions import Actor, Role
from conexx_learn.domain.section_questions import Pile
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Membership
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.queries.section_questions import (
    IS_OPEN,
    IS_PUBLISHED,
    QUESTIONS,
    AskedQuestion,
    asked_question,
)
from conexx_learn.queries.trainer_scope import is_seen_by

IS_LATE = IS_OPEN & SectionQuestion.escalated_at.is_not(None)
PILES: Mapping[Pile, ColumnElement[bool]] = {
    Pile.WAITING: IS_OPEN,
    Pile.ANSWERED: SectionQuestion.answered_at.is_not(None) & ~IS_PUBLISHED,
    Pile.PUBLISHED: IS_PUBLISHED,
}
ORDERS = {
    Pile.WAITING: (SectionQuestion.asked_at, SectionQuestion.id),
    Pile.ANSWERED: (SectionQuestion.answered_at.desc(), SectionQuestion.id.desc()),
    Pile.PUBLISHED: (SectionQuestion.published_at.desc(), SectionQuestion.id.desc()),
}
"""What waits goes by the oldest, what is done by the newest."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a list that a page shows."""

    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Coordinator:
    """Who coordinates today, and has a mailbox that is known to be theirs."""

    user_id: int
    full_name: str
    email: str
    locale: str | None


def _is_seen(actor: Actor, today: date) -> ColumnElement[bool]:
    """Select what a trainer sees; of whose person nothing is left, all do."""
    return or_(SectionQuestion.user_id.is_(None), is_seen_by(actor, today))


def pile_counts(
    session: Session, *, course: str, actor: Actor, today: date
) -> dict[Pile, int]:
    """Count the questions of a course in each pile; one statement."""
    counts = (
        func.coalesce(func.sum(case((where, 1), else_=0)), 0)
        for where in PILES.values()
    )
    row = session.execute(
        select(*counts)
        .select_from(SectionQuestion)
        .join(Course, Course.id == SectionQuestion.course_id)
        .outerjoin(User, User.id == SectionQuestion.user_id)
        .where(Course.slug == course, _is_seen(actor, today))
    ).one()
    return dict(zip(PILES, row, strict=True))


def pile(
    session: Session,
    which: Pile,
    *,
    course: str,
    actor: Actor,
    today: date,
    lang: str,
    part: Slice,
) -> list[AskedQuestion]:
    """List one page of a pile of a course; one statement."""
    wanted = (
        QUESTIONS.where(Course.slug == course, PILES[which], _is_seen(actor, today))
        .order_by(*ORDERS[which])
        .offset(part.offset)
        .limit(part.limit)
    )
    return [asked_question(row) for row in session.execute(wanted, {"lang": lang})]


def question_on_desk(
    session: Session, *, question_id: int, actor: Actor, today: date, lang: str
) -> AskedQuestion | None:
    """Return a question that a trainer sees; one withdrawn is nobody's."""
    wanted = QUESTIONS.where(
        SectionQuestion.id == question_id,
        SectionQuestion.withdrawn_at.is_(None),
        _is_seen(actor, today),
    )
    row = session.execute(wanted, {"lang": lang}).first()
    return asked_question(row) if row else None


def late_count(session: Session) -> int:
    """Count what went to the coordination and waits still."""
    counted = select(func.count(SectionQuestion.id)).where(IS_LATE)
    return session.scalars(counted).one()


def late_questions(session: Session, *, lang: str, part: Slice) -> list[AskedQuestion]:
    """List one page of what went to the coordination, the oldest first."""
    wanted = (
        QUESTIONS.where(IS_LATE)
        .order_by(*ORDERS[Pile.WAITING])
        .offset(part.offset)
        .limit(part.limit)
    )
    return [asked_question(row) for row in session.execute(wanted, {"lang": lang})]


def questions_by_id(
    session: Session, *, ids: Collection[int], lang: str
) -> list[AskedQuestion]:
    """List some questions, the oldest first; one statement."""
    wanted = QUESTIONS.where(SectionQuestion.id.in_(ids)).order_by(
        *ORDERS[Pile.WAITING]
    )
    return [asked_question(row) for row in session.execute(wanted, {"lang": lang})]


def coordinators(session: Session, *, today: date) -> list[Coordinator]:
    """List who coordinates today and can be written to, by account; one statement."""
    holds_it = select(Membership.user_id).where(
        Membership.role == Role.COORDINATOR.value,
        Membership.from_on <= today,
        or_(Membership.to_on.is_(None), Membership.to_on >= today),
    )
    rows = session.execute(
        select(User.id, User.full_name, User.email, User.locale)
        .where(
            User.id.in_(holds_it),
            User.active.is_(True),
            User.email.is_not(None),
            User.confirmed_at.is_not(None),
        )
        .order_by(User.id)
    )
    return [
        Coordinator(row.id, row.full_name, row.email, row.locale)
        for row in rows
        if row.email is not None
    ]
