"""How all institutions stand, side by side: what they require, and what of it is met.

One statement for a thousand of them. Nearly everybody is in one post, owes what that
post asks, and nothing else: for these, what is required is multiplied and not listed,
and only what is met is looked up. Who has several posts, a requirement of their own or
an exemption is worked out one by one. The rules are those of `domain.readiness`, and
tests hold the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    distinct,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session

from conexx_learn.domain.permissions import Actor, Role, holds
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.readiness.tally import CRITICAL, Share
from conexx_learn.models.institutions import Institution
from conexx_learn.models.posts import Post
from conexx_learn.queries.overview_evidence import certified, is_certified
from conexx_learn.queries.overview_terms import EPOCH, Terms, is_late, terms


@dataclass(frozen=True, slots=True)
class InstitutionFigures:
    """An institution in the list.

    Attributes:
        id: Key.
        slug: Its word in addresses.
        name: As it is printed.
        country: ISO 3166-1 alpha-2.
        timezone: Of its clocks.
        mandate_ends_on: Last day of the mandate, or None.
        people: Who belongs to it.
        plans: How many plans are in force.
        seats: Strict readiness of all these plans, vacant seats included.
        overdue: Required courses that are not met and whose day is past.
        critical: Required courses of weight 3 that are not met.
        unmet: Required courses that are not met.
        people_owing: How many people owe anything; None where it was not asked for.
        people_overdue: How many people something is overdue for; likewise.
        people_critical: How many people miss something of weight 3; likewise.
    """

    id: int
    slug: str
    name: str
    country: str
    timezone: str
    mandate_ends_on: date | None
    people: int
    plans: int
    seats: Share
    overdue: int
    critical: int
    unmet: int
    people_owing: int | None = None
    people_overdue: int | None = None
    people_critical: int | None = None


def institution_overview(
    session: Session, *, actor: Actor, today: date
) -> list[InstitutionFigures]:
    """List the institutions that somebody may see, by name; one statement.

    A coordinator sees all, a training manager theirs.

    Args:
        session: Where to read.
        actor: Who asks.
        today: The same day for all of them, in UTC.
    """
    if holds(actor, Role.COORDINATOR):
        return _figures(session, EVERYWHERE, today, {})
    return _figures(session, MANAGED, today, {"ids": _ids(actor, Role.MANAGER)})


def observed_overview(
    session: Session, *, actor: Actor, today: date
) -> list[InstitutionFigures]:
    """List the members of the associations that somebody observes; one statement.

    With how many people stand behind each figure, so that small cells can be hidden.
    """
    return _figures(session, OBSERVED, today, {"ids": _ids(actor, Role.OBSERVER)})


def _ids(actor: Actor, role: Role) -> list[int]:
    return [
        place.institution_id
        for place in actor.places
        if place.role is role and place.institution_id is not None
    ]


def _figures(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    today: date,
    scope: dict[str, Sequence[int]],
) -> list[InstitutionFigures]:
    midnight = datetime.combine(today, time(), UTC)
    values = {
        "day": today,
        "day_of_month": today.day,
        "months": today.year * 12 + today.month,
        "epoch": int(midnight.timestamp()),
        "after": midnight + timedelta(days=1),
        **scope,
    }
    return [
        InstitutionFigures(
            id=row.id,
            slug=row.slug,
            name=row.name,
            country=row.country,
            timezone=row.timezone,
            mandate_ends_on=row.mandate_ends_on,
            people=int(row.people),
            plans=int(row.plans),
            seats=Share(Fraction(int(row.met)), int(row.required)),
            overdue=int(row.late),
            critical=int(row.critical),
            unmet=int(row.unmet),
            people_owing=row.people_owing,
            people_overdue=row.people_late,
            people_critical=row.people_critical,
        )
        for row in session.execute(statement, values)
    ]


# The sums ---------------------------------------------------------------------------

FIGURES = ("required", "met", "late", "critical", "unmet")
PEOPLE_FIGURES = ("people_owing", "people_late", "people_critical")


def _statement(
    scope: ColumnElement[bool], *, by_person: bool = False
) -> Select[*tuple[Any, ...]]:
    """Build the statement.

    Args:
        scope: Which institutions.
        by_person: Work out everybody one by one, and count people: for few.
    """
    there = terms(select(Institution.id).where(scope), by_person=by_person)
    parts = [_asked_of_seats(there), _one_by_one(there, by_person=by_person)]
    if not by_person:
        parts += [_late_by_appointment(there), _met_by_many(there)]
    columns = [
        Institution.id,
        Institution.slug,
        Institution.name,
        Institution.country,
        Institution.timezone,
        Institution.mandate_ends_on,
        _or_nothing(there.people.c.people).label("people"),
        _or_nothing(there.plans.c.plans).label("plans"),
        *(_total(parts, name) for name in FIGURES),
        *(
            _total(parts, name) if by_person else literal(None).label(name)
            for name in PEOPLE_FIGURES
        ),
    ]
    statement = select(*columns)
    for part in (there.people, there.plans, *parts):
        statement = statement.outerjoin(part, part.c.institution_id == Institution.id)
    return statement.where(scope).order_by(Institution.name, Institution.id)


def _total(parts: Sequence[CTE], name: str) -> ColumnElement[int]:
    """Add up a figure over the parts that have it."""
    columns = [_or_nothing(part.c[name]) for part in parts if name in part.c]
    total = columns[0]
    for column in columns[1:]:
        total += column
    return total.label(name)


def _or_nothing(column: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(column, 0)


def _critical(weight: ColumnElement[int]) -> ColumnElement[int]:
    return case((weight >= CRITICAL, 1), else_=0)


def _asked_of_seats(there: Terms) -> CTE:
    """Multiply what each post asks by who sits there, and by its vacant seats.

    All of it is taken for not met; who met it is taken off again.
    """
    asked, simple, appointed = there.asked, there.simple, there.appointed
    of_post = (
        select(
            asked.c.post_id,
            func.sum(asked.c.weight).label("weight"),
            func.sum(asked.c.is_late).label("late"),
            func.sum(_critical(asked.c.weight)).label("critical"),
            func.count().label("courses"),
        )
        .group_by(asked.c.post_id)
        .subquery()
    )
    sitting = (
        select(simple.c.post_id, func.count().label("people"))
        .group_by(simple.c.post_id)
        .subquery()
    )
    holding = (
        select(
            appointed.c.post_id,
            func.count(distinct(appointed.c.user_id)).label("people"),
        )
        .where(appointed.c.kind == AppointmentKind.HOLDER.value)
        .group_by(appointed.c.post_id)
        .subquery()
    )
    vacant = Post.seats - _or_nothing(holding.c.people)
    times = _or_nothing(sitting.c.people) + case((vacant > 0, vacant), else_=0)
    return (
        select(
            Post.institution_id,
            func.sum(of_post.c.weight * times).label("required"),
            func.sum(of_post.c.late * times).label("late"),
            func.sum(of_post.c.critical * times).label("critical"),
            func.sum(of_post.c.courses * times).label("unmet"),
        )
        .join(of_post, of_post.c.post_id == Post.id)
        .outerjoin(sitting, sitting.c.post_id == Post.id)
        .outerjoin(holding, holding.c.post_id == Post.id)
        .group_by(Post.institution_id)
        .cte("of_seats")
    )


def _late_by_appointment(there: Terms) -> CTE:
    """Count what is late by the day of an appointment and not by a given day."""
    asked, simple = there.asked, there.simple
    return (
        select(simple.c.institution_id, func.count().label("late"))
        .join(asked, asked.c.post_id == simple.c.post_id)
        .where(
            asked.c.is_late == 0,
            EPOCH - simple.c.begun > asked.c.due_seconds,
        )
        .group_by(simple.c.institution_id)
        .cte("late_by_appointment")
    )


def _met_by_many(there: Terms) -> CTE:
    """Sum what is met by those who are in one post and owe what it asks.

    Two certificates that count for one course are one.
    """
    asked, simple = there.asked, there.simple
    each = certified(
        asked,
        simple.c.institution_id,
        func.max(asked.c.weight).label("weight"),
        func.max(is_late(asked, simple.c.begun)).label("is_late"),
        person=simple,
    ).subquery()
    return (
        select(
            each.c.institution_id,
            func.sum(each.c.weight).label("met"),
            (-func.sum(each.c.is_late)).label("late"),
            (-func.sum(_critical(each.c.weight))).label("critical"),
            (-func.count()).label("unmet"),
        )
        .group_by(each.c.institution_id)
        .cte("met_by_many")
    )


def _one_by_one(there: Terms, *, by_person: bool) -> CTE:
    """Sum over those who have several posts, requirements of their own, exemptions."""
    owed = there.owed
    met = case((is_certified(owed), 1), else_=0).label("met")
    judged = select(owed, met).cte("judged")
    unmet = 1 - judged.c.met
    late = judged.c.is_late * unmet
    critical = _critical(judged.c.weight) * unmet
    columns: list[ColumnElement[Any]] = [
        judged.c.institution_id,
        func.sum(judged.c.weight).label("required"),
        func.sum(judged.c.weight * judged.c.met).label("met"),
        func.sum(late).label("late"),
        func.sum(critical).label("critical"),
        func.sum(unmet).label("unmet"),
    ]
    if by_person:
        columns += [
            func.count(distinct(judged.c.user_id)).label("people_owing"),
            _people_with(judged, late).label("people_late"),
            _people_with(judged, critical).label("people_critical"),
        ]
    return select(*columns).group_by(judged.c.institution_id).cte("one_by_one")


def _people_with(judged: CTE, fact: ColumnElement[int]) -> ColumnElement[int]:
    return func.count(distinct(case((fact > 0, judged.c.user_id))))


IDS = bindparam("ids", expanding=True, type_=Integer)
EVERYWHERE = _statement(Institution.id.is_not(None))
MANAGED = _statement(Institution.id.in_(IDS))
OBSERVED = _statement(Institution.association_id.in_(IDS), by_person=True)
