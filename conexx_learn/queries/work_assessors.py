"""Who may judge a work: trainers, where they belong, and what waits for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.graded_work.assessors import Authors, Candidate
from conexx_learn.domain.permissions import Role
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.drafts import CourseAuthor
from conexx_learn.models.graded_work import HandIn, HandInAuthor, WorkAssessment
from conexx_learn.models.institutions import Membership


@dataclass(frozen=True, slots=True)
class NamedCandidate:
    """A trainer who could judge, and their name."""

    candidate: Candidate
    name: str

    @property
    def id(self) -> int:
        """Return who."""
        return self.candidate.user_id


def trainers(session: Session, *, hand_in_id: int, today: date) -> list[NamedCandidate]:
    """List every trainer, by name; four statements.

    Not who is of the coordination too: that sees whose a work is. Who writes the
    course of the work has taught it.

    Args:
        session: Where to read.
        hand_in_id: Which work.
        today: On which they are trainers and belong somewhere.
    """
    writers = _course_writers(session, hand_in_id)
    rows = session.execute(
        select(User.id, User.full_name)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.role == Role.TRAINER.value,
            User.active.is_(True),
            *_lasts(today),
            User.id.not_in(
                select(Membership.user_id).where(
                    Membership.role == Role.COORDINATOR.value, *_lasts(today)
                )
            ),
        )
        .distinct()
        .order_by(User.full_name, User.id)
    ).all()
    ids = [row.id for row in rows]
    places, loads = _institutions(session, ids, today), _loads(session, ids)
    return [
        NamedCandidate(
            Candidate(
                row.id,
                places.get(row.id, frozenset()),
                row.id in writers,
                loads.get(row.id, 0),
            ),
            row.full_name,
        )
        for row in rows
    ]


def _course_writers(session: Session, hand_in_id: int) -> frozenset[int]:
    return frozenset(
        session.scalars(
            select(CourseAuthor.user_id)
            .join(Course, Course.slug == CourseAuthor.slug)
            .join(HandIn, HandIn.course_id == Course.id)
            .where(HandIn.id == hand_in_id)
            .order_by(CourseAuthor.user_id)
        )
    )


def authors_of(session: Session, *, hand_in_id: int, today: date) -> Authors:
    """Return who handed a work in, and where they belong; two statements."""
    ids = list(
        session.scalars(
            select(HandInAuthor.user_id)
            .where(HandInAuthor.hand_in_id == hand_in_id)
            .order_by(HandInAuthor.user_id)
        )
    )
    places = _institutions(session, ids, today)
    return Authors(frozenset(ids), frozenset().union(*places.values()))


def chosen_for(
    session: Session, *, hand_in_id: int, known: Collection[NamedCandidate]
) -> list[Candidate]:
    """Return who judges a work already, in their places; one statement."""
    candidates = {one.id: one.candidate for one in known}
    rows = session.execute(
        select(WorkAssessment.assessor_id, WorkAssessment.taught)
        .where(WorkAssessment.hand_in_id == hand_in_id)
        .order_by(WorkAssessment.place)
    )
    return [
        candidates.get(row.assessor_id) or Candidate(row.assessor_id, taught=row.taught)
        for row in rows
    ]


def _lasts(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Membership.from_on <= today,
        or_(Membership.to_on.is_(None), Membership.to_on >= today),
    )


def _institutions(
    session: Session, user_ids: Collection[int], today: date
) -> dict[int, frozenset[int]]:
    """Return person to where they belong today, in whatever role."""
    rows = session.execute(
        select(Membership.user_id, Membership.institution_id)
        .where(
            Membership.user_id.in_(user_ids),
            *_lasts(today),
        )
        .order_by(Membership.id)
    )
    found: dict[int, frozenset[int]] = {}
    for user_id, institution_id in rows:
        if institution_id is None:
            continue
        found[user_id] = found.get(user_id, frozenset()) | {institution_id}
    return found


def _loads(session: Session, user_ids: Collection[int]) -> dict[int, int]:
    """Return person to how many works wait for them."""
    rows = session.execute(
        select(WorkAssessment.assessor_id, func.count(WorkAssessment.id).label("load"))
        .where(
            WorkAssessment.assessor_id.in_(user_ids),
            WorkAssessment.submitted_at.is_(None),
        )
        .group_by(WorkAssessment.assessor_id)
    )
    return {row.assessor_id: row.load for row in rows}
