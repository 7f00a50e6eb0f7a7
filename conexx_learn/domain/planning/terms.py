"""What may be written in a plan: its period, and what a requirement says.

The forms show the refusals beside their fields, the verbs raise them: one rule each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.readiness.facts import Audience, Reason

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)
LONGEST_PERIOD_DAYS = 3653
"""Ten years."""

MOST_DUE_DAYS = 3650
MOST_RECERT_MONTHS = 120
MOST_MAJOR = 999
MOST_HOLDERS = 999
MOST_HOURS = 1_000_000
LONGEST_TITLE = 200
LONGEST_REASON = 300
WEIGHTS = (1, 2, 3)
"""Useful, important, critical."""


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What a plan says about itself.

    Attributes:
        title: As the institution calls it.
        starts_on: First day.
        ends_on: Last day.
        target_percent: Of the weight that is to be met, 1 to 100.
        hours_budget: Hours that all people together may spend, or None.
    """

    title: str
    starts_on: date
    ends_on: date
    target_percent: int
    hours_budget: int | None = None


@dataclass(frozen=True, slots=True)
class RequirementTerms:
    """What one line of a plan says.

    Attributes:
        audience: Whom it binds.
        course: Slug.
        due_on: By when; None where it counts from the appointment.
        due_days: Days after the appointment; None where a day is given.
        weight: 1 useful, 2 important, 3 critical.
        reason: Why it is there; never empty.
        recert_months: How old a certificate may be, or None.
        min_major: Lowest major version of the course that counts, or None.
        min_holders: How many people the institution wants, or None.
    """

    audience: Audience
    course: str
    due_on: date | None
    due_days: int | None
    weight: int
    reason: Reason
    recert_months: int | None = None
    min_major: int | None = None
    min_holders: int | None = None


def is_thinkable(day: date) -> bool:
    """Say whether a day lies in this century: a year of two or five digits is a slip.

    Example:
        >>> is_thinkable(date(206, 11, 16))
        False
    """
    return FIRST_DAY <= day <= LAST_DAY


def period_refusal(
    starts_on: date, ends_on: date, today: date, due_days: Iterable[date]
) -> RuleError | None:
    """Say what is wrong with the period of a draft.

    Args:
        starts_on: First day.
        ends_on: Last day.
        today: At the institution.
        due_days: Of the requirements that it has already.
    """
    if not (is_thinkable(starts_on) and is_thinkable(ends_on)):
        return RuleError("day-unthinkable")
    if ends_on < starts_on:
        return RuleError("plan-period-reversed")
    if ends_on < today:
        return RuleError("plan-period-over")
    if (ends_on - starts_on).days > LONGEST_PERIOD_DAYS:
        return RuleError("plan-period-long")
    if any(due_on > ends_on for due_on in due_days):
        return RuleError("plan-period-too-short")
    return None


def due_refusal(
    terms: RequirementTerms,
    ends_on: date,
    today: date,
    *,
    former_due_on: date | None = None,
) -> RuleError | None:
    """Say what is wrong with by when a requirement is due.

    Args:
        terms: What it says.
        ends_on: Last day of the plan.
        today: At the institution.
        former_due_on: What it said before: a day that has passed may stay as it is.
    """
    if (terms.due_on is None) == (terms.due_days is None):
        return RuleError("due-unclear")
    if terms.due_on is None:
        return None
    if not is_thinkable(terms.due_on):
        return RuleError("day-unthinkable")
    if terms.due_on < today and terms.due_on != former_due_on:
        return RuleError("due-past")
    return RuleError("due-after-plan") if terms.due_on > ends_on else None


def reason_refusal(reason: Reason) -> RuleError | None:
    """Say whether the reason is missing: a priority or a call speaks for itself."""
    is_told = bool(reason.text.strip()) or reason.id is not None
    return None if is_told else RuleError("reason-missing")


def act_refusal(act_on: date, today: date) -> RuleError | None:
    """Say what is wrong with the day of the act that approves a plan."""
    if not is_thinkable(act_on):
        return RuleError("day-unthinkable")
    return RuleError("act-to-come") if act_on > today else None
