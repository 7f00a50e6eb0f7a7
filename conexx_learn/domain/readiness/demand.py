"""What training plans ask of the posts and people that exist on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import (
    AudienceKind,
    Plan,
    Reason,
    Requirement,
)

Begins = Mapping[int, date | None]
"""Key of a post to the first day of a person in it; None where nobody entered it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of everybody in the same posts about one course.

    Several requirements for one course are one: the earliest day, the greatest weight,
    the youngest certificate, the newest version, and every reason.

    Attributes:
        course: Slug.
        weight: 1 useful, 2 important, 3 critical.
        due_on: The earliest of the days that are given, or None.
        due_days: Where the day counts from an appointment: the posts whose beginning
            counts (the earliest of them), and the days after it.
        recert_months: How old a certificate may be, or None.
        min_major: Lowest major version that counts, or None.
        reasons: Of all the requirements, each once, in the order of the plans.
        requirement_ids: The requirements that ask for it.
        plan_ids: The plans that they are of, each once.
        post_ids: The posts through which it is asked, in their order.
    """

    course: str
    weight: int
    due_on: date | None
    due_days: tuple[tuple[tuple[int, ...], int], ...]
    recert_months: int | None
    min_major: int | None
    reasons: tuple[Reason, ...]
    requirement_ids: tuple[int, ...]
    plan_ids: tuple[int, ...]
    post_ids: tuple[int, ...]

    def due(self, begins: Begins) -> date | None:
        """Return by when somebody owes it; None when no day can be told."""
        counted = [
            begin + timedelta(days=days)
            for post_ids, days in self.due_days
            for begin in map(begins.get, post_ids)
            if begin is not None
        ]
        given = [] if self.due_on is None else [self.due_on]
        return min([*given, *counted], default=None)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A requirement as it reaches somebody, through none, one or several posts."""

    requirement: Requirement
    post_ids: tuple[int, ...]


class Demand:
    """The requirements of some plans, spread over posts and people.

    People in the same posts share their terms, so that each set of posts is merged
    once however many people hold them.
    """

    def __init__(
        self, index: FactIndex, plans: Iterable[Plan], post_ids: frozenset[int]
    ) -> None:
        self._index = index
        self._requirements = [line for plan in plans for line in plan.requirements]
        self._by_post: dict[int, list[int]] = defaultdict(list)
        self._by_person: dict[int, list[int]] = defaultdict(list)
        for place, requirement in enumerate(self._requirements):
            audience = requirement.audience
            if audience.kind is AudienceKind.PERSON:
                self._by_person[int(audience.key)].append(place)
            for post in index.posts_of(audience, post_ids):
                self._by_post[post.id].append(place)
        self._merged: dict[tuple[tuple[int, ...], int | None], tuple[Terms, ...]] = {}

    def of_person(self, person_id: int, post_ids: tuple[int, ...]) -> tuple[Terms, ...]:
        """List what is asked of a person in some posts, by course.

        Args:
            person_id: Who.
            post_ids: Theirs, each once, in their order; may be empty.
        """
        return self._terms(
            post_ids, person_id if person_id in self._by_person else None
        )

    def of_seat(self, post_id: int) -> tuple[Terms, ...]:
        """List what is asked of whoever comes into a post, by course."""
        return self._terms((post_id,), None)

    def _terms(
        self, post_ids: tuple[int, ...], person_id: int | None
    ) -> tuple[Terms, ...]:
        key = post_ids, person_id
        if key not in self._merged:
            self._merged[key] = self._terms_anew(post_ids, person_id)
        return self._merged[key]

    def _terms_anew(
        self, post_ids: tuple[int, ...], person_id: int | None
    ) -> tuple[Terms, ...]:
        reached: dict[int, list[int]] = defaultdict(list)
        for post_id in post_ids:
            for place in self._by_post.get(post_id, ()):
                reached[place].append(post_id)
        if person_id is not None:
            reached |= {place: list(post_ids) for place in self._by_person[person_id]}
        by_course: dict[str, list[_Asked]] = defaultdict(list)
        for place, posts in sorted(reached.items()):
            requirement = self._requirements[place]
            by_course[requirement.course].append(_Asked(requirement, tuple(posts)))
        courses = sorted(by_course, key=self._index.course_order)
        return tuple(_merged(course, by_course[course], post_ids) for course in courses)


class Demands:
    """The demand of the plans in force on any day, each worked out once."""

    def __init__(self, index: FactIndex, *, series: int | None = None) -> None:
        self._index = index
        self._series = series
        self._made: dict[tuple[tuple[int, ...], frozenset[int]], Demand] = {}

    def on(self, day: date) -> Demand:
        """Return what the plans in force on a day ask of the posts of that day."""
        plans = self._index.plans_in_force(day, series=self._series)
        post_ids = self._index.post_ids_on(day)
        key = tuple(plan.id for plan in plans), post_ids
        if key not in self._made:
            self._made[key] = Demand(self._index, plans, post_ids)
        return self._made[key]


def _merged(course: str, asked: Sequence[_Asked], post_order: tuple[int, ...]) -> Terms:
    lines = [one.requirement for one in asked]
    days = [line.due_on for line in lines if line.due_on is not None]
    ages = [line.recert_months for line in lines if line.recert_months is not None]
    majors = [line.min_major for line in lines if line.min_major is not None]
    through = {post_id for one in asked for post_id in one.post_ids}
    return Terms(
        course=course,
        weight=max(line.weight for line in lines),
        due_on=min(days, default=None),
        due_days=tuple(
            (one.post_ids, one.requirement.due_days)
            for one in asked
            if one.requirement.due_days is not None
        ),
        recert_months=min(ages, default=None),
        min_major=max(majors, default=None),
        reasons=tuple(dict.fromkeys(line.reason for line in lines)),
        requirement_ids=tuple(line.id for line in lines),
        plan_ids=tuple(dict.fromkeys(line.plan_id for line in lines)),
        post_ids=tuple(post_id for post_id in post_order if post_id in through),
    )
