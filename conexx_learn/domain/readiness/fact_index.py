"""The facts of an institution, found by what one asks for.

Build it once for a request; every rule of readiness takes it. It remembers what it
worked out, and the facts never change, so that asking twice costs nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from conexx_learn.domain.readiness.evidence import counting_periods
from conexx_learn.domain.readiness.facts import (
    Appointment,
    AppointmentKind,
    Audience,
    AudienceKind,
    Certificate,
    InstitutionFacts,
    Learning,
    Period,
    Person,
    Plan,
    Post,
)
from conexx_learn.domain.search import folded

Owed = tuple[int, str]
"""A person's key and the slug of a course."""

_Fact = TypeVar("_Fact")
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who is in which post on a day.

    Attributes:
        appointments: Person to their appointments, in the order of the posts; empty
            for somebody who belongs to the institution without a post.
        holders: Post to how many people hold a seat of it; deputies hold none.
        post_ids: The posts that exist.
    """

    appointments: dict[int, tuple[Appointment, ...]]
    holders: dict[int, int]
    post_ids: frozenset[int]


class FactIndex:
    """The facts of one institution by person, post, course and day.

    Attributes:
        facts: What it was built of.
        as_of: The day that the facts were read for.
        people: Key to person.
        posts: Key to post.
        post_rank: Key of a post to its place in the order of units, then titles.
    """

    def __init__(self, facts: InstitutionFacts) -> None:
        self.facts = facts
        self.as_of = facts.as_of
        self.people = {person.id: person for person in facts.people}
        self.posts = {post.id: post for post in facts.posts}
        self.post_rank = _ranks(facts)
        self._appointments = _grouped(
            sorted(facts.appointments, key=self._appointment_order),
            lambda appointment: appointment.person_id,
        )
        self._certificates = _grouped(
            sorted(facts.certificates, key=lambda c: (c.issued_on, c.id)),
            lambda certificate: (certificate.person_id, certificate.course),
        )
        self._learning = {(one.person_id, one.course): one for one in facts.learning}
        self._exemptions = _grouped(
            facts.exemptions, lambda exemption: (exemption.person_id, exemption.course)
        )
        self._units_below = _units_below(facts)
        self._staffing: dict[date, Staffing] = {}
        self._periods: dict[
            tuple[Owed, int | None, int | None], tuple[Period, ...]
        ] = {}

    def staffing(self, day: date) -> Staffing:
        """Say who is in which post on a day; who left is nowhere."""
        if day not in self._staffing:
            self._staffing[day] = self._staffing_anew(day)
        return self._staffing[day]

    def post_ids_on(self, day: date) -> frozenset[int]:
        """Return the posts that exist on a day."""
        return frozenset(p.id for p in self.facts.posts if p.active.contains(day))

    def appointments_on(self, person: Person, day: date) -> tuple[Appointment, ...]:
        """List a person's appointments on a day, in the order of the posts."""
        return tuple(
            appointment
            for appointment in self._appointments.get(person.id, ())
            if appointment.holds_on(day)
            and self.posts[appointment.post_id].active.contains(day)
        )

    def posts_of(self, audience: Audience, post_ids: frozenset[int]) -> list[Post]:
        """List those of the posts that an audience names, in their order.

        An audience of one person names no post.
        """
        named = _naming(audience, self._units_below, self._project_units())
        posts = (self.posts[post_id] for post_id in post_ids)
        return sorted(filter(named, posts), key=lambda post: self.post_rank[post.id])

    def units_below(self, unit_id: int) -> frozenset[int]:
        """Return a unit and all the units inside it."""
        return self._units_below[unit_id]

    def plans_in_force(self, day: date, *, series: int | None = None) -> list[Plan]:
        """List the plans that bind on a day, by series.

        Args:
            day: Any day.
            series: Of one plan through all its versions; None for every plan.
        """
        plans = [
            plan
            for plan in self.facts.plans
            if plan.is_in_force(day) and series in {None, plan.series}
        ]
        return sorted(plans, key=lambda plan: (plan.series, plan.version))

    def course_order(self, course: str) -> tuple[str, str]:
        """Return what courses are sorted by: the title, then the slug."""
        known = self.facts.courses.get(course)
        return folded(known.title) if known else "", course

    def certificates(self, person_id: int, course: str) -> tuple[Certificate, ...]:
        """List a person's certificates of a course, oldest first."""
        return self._certificates.get((person_id, course), ())

    def counts_on(
        self,
        person_id: int,
        course: str,
        day: date,
        *,
        recert_months: int | None = None,
        min_major: int | None = None,
    ) -> bool:
        """Say whether a certificate of the course counts for a person on a day."""
        owed = person_id, course
        certificates = self._certificates.get(owed)
        if certificates is None:
            return False
        key = owed, recert_months, min_major
        periods = self._periods.get(key)
        if periods is None:
            periods = self._periods[key] = counting_periods(
                certificates, recert_months=recert_months, min_major=min_major
            )
        return any(period.contains(day) for period in periods)

    def learning_on(self, person_id: int, course: str, day: date) -> Learning | None:
        """Return how far a person is in a course, on the day of the facts only."""
        return self._learning.get((person_id, course)) if day == self.as_of else None

    def is_exempt(self, person_id: int, course: str, day: date) -> bool:
        """Say whether a person need not take a course on a day."""
        exemptions = self._exemptions.get((person_id, course))
        return exemptions is not None and any(
            exemption.period.contains(day) for exemption in exemptions
        )

    def _appointment_order(self, appointment: Appointment) -> tuple[int, int]:
        return self.post_rank[appointment.post_id], appointment.id

    def _staffing_anew(self, day: date) -> Staffing:
        appointments = {
            person.id: self.appointments_on(person, day)
            for person in self.facts.people
            if person.belongs_on(day)
        }
        holders: dict[int, int] = defaultdict(int)
        for held in appointments.values():
            for post_id in {
                a.post_id for a in held if a.kind is AppointmentKind.HOLDER
            }:
                holders[post_id] += 1
        return Staffing(appointments, dict(holders), self.post_ids_on(day))

    def _project_units(self) -> frozenset[int]:
        units = [unit.id for unit in self.facts.units if unit.is_pmu]
        return frozenset().union(*(self._units_below[unit] for unit in units))


