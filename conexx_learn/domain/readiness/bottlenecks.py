"""Who and which course unblocks most: what to do next.

First what closes a minimum of the institution, then what opens a call, then what brings
most readiness for an hour of learning.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.hours import hours_left
from conexx_learn.domain.readiness.standings import (
    Judgement,
    Standing,
    missing_prerequisites,
)

Count = Callable[[int, str], int]
"""From a person's key and a course's slug to how many things that settles."""

_NOTHING = Fraction(0)


def _none(_person_id: int, _course: str) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """One obligation that is not met, and what meeting it would bring.

    Attributes:
        judged: Who, which course, and what stands in the way.
        gain: What strict readiness would rise by, 0 to 1.
        hours: Still to learn; 0 when only the final quiz is left.
        minima_closed: Minima of the institution that it would close.
        calls_unblocked: Calls that it would open.
    """

    judged: Judgement
    gain: Fraction
    hours: Fraction
    minima_closed: int
    calls_unblocked: int

    @property
    def gain_per_hour(self) -> Fraction | None:
        """Return the gain for an hour of learning; None when no hour is left."""
        return self.gain / self.hours if self.hours else None


@dataclass(frozen=True, slots=True)
class CourseBottleneck:
    """One course, and what it would bring if everybody who owes it met it.

    Attributes:
        course: Slug.
        judged: The obligations that are not met, vacant seats included; empty for a
            course that nobody owes and that others wait for.
        gain: What strict readiness would rise by, 0 to 1.
        hours: Still to learn, together.
        waiting: Locked obligations that want this course first, perhaps with others.
        gain_waiting: What those are worth, 0 to 1.
        minima_closed: Minima of the institution that it would close, person by person.
        calls_unblocked: Calls that it would open, person by person.
    """

    course: str
    judged: tuple[Judgement, ...]
    gain: Fraction
    hours: Fraction
    waiting: tuple[Judgement, ...]
    gain_waiting: Fraction
    minima_closed: int
    calls_unblocked: int

    @property
    def whole_gain(self) -> Fraction:
        """Return its own gain with what it helps to unlock."""
        return self.gain + self.gain_waiting


def bottlenecks(
    index: FactIndex,
    judged: Iterable[Judgement],
    *,
    minima_closed: Count = _none,
    calls_unblocked: Count = _none,
) -> list[Bottleneck]:
    """Rank everything that is not met by what meeting it would bring.

    Args:
        index: The facts.
        judged: Of any scope; the gain is counted in that scope's weight.
        minima_closed: How many minima a person closes with a course.
        calls_unblocked: How many calls a person opens with a course.

    Returns:
        The most useful first; equals in the order given. What has no hour left comes
        before what costs hours.
    """
    judged = list(judged)
    weight = _required_weight(judged)
    found = [
        Bottleneck(
            judged=one,
            gain=Fraction(one.obligation.weight, weight),
            hours=hours_left(index, one),
            minima_closed=_counted(one, minima_closed),
            calls_unblocked=_counted(one, calls_unblocked),
        )
        for one in judged
        if one.is_unmet
    ]
    return sorted(found, key=_usefulness)


def course_bottlenecks(
    index: FactIndex,
    judged: Iterable[Judgement],
    day: date,
    *,
    minima_closed: Count = _none,
    calls_unblocked: Count = _none,
) -> list[CourseBottleneck]:
    """Rank courses by what they would bring, over all who owe them.

    A course that nobody owes is in the list when locked obligations wait for it.

    Args:
        index: The facts.
        judged: Of any scope; the gain is counted in that scope's weight.
        day: That it was judged for.
        minima_closed: How many minima a person closes with a course.
        calls_unblocked: How many calls a person opens with a course.

    Returns:
        By minima closed, calls unblocked and gain with what it unlocks, the greatest
        first; equals by slug.
    """
    judged = list(judged)
    weight = _required_weight(judged)
    owed: dict[str, list[Judgement]] = defaultdict(list)
    for one in judged:
        if one.is_unmet:
            owed[one.obligation.course].append(one)
    waiting = _waiting(index, judged, day)
    found = [
        CourseBottleneck(
            course=course,
            judged=tuple(owed.get(course, ())),
            gain=_gain(owed.get(course, ()), weight),
            hours=sum((hours_left(index, o) for o in owed.get(course, ())), _NOTHING),
            waiting=tuple(waiting.get(course, ())),
            gain_waiting=_gain(waiting.get(course, ()), weight),
            minima_closed=_all_counted(owed.get(course, ()), minima_closed),
            calls_unblocked=_all_counted(owed.get(course, ()), calls_unblocked),
        )
        for course in sorted({*owed, *waiting})
    ]
    return sorted(found, key=_breadth)


def _waiting(
    index: FactIndex, judged: Iterable[Judgement], day: date
) -> dict[str, list[Judgement]]:
    """Map each course to the locked obligations that want it first."""
    waiting: dict[str, list[Judgement]] = defaultdict(list)
    for one in judged:
        person_id = one.obligation.person_id
        if one.standing is Standing.LOCKED and person_id is not None:
            course = one.obligation.course
            for earlier in missing_prerequisites(index, person_id, course, day):
                waiting[earlier].append(one)
    return waiting


def _required_weight(judged: Iterable[Judgement]) -> int:
    return sum(one.obligation.weight for one in judged if not one.is_exempt)


def _gain(judged: Collection[Judgement], weight: int) -> Fraction:
    return Fraction(sum(one.obligation.weight for one in judged), weight)


def _counted(one: Judgement, count: Count) -> int:
    """Count what a person settles; a vacant seat settles nothing until it is filled."""
    person_id = one.obligation.person_id
    return 0 if person_id is None else count(person_id, one.obligation.course)


def _all_counted(judged: Sequence[Judgement], count: Count) -> int:
    return sum(_counted(one, count) for one in judged)


def _usefulness(one: Bottleneck) -> tuple[int, int, bool, Fraction]:
    per_hour = one.gain_per_hour
    return (
        -one.minima_closed,
        -one.calls_unblocked,
        per_hour is not None,
        -(one.gain if per_hour is None else per_hour),
    )


def _breadth(one: CourseBottleneck) -> tuple[int, int, Fraction, Fraction, str]:
    return (
        -one.minima_closed,
        -one.calls_unblocked,
        -one.whole_gain,
        -one.gain,
        one.course,
    )
