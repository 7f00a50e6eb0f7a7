"""What learners do on a course: from what is stored of each to figures about all.

That a module was opened is not stored, and neither is how long it was read. Known is
when a module was marked as read, and what was done before: the time between the two
bounds the reading, where both lie within a day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import quantiles

from conexx_learn.domain.few_people import FEWEST_PEOPLE

IDLE = timedelta(days=14)
"""Who did nothing for so long, and is not done, has stopped."""
LATELY, WITHIN_WEEK = timedelta(days=28), timedelta(days=7)
LONGEST_READING = timedelta(days=1)
"""What took longer was not read in one go: it says nothing about the module."""
WEEK = timedelta(weeks=1)
WEEKS_SHOWN = 12
FINAL = ""
"""Stands for the final quiz where a module's slug is expected."""


@dataclass(frozen=True, slots=True)
class LearnerTrace:
    """What is stored of one person's newest enrolment on a course.

    Attributes:
        user_id: Whose.
        version_id: The version that they read.
        institution_ids: Where they belong today.
        started_at: When they enrolled.
        ended_at: When the course was complete; None while it is not.
        has_certificate: Whether this enrolment led to one.
        completed: Module slug and moment, the earliest first.
        passed: Slugs of modules whose quiz was passed; `FINAL` for the final quiz.
        last_active_at: The last thing that is known of them.
    """

    user_id: int
    version_id: int
    institution_ids: frozenset[int]
    started_at: datetime
    ended_at: datetime | None
    has_certificate: bool
    completed: tuple[tuple[str, datetime], ...]
    passed: frozenset[str]
    last_active_at: datetime

    @property
    def last_module(self) -> str | None:
        """Name the module that was completed last; None before the first."""
        return self.completed[-1][0] if self.completed else None


@dataclass(frozen=True, slots=True)
class ModuleTimes:
    """How long before a module was marked as read something else was done.

    Attributes:
        learners: How many are counted.
        lower, median, upper: Minutes, from 1; a quarter took at most `lower`, half at
            most `median`, three quarters at most `upper`.
    """

    learners: int
    lower: int
    median: int
    upper: int


def has_stopped(
    *, ended_at: datetime | None, last_active_at: datetime, now: datetime
) -> bool:
    """Say whether somebody is on the way no longer: not done, and idle for a while."""
    return ended_at is None and last_active_at <= now - IDLE


def stopped_within(trace: LearnerTrace, *, since: datetime, until: datetime) -> bool:
    """Say whether it was in a stretch of time that somebody became one who stopped."""
    return trace.ended_at is None and (
        since - IDLE < trace.last_active_at <= until - IDLE
    )


def reading_time(trace: LearnerTrace, module: str) -> timedelta | None:
    """Say what passed between a module's completion and what was done before it.

    Before it was another completion, or else the enrolment. None where the module is
    not complete, where more than a day passed, and where the two came together.
    """
    before = trace.started_at
    for slug, at in trace.completed:
        if slug == module:
            passed = at - before
            return passed if timedelta(0) < passed <= LONGEST_READING else None
        before = at
    return None


def module_times(traces: Iterable[LearnerTrace], module: str) -> ModuleTimes | None:
    """Compute the quartiles of a module's times; None where too few are known."""
    known = [
        passed.total_seconds() / 60
        for trace in traces
        if (passed := reading_time(trace, module)) is not None
    ]
    if len(known) < FEWEST_PEOPLE:
        return None
    lower, median, upper = quantiles(known, n=4, method="inclusive")
    return ModuleTimes(
        len(known), *(max(1, round(one)) for one in (lower, median, upper))
    )


def weekly_enrolments(
    traces: Iterable[LearnerTrace], *, today: date
) -> tuple[int, list[int]]:
    """Count enrolments by week.

    Returns:
        How many came before the first week shown; then one count a week, the last of
        which holds today.
    """
    begin = first_week(today)
    weeks, earlier = [0] * WEEKS_SHOWN, 0
    for trace in traces:
        week = (trace.started_at.date() - begin) // WEEK
        if week < 0:
            earlier += 1
        else:
            weeks[min(week, WEEKS_SHOWN - 1)] += 1
    return earlier, weeks


def first_week(today: date) -> date:
    """Return the Monday of the first week that is shown."""
    monday = today - timedelta(days=today.weekday())
    return monday - (WEEKS_SHOWN - 1) * WEEK


def active_since(traces: Iterable[LearnerTrace], moment: datetime) -> int:
    """Count who did something after a moment."""
    return sum(trace.last_active_at > moment for trace in traces)


def stopped_after(
    traces: Iterable[LearnerTrace], modules: Sequence[str], *, now: datetime
) -> list[int]:
    """Count who stopped, by the module that they completed last.

    Returns:
        First those who completed none of these modules, then one count a module.
    """
    place = {slug: number for number, slug in enumerate(modules, start=1)}
    counts = [0] * (len(modules) + 1)
    for trace in traces:
        if has_stopped(
            ended_at=trace.ended_at, last_active_at=trace.last_active_at, now=now
        ):
            counts[place.get(trace.last_module or "", 0)] += 1
    return counts
