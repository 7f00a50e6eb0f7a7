"""How the graded work of an enrolment stands."""

from sqlalchemy import Integer, bindparam, exists, select
from sqlalchemy.orm import Session

from conexx_learn.domain.graded_work.handing_in import (
    WorkProgress,
    WorkState,
    work_label,
)
from conexx_learn.models.graded_work import HandIn, HandInAuthor, WorkAssessment

BEGUN = (
    exists()
    .where(WorkAssessment.hand_in_id == HandIn.id, WorkAssessment.begun_at.is_not(None))
    .label("begun")
)
STANDING = (
    select(HandIn.id, HandIn.handed_at, HandIn.sha256, HandIn.passed, BEGUN)
    .join(HandInAuthor, HandInAuthor.hand_in_id == HandIn.id)
    .where(
        HandInAuthor.enrolment_id == bindparam("enrolment_id", type_=Integer),
        HandIn.replaced_at.is_(None),
    )
    .order_by(HandIn.passed.is_(True).desc(), HandIn.id.desc())
    .limit(1)
)
"""A work that was passed, else the newest."""


def work_progress(session: Session, enrolment_id: int | None) -> WorkProgress:
    """Say how the work of an enrolment stands; one statement, none without one."""
    if enrolment_id is None:
        return WorkProgress()
    row = session.execute(STANDING, {"enrolment_id": enrolment_id}).first()
    if row is None:
        return WorkProgress()
    label = work_label(row.handed_at, row.id)
    state = work_state(passed=row.passed, begun=row.begun)
    return WorkProgress(state, label, row.sha256)


def work_state(*, passed: bool | None, begun: bool) -> WorkState:
    """Say how far a work that was handed in has come."""
    if passed is None:
        return WorkState.READING if begun else WorkState.HANDED_IN
    return WorkState.PASSED if passed else WorkState.FAILED
