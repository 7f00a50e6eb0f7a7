"""Who could still learn what a call asks for, and by when they have to start."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from conexx_learn.domain.readiness.capabilities import Capabilities, reading_order
from conexx_learn.domain.readiness.facts import Course, InstitutionFacts, Person

BUFFER = timedelta(days=14)
"""Courses end this long before the deadline: the dossier has to be written too."""

_MOST_WEEKS = 2600
"""Nobody plans further than fifty years back."""


@dataclass(frozen=True, slots=True)
class OwedCourse:
    """A course that somebody owes, as far as a call is concerned.

    Attributes:
        person_id: Who; None for a vacant seat.
        course: Slug.
        due_on: By when; None where it has no day yet.
        hours_left: Until it is passed; not read where it is met.
        is_met: Whether it is met today, perhaps by a certificate that runs out.
    """

    person_id: int | None
    course: str
    due_on: date | None
    hours_left: Fraction
    is_met: bool


@dataclass(frozen=True, slots=True)
class Start:
    """A person who could begin a course, or go on with it.

    Attributes:
        person: Who.
        course: Slug of the course that brings the competency.
        hours_left: Of the course, and of what is wanted before it and not passed.
        latest_start: Last day on which they can start; None where they have no hours
            for learning.
        is_planned: Whether a requirement asks for it before the deadline.
        is_blocked: Whether they have no attempt left; a trainer can grant one.
    """

    person: Person
    course: str
    hours_left: Fraction
    latest_start: date | None
    is_planned: bool
    is_blocked: bool

    def is_too_late(self, today: date) -> bool:
        """Say whether the last day to start is past, or never was."""
        return self.latest_start is None or self.latest_start < today


def latest_start(
    hours: Fraction, *, weekly_hours: int, deadline_on: date
) -> date | None:
    """Return the last day on which so many hours can be started for a deadline.

    Args:
        hours: 0 or more.
        weekly_hours: Hours a week for learning, 0 to 20.
        deadline_on: The last day of the call, at the institution.

    Returns:
        Whole weeks before the buffer; None where there are no hours for learning, or
        where it would take a lifetime.

    Example:
        >>> latest_start(Fraction(12), weekly_hours=2, deadline_on=date(2027, 1, 15))
        datetime.date(2026, 11, 20)
    """
    if hours > 0 and weekly_hours == 0:
        return None
    weeks = ceil(hours / weekly_hours) if hours > 0 else 0
    if weeks > _MOST_WEEKS:
        return None
    return deadline_on - BUFFER - timedelta(weeks=weeks)


class Candidates:
    """Everybody in a post on the deadline, with the courses that they could take.

    Args:
        facts: What is known; `facts.as_of` is today.
        owed: Every obligation, met or not.
        then: Who is in a post on the deadline.
    """

    def __init__(
        self, facts: InstitutionFacts, owed: Sequence[OwedCourse], then: Capabilities
    ) -> None:
        self._today = facts.as_of
        self._courses = facts.courses
        self._then = then
        self._owed = {(one.person_id, one.course): one for one in owed}
        self._learning = {(one.person_id, one.course): one for one in facts.learning}
        self._passed = {
            (certificate.person_id, certificate.course)
            for certificate in facts.certificates
            if certificate.is_valid_on(facts.as_of)
        }

    def is_owed(self, competency: str, level: int) -> bool:
        """Say whether some obligation, also of a vacant seat, leads to a competency."""
        leading = {
            course.slug
            for course in self._courses.values()
            if _brings(course, competency, level)
        }
        return any(course in leading for _, course in self._owed)

    def for_need(
        self, competency: str, level: int, *, without: Collection[int]
    ) -> list[Start]:
        """List who could start what, the best first.

        Args:
            competency: Code.
            level: 1 to 4, at least.
            without: Keys of the people who have it already.
        """
        leading = [
            course
            for course in self._courses.values()
            if _brings(course, competency, level)
        ]
        found = []
        for person_id in self._then.appointments:
            starts = [
                self._start(self._then.people[person_id], course)
                for course in leading
                if person_id not in without and self._can_take(person_id, course)
            ]
            if starts:
                found.append(min(starts, key=_shortest_planned))
        return sorted(found, key=lambda start: _best_first(start, self._today))

    def _can_take(self, person_id: int, course: Course) -> bool:
        """Say whether a course can be begun, or was before it was withdrawn."""
        return course.is_live or (person_id, course.slug) in self._learning

    def _start(self, person: Person, course: Course) -> Start:
        path: dict[str, Fraction] = {}
        self._walk(person.id, course.slug, path)
        hours = sum(path.values(), Fraction(0))
        owed = self._owed.get((person.id, course.slug))
        learning = [self._learning.get((person.id, slug)) for slug in path]
        return Start(
            person=person,
            course=course.slug,
            hours_left=hours,
            latest_start=latest_start(
                hours, weekly_hours=person.weekly_hours, deadline_on=self._then.day
            ),
            is_planned=owed is not None
            and owed.due_on is not None
            and owed.due_on <= self._then.day,
            is_blocked=any(one is not None and one.is_blocked for one in learning),
        )

    def _walk(self, person_id: int, slug: str, path: dict[str, Fraction]) -> None:
        """Gather a course and all that is wanted before it and not passed.

        Args:
            person_id: Who.
            slug: Of the course; one that is not known costs nothing.
            path: Slug to hours left; filled here, and no course twice.
        """
        course = self._courses.get(slug)
        if course is None:
            return
        path[slug] = self._hours_left(person_id, course)
        for before in course.prerequisites:
            if before not in path and (person_id, before) not in self._passed:
                self._walk(person_id, before, path)

    def _hours_left(self, person_id: int, course: Course) -> Fraction:
        owed = self._owed.get((person_id, course.slug))
        if owed is not None and not owed.is_met:
            return owed.hours_left
        learning = self._learning.get((person_id, course.slug))
        return course.hours * (1 - learning.progress) if learning else course.hours


class Workload:
    """What people were asked to start so far, so that no hour is counted twice.

    Args:
        today: A start of before is too late.
        deadline_on: The deadline of the call.
    """

    def __init__(self, *, today: date, deadline_on: date) -> None:
        self._today = today
        self._deadline_on = deadline_on
        self._asked: dict[int, dict[str, Fraction]] = {}

    def choose(self, possible: Sequence[Start], *, count: int) -> tuple[Start, ...]:
        """Ask the best for their start, given what they were asked before.

        Args:
            possible: One for each person.
            count: How many are wanted.

        Returns:
            As many as there are, with the day by which all that the person was asked
            for has to begin.
        """
        loaded = [self._loaded(start) for start in possible]
        loaded.sort(key=lambda start: _best_first(start, self._today))
        chosen = loaded[:count]
        for start in chosen:
            asked = self._asked.setdefault(start.person.id, {})
            asked[start.course] = start.hours_left
        return tuple(chosen)

    def _loaded(self, start: Start) -> Start:
        asked = {
            **self._asked.get(start.person.id, {}),
            start.course: start.hours_left,
        }
        day = latest_start(
            sum(asked.values(), Fraction(0)),
            weekly_hours=start.person.weekly_hours,
            deadline_on=self._deadline_on,
        )
        return replace(start, latest_start=day)


def _brings(course: Course, competency: str, level: int) -> bool:
    return any(code == competency and grant >= level for code, grant in course.grants)


def _shortest_planned(start: Start) -> tuple[bool, Fraction, str]:
    return not start.is_planned, start.hours_left, start.course


def _best_first(
    start: Start, today: date
) -> tuple[bool, bool, bool, int, tuple[str, int]]:
    """Prefer who is in time, not blocked, in the plan, and can wait longest."""
    day = start.latest_start or date.min
    return (
        start.is_too_late(today),
        start.is_blocked,
        not start.is_planned,
        -day.toordinal(),
        reading_order(start.person),
    )
