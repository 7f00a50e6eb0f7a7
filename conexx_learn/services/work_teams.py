"""Teams that hand a work in: made, joined and left, one for each learner."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.catalogue import CoursePlace
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.graded_work.handing_in import refuse_large_team
from conexx_learn.models.catalogue import Course
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.graded_work import HandIn, HandInAuthor, WorkMember, WorkTeam
from conexx_learn.queries.catalogue import course_place
from conexx_learn.queries.work_rubrics import has_rubric
from conexx_learn.queries.work_teams import BELONGS, invitable
from conexx_learn.services import audit
from conexx_learn.services.completion import held_enrolment


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """Where a learner works on something that people grade.

    Attributes:
        course: The version that they stand on.
        enrolment: Theirs.
        held: Enrolments of their whole team, theirs among them; nobody else acts on
            these until this transaction ends.
    """

    course: CoursePlace
    enrolment: Enrolment
    held: frozenset[int]


def held_work_place(
    session: Session, *, course: str, user_id: int, also: Collection[int] = ()
) -> WorkPlace:
    """Return where a learner hands in, held with their whole team.

    A row that refers to somebody's enrolment waits for who holds that: so all are
    held at once and in one order, before anything is written.

    Args:
        session: Where to write.
        course: Slug.
        user_id: Who acts.
        also: Enrolments of others that are written about.

    Raises:
        NotFoundError: No such course, or nobody grades a work in it.
        RuleError: They are not enrolled, or have completed it.
    """
    place = course_place(session, slug=course, user_id=user_id)
    if not has_rubric(session, place.version_id, place.facts):
        raise NotFoundError
    if place.enrolment_id is None:
        raise RuleError("not-enrolled")
    held = _hold(session, place.enrolment_id, also)
    enrolment = held_enrolment(session, place.enrolment_id)
    if enrolment.ended_at is not None:
        raise RuleError("work-course-ended")
    return WorkPlace(place, enrolment, held)


def _hold(session: Session, enrolment_id: int, also: Collection[int]) -> frozenset[int]:
    own_team = select(WorkMember.team_id).where(
        WorkMember.enrolment_id == enrolment_id, *BELONGS
    )
    members = select(WorkMember.enrolment_id).where(
        WorkMember.team_id.in_(own_team), *BELONGS
    )
    return frozenset(
        session.scalars(
            select(Enrolment.id)
            .where(
                or_(Enrolment.id.in_((enrolment_id, *also)), Enrolment.id.in_(members))
            )
            .order_by(Enrolment.id)
            .with_for_update()
        )
    )


def held_team(session: Session, place: WorkPlace, *, now: datetime) -> int:
    """Return the key of a learner's team, made where there is none, and hold it."""
    team_id = _team_of(session, place.enrolment.id)
    if team_id is None:
        team = WorkTeam(course_id=place.course.course_id, made_at=now)
        session.add(team)
        session.flush()
        team_id = team.id
        session.add(_member(team_id, place.enrolment, now, accepted_at=now))
        session.flush()
    hold_team(session, team_id)
    return team_id


def hold_team(session: Session, team_id: int) -> None:
    """Let nobody else change a team until this transaction ends."""
    session.execute(select(WorkTeam.id).where(WorkTeam.id == team_id).with_for_update())


def _team_of(session: Session, enrolment_id: int) -> int | None:
    return session.scalar(
        select(WorkMember.team_id).where(
            WorkMember.enrolment_id == enrolment_id, *BELONGS
        )
    )


def _member(
    team_id: int, enrolment: Enrolment, now: datetime, accepted_at: datetime | None
) -> WorkMember:
    return WorkMember(
        team_id=team_id,
        enrolment_id=enrolment.id,
        user_id=enrolment.user_id,
        asked_at=now,
        accepted_at=accepted_at,
    )


