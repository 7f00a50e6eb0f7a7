"""A plan on a day, whole: what is owed, how it stands, where it goes, and its label."""

from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.readiness.completions import weekly_completions
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Plan
from conexx_learn.domain.readiness.forecast import (
    Forecast,
    Work,
    expiries,
    forecast,
    history_weeks,
)
from conexx_learn.domain.readiness.hours import feasible_weeks
from conexx_learn.domain.readiness.labels import PlanLabel, plan_label
from conexx_learn.domain.readiness.standings import Judgement, judgements
from conexx_learn.domain.readiness.tally import Tally, tally


@dataclass(frozen=True, slots=True)
class PlanReadiness:
    """How a plan stands, by its own requirements alone.

    Attributes:
        plan: Which.
        judged: Everything that it asks for, in reading order.
        counted: Its figures.
        foretold: When all will be met.
        label: The one word.
    """

    plan: Plan
    judged: tuple[Judgement, ...]
    counted: Tally
    foretold: Forecast
    label: PlanLabel


def plan_readiness(
    index: FactIndex, plan: Plan, day: date, *, minima_met: bool
) -> PlanReadiness:
    """Say how a plan stands on a day.

    Args:
        index: The facts.
        plan: In force or not.
        day: Any day.
        minima_met: Whether every function of the institution has the people it needs.
    """
    judged = tuple(judgements(index, day, plans=[plan]))
    counted = tally(judged, day)
    foretold = forecast(
        weekly_completions(index, day, series=plan.series),
        Work(
            unmet=counted.unmet,
            required=len(judged) - counted.exempt,
            expiries=expiries(judged, day),
            least_weeks=feasible_weeks(index, judged),
            history_weeks=history_weeks(index, plan, day),
            days_left=(plan.ends_on - day).days,
        ),
    )
    label = plan_label(plan, counted, foretold, minima_met=minima_met, day=day)
    return PlanReadiness(plan, judged, counted, foretold, label)
