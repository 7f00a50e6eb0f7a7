"""What an attempt counts: its own result, or what the last repair made of it."""

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from conexx_learn.models.assessment import Attempt
from conexx_learn.models.repairs import Correction

Latest = aliased(Correction, name="latest_correction")
"""The correction that counts, where there is one: join it outer with `IS_LATEST`."""


def is_latest(
    correction: type[Correction] = Latest, attempt: type[Attempt] = Attempt
) -> ColumnElement[bool]:
    """Say which correction of an attempt counts: the last, since results only rise."""
    other = aliased(Correction)
    last = (
        select(func.max(other.id))
        .where(other.attempt_id == attempt.id)
        .correlate(attempt)
        .scalar_subquery()
    )
    return correction.id == last


IS_LATEST = is_latest()
EARNED: ColumnElement[Any] = func.coalesce(Latest.points_earned, Attempt.points_earned)
POSSIBLE: ColumnElement[Any] = func.coalesce(
    Latest.points_possible, Attempt.points_possible
)


def counts_as_passed(
    attempt: type[Attempt] = Attempt, until: ColumnElement[Any] | None = None
) -> ColumnElement[bool]:
    """Say whether an attempt is passed, be it by a repair; results never fall.

    Args:
        attempt: The table, or another name of it.
        until: Moment by which the repair was done; None for any time.
    """
    raised = select(Correction.id).where(
        Correction.attempt_id == attempt.id, Correction.passed.is_(True)
    )
    if until is not None:
        raised = raised.where(Correction.corrected_at <= until)
    return or_(attempt.passed.is_(True), raised.correlate(attempt).exists())
