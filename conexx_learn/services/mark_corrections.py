"""A level given by mistake, changed by the coordination; both stay on record."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.domain.graded_work.decision import decide
from conexx_learn.domain.graded_work.marks import (
    Mark,
    levels_of,
    read_marks,
    stored_marks,
)
from conexx_learn.domain.graded_work.rubric import LEVELS
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.graded_work import (
    HandIn,
    HandInAuthor,
    MarkCorrection,
    WorkAssessment,
)
from conexx_learn.services import audit
from conexx_learn.services.completion import Issuing
from conexx_learn.services.marking import (
    Submitted,
    hold_work,
    rubric_of,
    settle_work,
    submitted_marks,
)
from conexx_learn.services.work_assessors import refuse_own

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class NewLevel:
    """What a criterion is to stand at from now on, and why."""

    criterion: str
    level: int
    reason: str


def correct_mark(
    session: Session,
    *,
    hand_in_id: int,
    assessment_id: int,
    new: NewLevel,
    by: int,
    issuing: Issuing,
    now: datetime,
) -> Submitted:
    """Change one level of an assessor who has submitted, and decide anew.

    Raises:
        NotFoundError: No such part of this work, or no such criterion.
        ShapeError: It is no level, the one that it was, or there is no reason.
        RuleError: The work is one's own; a certificate rests on the result; or a newer
            work was handed in because of it.
    """
    if new.level not in LEVELS or not 0 < len(new.reason) <= LONGEST_REASON:
        raise ShapeError("correction-shape")
    row = _assessment(session, hand_in_id, assessment_id)
    work = hold_work(session, hand_in_id)
    refuse_own(session, hand_in_id, by=by, now=now)
    session.refresh(row)
    before = _level(row, new)
    _refuse_settled(session, work)
    _write(session, row, new, before, by, now)
    return _decide_anew(session, work, issuing=issuing, now=now)


def _level(row: WorkAssessment, new: NewLevel) -> int:
    """Return the level that is to change."""
    marks = read_marks(row.marks)
    if row.submitted_at is None or new.criterion not in marks:
        raise NotFoundError
    before = marks[new.criterion].level
    if before is None or before == new.level:
        raise ShapeError("correction-shape")
    return before


def _write(
    session: Session,
    row: WorkAssessment,
    new: NewLevel,
    before: int,
    by: int,
    now: datetime,
) -> None:
    """Change the level, and note what it was, who changed it and why."""
    marks = read_marks(row.marks)
    marks[new.criterion] = Mark(new.level, marks[new.criterion].comment)
    row.marks = stored_marks(marks)
    session.add(
        MarkCorrection(
            assessment_id=row.id,
            criterion=new.criterion,
            level_before=before,
            level=new.level,
            reason=new.reason,
            corrected_at=now,
            corrected_by=by,
        )
    )
    audit.record(
        session,
        act="work-correct",
        thing=f"hand-in:{row.hand_in_id}",
        now=now,
        criterion=new.criterion,
        before=before,
        level=new.level,
    )


def _assessment(
    session: Session, hand_in_id: int, assessment_id: int
) -> WorkAssessment:
    row = session.scalar(
        select(WorkAssessment).where(
            WorkAssessment.id == assessment_id,
            WorkAssessment.hand_in_id == hand_in_id,
        )
    )
    if row is None:
        raise NotFoundError
    return row


def _refuse_settled(session: Session, work: HandIn) -> None:
    """Refuse what would contradict a certificate, or a newer work of the team."""
    ended = exists().where(
        HandInAuthor.hand_in_id == work.id,
        Enrolment.id == HandInAuthor.enrolment_id,
        Enrolment.ended_at.is_not(None),
    )
    if work.passed and session.scalar(select(ended)):
        raise RuleError("work-certified")
    newer = exists().where(HandIn.team_id == work.team_id, HandIn.id > work.id)
    if session.scalar(select(newer)):
        raise RuleError("work-newer")


def _decide_anew(
    session: Session, work: HandIn, *, issuing: Issuing, now: datetime
) -> Submitted:
    session.flush()
    rubric = rubric_of(session, work)
    given = submitted_marks(session, work.id)
    if decide(rubric, [levels_of(marks) for marks in given]) is None:
        work.decided_at = work.passed = work.half_points = work.result = None
        session.flush()
    return settle_work(session, work, rubric, issuing=issuing, now=now)
