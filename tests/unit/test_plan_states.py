"""The state of a plan is read from its days; each act belongs to some states."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.planning import states
from conexx_learn.domain.planning.states import PlanDays, PlanState, plan_state

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
DRAFT = PlanDays(starts_on=TODAY)
IN_FORCE = PlanDays(starts_on=TODAY, approved_on=TODAY)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        pytest.param(DRAFT, PlanState.DRAFT, id="nothing happened"),
        pytest.param(replace(DRAFT, is_sent=True), PlanState.IN_REVIEW, id="sent"),
        pytest.param(
            replace(DRAFT, is_sent=True, is_advised=True),
            PlanState.DRAFT,
            id="advised, so it is the institution's turn",
        ),
        pytest.param(IN_FORCE, PlanState.ACTIVE, id="approved today"),
        pytest.param(
            replace(IN_FORCE, starts_on=TODAY + DAY),
            PlanState.APPROVED,
            id="approved before its period",
        ),
        pytest.param(
            replace(IN_FORCE, superseded_on=TODAY),
            PlanState.SUPERSEDED,
            id="the day of the next version",
        ),
        pytest.param(
            replace(IN_FORCE, superseded_on=TODAY + DAY),
            PlanState.ACTIVE,
            id="the day before the next version",
        ),
        pytest.param(
            replace(IN_FORCE, completed_on=TODAY), PlanState.COMPLETED, id="closed"
        ),
        pytest.param(
            replace(DRAFT, cancelled_on=TODAY), PlanState.CANCELLED, id="given up"
        ),
    ],
)
def test_a_state_is_read_from_the_days(days: PlanDays, state: PlanState) -> None:
    assert plan_state(days, TODAY) is state


Refusal = Callable[[PlanState], RuleError | None]


def approval(state: PlanState) -> RuleError | None:
    return states.approval_refusal(
        state, has_requirements=True, is_advised=False, review_is_obligatory=False
    )


def sending(state: PlanState) -> RuleError | None:
    return states.sending_refusal(state, has_requirements=True)


@pytest.mark.parametrize(
    ("refusal", "possible"),
    [
        pytest.param(states.edit_refusal, {PlanState.DRAFT}, id="edit"),
        pytest.param(sending, {PlanState.DRAFT}, id="send"),
        pytest.param(states.review_refusal, {PlanState.IN_REVIEW}, id="advise"),
        pytest.param(
            approval,
            {PlanState.DRAFT, PlanState.IN_REVIEW},
            id="approve without advice",
        ),
        pytest.param(
            states.amendment_refusal,
            {PlanState.APPROVED, PlanState.ACTIVE},
            id="amend",
        ),
        pytest.param(
            states.completion_refusal,
            {PlanState.APPROVED, PlanState.ACTIVE},
            id="close",
        ),
        pytest.param(
            states.cancellation_refusal,
            {PlanState.DRAFT, PlanState.IN_REVIEW},
            id="give up",
        ),
    ],
)
def test_each_act_belongs_to_some_states(
    refusal: Refusal, possible: set[PlanState]
) -> None:
    assert {state for state in PlanState if refusal(state) is None} == possible


def test_an_empty_plan_is_neither_sent_nor_approved() -> None:
    sent = states.sending_refusal(PlanState.DRAFT, has_requirements=False)
    approved = states.approval_refusal(
        PlanState.DRAFT,
        has_requirements=False,
        is_advised=True,
        review_is_obligatory=False,
    )

    assert sent is not None
    assert approved is not None
    assert {sent.code, approved.code} == {"plan-empty"}


@pytest.mark.parametrize(
    ("is_obligatory", "is_advised", "code"),
    [
        pytest.param(False, False, None, id="advice is not awaited"),
        pytest.param(True, True, None, id="advised"),
        pytest.param(True, False, "plan-needs-advice", id="obligatory and missing"),
    ],
)
def test_advice_is_awaited_only_where_it_is_obligatory(
    is_obligatory: bool, is_advised: bool, code: str | None
) -> None:
    refusal = states.approval_refusal(
        PlanState.DRAFT,
        has_requirements=True,
        is_advised=is_advised,
        review_is_obligatory=is_obligatory,
    )

    assert (refusal.code if refusal else None) == code
