"""Sums and shares are read the way people write them, and never lose a cent."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.money import MOST_CENTS, read_basis_points, read_cents
from conexx_learn.domain.typed_numbers import UnreadableNumberError


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        pytest.param("1,700,000.50", 170_000_050, id="Mexico"),
        pytest.param("1.700.000,50", 170_000_050, id="Spain"),
        pytest.param("1'700,000.50", 170_000_050, id="by hand"),
        pytest.param("1.250", 125_000, id="a lone point before three digits groups"),
        pytest.param("1,250", 125_000, id="so does a comma"),
        pytest.param("1.25", 125, id="before two digits it is decimal"),
        pytest.param("12,5", 1_250, id="as is a comma"),
        pytest.param("€ 1 250", 125_000, id="spaces and currency"),
        pytest.param("0", 0, id="nothing"),
        pytest.param("10000000000000", MOST_CENTS, id="the most"),
    ],
)
def test_a_sum_is_read_in_whole_cents(typed: str, cents: int) -> None:
    assert read_cents(typed) == cents


@pytest.mark.parametrize(
    "typed",
    ["", "-5", "0.125", "1e30", "10000000000000.01", "mil", "1.2.3,4", "9" * 50],
)
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableNumberError):
        read_cents(typed)


@given(st.integers(0, MOST_CENTS), st.sampled_from(["es_419", "es_ES", "en_GB"]))
def test_what_a_page_shows_is_read_back(cents: int, locale: str) -> None:
    pattern = "#,##0.00" if cents % 100 else "#,##0"
    shown = format_decimal(Decimal(cents) / 100, pattern, locale=locale)

    assert read_cents(shown) == cents


@pytest.mark.parametrize(
    ("typed", "basis_points"),
    [("20", 2000), ("12.5 %", 1250), ("12,5", 1250), ("100", 10_000), ("0", 0)],
)
def test_a_share_is_read_in_basis_points(typed: str, basis_points: int) -> None:
    assert read_basis_points(typed) == basis_points


@pytest.mark.parametrize("typed", ["101", "-1", "33.333", "a fifth"])
def test_what_is_no_share_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableNumberError):
        read_basis_points(typed)