def _naming(
    audience: Audience,
    units_below: dict[int, frozenset[int]],
    project_units: frozenset[int],
) -> Callable[[Post], bool]:
    """Return the question whether an audience names a post."""
    match audience.kind:
        case AudienceKind.PROFILE:
            return lambda post: post.profile == audience.key
        case AudienceKind.POST:
            return lambda post: post.id == int(audience.key)
        case AudienceKind.UNIT:
            units = units_below.get(int(audience.key), frozenset())
            return lambda post: post.unit_id in units
        case AudienceKind.PMU:
            return lambda post: post.unit_id in project_units
        case AudienceKind.INSTITUTION:
            return lambda _post: True
        case AudienceKind.PERSON:
            return lambda _post: False


def _units_below(facts: InstitutionFacts) -> dict[int, frozenset[int]]:
    """Map each unit to itself and everything inside it."""
    parents = {unit.id: unit.parent_id for unit in facts.units}
    below: dict[int, set[int]] = {unit: {unit} for unit in parents}
    for unit, parent in parents.items():
        above = parent
        while above is not None and unit not in below[above]:
            below[above].add(unit)
            above = parents[above]
    return {unit: frozenset(inside) for unit, inside in below.items()}


def _ranks(facts: InstitutionFacts) -> dict[int, int]:
    """Number the posts in the order in which people read them."""
    names = {unit.id: folded(unit.name) for unit in facts.units}
    in_order = sorted(
        facts.posts,
        key=lambda p: (names[p.unit_id], p.unit_id, folded(p.title), p.id),
    )
    return {post.id: rank for rank, post in enumerate(in_order)}


def _grouped(
    facts: Iterable[_Fact], key: Callable[[_Fact], _Key]
) -> dict[_Key, tuple[_Fact, ...]]:
    """Gather facts by a key, in the order given."""
    groups: dict[_Key, list[_Fact]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    return {group: tuple(members) for group, members in groups.items()}
