"""Chances counted exactly, against the worked cases and against counting by hand."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.readiness.throughput import (
    HORIZON_WEEKS,
    chance_by,
    chances_of_enough,
    weeks_until,
)

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "domain_vectors.json").read_text(encoding="utf-8")
)
EXPIRIES: dict[str, Callable[[int], int]] = {
    "0": lambda _weeks: 0,
    "n//4": lambda weeks: weeks // 4,
    "n": lambda weeks: weeks,
}
HALF, MOST = Fraction(1, 2), Fraction(85, 100)
CASES = {case["id"]: case for case in VECTORS["forecast"]}


def needed(case: dict[str, Any]) -> Callable[[int], int]:
    expired = EXPIRIES[case["expiries"]]
    return lambda weeks: int(case["N"]) + expired(weeks)


@pytest.mark.parametrize("id_", CASES)
def test_each_case_takes_the_weeks_worked_out(id_: str) -> None:
    case = CASES[id_]

    assert weeks_until(case["h"], needed(case), chance=HALF) == case["p50_weeks"]
    assert weeks_until(case["h"], needed(case), chance=MOST) == case["p85_weeks"]


@pytest.mark.parametrize(("weeks", "chance"), VECTORS["prob_done_A"].items())
def test_the_chance_to_be_done_by_a_week(weeks: str, chance: float) -> None:
    case = CASES["A"]
    found = chance_by(case["h"], needed(case), weeks=int(weeks))

    assert round(float(found), 4) == chance


def test_the_days_of_the_first_case() -> None:
    case, day = CASES["A"], date.fromisoformat(VECTORS["as_of"])
    weeks = [weeks_until(case["h"], needed(case), chance=q) for q in (HALF, MOST)]
    likely = chance_by(case["h"], needed(case), weeks=10)

    assert [day + timedelta(weeks=number or 0) for number in weeks] == [
        date(2027, 1, 25),
        date(2027, 2, 22),
    ]
    assert round(float(likely), 4) == 0.5944


def test_a_coin_that_reaches_one_half_exactly_is_enough() -> None:
    case = CASES["H"]

    assert chance_by(case["h"], needed(case), weeks=5) == HALF
    assert round(float(chance_by(case["h"], needed(case), weeks=8)), 4) == 0.8555


@pytest.mark.parametrize(("work", "weeks"), [(104, 104), (105, None)])
def test_nothing_beyond_two_years_is_foretold(work: int, weeks: int | None) -> None:
    assert weeks_until([1], lambda _weeks: work, chance=MOST) == weeks


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=3),
    st.integers(0, 12),
    st.integers(0, 3),
)
def test_it_is_the_count_of_all_ways(
    weekly: list[int], work: int, expiring: int
) -> None:
    for weeks in range(5):
        target = work + weeks * expiring
        sums = Counter(map(sum, product(weekly, repeat=weeks)))
        enough = sum(ways for total, ways in sums.items() if total >= target)

        found = chance_by(weekly, lambda n: work + n * expiring, weeks=weeks)

        assert found == Fraction(enough, len(weekly) ** weeks)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(0, 300))
def test_chances_grow_when_nothing_expires(weekly: list[int], work: int) -> None:
    chances = list(chances_of_enough(weekly, lambda _weeks: work))

    assert len(chances) == HORIZON_WEEKS + 1
    assert chances == sorted(chances)
    assert all(0 <= chance <= 1 for chance in chances)
