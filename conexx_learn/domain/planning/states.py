"""The states of a plan, read from its days, and which act is possible in which.

draft → in review → approved → active → completed or superseded; a draft may be
cancelled. Nothing stores a state. A refusal is an error to raise, or None.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conexx_learn.domain.errors import RuleError


class PlanState(StrEnum):
    """Where a plan is in its life.

    Attributes:
        DRAFT: It is written; it binds nobody.
        IN_REVIEW: The coordination reads it; it does not change meanwhile.
        APPROVED: It binds; its period has not begun.
        ACTIVE: It binds, and its period has begun; also after the end, until closed.
        COMPLETED: It was closed.
        SUPERSEDED: A newer version took its place.
        CANCELLED: It was given up as a draft.
    """

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    ACTIVE = "active"
    COMPLETED = "completed"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Say whether it can still become a plan in force."""
        return self in (PlanState.DRAFT, PlanState.IN_REVIEW)

    @property
    def is_in_force(self) -> bool:
        """Say whether it binds."""
        return self in (PlanState.APPROVED, PlanState.ACTIVE)


@dataclass(frozen=True, slots=True)
class PlanDays:
    """What a state is read from; a day that has not come is None.

    Attributes:
        starts_on: First day of the period.
        is_sent: Whether it was handed to the coordination.
        is_advised: Whether the coordination has answered since.
        approved_on: Day from which it binds.
        superseded_on: First day of the version after it.
        completed_on: Day on which it was closed.
        cancelled_on: Day on which it was given up.
    """

    starts_on: date
    is_sent: bool = False
    is_advised: bool = False
    approved_on: date | None = None
    superseded_on: date | None = None
    completed_on: date | None = None
    cancelled_on: date | None = None


def plan_state(days: PlanDays, today: date) -> PlanState:
    """Say where a plan is in its life on a day of its institution."""
    if days.cancelled_on is not None:
        return PlanState.CANCELLED
    if _has_come(days.superseded_on, today):
        return PlanState.SUPERSEDED
    if _has_come(days.completed_on, today):
        return PlanState.COMPLETED
    if days.approved_on is not None:
        begins_on = max(days.approved_on, days.starts_on)
        return PlanState.ACTIVE if begins_on <= today else PlanState.APPROVED
    if days.is_sent and not days.is_advised:
        return PlanState.IN_REVIEW
    return PlanState.DRAFT


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def edit_refusal(state: PlanState) -> RuleError | None:
    """Say why the plan cannot be changed."""
    if state is PlanState.IN_REVIEW:
        return RuleError("plan-in-review")
    return None if state is PlanState.DRAFT else RuleError("plan-not-draft")


def sending_refusal(state: PlanState, *, has_requirements: bool) -> RuleError | None:
    """Say why the plan cannot go to the coordination."""
    if state is not PlanState.DRAFT:
        return edit_refusal(state)
    return None if has_requirements else RuleError("plan-empty")


def review_refusal(state: PlanState) -> RuleError | None:
    """Say why there is no review to answer or to take back."""
    return None if state is PlanState.IN_REVIEW else RuleError("plan-not-in-review")


def approval_refusal(
    state: PlanState,
    *,
    has_requirements: bool,
    is_advised: bool,
    review_is_obligatory: bool,
) -> RuleError | None:
    """Say why the institution cannot approve its plan.

    The coordination's review is advice: the plan waits for it only where the
    institution is set so.
    """
    if not state.is_open:
        return RuleError("plan-not-draft")
    if not has_requirements:
        return RuleError("plan-empty")
    if review_is_obligatory and not is_advised:
        return RuleError("plan-needs-advice")
    return None


def amendment_refusal(state: PlanState) -> RuleError | None:
    """Say why no new version can be begun."""
    return None if state.is_in_force else RuleError("plan-not-in-force")


def completion_refusal(state: PlanState) -> RuleError | None:
    """Say why the plan cannot be closed."""
    return None if state.is_in_force else RuleError("plan-not-in-force")


def cancellation_refusal(state: PlanState) -> RuleError | None:
    """Say why the plan cannot be given up."""
    return None if state.is_open else RuleError("plan-not-draft")
