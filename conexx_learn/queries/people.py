"""Reads of the people of an institution: who belongs or belonged, and in which post."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.people import PersonTraits
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.search import folded, search_words
from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.models.institutions import Membership
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.queries.identities import SHOWN_EMAIL, SHOWN_USERNAME


@dataclass(frozen=True, slots=True)
class Seat:
    """A post that somebody is in on a day, or will be.

    Attributes:
        post_id: Which one.
        unit_id: Its unit.
        post: Its title.
        unit: Name of its unit.
        is_deputy: They stand in, and take no seat.
        from_on: First day, or None where nobody entered it.
    """

    post_id: int
    unit_id: int
    post: str
    unit: str
    is_deputy: bool
    from_on: date | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who belongs, or belonged, to an institution.

    Attributes:
        id: Of the account.
        traits: What is written of them; who joined and left signs in with nothing that
            the institution sees.
        has_joined: They chose a password.
        is_invited: A way in was made for them that may still work.
        is_active: The account was not erased.
        since: First day that they ever belonged.
        until: Last day, or None while it lasts.
        is_elsewhere: They hold a role besides those of the institution.
        roles: What they hold now or from a later day on.
        seats: Posts that they are in, or will be.
    """

    id: int
    traits: PersonTraits
    has_joined: bool
    is_invited: bool
    is_active: bool
    since: date
    until: date | None
    is_elsewhere: bool = False
    roles: tuple[Role, ...] = ()
    seats: tuple[Seat, ...] = ()

    @property
    def identity(self) -> str:
        """E-mail address, else username."""
        return self.traits.email or self.traits.username

    def has_left(self, day: date) -> bool:
        """Say whether they belonged before a day and no longer do."""
        return self.until is not None and self.until < day


