"""Who hands a work in together: my team, who asks me, and whom I may ask."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from conexx_learn.models.accounts import User
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.graded_work import WorkMember
from conexx_learn.queries.folder import Reader, colleagues_of

BELONGS = (WorkMember.accepted_at.is_not(None), WorkMember.ended_at.is_(None))
"""Selects the places of those who are of a team."""


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A place in a team.

    Attributes:
        id: Key of the place.
        user_id: Whose.
        name: Theirs.
        has_accepted: False while they were only asked.
    """

    id: int
    user_id: int
    name: str
    has_accepted: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """A team that asks somebody.

    Attributes:
        id: Key of the place.
        names: Of who is of the team.
    """

    id: int
    names: tuple[str, ...]


def team_of(session: Session, *, enrolment_id: int) -> list[TeamMember]:
    """List the team of an enrolment with who was asked, by name; one statement."""
    mine = aliased(WorkMember)
    rows = session.execute(
        select(WorkMember.id, User.id, User.full_name, WorkMember.accepted_at)
        .join(User, User.id == WorkMember.user_id)
        .join(mine, mine.team_id == WorkMember.team_id)
        .where(
            mine.enrolment_id == enrolment_id,
            mine.accepted_at.is_not(None),
            mine.ended_at.is_(None),
            WorkMember.ended_at.is_(None),
        )
        .order_by(WorkMember.accepted_at.is_(None), User.full_name, User.id)
    )
    return [
        TeamMember(id_, user_id, name, accepted_at is not None)
        for id_, user_id, name, accepted_at in rows
    ]


def invitations_to(session: Session, *, enrolment_id: int) -> list[Invitation]:
    """List the teams that ask a learner, the oldest first; one statement."""
    place = aliased(WorkMember)
    rows = session.execute(
        select(place.id, User.full_name)
        .join(WorkMember, WorkMember.team_id == place.team_id)
        .join(User, User.id == WorkMember.user_id)
        .where(
            place.enrolment_id == enrolment_id,
            place.accepted_at.is_(None),
            place.ended_at.is_(None),
            *BELONGS,
        )
        .order_by(place.asked_at, place.id, User.full_name, User.id)
    )
    names: dict[int, list[str]] = {}
    for id_, name in rows:
        names.setdefault(id_, []).append(name)
    return [Invitation(id_, tuple(of_team)) for id_, of_team in names.items()]


def invitable(
    session: Session, *, user_id: int, course_id: int, today: date
) -> list[Reader]:
    """List the colleagues who are enrolled in a course, by name; two statements."""
    enrolled = set(
        session.scalars(
            select(Enrolment.user_id).where(
                Enrolment.course_id == course_id, Enrolment.ended_at.is_(None)
            )
        )
    )
    known = colleagues_of(session, user_id=user_id, today=today)
    return [one for one in known if one.id in enrolled]