def invite_colleague(
    session: Session, *, course: str, user_id: int, colleague_id: int, now: datetime
) -> str:
    """Ask a colleague into one's team; asking again changes nothing.

    Returns:
        The colleague's name.

    Raises:
        NotFoundError: They are no colleague who is enrolled in the course.
        RuleError: The team is full.
    """
    theirs = session.scalar(
        select(Enrolment)
        .join(Course, Course.id == Enrolment.course_id)
        .where(
            Course.slug == course,
            Enrolment.user_id == colleague_id,
            Enrolment.ended_at.is_(None),
        )
    )
    if theirs is None:
        raise NotFoundError
    place = held_work_place(session, course=course, user_id=user_id, also=[theirs.id])
    course_id, today = place.course.course_id, now.date()
    known = invitable(session, user_id=user_id, course_id=course_id, today=today)
    name = next((one.name for one in known if one.id == colleague_id), None)
    if name is None:
        raise NotFoundError
    _ask(session, held_team(session, place, now=now), theirs, now)
    return name


def _ask(session: Session, team_id: int, theirs: Enrolment, now: datetime) -> None:
    row = session.scalar(
        select(WorkMember)
        .where(WorkMember.team_id == team_id, WorkMember.enrolment_id == theirs.id)
        .execution_options(populate_existing=True)
    )
    if row is not None and row.ended_at is None:
        return
    refuse_large_team(_places_taken(session, team_id))
    if row is None:
        session.add(_member(team_id, theirs, now, accepted_at=None))
    else:
        row.asked_at, row.accepted_at, row.ended_at = now, None, None
    thing = f"user:{theirs.user_id}"
    audit.record(session, act="work-team-ask", thing=thing, now=now, team=team_id)


def _places_taken(session: Session, team_id: int) -> int:
    """Count who is of a team or was asked into it."""
    return session.scalars(
        select(func.count(WorkMember.id)).where(
            WorkMember.team_id == team_id, WorkMember.ended_at.is_(None)
        )
    ).one()


def answer_invitation(
    session: Session,
    *,
    course: str,
    user_id: int,
    member_id: int,
    accepts: bool,
    now: datetime,
) -> None:
    """Join a team that asks, leaving one's own; or say no.

    Raises:
        NotFoundError: Nobody asks this person like that.
        RuleError: What their own team handed in waits for its result.
    """
    place = held_work_place(session, course=course, user_id=user_id)
    row = session.scalar(
        select(WorkMember)
        .where(
            WorkMember.id == member_id,
            WorkMember.enrolment_id == place.enrolment.id,
            WorkMember.accepted_at.is_(None),
            WorkMember.ended_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFoundError
    if not accepts:
        row.ended_at = now
        return
    _leave(session, place, now)
    session.flush()
    row.accepted_at = now
    thing = f"user:{user_id}"
    audit.record(session, act="work-team-join", thing=thing, now=now, team=row.team_id)


def withdraw_invitation(
    session: Session, *, course: str, user_id: int, member_id: int, now: datetime
) -> None:
    """Ask somebody no longer, who has not answered.

    Raises:
        NotFoundError: One's own team asks nobody like that.
    """
    place = held_work_place(session, course=course, user_id=user_id)
    row = session.scalar(
        select(WorkMember)
        .where(
            WorkMember.id == member_id,
            WorkMember.team_id == _team_of(session, place.enrolment.id),
            WorkMember.accepted_at.is_(None),
            WorkMember.ended_at.is_(None),
        )
        .with_for_update()
    )
    if row is None:
        raise NotFoundError
    row.ended_at = now


def leave_team(session: Session, *, course: str, user_id: int, now: datetime) -> None:
    """Leave one's team; who is of none has left it.

    Raises:
        RuleError: What it handed in waits for its result.
    """
    _leave(session, held_work_place(session, course=course, user_id=user_id), now)


def _leave(session: Session, place: WorkPlace, now: datetime) -> None:
    row = session.scalar(
        select(WorkMember).where(
            WorkMember.enrolment_id == place.enrolment.id, *BELONGS
        )
    )
    if row is None:
        return
    if _waits(session, place.enrolment.id):
        raise RuleError("work-team-busy")
    row.ended_at = now
    thing = f"user:{row.user_id}"
    audit.record(session, act="work-team-leave", thing=thing, now=now, team=row.team_id)


def _waits(session: Session, enrolment_id: int) -> bool:
    """Say whether a work of an enrolment waits for its result."""
    return bool(
        session.scalar(
            select(
                exists().where(
                    HandIn.id == HandInAuthor.hand_in_id,
                    HandInAuthor.enrolment_id == enrolment_id,
                    HandIn.replaced_at.is_(None),
                    HandIn.decided_at.is_(None),
                )
            )
        )
    )
