"""When everything will be met if the pace of the last 12 weeks goes on.

Two days are told, never one: by the earlier the chance is one half, by the later 85 %.
Too little history gives no days but a reason. Certificates that end on the way must be
renewed and add to what is to be done; and nobody learns faster than their hours allow.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Plan
from conexx_learn.domain.readiness.standings import Judgement
from conexx_learn.domain.readiness.throughput import (
    HORIZON_WEEKS,
    chances_of_enough,
)

HALF = Fraction(1, 2)
MOST = Fraction(85, 100)

LEAST_HISTORY_WEEKS = 6
LEAST_COMPLETIONS = 5
LEAST_WEEKS_WITH_COMPLETIONS = 3

_DAYS_A_WEEK = 7
_WEEK = timedelta(weeks=1)


class Silence(StrEnum):
    """Why there are no days to tell.

    Attributes:
        NO_REQUIREMENTS: Nothing is required of anybody.
        SHORT_HISTORY: The plan is in force for less than six weeks.
        FEW_COMPLETIONS: Fewer than five in twelve weeks.
        FEW_WEEKS: Fewer than three of the weeks brought any.
        NO_HOURS: Somebody has hours left to learn and none a week.
        TREADMILL: Certificates end as fast as new ones come.
        OUT_OF_REACH: At this pace it takes more than 104 weeks.
    """

    NO_REQUIREMENTS = "no_requirements"
    SHORT_HISTORY = "short_history"
    FEW_COMPLETIONS = "few_completions"
    FEW_WEEKS = "few_weeks"
    NO_HOURS = "no_hours"
    TREADMILL = "treadmill"
    OUT_OF_REACH = "out_of_reach"


TOO_LITTLE_KNOWN = frozenset(
    {
        Silence.NO_REQUIREMENTS,
        Silence.SHORT_HISTORY,
        Silence.FEW_COMPLETIONS,
        Silence.FEW_WEEKS,
    }
)
"""The silences that say nothing about when; the others say: not at this pace."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done, and since when it is being done.

    Attributes:
        unmet: Number of obligations that are not met.
        required: Number of obligations, without those that are exempt.
        expiries: Weeks from now to how many that are met now will have ended.
        least_weeks: Before which the hours of the busiest person are not over; None
            when somebody has hours left and none a week.
        history_weeks: Whole weeks since the plan came into force.
        days_left: To the last day of the plan; negative when it is past.
    """

    unmet: int
    required: int
    expiries: Callable[[int], int]
    least_weeks: int | None
    history_weeks: int
    days_left: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """When all will be met.

    Attributes:
        weekly: Completions of each past week, oldest first.
        p50_weeks: Whole weeks after which the chance is one half or more.
        p85_weeks: Whole weeks after which it is 85 % or more.
        silence: Why one or both are None; None when both are told.
        chance_in_time: That all is met on the last day of the plan, by whole weeks;
            None where too little is known, or that day is past or beyond two years.
        required_pace: A week, to be in time; None when no day is left.
        observed_pace: Mean of the past weeks.
    """

    weekly: tuple[int, ...]
    p50_weeks: int | None
    p85_weeks: int | None
    silence: Silence | None
    chance_in_time: Fraction | None
    required_pace: Fraction | None
    observed_pace: Fraction

    @property
    def is_known(self) -> bool:
        """Say whether the past tells enough to speak of when."""
        return self.silence not in TOO_LITTLE_KNOWN

    def p50_on(self, day: date) -> date | None:
        """Return the earlier day, counted from the day of the forecast."""
        return None if self.p50_weeks is None else day + self.p50_weeks * _WEEK

    def p85_on(self, day: date) -> date | None:
        """Return the later day, counted from the day of the forecast."""
        return None if self.p85_weeks is None else day + self.p85_weeks * _WEEK


def forecast(weekly: Sequence[int], work: Work) -> Forecast:
    """Say when all will be met.

    Where nothing is left to do it is met in 0 weeks, and no past is needed to say so.

    Args:
        weekly: Completions of each of the last weeks, zeros included.
        work: What is to be done.
    """
    silence = too_little_known(weekly, work)
    chances = [] if silence else list(_chances(weekly, work))
    p50, p85 = (_first_week(chances, chance) for chance in (HALF, MOST))
    if work.required and not work.unmet:
        p50 = p85 = 0
    elif not silence and p85 is None:
        silence = _why_never(weekly, work)
    return Forecast(
        weekly=tuple(weekly),
        p50_weeks=p50,
        p85_weeks=p85,
        silence=None if p85 is not None else silence,
        chance_in_time=_chance_in_time(chances, work.days_left),
        required_pace=_required_pace(work),
        observed_pace=Fraction(sum(weekly), len(weekly)),
    )


def too_little_known(weekly: Sequence[int], work: Work) -> Silence | None:
    """Say why the past is too short to speak of when; None when it is not."""
    if not work.required:
        return Silence.NO_REQUIREMENTS
    if work.history_weeks < LEAST_HISTORY_WEEKS:
        return Silence.SHORT_HISTORY
    if sum(weekly) < LEAST_COMPLETIONS:
        return Silence.FEW_COMPLETIONS
    if sum(map(bool, weekly)) < LEAST_WEEKS_WITH_COMPLETIONS:
        return Silence.FEW_WEEKS
    return None


def expiries(judged: Iterable[Judgement], day: date) -> Callable[[int], int]:
    """Return the function from weeks to how many that are met will have ended by then.

    A certificate whose last valid day is exactly so many weeks ahead has not ended: it
    counts on that day.
    """
    ends = sorted(one.until for one in judged if one.is_met and one.until is not None)
    return lambda weeks: bisect_left(ends, day + weeks * _WEEK)


def history_weeks(index: FactIndex, plan: Plan, day: date) -> int:
    """Return the whole weeks since a plan, in its first version, came into force."""
    approvals = [
        version.approved_on
        for version in index.facts.plans
        if version.series == plan.series
        and version.approved_on is not None
        and version.approved_on <= day
    ]
    return (day - min(approvals, default=day)).days // _DAYS_A_WEEK


def _chances(weekly: Sequence[int], work: Work) -> Iterable[Fraction]:
    """List the chance that all is met after 0, 1 … 104 weeks; none before it can be."""
    likely = chances_of_enough(weekly, lambda weeks: work.unmet + work.expiries(weeks))
    for weeks, chance in enumerate(likely):
        can_be = work.least_weeks is not None and work.least_weeks <= weeks
        yield chance if can_be else Fraction(0)


def _first_week(chances: Sequence[Fraction], wanted: Fraction) -> int | None:
    reached = (weeks for weeks, chance in enumerate(chances) if chance >= wanted)
    return next(reached, None)


def _why_never(weekly: Sequence[int], work: Work) -> Silence:
    if work.least_weeks is None:
        return Silence.NO_HOURS
    if sum(weekly) * HORIZON_WEEKS <= work.expiries(HORIZON_WEEKS) * len(weekly):
        return Silence.TREADMILL
    return Silence.OUT_OF_REACH


def _chance_in_time(chances: Sequence[Fraction], days_left: int) -> Fraction | None:
    weeks = days_left // _DAYS_A_WEEK
    return chances[weeks] if 0 <= weeks < len(chances) else None


def _required_pace(work: Work) -> Fraction | None:
    if work.days_left <= 0:
        return None
    return Fraction(work.unmet * _DAYS_A_WEEK, work.days_left)
