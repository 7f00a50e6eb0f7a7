"""Works as an assessor sees them: a number, a file, a rubric; no names either way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.graded_work.blinding import blinded
from conexx_learn.domain.graded_work.handing_in import work_label
from conexx_learn.domain.graded_work.marks import Mark, Marks, read_marks
from conexx_learn.domain.graded_work.work_files import blind_name
from conexx_learn.models.catalogue import Course, CourseText
from conexx_learn.models.graded_work import HandIn, WorkAssessment, WorkFile
from conexx_learn.queries.handed_work import work_file
from conexx_learn.queries.prior_learning import KeptFile

BOTH = 2
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One assessor's part of a work.

    Attributes:
        id: Key.
        hand_in_id: Of which work.
        label: Number of the work.
        course: Title, in the reader's language where there is one.
        version_id: Whose rubric judges it.
        file_name: Without a word of its authors; empty once the file was deleted.
        byte_count: Of the file.
        given_at: When it was given to this assessor.
        begun_at: None before they began.
        saved_at: Of the draft, or None.
        submitted_at: None before they submitted.
        is_decided: The work has a result.
        marks: As far as they were given.
    """

    id: int
    hand_in_id: int
    label: str
    course: str
    version_id: int
    file_name: str
    byte_count: int
    given_at: datetime
    begun_at: datetime | None
    saved_at: datetime | None
    submitted_at: datetime | None
    is_decided: bool
    marks: Mapping[str, Mark]


def _select(lang: str) -> Select[*tuple[Any, ...]]:
    text = aliased(CourseText)
    title = (
        select(text.title)
        .where(text.course_version_id == HandIn.course_version_id)
        .order_by(case((text.lang == lang, 0), else_=1), text.lang)
        .limit(1)
        .correlate(HandIn)
        .scalar_subquery()
    )
    return (
        select(WorkAssessment, HandIn, WorkFile.mime, title.label("title"))
        .join(HandIn, HandIn.id == WorkAssessment.hand_in_id)
        .join(Course, Course.id == HandIn.course_id)
        .outerjoin(WorkFile, WorkFile.id == HandIn.file_id)
    )


def assessments_of(
    session: Session, *, assessor_id: int, lang: str
) -> list[AssessmentRow]:
    """List what was given to an assessor, the oldest first; one statement."""
    rows = session.execute(
        _select(lang)
        .where(WorkAssessment.assessor_id == assessor_id)
        .order_by(
            WorkAssessment.submitted_at.is_not(None),
            WorkAssessment.given_at,
            WorkAssessment.id,
        )
        .limit(MOST_LISTED)
    )
    return [_row(row) for row in rows]


def own_assessment_row(
    session: Session, *, assessment_id: int, assessor_id: int, lang: str
) -> AssessmentRow:
    """Return one's own part of a work.

    Raises:
        NotFoundError: There is none, or it is another's.
    """
    row = session.execute(
        _select(lang).where(
            WorkAssessment.id == assessment_id,
            WorkAssessment.assessor_id == assessor_id,
        )
    ).first()
    if row is None:
        raise NotFoundError
    return _row(row)


def assessed_file(
    session: Session, *, assessment_id: int, assessor_id: int
) -> KeptFile:
    """Return the file of a work that an assessor has begun, under its number.

    It lacks what the file says of who made it.

    Raises:
        NotFoundError: There is none, it is another's, or they have not begun.
    """
    given = select(WorkAssessment.hand_in_id).where(
        WorkAssessment.id == assessment_id,
        WorkAssessment.assessor_id == assessor_id,
        WorkAssessment.begun_at.is_not(None),
    )
    file = work_file(session, HandIn.id.in_(given))
    handed = session.execute(
        select(HandIn.id, HandIn.handed_at).where(HandIn.id.in_(given))
    ).one()
    label = work_label(handed.handed_at, handed.id)
    content = blinded(file.content, file.mime)
    return KeptFile(blind_name(label, file.mime), file.mime, content)


def others_marks(session: Session, *, row: AssessmentRow) -> list[Marks]:
    """List the marks of the others, without their names.

    Nothing before the reader and another have submitted; whoever has not submitted
    yet is not there at all.
    """
    if row.submitted_at is None:
        return []
    submitted = WorkAssessment.submitted_at.is_not(None)
    here = WorkAssessment.hand_in_id == row.hand_in_id
    count = session.scalars(
        select(func.count(WorkAssessment.id)).where(here, submitted)
    ).one()
    if count < BOTH:
        return []
    stored = session.scalars(
        select(WorkAssessment.marks)
        .where(here, submitted, WorkAssessment.id != row.id)
        .order_by(WorkAssessment.place)
    )
    return [read_marks(marks) for marks in stored]


def _row(found: Row[*tuple[Any, ...]]) -> AssessmentRow:
    part: WorkAssessment = found.WorkAssessment
    work: HandIn = found.HandIn
    label = work_label(work.handed_at, work.id)
    return AssessmentRow(
        id=part.id,
        hand_in_id=work.id,
        label=label,
        course=found.title,
        version_id=work.course_version_id,
        file_name=blind_name(label, found.mime) if found.mime else "",
        byte_count=work.byte_count,
        given_at=part.given_at,
        begun_at=part.begun_at,
        saved_at=part.saved_at,
        submitted_at=part.submitted_at,
        is_decided=work.decided_at is not None,
        marks=read_marks(part.marks),
    )
