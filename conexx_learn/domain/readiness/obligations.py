"""Who owes what on a day: the requirements of plans, expanded over their audiences.

One obligation for a person and a course, however many requirements ask for it and
however many posts the person is in. A seat that nobody holds owes what its post asks;
a deputy owes without taking a seat; who left owes nothing. Somebody who belongs to the
institution without a post, such as a training manager who is not to learn, owes only
what names them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.readiness.demand import Demand, Demands, Terms
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Appointment, Plan, Reason
from conexx_learn.domain.search import folded


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """A seat that nobody holds.

    Attributes:
        post_id: Of which post.
        number: Counted after the seats that are held, up to the seats of the post.
    """

    post_id: int
    number: int


ObligationKey = tuple[int | None, Seat | None, str]
"""What makes an obligation one: who, or which vacant seat, and the course."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one person, or one vacant seat, owes on a day.

    Attributes:
        person_id: Who; None for a vacant seat.
        seat: Which; None for a person.
        course: Slug.
        due_on: By when, that day included; None when it counts from an appointment
            whose beginning is unknown, or that nobody has yet.
        weight: 1 useful, 2 important, 3 critical.
        recert_months: How old a certificate may be, or None.
        min_major: Lowest major version of the course that counts, or None.
        reasons: Why, each once.
        requirement_ids: Which requirements ask for it.
        plan_ids: Which plans they are of, each once.
        post_ids: Through which of the person's posts; empty for somebody without one.
    """

    person_id: int | None
    seat: Seat | None
    course: str
    due_on: date | None
    weight: int
    recert_months: int | None
    min_major: int | None
    reasons: tuple[Reason, ...]
    requirement_ids: tuple[int, ...]
    plan_ids: tuple[int, ...]
    post_ids: tuple[int, ...]

    @property
    def key(self) -> ObligationKey:
        """Return what makes it one."""
        return self.person_id, self.seat, self.course


def obligations(
    index: FactIndex, day: date, *, plans: Sequence[Plan] | None = None
) -> list[Obligation]:
    """List what everybody owes on a day, exempt people included.

    Args:
        index: The facts.
        day: Any day, past or to come.
        plans: Only what these ask, in force or not: a draft, or one plan of several.
            None for every plan in force on the day.

    Returns:
        By unit, post, name and course; a post's vacant seats after its people, people
        without a post last.
    """
    if plans is None:
        demand = Demands(index).on(day)
    else:
        demand = Demand(index, plans, index.post_ids_on(day))
    groups = sorted([*_of_people(index, demand, day), *_of_seats(index, demand, day)])
    return [obligation for _, owed in groups for obligation in owed]


def distinct_posts(appointments: Iterable[Appointment]) -> tuple[int, ...]:
    """List the posts of some appointments, each once, in their order."""
    return tuple(dict.fromkeys(appointment.post_id for appointment in appointments))


def earliest_begins(appointments: Iterable[Appointment]) -> dict[int, date | None]:
    """Map each post to the first day of a person in it; None where it is unknown."""
    begins: dict[int, date | None] = {}
    for appointment in appointments:
        begin, known = appointment.from_on, begins.get(appointment.post_id)
        begins[appointment.post_id] = (
            min(begin, known)
            if begin is not None and known is not None
            else begin or known
        )
    return begins


def vacant_seats(index: FactIndex, day: date) -> Iterator[Seat]:
    """List the seats that nobody holds on a day, by post."""
    staffing = index.staffing(day)
    for post_id in sorted(staffing.post_ids, key=index.post_rank.__getitem__):
        held = staffing.holders.get(post_id, 0)
        for number in range(held + 1, index.posts[post_id].seats + 1):
            yield Seat(post_id, number)


_Place = tuple[int, int, str, int]
"""Rank of the post, people before seats, name, and a key or number for equals."""


def _of_people(
    index: FactIndex, demand: Demand, day: date
) -> Iterator[tuple[_Place, list[Obligation]]]:
    nowhere = len(index.posts)
    for person_id, appointments in index.staffing(day).appointments.items():
        post_ids = distinct_posts(appointments)
        terms = demand.of_person(person_id, post_ids)
        if not terms:
            continue
        begins = earliest_begins(appointments)
        rank = index.post_rank[post_ids[0]] if post_ids else nowhere
        place = rank, 0, folded(index.people[person_id].name), person_id
        yield place, [_owed(one, person_id, None, one.due(begins)) for one in terms]


def _of_seats(
    index: FactIndex, demand: Demand, day: date
) -> Iterator[tuple[_Place, list[Obligation]]]:
    for seat in vacant_seats(index, day):
        place = index.post_rank[seat.post_id], 1, "", seat.number
        terms = demand.of_seat(seat.post_id)
        yield place, [_owed(one, None, seat, one.due_on) for one in terms]


def _owed(
    terms: Terms, person_id: int | None, seat: Seat | None, due_on: date | None
) -> Obligation:
    return Obligation(
        person_id,
        seat,
        terms.course,
        due_on,
        terms.weight,
        terms.recert_months,
        terms.min_major,
        terms.reasons,
        terms.requirement_ids,
        terms.plan_ids,
        terms.post_ids,
    )
