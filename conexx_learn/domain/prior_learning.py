"""What somebody learned elsewhere: claimed, looked at by the coordination, recognised.

Recognised prior learning says what a person can do. It is never a certificate, and
meets no requirement of a plan.
"""

from datetime import date, timedelta
from enum import StrEnum

from conexx_learn.domain.calendar import add_months
from conexx_learn.domain.errors import RuleError

LEVELS = (1, 2, 3, 4)
LONGEST_STATEMENT = 1000
LONGEST_ANSWER = 1000
LONGEST_LINK = 500
LONGEST_MONTHS = 120
"""Ten years: who learned it longer ago than that has to show it again."""

KEPT_REFUSED = timedelta(days=183)
"""How long the file of a refused claim is kept: half a year, to object with."""

MOST_WAITING = 5
"""Claims of one person that wait for an answer."""
MOST_BYTES_OF_PERSON = 50_000_000
MOST_BYTES_OF_INSTITUTION = 1_000_000_000


class Decision(StrEnum):
    """What became of a claim."""

    RECOGNISED = "recognised"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ClaimState(StrEnum):
    """How a claim stands on a day."""

    WAITING = "waiting"
    RECOGNISED = "recognised"
    LAPSED = "lapsed"
    """It was recognised until a day that is past."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


def claim_state(
    decision: Decision | None, valid_until: date | None, today: date
) -> ClaimState:
    """Say how a claim stands; the last day is inclusive."""
    if decision is None:
        return ClaimState.WAITING
    if decision is Decision.RECOGNISED and valid_until is not None:
        return ClaimState.RECOGNISED if today <= valid_until else ClaimState.LAPSED
    return ClaimState(decision.value)


def recognition_refusal(valid_until: date, today: date) -> RuleError | None:
    """Say why prior learning cannot be recognised until a day."""
    if not today <= valid_until <= add_months(today, LONGEST_MONTHS):
        return RuleError("recognition-day")
    return None
