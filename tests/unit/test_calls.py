"""A call in hand: what sums decide, what people decide, and when it closes."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conexx_learn.domain.calls import (
    CallTerms,
    GateNote,
    decide,
    gate_answers,
    local_moment,
)
from conexx_learn.domain.readiness.call_gates import CallVerdict, Gate, GateAnswer
from conexx_learn.domain.readiness.call_readiness import CallNeed, Reach
from conexx_learn.domain.readiness.situation import situation
from tests.sample_institutions import AS_OF, xaltepec

MEXICO = ZoneInfo("America/Mexico_City")
BRUSSELS = ZoneInfo("Europe/Brussels")
YES, NO, UNKNOWN = GateAnswer.YES, GateAnswer.NO, GateAnswer.UNKNOWN
ALL_YES = {gate: GateNote(YES) for gate in Gate}


def call(**overrides: Any) -> CallTerms:
    values: dict[str, Any] = {
        "title": "LA-2027",
        "funder": "A funder",
        "link": "",
        "deadline_at": datetime.combine(AS_OF + timedelta(days=60), time(16), BRUSSELS),
        "timezone": "Europe/Brussels",
        "currency": "EUR",
    }
    return CallTerms(**(values | overrides))


@pytest.mark.parametrize(
    ("said", "asked", "limits", "answer"),
    [
        pytest.param(YES, 500, (100, 1000), YES, id="within"),
        pytest.param(UNKNOWN, 500, (100, 1000), YES, id="the sum answers by itself"),
        pytest.param(YES, 99, (100, 1000), NO, id="nobody says yes below the least"),
        pytest.param(YES, 1001, (None, 1000), NO, id="nor above the most"),
        pytest.param(YES, 1000, (None, 1000), YES, id="the limit itself is within"),
        pytest.param(NO, 500, (100, 1000), NO, id="who says no knows why"),
        pytest.param(YES, None, (100, 1000), UNKNOWN, id="limits without a sum"),
        pytest.param(YES, None, (None, None), YES, id="no limits: what people say"),
        pytest.param(YES, 0, (1, None), NO, id="nothing is asked for"),
    ],
)
def test_the_gate_of_the_grant(
    said: GateAnswer,
    asked: int | None,
    limits: tuple[int | None, int | None],
    answer: GateAnswer,
) -> None:
    terms = call(
        gates={Gate.GRANT: GateNote(said)},
        requested_cents=asked,
        grant_min_cents=limits[0],
        grant_max_cents=limits[1],
    )

    assert gate_answers(terms)[Gate.GRANT] is answer


@pytest.mark.parametrize(
    ("said", "own", "least", "answer"),
    [
        pytest.param(YES, 2000, 2000, YES, id="the share, and the council's word"),
        pytest.param(UNKNOWN, 2000, 2000, UNKNOWN, id="the share without the word"),
        pytest.param(YES, 1999, 2000, NO, id="one cent too little"),
        pytest.param(NO, 2000, 2000, NO, id="the council said no"),
        pytest.param(YES, None, 2000, UNKNOWN, id="nobody knows what is brought"),
        pytest.param(YES, None, None, YES, id="a call that asks for nothing"),
    ],
)
def test_the_gate_of_the_own_contribution(
    said: GateAnswer, own: int | None, least: int | None, answer: GateAnswer
) -> None:
    terms = call(
        gates={Gate.COFINANCING: GateNote(said)},
        requested_cents=None if own is None else 8000,
        own_cents=own,
        cofinancing_min_bp=least,
    )

    assert gate_answers(terms)[Gate.COFINANCING] is answer


def test_a_gate_that_nobody_answered_is_not_known() -> None:
    assert set(gate_answers(call()).values()) == {UNKNOWN}


def test_the_town_hall_is_not_ready_although_every_gate_is_passed() -> None:
    needs = (CallNeed("K3", 2, 2), CallNeed("K4", 2, 1), CallNeed("K7", 2, 1))

    decision = decide(
        call(gates=ALL_YES, needs=needs), situation(xaltepec(), AS_OF), zone=MEXICO
    )

    assert decision.verdict is CallVerdict.WITHIN_REACH
    assert [need.is_met_on_deadline for need in decision.people.needs] == [False] * 3
    assert decision.people.reach is Reach.UNPLANNED
    assert len(decision.people.starts) == 3


def test_a_call_without_functions_is_decided_by_its_gates() -> None:
    here = situation(xaltepec(), AS_OF)

    assert decide(call(), here, zone=MEXICO).verdict is CallVerdict.NOT_READY
    passed = decide(call(gates=ALL_YES), here, zone=MEXICO)
    assert passed.verdict is CallVerdict.READY


def test_a_call_that_is_over_is_never_ready() -> None:
    past = datetime.combine(AS_OF - timedelta(days=1), time(12), MEXICO)

    decision = decide(
        call(gates=ALL_YES, deadline_at=past),
        situation(xaltepec(), AS_OF),
        zone=MEXICO,
    )

    assert decision.people.is_over
    assert decision.verdict is CallVerdict.NOT_READY


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        pytest.param(MEXICO, date(2027, 1, 15), id="the institution's own"),
        pytest.param(BRUSSELS, date(2027, 1, 15), id="afternoon at the institution"),
        pytest.param(
            ZoneInfo("Pacific/Kiritimati"), date(2027, 1, 15), id="a day ahead"
        ),
        pytest.param(
            ZoneInfo("Pacific/Pago_Pago"), date(2027, 1, 16), id="behind: the day after"
        ),
    ],
)
def test_one_minute_to_midnight_is_counted_at_the_institution(
    zone: ZoneInfo, day: date
) -> None:
    moment = local_moment(date(2027, 1, 15), time(23, 59), zone)
    assert moment is not None

    decision = decide(
        call(deadline_at=moment), situation(xaltepec(), AS_OF), zone=MEXICO
    )

    assert decision.people.deadline_on == day


def test_an_hour_that_the_clock_leaves_out_is_none() -> None:
    assert local_moment(date(2027, 3, 28), time(2, 30), BRUSSELS) is None


def test_an_hour_that_comes_twice_means_the_first() -> None:
    moment = local_moment(date(2026, 10, 25), time(2, 30), BRUSSELS)

    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
