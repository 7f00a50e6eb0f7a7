"""Requirements that a plan might have: what posts and functions need and nobody owes.

A proposal is worth a look, not a decision: who writes the plan takes it, changes it or
leaves it. Each is worked out for itself, beside what people owe already.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from conexx_learn.domain.readiness.capabilities import Capabilities, capabilities
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import (
    Audience,
    AudienceKind,
    Course,
    FunctionMinimum,
    Plan,
)
from conexx_learn.domain.readiness.hours import hours_left_by_person, weeks_needed
from conexx_learn.domain.readiness.obligations import vacant_seats
from conexx_learn.domain.readiness.standings import Judgement, judgements
from conexx_learn.domain.search import folded

_CRITICAL = 3
_IMPORTANT = 2
_NOTHING = Fraction(0)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class ProfileRequirement:
    """What a job profile asks for.

    Attributes:
        id: Key.
        profile: Code, such as `PM`.
        competency: Code, such as `K3`.
        min_level: 1 to 4.
        weight: 1 useful, 2 important, 3 critical.
        must_by_days: Days after the appointment; None for no hurry.
    """

    id: int
    profile: str
    competency: str
    min_level: int
    weight: int
    must_by_days: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A requirement that a plan might have.

    Attributes:
        need: The reason: what a profile asks for, or a minimum of the institution.
        audience: Whom it would bind.
        course: Slug of the shortest live course that grants what is needed; None when
            there is no such course.
        weight: 1 useful, 2 important, 3 critical.
        due_days: Days after the appointment, or None: who writes the plan sets a day.
        person_ids: Who lacks it and owes no course for it, by name.
        vacant_seats: How many seats lack it likewise.
        hours: Workload of all of them together.
        earliest_on: When all of these people can have done it after what they owe
            already; None without a course or people, or when one has no hours a week.
        also_needs: Courses wanted before it that one of them neither has nor owes.
    """

    need: ProfileRequirement | FunctionMinimum
    audience: Audience
    course: str | None
    weight: int
    due_days: int | None
    person_ids: tuple[int, ...]
    vacant_seats: int
    hours: Fraction
    earliest_on: date | None
    also_needs: tuple[str, ...]


def proposals(
    index: FactIndex,
    profile_requirements: Iterable[ProfileRequirement],
    day: date,
    *,
    plans: Sequence[Plan] | None = None,
) -> list[Proposal]:
    """Propose what is missing, first for profiles, then for the institution's minima.

    A profile's requirement gives one proposal for everybody in its posts who lacks it.
    A minimum gives one for each person who is still wanted after that: of those in a
    post, whose hours left are fewest.

    Args:
        index: The facts.
        profile_requirements: In the order in which they are to be proposed.
        day: When.
        plans: What people owe already: these plans; None for all in force.
    """
    staff = _Staff(index, day, judgements(index, day, plans=plans))
    for_profiles = [
        proposal
        for need in profile_requirements
        if (proposal := staff.for_profile(need)) is not None
    ]
    for_minima = [
        proposal
        for minimum in index.facts.minima
        for proposal in staff.for_minimum(minimum, for_profiles)
    ]
    return for_profiles + for_minima


