"""Whole months, inclusive ends, one renewal rule."""

from datetime import date

import pytest

from conexx_learn.domain.calendar import add_months, last_valid_day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        pytest.param("2026-01-31", 1, "2026-02-28", id="clamped to February"),
        pytest.param("2024-02-29", 12, "2025-02-28", id="from a leap day"),
        pytest.param("2026-08-31", 6, "2027-02-28", id="over the year's end"),
        pytest.param("2026-03-10", 24, "2028-03-10", id="two years"),
        pytest.param("2026-12-31", 0, "2026-12-31", id="none at all"),
        pytest.param("2027-02-28", 12, "2028-02-28", id="never later than the day"),
    ],
)
def test_months_are_whole_and_end_with_the_month(
    day: str, months: int, later: str
) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("completed", "until"),
    [
        pytest.param("2026-11-30", "2028-12-20", id="inside the window"),
        pytest.param("2026-10-21", "2028-12-20", id="day 60 before the end"),
        pytest.param("2026-12-20", "2028-12-20", id="the last valid day"),
        pytest.param("2026-10-20", "2028-10-20", id="day 61 before the end"),
        pytest.param("2026-09-01", "2028-09-01", id="long before"),
        pytest.param("2027-01-05", "2029-01-05", id="late, with a gap"),
    ],
)
def test_a_renewal_in_the_last_sixty_days_loses_no_time(
    completed: str, until: str
) -> None:
    renewed = last_valid_day(
        date.fromisoformat(completed),
        validity_months=24,
        current_until=date(2026, 12, 20),
    )

    assert renewed == date.fromisoformat(until)


def test_a_first_certificate_counts_from_its_completion() -> None:
    assert last_valid_day(date(2026, 10, 7), validity_months=24) == date(2028, 10, 7)


def test_a_course_without_validity_has_no_end() -> None:
    assert last_valid_day(date(2026, 10, 7), validity_months=None) is None
