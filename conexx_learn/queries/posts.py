"""Reads of how an institution is made up: units, posts, seats, and who is in them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from conexx_learn.domain.appointments import Term
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.search import folded
from conexx_learn.domain.units import PostTraits, UnitTraits
from conexx_learn.models.accounts import User
from conexx_learn.models.posts import Appointment, Post, Unit


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as pages list it.

    Attributes:
        id: Key.
        traits: What the institution says of it.
        closed_on: Day from which it is offered no more, or None.
    """

    id: int
    traits: UnitTraits
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post with its seats on a day.

    Attributes:
        id: Key.
        traits: What the institution says of it.
        unit: Name of its unit.
        active_from: First day.
        active_to: Last day, or None.
        holders: How many people hold a seat on the day.
        deputies: How many stand in.
    """

    id: int
    traits: PostTraits
    unit: str
    active_from: date
    active_to: date | None
    holders: int
    deputies: int

    @property
    def vacancies(self) -> int:
        """Seats that nobody holds."""
        return max(0, self.traits.seats - self.holders)

    @property
    def surplus(self) -> int:
        """Holders for whom there is no seat."""
        return max(0, self.holders - self.traits.seats)

    def is_closed(self, day: date) -> bool:
        """Say whether it is over on a day."""
        return self.active_to is not None and self.active_to < day


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """A person in a post, as pages list it.

    Attributes:
        id: Key.
        user_id: Who.
        full_name: Their name.
        post_id: Which post.
        post: Its title.
        unit: Name of its unit.
        term: How and when.
        created_at: When it was entered.
    """

    id: int
    user_id: int
    full_name: str
    post_id: int
    post: str
    unit: str
    term: Term
    created_at: datetime

    def holds_on(self, day: date) -> bool:
        """Say whether the person is in the post on a day."""
        begin, end = self.term.from_on, self.term.to_on
        return (begin is None or begin <= day) and (end is None or day <= end)

    def is_over(self, day: date) -> bool:
        """Say whether it has ended by a day."""
        return self.term.to_on is not None and self.term.to_on < day


def unit_list(session: Session, *, institution_id: int) -> list[UnitRow]:
    """List all units of an institution, by name; one statement."""
    rows = session.scalars(select(Unit).where(Unit.institution_id == institution_id))
    units = [
        UnitRow(row.id, UnitTraits(row.name, row.parent_id, row.is_pmu), row.closed_on)
        for row in rows
    ]
    # Databases put accents where their collation does; people look under the letter.
    return sorted(units, key=lambda unit: (folded(unit.traits.name), unit.id))


DAY = bindparam("day", type_=Date)
_holds = and_(
    or_(Appointment.from_on.is_(None), Appointment.from_on <= DAY),
    or_(Appointment.to_on.is_(None), Appointment.to_on >= DAY),
)


def _of_kind(kind: AppointmentKind) -> Any:  # noqa: ANN401 (a sum of SQL)
    return func.coalesce(
        func.sum(case((Appointment.kind == kind.value, 1), else_=0)), 0
    )


POSTS: Select[*tuple[Any, ...]] = (
    select(
        Post,
        Unit.name.label("unit"),
        _of_kind(AppointmentKind.HOLDER).label("holders"),
        _of_kind(AppointmentKind.DEPUTY).label("deputies"),
    )
    .join(Unit, Unit.id == Post.unit_id)
    .outerjoin(Appointment, and_(Appointment.post_id == Post.id, _holds))
    .where(Post.institution_id == bindparam("institution_id", type_=Integer))
    .group_by(Post.id, Unit.name)
)
"""Selects every post of an institution with how many are in it on a day."""


def post_list(session: Session, *, institution_id: int, day: date) -> list[PostRow]:
    """List all posts of an institution, by unit and title; one statement."""
    values = {"institution_id": institution_id, "day": day}
    posts = [
        PostRow(
            id=row.Post.id,
            traits=PostTraits(
                row.Post.unit_id,
                row.Post.title,
                row.Post.profile_code,
                row.Post.seats,
            ),
            unit=row.unit,
            active_from=row.Post.active_from,
            active_to=row.Post.active_to,
            holders=int(row.holders),
            deputies=int(row.deputies),
        )
        for row in session.execute(POSTS, values)
    ]
    return sorted(posts, key=_reading_order)


def _reading_order(post: PostRow) -> tuple[str, str, date, int]:
    title, unit = folded(post.traits.title), folded(post.unit)
    return unit, title, post.active_from, post.id


APPOINTMENTS: Select[*tuple[Any, ...]] = (
    select(
        Appointment,
        User.full_name,
        Post.title.label("post"),
        Unit.name.label("unit"),
    )
    .join(User, User.id == Appointment.user_id)
    .join(Post, Post.id == Appointment.post_id)
    .join(Unit, Unit.id == Post.unit_id)
    .where(Appointment.institution_id == bindparam("institution_id", type_=Integer))
    .order_by(Appointment.from_on.desc(), Appointment.id.desc())
)
"""Selects appointments with who and where, the newest first."""


def _appointments(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    values: dict[str, int],
) -> list[AppointmentRow]:
    return [
        AppointmentRow(
            id=row.Appointment.id,
            user_id=row.Appointment.user_id,
            full_name=row.full_name,
            post_id=row.Appointment.post_id,
            post=row.post,
            unit=row.unit,
            term=Term(
                AppointmentKind(row.Appointment.kind),
                row.Appointment.from_on,
                row.Appointment.to_on,
                row.Appointment.ends_with_mandate,
            ),
            created_at=row.Appointment.created_at,
        )
        for row in session.execute(statement, values)
    ]


_OF_POST = APPOINTMENTS.where(Appointment.post_id == bindparam("key", type_=Integer))
_OF_PERSON = APPOINTMENTS.where(Appointment.user_id == bindparam("key", type_=Integer))
_OF_ID = APPOINTMENTS.where(Appointment.id == bindparam("key", type_=Integer))


def appointments_of_post(
    session: Session, *, institution_id: int, post_id: int
) -> list[AppointmentRow]:
    """List who is, was and will be in a post, the newest first; one statement."""
    values = {"institution_id": institution_id, "key": post_id}
    return _appointments(session, _OF_POST, values)


def appointments_of_person(
    session: Session, *, institution_id: int, user_id: int
) -> list[AppointmentRow]:
    """List where at an institution somebody is, was and will be; one statement."""
    values = {"institution_id": institution_id, "key": user_id}
    return _appointments(session, _OF_PERSON, values)


def appointment_row(
    session: Session, *, institution_id: int, appointment_id: int
) -> AppointmentRow | None:
    """Return one appointment of an institution; one statement."""
    values = {"institution_id": institution_id, "key": appointment_id}
    found = _appointments(session, _OF_ID, values)
    return found[0] if found else None


def holder_names(
    session: Session, *, institution_id: int, day: date
) -> dict[int, list[tuple[str, AppointmentKind]]]:
    """Return post to the names of who is in it on a day, by name; one statement."""
    rows = session.execute(
        select(Appointment.post_id, User.full_name, Appointment.kind)
        .join(User, User.id == Appointment.user_id)
        .where(Appointment.institution_id == institution_id, _holds)
        .order_by(User.full_name, Appointment.id),
        {"day": day},
    )
    names: dict[int, list[tuple[str, AppointmentKind]]] = {}
    for row in rows:
        kind = AppointmentKind(row.kind)
        names.setdefault(row.post_id, []).append((row.full_name, kind))
    return names
