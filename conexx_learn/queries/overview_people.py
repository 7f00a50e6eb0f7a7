"""Who belongs to which institution and sits in which post, in one statement."""

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    cast,
    extract,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from conexx_learn.models.institutions import Membership
from conexx_learn.models.posts import Appointment, Post

DAY = bindparam("day", type_=Date)
SomeDay = InstrumentedAttribute[Any] | ColumnElement[Any]


def seconds(day: SomeDay) -> ColumnElement[int]:
    """Return a day as seconds since 1970."""
    return cast(extract("epoch", day), BigInteger)


def lasts(from_on: SomeDay, to_on: SomeDay) -> ColumnElement[bool]:
    """Say whether a period has the day in it; what is unknown has no end."""
    return and_(
        or_(from_on.is_(None), from_on <= DAY), or_(to_on.is_(None), to_on >= DAY)
    )


def people_of(scope: Select[int]) -> CTE:
    """Select who belongs where, each once."""
    return (
        select(Membership.institution_id, Membership.user_id)
        .where(
            Membership.institution_id.in_(scope),
            lasts(Membership.from_on, Membership.to_on),
        )
        .distinct()
        .cte("belonging")
    )


def people_counts(belonging: CTE) -> CTE:
    """Count who belongs where."""
    return (
        select(belonging.c.institution_id, func.count().label("people"))
        .group_by(belonging.c.institution_id)
        .cte("people")
    )


def appointments_of(belonging: CTE) -> CTE:
    """Select the appointments of the day; who left is in none."""
    return (
        select(
            Appointment.institution_id,
            Appointment.user_id,
            Appointment.post_id,
            Appointment.kind,
            seconds(Appointment.from_on).label("begun"),
        )
        .join(Post, Post.id == Appointment.post_id)
        .where(
            lasts(Appointment.from_on, Appointment.to_on),
            lasts(Post.active_from, Post.active_to),
            among(belonging, Appointment.institution_id, Appointment.user_id),
        )
        .cte("appointed")
    )


def among(
    people: CTE, institution_id: SomeDay, user_id: SomeDay
) -> ColumnElement[bool]:
    """Say whether somebody is one of some people.

    As a condition and not as a join: the planner then knows that no row is lost or
    doubled by it, and how many are left.
    """
    return (
        select(people.c.user_id)
        .where(people.c.institution_id == institution_id, people.c.user_id == user_id)
        .exists()
    )


def same_person(one: CTE, other: CTE) -> ColumnElement[bool]:
    """Say whether two rows are about one person at one institution."""
    return and_(
        one.c.institution_id == other.c.institution_id,
        one.c.user_id == other.c.user_id,
    )
