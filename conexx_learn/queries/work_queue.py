"""Works as the coordination sees them: what needs assessors, and who judges what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.graded_work.assessors import WANTED
from conexx_learn.domain.graded_work.handing_in import work_label
from conexx_learn.domain.graded_work.marks import Mark, read_marks
from conexx_learn.models.accounts import User
from conexx_learn.models.graded_work import HandIn, MarkCorrection, WorkAssessment
from conexx_learn.queries.handed_work import HALVES, author_names

MOST_WAITING = 200
MOST_DECIDED = 50


class Need(StrEnum):
    """What a work waits for."""

    ASSESSORS = "assessors"
    THIRD = "third"
    MARKS = "marks"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A work in the list of the coordination.

    Attributes:
        id: Key.
        label: Its number.
        version_id: Of its course.
        round: From 1.
        handed_at: When.
        authors: Names of the team.
        given: How many assessors it has.
        submitted: How many of them are done.
        passed: None before it has a result.
        total: Points, or None.
        decided_at: None before.
    """

    id: int
    label: str
    version_id: int
    round: int
    handed_at: datetime
    authors: tuple[str, ...]
    given: int
    submitted: int
    passed: bool | None
    total: Fraction | None
    decided_at: datetime | None

    @property
    def need(self) -> Need:
        """Say what it waits for."""
        if self.passed is not None:
            return Need.NOTHING
        if self.given < WANTED:
            return Need.ASSESSORS
        return Need.THIRD if self.submitted == self.given == WANTED else Need.MARKS


@dataclass(frozen=True, slots=True)
class AssessorPart:
    """An assessor of a work, as the coordination sees them."""

    id: int
    place: int
    user_id: int
    name: str
    taught: bool
    begun_at: datetime | None
    submitted_at: datetime | None
    marks: Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A level that was changed: which, from what to what, by whom, when and why."""

    place: int
    criterion: str
    level_before: int
    level: int
    reason: str
    corrected_at: datetime
    corrected_by: str


def waiting_works(session: Session) -> list[QueueRow]:
    """List what has no result yet, the oldest first; two statements."""
    wanted = (HandIn.replaced_at.is_(None), HandIn.decided_at.is_(None))
    return _rows(session, wanted, (HandIn.handed_at, HandIn.id), MOST_WAITING)


def decided_works(session: Session) -> list[QueueRow]:
    """List what has a result, the newest first; two statements."""
    order = (HandIn.decided_at.desc(), HandIn.id.desc())
    return _rows(session, (HandIn.decided_at.is_not(None),), order, MOST_DECIDED)


def _rows(
    session: Session,
    wanted: tuple[ColumnElement[bool], ...],
    order: tuple[Any, ...],
    most: int,
) -> list[QueueRow]:
    found = session.execute(
        select(
            HandIn,
            _count(WorkAssessment.id).label("given"),
            _count(WorkAssessment.submitted_at).label("submitted"),
        )
        .where(*wanted)
        .order_by(*order)
        .limit(most)
    ).all()
    names = author_names(session, [row.HandIn.id for row in found])
    return [_queue_row(row.HandIn, row.given, row.submitted, names) for row in found]


def _count(column: Any) -> ColumnElement[int]:  # noqa: ANN401 (any column of the table)
    return (
        select(func.count(column))
        .where(WorkAssessment.hand_in_id == HandIn.id)
        .correlate(HandIn)
        .scalar_subquery()
    )


def _queue_row(
    row: HandIn,
    given: int,
    submitted: int,
    names: Mapping[int, tuple[str, ...]],
) -> QueueRow:
    halves = row.half_points
    return QueueRow(
        id=row.id,
        label=work_label(row.handed_at, row.id),
        version_id=row.course_version_id,
        round=row.round,
        handed_at=row.handed_at,
        authors=names.get(row.id, ()),
        given=given,
        submitted=submitted,
        passed=row.passed,
        total=None if halves is None else Fraction(halves, HALVES),
        decided_at=row.decided_at,
    )


def parts_of(session: Session, *, hand_in_id: int) -> list[AssessorPart]:
    """List who judges a work, in their places; one statement."""
    rows = session.execute(
        select(WorkAssessment, User.full_name)
        .join(User, User.id == WorkAssessment.assessor_id)
        .where(WorkAssessment.hand_in_id == hand_in_id)
        .order_by(WorkAssessment.place)
    )
    return [
        AssessorPart(
            id=row.id,
            place=row.place,
            user_id=row.assessor_id,
            name=name,
            taught=row.taught,
            begun_at=row.begun_at,
            submitted_at=row.submitted_at,
            marks=read_marks(row.marks),
        )
        for row, name in rows
    ]


def corrections_of(session: Session, *, hand_in_id: int) -> list[CorrectionRow]:
    """List what was corrected in the marks of a work, the newest first."""
    who = aliased(User)
    rows = session.execute(
        select(MarkCorrection, WorkAssessment.place, who.full_name)
        .join(WorkAssessment, WorkAssessment.id == MarkCorrection.assessment_id)
        .outerjoin(who, who.id == MarkCorrection.corrected_by)
        .where(WorkAssessment.hand_in_id == hand_in_id)
        .order_by(MarkCorrection.id.desc())
    )
    return [
        CorrectionRow(
            place=place,
            criterion=row.criterion,
            level_before=row.level_before,
            level=row.level,
            reason=row.reason,
            corrected_at=row.corrected_at,
            corrected_by=name or "",
        )
        for row, place, name in rows
    ]
