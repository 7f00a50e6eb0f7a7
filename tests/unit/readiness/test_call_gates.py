"""The ten gates, the own contribution to the cent, and the decision."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.readiness.call_gates import (
    CallVerdict,
    Cofinancing,
    Gate,
    GateAnswer,
    call_decision,
    cofinancing_gate,
    gate_tally,
    gate_within,
)
from conexx_learn.domain.readiness.call_readiness import (
    CallNeed,
    CallReadiness,
    Reach,
    call_readiness,
)
from tests.town_hall import (
    ANA,
    BETO,
    FIN,
    PM,
    TODAY,
    appointment,
    certificate,
    town_hall,
)

VECTORS = json.loads(
    (Path(__file__).parents[2] / "domain_vectors.json").read_text(encoding="utf-8")
)["budget"]
YES, NO, UNKNOWN = GateAnswer.YES, GateAnswer.NO, GateAnswer.UNKNOWN
ALL_YES = dict.fromkeys(Gate, YES)


def people_for(*needs: CallNeed, with_execution: bool = True) -> CallReadiness:
    certificates = [certificate(ANA, 4, None), certificate(BETO, 4, None)]
    if with_execution:
        certificates.append(certificate(ANA, 7, None))
    return call_readiness(
        town_hall(
            appointments=[appointment(ANA, PM), appointment(BETO, FIN)],
            certificates=certificates,
        ),
        needs=needs,
        owed=[],
        deadline=datetime(2027, 1, 15, 12, tzinfo=UTC),
        zone=UTC,
    )


def test_there_are_ten_gates() -> None:
    assert [gate.value for gate in Gate] == [f"G{number}" for number in range(1, 11)]


def test_what_is_not_answered_is_unknown() -> None:
    tally = gate_tally({Gate.SCOPE: YES, Gate.GRANT: NO, Gate.SIGNATORY: UNKNOWN})

    assert tally.passed == (Gate.SCOPE,)
    assert tally.refused == (Gate.GRANT,)
    assert len(tally.unknown) == 8
    assert not tally.all_passed


@pytest.mark.parametrize(("answer", "passes"), [(YES, True), (NO, False)])
def test_all_ten_have_to_be_passed(answer: GateAnswer, passes: bool) -> None:
    assert gate_tally(ALL_YES | {Gate.DOCUMENTS: answer}).all_passed is passes


def test_unknown_does_not_pass() -> None:
    assert not gate_tally(ALL_YES | {Gate.REGISTRATION: UNKNOWN}).all_passed


@pytest.mark.parametrize(
    ("value", "lowest", "highest", "answer"),
    [
        pytest.param(12, 12, 36, YES, id="the lowest"),
        pytest.param(36, 12, 36, YES, id="the highest"),
        pytest.param(11, 12, 36, NO, id="below"),
        pytest.param(37, 12, 36, NO, id="above"),
        pytest.param(0, None, 36, YES, id="no lowest"),
        pytest.param(10**12, 12, None, YES, id="no highest"),
        pytest.param(1, None, None, YES, id="no limits"),
        pytest.param(None, None, None, UNKNOWN, id="not decided"),
    ],
)
def test_a_number_passes_between_its_limits(
    value: int | None, lowest: int | None, highest: int | None, answer: GateAnswer
) -> None:
    assert gate_within(value, lowest=lowest, highest=highest) is answer


def test_the_worked_budget_asks_for_eighty_percent() -> None:
    vector = next(one for one in VECTORS if "max_request_80" in one)
    total, request = vector["total_eligible"], vector["max_request_80"]

    plan = Cofinancing(request, total - request, lowest_bp=2000)

    assert plan.is_within_limits
    assert plan.most_requested_cents == request
    assert plan.lowest_own_cents == plan.own_cents == 5_152_000
    assert (plan.own_bp, plan.requested_bp) == (2000, 8000)


def test_the_worked_request_is_too_large_by_so_much() -> None:
    vector = next(one for one in VECTORS if one.get("error") == "BU07")
    total, request = vector["total_eligible"], vector["request"]

    plan = Cofinancing(request, total - request, lowest_bp=2000)

    assert not plan.is_within_limits
    assert plan.missing_cents == vector["over_by"]
    assert plan.requested_bp == 8152
    assert plan.own_bp == 1847


def test_a_share_is_never_rounded_over_a_limit() -> None:
    plan = Cofinancing(8_000_001, 1_999_999, lowest_bp=2000)

    assert plan.requested_bp == 8000
    assert plan.missing_cents == 1
    assert not plan.is_within_limits


def test_an_odd_cent_falls_to_the_applicant() -> None:
    plan = Cofinancing(80, 21, lowest_bp=2000)

    assert plan.lowest_own_cents == 21
    assert plan.is_within_limits
    assert not replace(plan, requested_cents=81, own_cents=20).is_within_limits


def test_too_much_of_ones_own_is_out_of_limits_too() -> None:
    plan = Cofinancing(40, 60, lowest_bp=1000, highest_bp=5000)

    assert plan.excess_cents == 10
    assert not plan.is_within_limits


def test_nothing_has_no_share() -> None:
    plan = Cofinancing(0, 0)

    assert (plan.own_bp, plan.requested_bp) == (0, 0)
    assert not plan.is_within_limits


@given(
    st.integers(0, 10**12),
    st.integers(0, 10**12),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
)
def test_limits_are_kept_exactly(
    requested: int, own: int, one_bp: int, other_bp: int
) -> None:
    lowest, highest = sorted((one_bp, other_bp))
    plan = Cofinancing(requested, own, lowest, highest)
    total = requested + own

    exact = lowest * total <= own * 10_000 <= highest * total and total > 0
    assert plan.is_within_limits is exact
    assert plan.requested_bp + plan.own_bp in {9_999, 10_000, 0}
    moved = replace(
        plan,
        requested_cents=requested - plan.missing_cents,
        own_cents=own + plan.missing_cents,
    )
    assert moved.missing_cents == 0


@pytest.mark.parametrize(
    ("own", "has_resolution", "answer"),
    [
        pytest.param(20, True, YES, id="both"),
        pytest.param(20, False, NO, id="no resolution"),
        pytest.param(20, None, UNKNOWN, id="resolution unknown"),
        pytest.param(19, True, NO, id="too little"),
        pytest.param(19, None, NO, id="too little, the rest unknown"),
        pytest.param(None, True, UNKNOWN, id="sums not decided"),
        pytest.param(None, False, NO, id="no resolution, sums not decided"),
    ],
)
def test_the_own_contribution_wants_the_council_too(
    own: int | None, has_resolution: bool | None, answer: GateAnswer
) -> None:
    plan = None if own is None else Cofinancing(100 - own, own, lowest_bp=2000)

    assert cofinancing_gate(plan, has_resolution=has_resolution) is answer


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        pytest.param(ALL_YES, CallVerdict.READY, id="all"),
        pytest.param(ALL_YES | {Gate.SCOPE: NO}, CallVerdict.NOT_READY, id="a no"),
        pytest.param(
            ALL_YES | {Gate.SCOPE: UNKNOWN}, CallVerdict.NOT_READY, id="an unknown"
        ),
        pytest.param({}, CallVerdict.NOT_READY, id="nothing known"),
    ],
)
def test_ready_wants_every_gate(
    answers: dict[Gate, GateAnswer], verdict: CallVerdict
) -> None:
    people = people_for(CallNeed("K4", 2, 1, "FIN"), CallNeed("K7", 2, 1, "PM"))

    decision = call_decision(gate_tally(answers), people)

    assert decision.verdict is verdict
    assert decision.people is people


def test_ready_wants_different_people() -> None:
    people = people_for(CallNeed("K7", 2, 1, "PM"), CallNeed("K7", 2, 1, "MEAL"))

    assert people.reach is Reach.MET
    decision = call_decision(gate_tally(ALL_YES), people)
    assert decision.verdict is CallVerdict.NOT_READY


def test_people_who_start_in_time_are_within_reach() -> None:
    needs = [CallNeed("K4", 2, 1, "FIN"), CallNeed("K7", 2, 1, "PM")]
    people = people_for(*needs, with_execution=False)

    assert people.first_start == date(2026, 11, 27)
    decision = call_decision(gate_tally(ALL_YES), people)
    assert decision.verdict is CallVerdict.WITHIN_REACH


@pytest.mark.parametrize(
    "need", [CallNeed("K99", 2, 1, "PM"), CallNeed("K7", 2, 9, "PM")]
)
def test_people_who_cannot_be_there_are_not(need: CallNeed) -> None:
    decision = call_decision(gate_tally(ALL_YES), people_for(need))

    assert decision.people.reach is Reach.NOBODY
    assert decision.verdict is CallVerdict.NOT_READY


def test_a_call_that_is_over_is_never_ready() -> None:
    people = replace(people_for(), deadline_on=date(2026, 11, 15))

    assert people.as_of == TODAY
    decision = call_decision(gate_tally(ALL_YES), people)
    assert decision.verdict is CallVerdict.NOT_READY
    in_time = replace(people, deadline_on=TODAY)
    decision = call_decision(gate_tally(ALL_YES), in_time)
    assert decision.verdict is CallVerdict.READY
