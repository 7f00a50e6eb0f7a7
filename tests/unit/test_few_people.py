"""Nobody is told from figures: neither from one, nor from the difference of two."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.few_people import (
    FEWEST_PEOPLE,
    differs_by_few,
    shown_among,
    shown_parts,
    stretches,
    tells_of_few,
)

COUNTS = st.lists(st.integers(0, 40), max_size=12)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        pytest.param([9, 6], [9, 6], id="enough everywhere"),
        pytest.param([9, 0], [9, 0], id="nobody is no small group"),
        pytest.param([12, 3, 7], [12, None, None], id="the second smallest goes too"),
        pytest.param(
            [12, 3, 3], [12, None, None], id="two small ones cover each other"
        ),
        pytest.param([12, 1, 2, 8], [12, None, None, None], id="but only from five on"),
        pytest.param([3, 0], [None, 0], id="a small whole"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_parts_of_a_shown_whole(counts: list[int], shown: list[int | None]) -> None:
    assert shown_parts(counts) == shown


@given(COUNTS)
def test_no_part_left_out_can_be_worked_out_from_the_whole(counts: list[int]) -> None:
    shown = shown_parts(counts)
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]

    assert not any(seen is not None and tells_of_few(seen) for seen in shown)
    if hidden and sum(counts) >= 2 * FEWEST_PEOPLE and max(counts) >= FEWEST_PEOPLE:
        assert len(hidden) > 1
        assert sum(hidden) >= FEWEST_PEOPLE


@given(st.integers(0, 60), COUNTS)
def test_no_two_shown_figures_differ_by_few(whole: int, figures: list[int]) -> None:
    figures = [min(figure, whole) for figure in figures]
    shown = [figure for figure in shown_among(whole, figures) if figure is not None]

    for one, other in combinations([whole, *shown], 2):
        assert not tells_of_few(abs(one - other))
    assert not any(tells_of_few(figure) for figure in shown)


def test_a_figure_far_from_all_others_is_shown() -> None:
    assert shown_among(30, [30, 22, 15, 8, 0]) == [30, 22, 15, 8, 0]


def test_a_filter_must_not_leave_few_outside() -> None:
    assert differs_by_few(17, [20])
    assert differs_by_few(17, [30, 18])
    assert not differs_by_few(17, [17, 22])
    assert not differs_by_few(17, [])


@given(COUNTS)
def test_stretches_cover_all_weeks_and_none_tells_of_few(counts: list[int]) -> None:
    found = stretches(counts)

    assert not any(tells_of_few(one.count) for one in found)
    if found:
        assert sum(one.count for one in found) == sum(counts)
        covered = [n for one in found for n in range(one.first, one.last + 1)]
        assert covered == list(range(len(counts)))
    else:
        assert sum(counts) < FEWEST_PEOPLE


def test_few_at_the_end_join_the_weeks_before() -> None:
    found = stretches([5, 0, 0, 3])

    assert [(one.first, one.last, one.count) for one in found] == [(0, 3, 8)]
