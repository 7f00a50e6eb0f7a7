"""Who may exempt a person from a course, and for how long."""

from datetime import date
from enum import StrEnum

from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.planning.terms import is_thinkable

_CRITICAL = 3
LONGEST_DAYS = 1827
"""Five years: who need not for longer should not be in the audience."""


class ExemptionState(StrEnum):
    """How an exemption stands on a day.

    Attributes:
        ASKED: It waits for the coordination.
        COMING: It was given and has not begun.
        RUNNING: The person need not.
        OVER: Its last day is past.
        REFUSED: The coordination said no, or it was taken back before it began.
    """

    ASKED = "asked"
    COMING = "coming"
    RUNNING = "running"
    OVER = "over"
    REFUSED = "refused"

    @property
    def is_open(self) -> bool:
        """Say whether it counts, or may come to count."""
        return self not in (ExemptionState.OVER, ExemptionState.REFUSED)


def exemption_state(
    from_on: date,
    until_on: date,
    today: date,
    *,
    is_approved: bool,
    is_refused: bool,
) -> ExemptionState:
    """Say how an exemption stands on a day; both its ends are inclusive."""
    if is_refused:
        return ExemptionState.REFUSED
    if until_on < today:
        return ExemptionState.OVER
    if not is_approved:
        return ExemptionState.ASKED
    return ExemptionState.COMING if from_on > today else ExemptionState.RUNNING


def needs_coordination(weight: int) -> bool:
    """Say whether the training manager alone may exempt from a course of a weight.

    From what is useful or important they may; from what is critical only the
    coordination does.
    """
    return weight >= _CRITICAL


def exemption_refusal(from_on: date, until_on: date, today: date) -> RuleError | None:
    """Say what is wrong with the days of an exemption; both ends are inclusive."""
    if not (is_thinkable(from_on) and is_thinkable(until_on)):
        return RuleError("day-unthinkable")
    if until_on < from_on:
        return RuleError("exemption-reversed")
    if from_on < today:
        return RuleError("exemption-backdated")
    if (until_on - from_on).days > LONGEST_DAYS:
        return RuleError("exemption-too-long")
    return None
