"""Proposals made into lines of a plan: merged, in an order, each with a day.

The day is the first by which all whom a line binds can have done it after what they
owe already and after the lines before it, moved to the end of its month. The plan
that is made of all the lines is then one that people have the hours for.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import (
    Audience,
    CitedNeed,
    FunctionMinimum,
    Plan,
    Reason,
    Requirement,
)
from conexx_learn.domain.readiness.hours import (
    course_hours,
    hours_left,
    planned_hours,
    weeks_needed,
)
from conexx_learn.domain.readiness.obligations import earliest_begins
from conexx_learn.domain.readiness.proposals import ProfileRequirement, Proposal
from conexx_learn.domain.readiness.standings import Judgement, judgements

Need = ProfileRequirement | FunctionMinimum


def cited_need(need: Need) -> CitedNeed:
    """Return what a line says of why it was proposed."""
    if isinstance(need, FunctionMinimum):
        return CitedNeed("", need.competency, need.level, need.holders)
    return CitedNeed(need.profile, need.competency, need.min_level, holders=0)


NEWCOMERS_HAVE_DAYS = 180
"""By when whoever comes into a vacant seat owes a course that has no day of its own."""

_UNFORESEEN = timedelta(days=365)
"""When a line is due that somebody has no hours for: the plan then says so."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line that a plan might have.

    Attributes:
        needs: Why: what profiles and the institution ask for, each once.
        audience: Whom it would bind.
        course: Slug.
        weight: 1 useful, 2 important, 3 critical.
        due_on: By when; None where it counts from the appointment.
        due_days: Days after the appointment; None where a day is given.
        person_ids: Who would owe it and lacks it, in reading order.
        vacant_seats: How many seats would.
        hours: Workload of all of them together.
        also_needs: Courses wanted before it that no suggestion brings either.
    """

    needs: tuple[Need, ...]
    audience: Audience
    course: str
    weight: int
    due_on: date | None
    due_days: int | None
    person_ids: tuple[int, ...]
    vacant_seats: int
    hours: Fraction
    also_needs: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return what names it in a form: audience and course."""
        return f"{self.audience.kind.value}:{self.audience.key}:{self.course}"


def suggestions(
    index: FactIndex, proposed: Iterable[Proposal], day: date
) -> list[Suggestion]:
    """Turn proposals into lines, the heaviest first, a prerequisite before its course.

    Args:
        index: The facts.
        proposed: Those without a course are left out; a page names them apart.
        day: When.
    """
    groups: dict[tuple[Audience, str], list[Proposal]] = defaultdict(list)
    for one in proposed:
        if one.course is not None:
            groups[one.audience, one.course].append(one)
    ordered = _in_order(index, [_Line(*key, one) for key, one in groups.items()])
    calendar = _Calendar(index, ordered, day)
    return [
        calendar.suggestion(place, line, groups.keys())
        for place, line in enumerate(ordered)
    ]


@dataclass(frozen=True, slots=True)
class _Line:
    """The proposals of one course for the same audience."""

    audience: Audience
    course: str
    proposed: Sequence[Proposal]

    @property
    def weight(self) -> int:
        return max(one.weight for one in self.proposed)

    @property
    def due_days(self) -> int | None:
        days = [one.due_days for one in self.proposed if one.due_days is not None]
        return min(days, default=None)

    @property
    def also_needs(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(slug for one in self.proposed for slug in one.also_needs)
        )


def _in_order(index: FactIndex, lines: Iterable[_Line]) -> list[_Line]:
    ordered: list[_Line] = []
    waiting = sorted(
        lines,
        key=lambda one: (-one.weight, course_hours(index, one.course), one.course),
    )
    while waiting:
        courses = {one.course for one in waiting}
        ready = [one for one in waiting if not courses & _before(index, one.course)]
        # Courses that want each other are taken as they come.
        ordered.append((ready or waiting)[0])
        waiting.remove(ordered[-1])
    return ordered


