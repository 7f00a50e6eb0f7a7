"""The one word for a plan: the first of these that fits, in this order."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from conexx_learn.domain.readiness.facts import Plan
from conexx_learn.domain.readiness.forecast import Forecast
from conexx_learn.domain.readiness.tally import Tally

_WHOLE_BP = 10_000


class PlanLabel(StrEnum):
    """How a plan stands.

    Attributes:
        NO_PLAN: The institution has none in force.
        READY: No critical gap, every function has its people, the target is reached.
        LATE: Its last day is past, or even one chance in two lies behind it.
        NO_FORECAST: Too little is known to say more.
        AT_RISK: One chance in two is in time, 85 % are not.
        ON_TRACK: 85 % are in time.
    """

    NO_PLAN = "NO PLAN"
    READY = "READY"
    LATE = "LATE"
    NO_FORECAST = "NO FORECAST"
    AT_RISK = "AT RISK"
    ON_TRACK = "ON TRACK"


MOST_URGENT_FIRST = (
    PlanLabel.LATE,
    PlanLabel.AT_RISK,
    PlanLabel.NO_FORECAST,
    PlanLabel.ON_TRACK,
    PlanLabel.READY,
)
"""In which order several plans ask for attention."""


def institution_label(labels: Collection[PlanLabel]) -> PlanLabel:
    """Return the one word for an institution: of its plans in force, the most urgent.

    Example:
        >>> institution_label([])
        <PlanLabel.NO_PLAN: 'NO PLAN'>
    """
    return min(labels, key=MOST_URGENT_FIRST.index, default=PlanLabel.NO_PLAN)


def plan_label(
    plan: Plan,
    counted: Tally,
    foretold: Forecast,
    *,
    minima_met: bool,
    day: date,
) -> PlanLabel:
    """Say how a plan stands on a day; never that there is none.

    Args:
        plan: In force.
        counted: Its requirements alone.
        foretold: Of these requirements.
        minima_met: Whether every function of the institution has the people it needs.
        day: That both were made for.
    """
    if minima_met and _reaches_target(plan, counted):
        return PlanLabel.READY
    if plan.ends_on < day or _is_never(foretold):
        return PlanLabel.LATE
    likely_on, surely_on = foretold.p50_on(day), foretold.p85_on(day)
    if likely_on is None:
        return PlanLabel.NO_FORECAST
    if likely_on > plan.ends_on:
        return PlanLabel.LATE
    if surely_on is None or surely_on > plan.ends_on:
        return PlanLabel.AT_RISK
    return PlanLabel.ON_TRACK


def _reaches_target(plan: Plan, counted: Tally) -> bool:
    """Say whether enough is met; where nothing is required, nothing is reached."""
    share = counted.seats.value
    return (
        share is not None
        and not counted.critical
        and share * _WHOLE_BP >= plan.target_bp
    )


def _is_never(foretold: Forecast) -> bool:
    return foretold.is_known and foretold.p50_weeks is None