class _Staff:
    """Who is where, can what and owes what on the day of the proposals."""

    def __init__(self, index: FactIndex, day: date, judged: list[Judgement]) -> None:
        self._index = index
        self._day = day
        self._able: Capabilities = capabilities(index.facts, day=day)
        self._hours_left = hours_left_by_person(index, judged)
        self._owed = {one.obligation.key for one in judged}
        self._seats = list(vacant_seats(index, day))
        staffing = index.staffing(day)
        self._profiles = {
            person_id: {index.posts[one.post_id].profile for one in appointments}
            for person_id, appointments in staffing.appointments.items()
            if appointments
        }

    def for_profile(self, need: ProfileRequirement) -> Proposal | None:
        """Propose what a profile lacks; None when nobody in it lacks anything."""
        courses = self._courses(need.competency, need.min_level)
        able = self._holders(need.competency, need.min_level)
        people = self._by_name(
            person_id
            for person_id, profiles in self._profiles.items()
            if need.profile in profiles
            and person_id not in able
            and not self._owes(person_id, courses)
        )
        seats = [
            seat
            for seat in self._seats
            if self._index.posts[seat.post_id].profile == need.profile
            and not any((None, seat, course.slug) in self._owed for course in courses)
        ]
        if not people and not seats:
            return None
        return self._proposal(
            need,
            Audience(AudienceKind.PROFILE, need.profile),
            courses[0] if courses else None,
            weight=need.weight,
            due_days=need.must_by_days,
            people=people,
            seats=len(seats),
        )

    def for_minimum(
        self, minimum: FunctionMinimum, proposed: Collection[Proposal]
    ) -> Iterator[Proposal]:
        """Propose people for a minimum that neither holders nor plans will close."""
        courses = self._courses(minimum.competency, minimum.level)
        slugs = {course.slug for course in courses}
        able = self._holders(minimum.competency, minimum.level)
        coming = {p for p in self._profiles if self._owes(p, courses)}
        coming |= {p for one in proposed if one.course in slugs for p in one.person_ids}
        wanted = max(0, minimum.holders - len(able | coming))
        free = self._by_name(p for p in self._profiles if p not in able | coming)
        free.sort(key=lambda person_id: self._hours_left.get(person_id, _NOTHING))
        for person_id in free[:wanted]:
            yield self._proposal(
                minimum,
                Audience(AudienceKind.PERSON, str(person_id)),
                courses[0] if courses else None,
                weight=_CRITICAL if minimum.is_critical else _IMPORTANT,
                due_days=None,
                people=[person_id],
                seats=0,
            )

    def _proposal(
        self,
        need: ProfileRequirement | FunctionMinimum,
        audience: Audience,
        course: Course | None,
        *,
        weight: int,
        due_days: int | None,
        people: list[int],
        seats: int,
    ) -> Proposal:
        hours = course.hours if course else _NOTHING
        return Proposal(
            need=need,
            audience=audience,
            course=course.slug if course else None,
            weight=weight,
            due_days=due_days,
            person_ids=tuple(people),
            vacant_seats=seats,
            hours=hours * (len(people) + seats),
            earliest_on=self._earliest(people, hours) if course else None,
            also_needs=self._also_needs(people, course) if course else (),
        )

    def _courses(self, competency: str, level: int) -> list[Course]:
        """List the live courses that grant a competency, the shortest first."""
        granting = [
            course
            for course in self._index.facts.courses.values()
            if course.is_live
            and any(code == competency and at >= level for code, at in course.grants)
        ]
        return sorted(granting, key=lambda course: (course.hours, course.slug))

    def _holders(self, competency: str, level: int) -> set[int]:
        holders = self._able.holders(competency, level)
        return {holder.person.id for holder in holders}

    def _owes(self, person_id: int, courses: Iterable[Course]) -> bool:
        return any((person_id, None, course.slug) in self._owed for course in courses)

    def _by_name(self, person_ids: Iterable[int]) -> list[int]:
        people = self._index.people
        return sorted(person_ids, key=lambda one: (folded(people[one].name), one))

    def _earliest(self, people: Iterable[int], hours: Fraction) -> date | None:
        """Return when the last of some people can have learned these hours too."""
        weeks = [
            weeks_needed(
                self._hours_left.get(person_id, _NOTHING) + hours,
                self._index.people[person_id].weekly_hours,
            )
            for person_id in people
        ]
        known = [number for number in weeks if number is not None]
        if not known or len(known) < len(weeks):
            return None
        return self._day + max(known) * _WEEK

    def _also_needs(self, people: Collection[int], course: Course) -> tuple[str, ...]:
        return tuple(
            earlier
            for earlier in course.prerequisites
            if any(
                not self._index.counts_on(person_id, earlier, self._day)
                and (person_id, None, earlier) not in self._owed
                for person_id in people
            )
        )