def _before(index: FactIndex, course: str) -> set[str]:
    known = index.facts.courses.get(course)
    return set(known.prerequisites) if known else set()


class _Calendar:
    """What the lines would ask of whom, and how many hours each person has so far."""

    def __init__(self, index: FactIndex, lines: Sequence[_Line], day: date) -> None:
        self._index = index
        self._day = day
        self._asked: dict[int, list[Judgement]] = defaultdict(list)
        self._hours: dict[int, Fraction] = defaultdict(Fraction)
        self._booked: set[tuple[int, str]] = set()
        plans = [*index.plans_in_force(day), _plan(lines, day)]
        for one in judgements(index, day, plans=plans):
            places = [-key - 1 for key in one.obligation.requirement_ids if key < 0]
            for place in places:
                self._asked[place].append(one)
            if not places and one.obligation.person_id is not None:
                self._hours[one.obligation.person_id] += hours_left(index, one)

    def suggestion(
        self, place: int, line: _Line, brought: Iterable[tuple[Audience, str]]
    ) -> Suggestion:
        """Give a line its day, after all the lines before it."""
        missing = [one for one in self._asked[place] if one.is_unmet]
        people = {
            one.obligation.person_id: one
            for one in missing
            if one.obligation.person_id is not None
        }
        due_on, due_days = self._due(line, people)
        return Suggestion(
            needs=tuple(dict.fromkeys(one.need for one in line.proposed)),
            audience=line.audience,
            course=line.course,
            weight=line.weight,
            due_on=due_on,
            due_days=due_days,
            person_ids=tuple(people),
            vacant_seats=len(missing) - len(people),
            hours=planned_hours(self._index, [one.obligation for one in missing]),
            also_needs=tuple(
                slug
                for slug in line.also_needs
                if (line.audience, slug) not in set(brought)
            ),
        )

    def _due(
        self, line: _Line, people: Mapping[int, Judgement]
    ) -> tuple[date | None, int | None]:
        if not people:
            return None, line.due_days or NEWCOMERS_HAVE_DAYS
        earliest = self._earliest(people)
        if line.due_days is not None and self._is_ahead(people, line, earliest):
            return None, line.due_days
        return _end_of_month(earliest), None

    def _earliest(self, people: Mapping[int, Judgement]) -> date:
        """Return when the last of some people can have done a course, and book it."""
        last = self._day
        for person_id, one in people.items():
            if (person_id, one.obligation.course) not in self._booked:
                self._booked.add((person_id, one.obligation.course))
                self._hours[person_id] += hours_left(self._index, one)
            weekly_hours = self._index.people[person_id].weekly_hours
            weeks = weeks_needed(self._hours[person_id], weekly_hours)
            wait = _UNFORESEEN if weeks is None else timedelta(weeks=weeks)
            last = max(last, self._day + wait)
        return last

    def _is_ahead(
        self, people: Mapping[int, Judgement], line: _Line, earliest: date
    ) -> bool:
        """Say whether nobody's days after the appointment end before they can."""
        held = self._index.staffing(self._day).appointments
        begins = [
            begin
            for person_id, one in people.items()
            for post_id, begin in earliest_begins(held[person_id]).items()
            if post_id in one.obligation.post_ids
        ]
        days = timedelta(days=line.due_days or 0)
        return all(begin is not None and begin + days >= earliest for begin in begins)


def _plan(lines: Sequence[_Line], day: date) -> Plan:
    """Write the lines into a plan that nobody has; their keys are negative."""
    return Plan(
        id=0,
        series=0,
        version=1,
        title="",
        starts_on=day,
        ends_on=day,
        target_bp=1,
        approved_on=None,
        superseded_on=None,
        completed_on=None,
        requirements=tuple(
            Requirement(
                id=-place - 1,
                plan_id=0,
                audience=line.audience,
                course=line.course,
                min_major=None,
                due_on=None,
                due_days=0,
                recert_months=None,
                weight=line.weight,
                min_holders=None,
                reason=Reason("profile", ""),
            )
            for place, line in enumerate(lines)
        ),
    )


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
