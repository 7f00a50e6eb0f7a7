"""Readiness at the end of each of the last weeks, with the facts of that time.

Every past day is judged with the plan versions, appointments and certificates of that
day, so that a point of the past never moves when later facts come in. A step down has
a cause that is shown with it: a new version of a plan, or people who left a post.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from conexx_learn.domain.readiness.demand import Demands, Terms
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.obligations import distinct_posts, vacant_seats
from conexx_learn.domain.readiness.tally import Share

TREND_WEEKS = 26

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Readiness on one day.

    Attributes:
        on: The day.
        share: Strict, vacant seats included.
        plans_begun: Plans in force that were not a week before.
        plans_ended: Plans no longer in force that were a week before.
        appointments_ended: How many appointments ended in the week.
    """

    on: date
    share: Share
    plans_begun: tuple[int, ...]
    plans_ended: tuple[int, ...]
    appointments_ended: int

    @property
    def has_step(self) -> bool:
        """Say whether what is asked changed, so that the line may jump."""
        return bool(self.plans_begun or self.plans_ended)


def trend(
    index: FactIndex, day: date, *, series: int | None = None
) -> tuple[TrendPoint, ...]:
    """Return readiness at the end of each of the last 26 weeks, oldest first.

    The last point is `day` itself, the others lie whole weeks before it.

    Args:
        index: The facts.
        day: The last day.
        series: Of one plan through all its versions; None for every plan.
    """
    demands = Demands(index, series=series)
    days = (day - weeks * _WEEK for weeks in reversed(range(TREND_WEEKS)))
    return tuple(_point(index, demands, on, series) for on in days)


def past_share(index: FactIndex, day: date, *, series: int | None = None) -> Share:
    """Return strict readiness on a day, vacant seats included, as in the trend."""
    return _share(index, Demands(index, series=series), day)


def _point(
    index: FactIndex, demands: Demands, on: date, series: int | None
) -> TrendPoint:
    before = on - _WEEK
    then = [plan.id for plan in index.plans_in_force(before, series=series)]
    now = [plan.id for plan in index.plans_in_force(on, series=series)]
    return TrendPoint(
        on=on,
        share=_share(index, demands, on),
        plans_begun=tuple(plan for plan in now if plan not in then),
        plans_ended=tuple(plan for plan in then if plan not in now),
        appointments_ended=sum(
            appointment.to_on is not None and before <= appointment.to_on < on
            for appointment in index.facts.appointments
        ),
    )


def _share(index: FactIndex, demands: Demands, day: date) -> Share:
    met = required = 0
    for weight, is_met in _weights(index, demands, day):
        required += weight
        met += weight * is_met
    return Share(Fraction(met), required)


def _weights(
    index: FactIndex, demands: Demands, day: date
) -> Iterator[tuple[int, bool]]:
    """List each obligation of a day as its weight and whether it is met."""
    demand = demands.on(day)
    for person_id, appointments in index.staffing(day).appointments.items():
        for terms in demand.of_person(person_id, distinct_posts(appointments)):
            if not index.is_exempt(person_id, terms.course, day):
                yield terms.weight, _is_met(index, person_id, terms, day)
    for seat in vacant_seats(index, day):
        for terms in demand.of_seat(seat.post_id):
            yield terms.weight, False


def _is_met(index: FactIndex, person_id: int, terms: Terms, day: date) -> bool:
    return index.counts_on(
        person_id,
        terms.course,
        day,
        recert_months=terms.recert_months,
        min_major=terms.min_major,
    )
