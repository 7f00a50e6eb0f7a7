"""What two or three assessors come to: the worked numbers, and what always holds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.graded_work.decision import (
    Decision,
    Lack,
    Shortfall,
    decide,
    half_points,
    needs_third,
)
from conexx_learn.domain.graded_work.rubric import Levels, section_points, total_points
from tests.graded_work_sample import grid, sections

GRID = grid()
KEYS = [one.id for one in GRID.criteria]
LEVELS = st.fixed_dictionaries({key: st.integers(0, 5) for key in KEYS})

PASSING = sections(14, 16, 11, 10, 11, 9)
WEAK_CAPACITY = sections(11, 18, 13, 10, 11, 9)
SIXTY_FIVE = sections(14, 14, 10, 9, 10, 8)
FIFTY_FOUR = sections(12, 12, 8, 8, 8, 6)
SIXTY_SIX = sections(14, 15, 10, 9, 10, 8)
SIXTY_ONE = sections(13, 14, 9, 9, 9, 7)
FIFTY_EIGHT = sections(12, 13, 9, 9, 8, 7)


def decided(*judged: Levels) -> Decision:
    found = decide(GRID, judged)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("levels", "total"),
    [
        pytest.param(PASSING, 71, id="71"),
        pytest.param(WEAK_CAPACITY, 72, id="72"),
        pytest.param(SIXTY_FIVE, 65, id="65"),
        pytest.param(FIFTY_FOUR, 54, id="54"),
        pytest.param(SIXTY_SIX, 66, id="66"),
        pytest.param(SIXTY_ONE, 61, id="61"),
        pytest.param(FIFTY_EIGHT, 58, id="58"),
    ],
)
def test_points_of_sections_add_up(levels: Levels, total: int) -> None:
    assert total_points(GRID, levels) == total


def test_seventy_one_passes() -> None:
    decision = decided(PASSING, PASSING)

    assert (decision.total, decision.passed) == (Fraction(71), True)
    assert not decision.with_distinction


def test_seventy_two_fails_by_its_first_section() -> None:
    decision = decided(WEAK_CAPACITY, WEAK_CAPACITY)

    assert (decision.total, decision.passed) == (Fraction(72), False)
    assert decision.shortfalls == (Shortfall(Lack.SECTION, "capacity"),)


def test_seventy_one_and_sixty_five_are_sixty_eight() -> None:
    decision = decided(PASSING, SIXTY_FIVE)

    assert (decision.total, decision.passed) == (Fraction(68), True)


def test_seventy_one_and_fifty_four_need_a_third_and_the_median_counts() -> None:
    assert decide(GRID, [PASSING, FIFTY_FOUR]) is None

    decision = decided(PASSING, FIFTY_FOUR, SIXTY_SIX)

    assert (decision.total, decision.passed) == (Fraction(66), True)


def test_sixty_one_and_fifty_eight_stand_on_two_sides_of_the_pass_mark() -> None:
    assert needs_third(GRID, SIXTY_ONE, FIFTY_EIGHT)
    assert decide(GRID, [SIXTY_ONE, FIFTY_EIGHT]) is None


def test_fifteen_points_apart_need_no_third_and_more_do() -> None:
    upper = sections(20, 20, 15, 15, 10, 5)
    fifteen = sections(20, 20, 15, 15, 0, 0)
    sixteen = sections(19, 20, 15, 15, 0, 0)

    assert not needs_third(GRID, upper, fifteen)
    assert needs_third(GRID, upper, sixteen)


def test_two_sides_of_a_minimum_need_a_third() -> None:
    assert needs_third(GRID, sections(12, 18, 13, 10, 11, 9), WEAK_CAPACITY)


def test_a_level_of_one_in_a_section_with_a_minimum_fails_the_work() -> None:
    levels = {**sections(20, 20, 15, 15, 15, 15), "capacity-4": 1}
    elsewhere = {**sections(20, 20, 15, 15, 15, 15), "design-1": 1}

    assert decided(levels, levels).shortfalls == (
        Shortfall(Lack.CRITERION, "capacity-4"),
    )
    assert decided(elsewhere, elsewhere).passed


def test_eighty_is_a_distinction_and_seventy_nine_and_a_half_is_none() -> None:
    eighty, seventy_nine = (
        sections(20, 20, 15, 15, 10, 0),
        sections(20, 20, 15, 15, 9, 0),
    )

    assert decided(eighty, eighty).with_distinction
    assert decided(eighty, seventy_nine).total == Fraction(159, 2)
    assert not decided(eighty, seventy_nine).with_distinction


def test_sixty_passes_and_what_is_below_does_not() -> None:
    sixty = sections(20, 20, 15, 5, 0, 0)
    below = sections(20, 20, 15, 4, 0, 0)

    assert decided(sixty, sixty).passed
    assert decided(below, below).shortfalls == (Shortfall(Lack.TOTAL),)


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        pytest.param(Fraction(273, 4), Fraction(68), id="68.25"),
        pytest.param(Fraction(137, 2), Fraction(137, 2), id="68.5"),
        pytest.param(Fraction(138), Fraction(138), id="whole"),
    ],
)
def test_a_mean_is_rounded_down_to_half_a_point(
    exact: Fraction, shown: Fraction
) -> None:
    assert half_points(exact) == shown


@given(LEVELS, LEVELS)
def test_two_assessors_are_heard_alike(one: Levels, other: Levels) -> None:
    assert needs_third(GRID, one, other) == needs_third(GRID, other, one)
    assert decide(GRID, [one, other]) == decide(GRID, [other, one])


@given(LEVELS, LEVELS)
def test_where_two_suffice_the_result_is_what_both_say(
    one: Levels, other: Levels
) -> None:
    found = decide(GRID, [one, other])
    if found is None:
        return
    totals = total_points(GRID, one), total_points(GRID, other)
    assert min(totals) - Fraction(1, 2) < found.total <= max(totals)
    assert found.passed == decided(one, one).passed == decided(other, other).passed


@given(LEVELS, LEVELS, LEVELS)
def test_three_always_decide_and_the_majority_is_right(
    one: Levels, other: Levels, third: Levels
) -> None:
    found = decided(one, other, third)
    votes = [total_points(GRID, levels) >= 60 for levels in (one, other, third)]

    assert (Shortfall(Lack.TOTAL) in found.shortfalls) == (sum(votes) < 2)
    assert found == decided(third, one, other)


@given(LEVELS)
def test_a_total_is_the_sum_of_its_sections(levels: Levels) -> None:
    names = {one.section for one in GRID.criteria}

    assert total_points(GRID, levels) == sum(
        section_points(GRID, name, levels) for name in names
    )
    assert 0 <= total_points(GRID, levels) <= 100


@given(LEVELS)
def test_one_assessor_never_decides(levels: Levels) -> None:
    assert decide(GRID, [levels]) is None
    assert decide(GRID, []) is None
