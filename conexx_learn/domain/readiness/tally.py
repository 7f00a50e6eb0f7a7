"""Readiness: what share of the required weight is met.

Strict, the headline: an obligation counts with its weight when it is met or expiring,
else not at all. With progress, the paler bar behind it: what is in progress counts half
of the share done. Vacant seats count among what is required and never among what is
met. What is exempt is left out of both, and its number is always shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from conexx_learn.domain.readiness.standings import Judgement, Standing

PROGRESS_CREDIT = Fraction(1, 2)
"""What half a course is worth beside a whole one: a policy, not a measurement."""

CRITICAL = 3
"""The weight of what the institution cannot do without."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the required weight, exactly.

    Attributes:
        part: From 0 to `whole`.
        whole: 0 where nothing is required.
    """

    part: Fraction
    whole: int

    @property
    def value(self) -> Fraction | None:
        """Return the fraction from 0 to 1; None where nothing is required.

        None is never shown as 100 %: the page says that there are no requirements.
        """
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> int | None:
        """Return the value in percent, rounded down; None where nothing is required.

        Example:
            >>> Share(Fraction(249), 250).percent
            99
        """
        return None if self.value is None else int(self.value * 100)


@dataclass(frozen=True, slots=True)
class Tally:
    """How a set of obligations stands.

    Attributes:
        seats: Strict, vacant seats included: the headline.
        people: Strict, without vacant seats.
        seats_with_progress: Like `seats`, with progress counting half.
        people_with_progress: Like `people`, with progress counting half.
        due: Strict, over what was due up to the day, that day included.
        unmet: Number of obligations that are not met.
        critical: Number of those whose weight is 3.
        overdue: Number of those whose day is past.
        counts: Standing to number of obligations; those that occur.
    """

    seats: Share
    people: Share
    seats_with_progress: Share
    people_with_progress: Share
    due: Share
    unmet: int
    critical: int
    overdue: int
    counts: Mapping[Standing, int]

    @property
    def exempt(self) -> int:
        """Return the number of obligations that are left out."""
        return self.counts.get(Standing.EXEMPT, 0)


def tally(
    judged: Iterable[Judgement],
    day: date,
    *,
    progress_credit: Fraction = PROGRESS_CREDIT,
) -> Tally:
    """Count how obligations stand.

    Args:
        judged: Of any scope, in any order.
        day: That they were judged for.
        progress_credit: What a course nearly done is worth, 0 to 1.
    """
    judged = list(judged)
    required = [one for one in judged if not one.is_exempt]
    of_people = [one for one in required if one.obligation.person_id is not None]
    unmet = [one for one in required if not one.is_met]
    return Tally(
        seats=strict_share(required),
        people=strict_share(of_people),
        seats_with_progress=_with_progress(required, progress_credit),
        people_with_progress=_with_progress(of_people, progress_credit),
        due=strict_share(one for one in required if _is_due(one, day)),
        unmet=len(unmet),
        critical=sum(one.obligation.weight >= CRITICAL for one in unmet),
        overdue=sum(one.is_overdue for one in unmet),
        counts=Counter(one.standing for one in judged),
    )


def strict_share(judged: Iterable[Judgement]) -> Share:
    """Return the share that is met, with weights; vacant seats count as not met."""
    required = [one for one in judged if not one.is_exempt]
    met = sum(one.obligation.weight for one in required if one.is_met)
    return Share(Fraction(met), sum(one.obligation.weight for one in required))


def _with_progress(required: Sequence[Judgement], progress_credit: Fraction) -> Share:
    strict = strict_share(required)
    begun = (
        one.obligation.weight * one.progress
        for one in required
        if one.standing is Standing.IN_PROGRESS
    )
    return Share(strict.part + progress_credit * sum(begun), strict.whole)


def _is_due(one: Judgement, day: date) -> bool:
    return one.obligation.due_on is not None and one.obligation.due_on <= day
