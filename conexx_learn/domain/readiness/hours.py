"""Hours that obligations still cost, and the weeks that people need for them."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.obligations import Obligation
from conexx_learn.domain.readiness.standings import Judgement, Standing

_NOTHING = Fraction(0)


def course_hours(index: FactIndex, course: str) -> Fraction:
    """Return the workload of a course; 0 for one that is not known."""
    known = index.facts.courses.get(course)
    return known.hours if known else _NOTHING


def planned_hours(index: FactIndex, owed: Iterable[Obligation]) -> Fraction:
    """Sum the hours that obligations cost from the start: what a plan budgets."""
    return sum((course_hours(index, one.course) for one in owed), _NOTHING)


def hours_left(index: FactIndex, judged: Judgement) -> Fraction:
    """Return the hours that an obligation still costs.

    Nothing when met or exempt; the share not done when in progress, which is 0 for
    somebody who has only the final quiz before them; else the whole course.
    """
    if not judged.is_unmet:
        return _NOTHING
    whole = course_hours(index, judged.obligation.course)
    if judged.standing is Standing.IN_PROGRESS:
        return whole * (1 - judged.progress)
    return whole


def hours_left_by_person(
    index: FactIndex, judged: Iterable[Judgement]
) -> dict[int, Fraction]:
    """Map each person who owes something to the hours that it still costs."""
    hours: dict[int, Fraction] = defaultdict(Fraction)
    for one in judged:
        if one.obligation.person_id is not None:
            hours[one.obligation.person_id] += hours_left(index, one)
    return dict(hours)


def weeks_needed(hours: Fraction, weekly_hours: int) -> int | None:
    """Return the whole weeks that some hours take; None for never.

    Example:
        >>> weeks_needed(Fraction(40), 2)
        20
    """
    if hours <= 0:
        return 0
    return ceil(hours / weekly_hours) if weekly_hours > 0 else None


def feasible_weeks(index: FactIndex, judged: Iterable[Judgement]) -> int | None:
    """Return the weeks before which nobody can have met all, whatever the pace.

    It is the time of the person who needs the longest for the hours that are left.

    Returns:
        Whole weeks; None when somebody has hours left and none a week.
    """
    weeks = [
        weeks_needed(hours, index.people[person_id].weekly_hours)
        for person_id, hours in hours_left_by_person(index, judged).items()
    ]
    known = [number for number in weeks if number is not None]
    return max(known, default=0) if len(known) == len(weeks) else None