class Who(StrEnum):
    """Which of the people are wanted."""

    HERE = "here"
    WITHOUT_POST = "without-post"
    WITHOUT_EMAIL = "without-email"
    NOT_JOINED = "not-joined"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of people is narrowed to.

    Attributes:
        words: What was typed, as a search sees it; each is in name or identity.
        unit_ids: Units, with all that is inside; empty for any.
        post_id: A post; None for any.
        who: Which of them.
    """

    words: tuple[str, ...] = ()
    unit_ids: frozenset[int] = field(default_factory=frozenset)
    post_id: int | None = None
    who: Who = Who.HERE

    @classmethod
    def typed(
        cls, query: str, unit_ids: Collection[int], post_id: int | None, who: Who
    ) -> "Wanted":
        """Make it of what stands in an address."""
        return cls(tuple(search_words(query)), frozenset(unit_ids), post_id, who)

    def fits(self, person: PersonRow, day: date) -> bool:
        """Say whether somebody is wanted."""
        if person.has_left(day) != (self.who is Who.LEFT):
            return False
        if self.words:
            text = folded(f"{person.traits.full_name} {person.identity}")
            if not all(word in text for word in self.words):
                return False
        seats = person.seats
        if self.unit_ids and not any(one.unit_id in self.unit_ids for one in seats):
            return False
        if self.post_id and not any(one.post_id == self.post_id for one in seats):
            return False
        return self._fits_state(person)

    def _fits_state(self, person: PersonRow) -> bool:
        if self.who is Who.WITHOUT_POST:
            return not person.seats
        if self.who is Who.WITHOUT_EMAIL:
            return not person.traits.email
        if self.who is Who.NOT_JOINED:
            return not person.has_joined
        return True


_ELSEWHERE = aliased(Membership)
MEMBERS: Select[*tuple[Any, ...]] = (
    select(
        User.id,
        User.full_name,
        SHOWN_EMAIL.label("email"),
        SHOWN_USERNAME.label("username"),
        User.weekly_learning_hours,
        User.active,
        User.password.is_not(None).label("has_joined"),
        exists().where(AccessCode.user_id == User.id).label("is_invited"),
        exists()
        .where(
            _ELSEWHERE.user_id == User.id,
            _ELSEWHERE.institution_id.is_distinct_from(Membership.institution_id),
            or_(
                _ELSEWHERE.to_on.is_(None),
                _ELSEWHERE.to_on >= bindparam("day", type_=Date),
            ),
        )
        .label("is_elsewhere"),
        Membership.role,
        Membership.from_on,
        Membership.to_on,
    )
    .join(Membership, Membership.user_id == User.id)
    .where(Membership.institution_id == bindparam("institution_id", type_=Integer))
    .order_by(User.id, Membership.from_on, Membership.id)
)
"""Selects everybody who ever belonged to an institution, a row for each role."""

SEATS: Select[*tuple[Any, ...]] = (
    select(
        Appointment.user_id,
        Appointment.kind,
        Appointment.from_on,
        Post.id.label("post_id"),
        Post.title,
        Unit.id.label("unit_id"),
        Unit.name.label("unit"),
    )
    .join(Post, Post.id == Appointment.post_id)
    .join(Unit, Unit.id == Post.unit_id)
    .where(
        Appointment.institution_id == bindparam("institution_id", type_=Integer),
        or_(
            Appointment.to_on.is_(None),
            Appointment.to_on >= bindparam("day", type_=Date),
        ),
    )
    .order_by(Appointment.user_id, Appointment.from_on, Appointment.id)
)
"""Selects who is in which post, or will be, from a day on."""


def people_of(session: Session, *, institution_id: int, day: date) -> list[PersonRow]:
    """List everybody who belongs or belonged, by name; two statements."""
    return _people(session, MEMBERS, SEATS, {"institution_id": institution_id}, day)


ONE = User.id == bindparam("user_id", type_=Integer)
ONE_MEMBER = MEMBERS.where(ONE)
SEATS_OF_ONE = SEATS.where(Appointment.user_id == bindparam("user_id", type_=Integer))


def person_row(
    session: Session, *, institution_id: int, user_id: int, day: date
) -> PersonRow | None:
    """Return one of the people of an institution; two statements."""
    values = {"institution_id": institution_id, "user_id": user_id}
    found = _people(session, ONE_MEMBER, SEATS_OF_ONE, values, day)
    return found[0] if found else None


def _people(
    session: Session,
    members: Select[*tuple[Any, ...]],
    seats: Select[*tuple[Any, ...]],
    values: dict[str, int],
    day: date,
) -> list[PersonRow]:
    seats_of: defaultdict[int, list[Seat]] = defaultdict(list)
    for row in session.execute(seats, {**values, "day": day}):
        is_deputy = row.kind == "deputy"
        seats_of[row.user_id].append(
            Seat(row.post_id, row.unit_id, row.title, row.unit, is_deputy, row.from_on)
        )
    rows_of: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session.execute(members, {**values, "day": day}):
        rows_of[row.id].append(row)
    people = [
        _person(rows, tuple(seats_of.get(user_id, ())), day)
        for user_id, rows in rows_of.items()
    ]
    return sorted(people, key=lambda one: (folded(one.traits.full_name), one.id))


def _person(rows: Iterable[Any], seats: tuple[Seat, ...], day: date) -> PersonRow:
    rows = list(rows)
    first = rows[0]
    ends = [row.to_on for row in rows]
    until = None if None in ends else max(ends)
    # With what somebody signs in after they left is no longer the institution's matter.
    is_theirs = bool(first.has_joined) and until is not None and until < day
    return PersonRow(
        id=first.id,
        traits=PersonTraits(
            first.full_name,
            "" if is_theirs else first.email or "",
            "" if is_theirs else first.username or "",
            first.weekly_learning_hours,
        ),
        has_joined=bool(first.has_joined),
        is_invited=bool(first.is_invited),
        is_active=bool(first.active),
        since=first.from_on,
        until=until,
        is_elsewhere=bool(first.is_elsewhere),
        roles=tuple(
            Role(row.role)
            for row in rows
            if row.to_on is None or row.to_on >= max(day, row.from_on)
        ),
        seats=seats,
    )
