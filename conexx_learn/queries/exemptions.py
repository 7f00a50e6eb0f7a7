"""Reads of exemptions: who need not, why, until when, and who agreed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.planning.exemptions import ExemptionState, exemption_state
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.planning import Exemption

INSTITUTION = bindparam("institution_id", type_=Integer)


@dataclass(frozen=True, slots=True)
class ExemptionRow:
    """An exemption as the list shows it.

    Attributes:
        id: Key.
        user_id: Whom.
        person: Their name.
        course: Slug.
        reason: Why.
        from_on: First day.
        until_on: Last day.
        asked_at: When.
        asked_by: Name, or empty.
        approved_by: Name, or empty.
        state: On the day that it was read for.
    """

    id: int
    user_id: int
    person: str
    course: str
    reason: str
    from_on: date
    until_on: date
    asked_at: datetime
    asked_by: str
    approved_by: str
    state: ExemptionState


def state_of(row: Exemption, today: date) -> ExemptionState:
    """Say how an exemption stands on a day."""
    return exemption_state(
        row.from_on,
        row.until_on,
        today,
        is_approved=row.approved_at is not None,
        is_refused=row.refused_at is not None,
    )


Asker, Approver = aliased(User), aliased(User)
EXEMPTIONS = (
    select(
        Exemption,
        User.full_name,
        Course.slug,
        Asker.full_name,
        Approver.full_name,
    )
    .join(User, User.id == Exemption.user_id)
    .join(Course, Course.id == Exemption.course_id)
    .outerjoin(Asker, Asker.id == Exemption.asked_by)
    .outerjoin(Approver, Approver.id == Exemption.approved_by)
    .where(Exemption.institution_id == INSTITUTION)
    .order_by(Exemption.until_on.desc(), Exemption.id.desc())
)


def exemption_rows(
    session: Session, *, institution_id: int, today: date
) -> list[ExemptionRow]:
    """List an institution's exemptions, the longest first; one statement."""
    rows = session.execute(EXEMPTIONS, {"institution_id": institution_id})
    return [
        ExemptionRow(
            id=row.id,
            user_id=row.user_id,
            person=person,
            course=course,
            reason=row.reason,
            from_on=row.from_on,
            until_on=row.until_on,
            asked_at=row.asked_at,
            asked_by=asker or "",
            approved_by=approver or "",
            state=state_of(row, today),
        )
        for row, person, course, asker, approver in rows
    ]
