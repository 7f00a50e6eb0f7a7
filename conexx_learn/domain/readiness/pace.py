"""When one person will have done what they owe, at the hours that they can give."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.hours import hours_left, weeks_needed
from conexx_learn.domain.readiness.standings import Judgement, Standing

_WEEK = timedelta(weeks=1)

OUT_OF_THEIR_HANDS = frozenset({Standing.BLOCKED, Standing.SUSPENDED})
"""Here learning alone changes nothing: somebody else has to act first."""


@dataclass(frozen=True, slots=True)
class PacedCourse:
    """A course that a person still owes.

    Attributes:
        judged: How it stands.
        hours_left: Of it alone.
        done_on: When it is done, after everything that is due before it; None where
            no hours are given to learning, or somebody else has to act first.
    """

    judged: Judgement
    hours_left: Fraction
    done_on: date | None

    @property
    def is_in_time(self) -> bool | None:
        """Say whether it will be done by its day; None where either is unknown."""
        due_on = self.judged.obligation.due_on
        if due_on is None or self.done_on is None:
            return None
        return self.done_on <= due_on


def paced(
    index: FactIndex, judged: Iterable[Judgement], day: date, *, weekly_hours: int
) -> list[PacedCourse]:
    """List what a person still owes, one course after the other.

    What is in the hands of others keeps its place and takes no hours.

    Args:
        index: The facts.
        judged: Of one person.
        day: From when on.
        weekly_hours: What they give to learning.

    Returns:
        By due day, the earliest first; what has none comes last.
    """
    owed = sorted((one for one in judged if one.is_unmet), key=due_order)
    before = Fraction(0)
    found = []
    for one in owed:
        hours = hours_left(index, one)
        if one.standing in OUT_OF_THEIR_HANDS:
            found.append(PacedCourse(one, hours, None))
            continue
        before += hours
        weeks = weeks_needed(before, weekly_hours)
        done_on = None if weeks is None else day + weeks * _WEEK
        found.append(PacedCourse(one, hours, done_on))
    return found


def due_order(one: Judgement) -> tuple[date, str]:
    """Return the key by which what is owed is sorted: by its day, none last."""
    return one.obligation.due_on or date.max, one.obligation.course
