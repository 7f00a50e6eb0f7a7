"""What may be written in a plan: days in order and to come, a reason always."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conexx_learn.domain.planning.exemptions import (
    ExemptionState,
    exemption_refusal,
    exemption_state,
    needs_coordination,
)
from conexx_learn.domain.planning.terms import (
    RequirementTerms,
    act_refusal,
    due_refusal,
    period_refusal,
    reason_refusal,
)
from conexx_learn.domain.readiness.facts import Audience, AudienceKind, Reason

TODAY = date(2026, 11, 16)
END = date(2027, 11, 15)
DAY = timedelta(days=1)
LINE = RequirementTerms(
    audience=Audience(AudienceKind.INSTITUTION),
    course="c1",
    due_on=END,
    due_days=None,
    weight=2,
    reason=Reason("other", "The council wants it"),
)


@pytest.mark.parametrize(
    ("begin", "end", "code"),
    [
        pytest.param(TODAY, TODAY, None, id="one day"),
        pytest.param(TODAY - 90 * DAY, END, None, id="begun already"),
        pytest.param(END, TODAY, "plan-period-reversed", id="reversed"),
        pytest.param(
            TODAY - 90 * DAY, TODAY - DAY, "plan-period-over", id="over since yesterday"
        ),
        pytest.param(date(206, 1, 1), END, "day-unthinkable", id="a year of 3 digits"),
        pytest.param(TODAY, date(9999, 1, 1), "day-unthinkable", id="the year 9999"),
        pytest.param(
            TODAY, TODAY + 3654 * DAY, "plan-period-long", id="over ten years"
        ),
    ],
)
def test_a_period_is_in_order_and_to_come(
    begin: date, end: date, code: str | None
) -> None:
    refusal = period_refusal(begin, end, TODAY, [])

    assert (refusal.code if refusal else None) == code


def test_a_period_keeps_the_days_of_its_lines_inside() -> None:
    assert period_refusal(TODAY, END, TODAY, [END]) is None

    refusal = period_refusal(TODAY, END - DAY, TODAY, [END])

    assert refusal is not None
    assert refusal.code == "plan-period-too-short"


@pytest.mark.parametrize(
    ("due_on", "due_days", "code"),
    [
        pytest.param(TODAY, None, None, id="today"),
        pytest.param(END, None, None, id="the last day of the plan"),
        pytest.param(None, 0, None, id="on the day of the appointment"),
        pytest.param(None, None, "due-unclear", id="neither"),
        pytest.param(END, 30, "due-unclear", id="both"),
        pytest.param(TODAY - DAY, None, "due-past", id="yesterday"),
        pytest.param(END + DAY, None, "due-after-plan", id="after the plan"),
        pytest.param(date(1926, 1, 1), None, "day-unthinkable", id="a century ago"),
    ],
)
def test_a_line_is_due_once_and_in_time(
    due_on: date | None, due_days: int | None, code: str | None
) -> None:
    refusal = due_refusal(replace(LINE, due_on=due_on, due_days=due_days), END, TODAY)

    assert (refusal.code if refusal else None) == code


def test_a_day_that_has_passed_may_stay_but_not_be_chosen() -> None:
    past = replace(LINE, due_on=TODAY - DAY)

    assert due_refusal(past, END, TODAY, former_due_on=TODAY - DAY) is None
    assert due_refusal(past, END, TODAY, former_due_on=TODAY - 2 * DAY) is not None


@pytest.mark.parametrize(
    ("reason", "is_enough"),
    [
        pytest.param(Reason("other", "The council wants it"), True, id="in words"),
        pytest.param(Reason("priority", "", 3), True, id="a priority"),
        pytest.param(Reason("other", "  "), False, id="blanks"),
        pytest.param(Reason("profile", ""), False, id="a profile without words"),
    ],
)
def test_a_line_has_its_reason(reason: Reason, is_enough: bool) -> None:
    assert (reason_refusal(reason) is None) == is_enough


def test_an_act_is_not_of_tomorrow() -> None:
    assert act_refusal(TODAY, TODAY) is None

    refusal = act_refusal(TODAY + DAY, TODAY)

    assert refusal is not None
    assert refusal.code == "act-to-come"


@pytest.mark.parametrize(
    ("begin", "end", "code"),
    [
        pytest.param(TODAY, TODAY, None, id="one day"),
        pytest.param(TODAY + DAY, TODAY, "exemption-reversed", id="reversed"),
        pytest.param(TODAY - DAY, TODAY, "exemption-backdated", id="from yesterday"),
        pytest.param(
            TODAY, TODAY + 1828 * DAY, "exemption-too-long", id="over five years"
        ),
        pytest.param(TODAY, date(9999, 1, 1), "day-unthinkable", id="the year 9999"),
    ],
)
def test_an_exemption_begins_today_or_later_and_ends(
    begin: date, end: date, code: str | None
) -> None:
    refusal = exemption_refusal(begin, end, TODAY)

    assert (refusal.code if refusal else None) == code


def test_only_what_is_critical_needs_the_coordination() -> None:
    assert [needs_coordination(weight) for weight in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize(
    ("begin", "end", "is_approved", "is_refused", "state"),
    [
        pytest.param(0, 0, True, False, ExemptionState.RUNNING, id="its only day"),
        pytest.param(1, 5, True, False, ExemptionState.COMING, id="from tomorrow"),
        pytest.param(-5, -1, True, False, ExemptionState.OVER, id="until yesterday"),
        pytest.param(0, 5, False, False, ExemptionState.ASKED, id="not agreed to"),
        pytest.param(-5, -1, False, False, ExemptionState.OVER, id="asked too late"),
        pytest.param(0, 5, False, True, ExemptionState.REFUSED, id="refused"),
    ],
)
def test_an_exemption_stands_by_its_days(
    begin: int, end: int, is_approved: bool, is_refused: bool, state: ExemptionState
) -> None:
    found = exemption_state(
        TODAY + begin * DAY,
        TODAY + end * DAY,
        TODAY,
        is_approved=is_approved,
        is_refused=is_refused,
    )

    assert found is state
