"""What is told of the future, and when nothing is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.forecast import (
    Forecast,
    Silence,
    Work,
    expiries,
    forecast,
    history_weeks,
)
from conexx_learn.domain.readiness.hours import feasible_weeks, weeks_needed
from conexx_learn.domain.readiness.standings import judgements
from tests.sample_institutions import AS_OF, Line, Sketch

STEADY = (1, 0, 2, 0, 1, 1, 0, 3, 0, 1, 0, 1)


def no_expiries(_weeks: int) -> int:
    return 0


def make_work(
    *,
    unmet: int = 8,
    required: int = 20,
    expired: Callable[[int], int] = no_expiries,
    least_weeks: int | None = 0,
    history: int = 12,
    days_left: int = 91,
) -> Work:
    return Work(unmet, required, expired, least_weeks, history, days_left)


def weeks_told(told: Forecast) -> tuple[int | None, int | None]:
    return told.p50_weeks, told.p85_weeks


def test_two_days_are_told_and_the_chance_to_be_in_time() -> None:
    told = forecast(STEADY, make_work())

    assert weeks_told(told) == (10, 14)
    assert told.silence is None
    assert told.p50_on(AS_OF) == date(2027, 1, 25)
    assert told.p85_on(AS_OF) == date(2027, 2, 22)
    assert told.chance_in_time is not None
    assert round(float(told.chance_in_time), 4) == 0.8493
    assert told.required_pace == Fraction(8, 13)
    assert told.observed_pace == Fraction(10, 12)


@pytest.mark.parametrize(
    ("weekly", "history", "silence"),
    [
        pytest.param(STEADY, 5, Silence.SHORT_HISTORY, id="five weeks of plan"),
        pytest.param(STEADY, 6, None, id="six weeks of plan"),
        pytest.param(
            (0,) * 8 + (1,) * 4, 12, Silence.FEW_COMPLETIONS, id="four completions"
        ),
        pytest.param((0,) * 7 + (1,) * 5, 12, None, id="five completions"),
        pytest.param((0,) * 10 + (5, 5), 12, Silence.FEW_WEEKS, id="two weeks"),
        pytest.param((0,) * 9 + (1, 2, 2), 12, None, id="three weeks"),
        pytest.param((0,) * 11 + (10,), 12, Silence.FEW_WEEKS, id="one burst"),
        pytest.param((0,) * 12, 12, Silence.FEW_COMPLETIONS, id="nothing at all"),
    ],
)
def test_too_little_history_gives_a_reason_and_no_days(
    weekly: tuple[int, ...], history: int, silence: Silence | None
) -> None:
    told = forecast(weekly, make_work(unmet=1, history=history))

    assert told.silence is silence
    assert told.is_known is (silence is None)
    assert (told.p50_weeks is None) is (silence is not None)
    assert told.required_pace == Fraction(1, 13)


def test_one_chance_in_two_is_exact() -> None:
    coin = (0, 1) * 6

    assert weeks_told(forecast(coin, make_work(unmet=3))) == (5, 8)


def test_what_ends_as_fast_as_it_comes_is_a_treadmill() -> None:
    told = forecast((1,) * 12, make_work(unmet=1, expired=lambda weeks: weeks))

    assert told.silence is Silence.TREADMILL


@pytest.mark.parametrize(
    ("days_left", "is_told"),
    [(-1, False), (0, True), (6, True), (734, True), (735, False)],
)
def test_the_chance_to_be_in_time_is_told_for_two_years(
    days_left: int, is_told: bool
) -> None:
    told = forecast(STEADY, make_work(days_left=days_left))

    assert (told.chance_in_time is not None) is is_told


def test_nothing_left_needs_no_history() -> None:
    told = forecast((0,) * 12, make_work(unmet=0, history=0))

    assert weeks_told(told) == (0, 0)
    assert told.silence is None
    assert told.chance_in_time is None


def test_nothing_required_is_no_forecast() -> None:
    told = forecast(STEADY, make_work(unmet=0, required=0))

    assert weeks_told(told) == (None, None)
    assert told.silence is Silence.NO_REQUIREMENTS


@pytest.mark.parametrize(
    ("unmet", "expired", "silence"),
    [
        pytest.param(8, lambda weeks: weeks, Silence.TREADMILL, id="treadmill"),
        pytest.param(900, no_expiries, Silence.OUT_OF_REACH, id="too much"),
    ],
)
def test_a_pace_that_never_suffices_says_so(
    unmet: int, expired: Callable[[int], int], silence: Silence
) -> None:
    told = forecast(STEADY, make_work(unmet=unmet, expired=expired))

    assert weeks_told(told) == (None, None)
    assert told.silence is silence
    assert told.is_known


def test_nobody_learns_faster_than_their_hours_allow() -> None:
    assert weeks_told(forecast(STEADY, make_work(least_weeks=12))) == (12, 14)
    assert weeks_told(forecast(STEADY, make_work(least_weeks=20))) == (20, 20)
    assert forecast(STEADY, make_work(least_weeks=14)).chance_in_time == 0


def test_somebody_without_hours_never_finishes() -> None:
    told = forecast(STEADY, make_work(least_weeks=None))

    assert weeks_told(told) == (None, None)
    assert told.silence is Silence.NO_HOURS


@pytest.mark.parametrize(
    ("days_left", "pace"), [(0, None), (-1, None), (1, Fraction(56)), (7, Fraction(8))]
)
def test_no_pace_is_required_when_no_day_is_left(
    days_left: int, pace: Fraction | None
) -> None:
    assert forecast(STEADY, make_work(days_left=days_left)).required_pace == pace


def test_forty_hours_at_two_a_week_take_twenty_weeks() -> None:
    weeks = weeks_needed(Fraction(40), 2)

    assert weeks == 20
    assert AS_OF + timedelta(weeks=weeks) == date(2027, 4, 5)


@pytest.mark.parametrize(
    ("hours", "weekly_hours", "weeks"),
    [
        (Fraction(0), 0, 0),
        (Fraction(1), 0, None),
        (Fraction(41, 10), 2, 3),
        (Fraction(3), 1, 3),
    ],
)
def test_weeks_are_whole_and_may_be_never(
    hours: Fraction, weekly_hours: int, weeks: int | None
) -> None:
    assert weeks_needed(hours, weekly_hours) == weeks


def town_of_two() -> Sketch:
    """Make two project managers who owe 12 and 10 hours."""
    town = Sketch()
    managers = town.add_post("PM", town.add_unit("Hall"), 2)
    town.seat("Ana", managers)
    town.seat("Beto", managers)
    town.plan([Line("PM", "C3", 30, 3), Line("PM", "C4", 30, 3)])
    return town


def test_the_floor_is_the_time_of_the_busiest_person() -> None:
    town = town_of_two()
    town.learn(1, "C4", 60)
    index = FactIndex(town.facts())

    assert feasible_weeks(index, judgements(index, AS_OF)) == 11


def test_a_met_obligation_costs_no_hours() -> None:
    town = town_of_two()
    for person in (1, 2):
        for course in ("C3", "C4"):
            town.certify(person, course, -10)
    index = FactIndex(town.facts())

    assert feasible_weeks(index, judgements(index, AS_OF)) == 0


def test_nobody_who_owes_anything_needs_no_time() -> None:
    assert feasible_weeks(FactIndex(Sketch().facts()), []) == 0


def test_expiries_are_counted_after_the_last_valid_day() -> None:
    town = town_of_two()
    town.certify(1, "C3", -10, until=14)
    town.certify(2, "C3", -10, until=20)
    judged = judgements(FactIndex(town.facts()), AS_OF)
    expired = expiries(judged, AS_OF)

    assert [expired(weeks) for weeks in range(5)] == [0, 0, 0, 2, 2]


def test_what_is_valid_for_ever_never_expires() -> None:
    town = town_of_two()
    town.certify(1, "C3", -10)
    town.certificates[0] = replace(town.certificates[0], valid_until=None)
    judged = judgements(FactIndex(town.facts()), AS_OF)

    assert expiries(judged, AS_OF)(104) == 0


def test_history_counts_from_the_first_version() -> None:
    town = town_of_two()
    newer = town.plan([Line("PM", "C3", 30, 3)], approved=-10, version=2)
    town.plan([Line("PM", "C3", 30, 3)], approved=-300, series=2)
    town.plans.append(replace(newer, version=3, approved_on=None))
    index = FactIndex(town.facts())

    assert history_weeks(index, newer, AS_OF) == 200 // 7
    assert history_weeks(index, newer, AS_OF - timedelta(days=200)) == 0
