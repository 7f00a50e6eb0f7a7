"""An institution's people, units, posts and appointments: two of its statements."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select

from conexx_learn.domain.readiness import facts
from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.models.institutions import Membership
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.queries.identities import SHOWN_EMAIL, SHOWN_USERNAME
from conexx_learn.queries.institution_scope import INSTITUTION, Rows


def people_statement(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Build the statement of people, one row for each membership."""
    return (
        select(
            Membership.institution_id,
            User.id,
            User.full_name,
            SHOWN_EMAIL.label("email"),
            SHOWN_USERNAME.label("username"),
            User.weekly_learning_hours,
            or_(
                User.password.is_not(None),
                exists().where(AccessCode.user_id == User.id),
            ).label("is_invited"),
            Membership.from_on,
            Membership.to_on,
        )
        .join(Membership, Membership.user_id == User.id)
        .where(whose)
        .order_by(User.full_name, User.id, Membership.from_on)
    )


PEOPLE = people_statement(Membership.institution_id == INSTITUTION)


def read_people(rows: Rows) -> tuple[facts.Person, ...]:
    """Read people from their rows, one for each membership."""
    people: dict[int, facts.Person] = {}
    for row in rows:
        known = people.get(row.id)
        period = facts.Period(row.from_on, row.to_on)
        people[row.id] = facts.Person(
            id=row.id,
            name=row.full_name,
            identity=row.email or row.username or "",
            has_mailbox=row.email is not None,
            is_invited=bool(row.is_invited),
            weekly_hours=row.weekly_learning_hours,
            memberships=(*(known.memberships if known else ()), period),
        )
    return tuple(people.values())


def staffing_statement(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Build the statement of units, their posts, and who is appointed there."""
    return (
        select(Unit, Post, Appointment)
        .outerjoin(Post, Post.unit_id == Unit.id)
        .outerjoin(Appointment, Appointment.post_id == Post.id)
        .where(whose)
        .order_by(Unit.name, Unit.id, Post.title, Post.id, Appointment.id)
    )


STAFFING = staffing_statement(Unit.institution_id == INSTITUTION)


def read_staffing(
    rows: Rows,
) -> tuple[
    tuple[facts.Unit, ...], tuple[facts.Post, ...], tuple[facts.Appointment, ...]
]:
    """Read units, posts and appointments from rows that may repeat or lack each."""
    units: dict[int, facts.Unit] = {}
    posts: dict[int, facts.Post] = {}
    appointments: list[facts.Appointment] = []
    for unit, post, appointment in rows:
        if unit.id not in units:
            units[unit.id] = unit_fact(unit)
        if post is not None and post.id not in posts:
            posts[post.id] = post_fact(post)
        if appointment is not None:
            appointments.append(
                facts.Appointment(
                    id=appointment.id,
                    person_id=appointment.user_id,
                    post_id=appointment.post_id,
                    kind=facts.AppointmentKind(appointment.kind),
                    from_on=appointment.from_on,
                    to_on=appointment.to_on,
                    ends_with_mandate=appointment.ends_with_mandate,
                )
            )
    return tuple(units.values()), tuple(posts.values()), tuple(appointments)


def unit_fact(row: Unit) -> facts.Unit:
    """Read a unit from its row."""
    return facts.Unit(row.id, row.parent_id, row.name, row.is_pmu)


def post_fact(row: Post) -> facts.Post:
    """Read a post from its row."""
    return facts.Post(
        id=row.id,
        unit_id=row.unit_id,
        title=row.title,
        profile=row.profile_code,
        seats=row.seats,
        active=facts.Period(row.active_from, row.active_to),
    )
