"""Who leaves an institution counts nowhere and keeps their record; some come back."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from conexx_learn.domain.appointments import is_sensible
from conexx_learn.domain.errors import (
    ForbiddenError,
    NotFoundError,
    RuleError,
    ShapeError,
)
from conexx_learn.domain.permissions import Actor, Role, may_grant
from conexx_learn.models.institutions import Membership
from conexx_learn.models.posts import Appointment
from conexx_learn.services.admissions import refuse_declined
from conexx_learn.services.appointments import resume_appointments
from conexx_learn.services.institutions import first_day, held_institution
from conexx_learn.services.memberships import begin_membership
from conexx_learn.services.person_records import (
    member,
    membership_rows,
    record_person,
)
from conexx_learn.services.posts import end_appointments

ONE_DAY = timedelta(days=1)


def end_membership(
    session: Session,
    *,
    institution_id: int,
    user_id: int,
    last_day: date,
    now: datetime,
    by: Actor,
) -> int:
    """Let somebody leave: from the day after they count nowhere, and keep their record.

    Their appointments here end on the same day. What a role lets them see and do ends
    at once where the day is not in the future.

    Returns:
        How many appointments end.

    Raises:
        NotFoundError: Nobody who belongs to this institution now.
        ShapeError: The day is out of range.
        RuleError: It is oneself.
        ForbiddenError: They hold a role here that is not the giver's to end.
    """
    place = held_institution(session, institution_id)
    if by.user_id == user_id:
        raise RuleError("own-membership")
    if not is_sensible(last_day):
        raise ShapeError("days-reversed")
    rows = _lasting(session, institution_id, user_id, last_day)
    if not rows:
        known = membership_rows(session, institution_id, user_id)
        if any(row.to_on == last_day for row in known):
            return 0
        raise NotFoundError
    if not all(
        may_grant(by, Role(row.role), institution_id=institution_id) for row in rows
    ):
        raise ForbiddenError
    today = first_day(place, now)
    for row in rows:
        end = last_day
        if row.role != Role.LEARNER.value and last_day == today:
            end = today - ONE_DAY
        # One that had not begun by then ends before it begins: it never counted.
        row.to_on = max(end, row.from_on - ONE_DAY)
    here = (Appointment.institution_id == institution_id) & (
        Appointment.user_id == user_id
    )
    ended = end_appointments(session, here, last_day)
    record_person(
        session,
        "membership-end",
        institution_id,
        user_id,
        now,
        last_day=last_day.isoformat(),
        appointments=ended,
    )
    return ended


def resume_membership(
    session: Session, *, institution_id: int, user_id: int, now: datetime
) -> None:
    """Let somebody who left belong again.

    When they left today or are still to leave, that is undone, with the end of their
    appointments; later, they come back from today on and without any appointment.

    Raises:
        NotFoundError: Nobody who ever belonged here, or an erased account.
        RuleError: They have not left, or said that they are not to be added.
    """
    place = held_institution(session, institution_id)
    user = member(session, institution_id, user_id)
    if not user.active:
        raise NotFoundError
    today = first_day(place, now)
    rows = membership_rows(session, institution_id, user_id)
    ends = {row.to_on for row in rows if row.to_on is not None}
    if not ends or any(row.to_on is None for row in rows):
        raise RuleError("person-here")
    refuse_declined(session, user_id)
    last = max(ends)
    begin_membership(
        session,
        user_id=user_id,
        role=Role.LEARNER,
        institution_id=institution_id,
        day=today,
    )
    if last >= today:
        resume_appointments(
            session, institution_id=institution_id, user_id=user_id, ended_on=last
        )
    record_person(session, "membership-resume", institution_id, user_id, now)


def _lasting(
    session: Session, institution_id: int, user_id: int, last_day: date
) -> list[Membership]:
    """List the roles that would still be held after a day."""
    return [
        row
        for row in membership_rows(session, institution_id, user_id)
        if row.to_on is None or row.to_on > max(last_day, row.from_on - ONE_DAY)
    ]
