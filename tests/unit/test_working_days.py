"""Working days: what passes between a question and the day it is late."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.working_days import (
    end_of_working_days,
    is_working_day,
    working_day_after,
    working_days_passed,
)

MEXICO = "America/Mexico_City"
ZONES = ("UTC", MEXICO, "Europe/Madrid", "Pacific/Kiritimati")
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        pytest.param(date(2026, 11, 16), date(2026, 11, 23), id="Monday"),
        pytest.param(date(2026, 11, 18), date(2026, 11, 25), id="Wednesday"),
        pytest.param(date(2026, 11, 20), date(2026, 11, 27), id="Friday"),
        pytest.param(date(2026, 11, 21), date(2026, 11, 27), id="Saturday"),
        pytest.param(date(2026, 11, 22), date(2026, 11, 27), id="Sunday"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 7), id="over a new year"),
        pytest.param(date(2028, 2, 25), date(2028, 3, 3), id="over a leap day"),
    ],
)
def test_five_working_days_after_a_day_end_on(asked: date, last: date) -> None:
    assert working_day_after(asked, 5) == last


@pytest.mark.parametrize(
    ("today", "passed"),
    [
        pytest.param(date(2026, 11, 20), 0, id="the same Friday"),
        pytest.param(date(2026, 11, 23), 0, id="Monday is not over"),
        pytest.param(date(2026, 11, 24), 1, id="Tuesday"),
        pytest.param(date(2026, 11, 27), 4, id="the next Friday is not over"),
        pytest.param(date(2026, 11, 28), 5, id="the Saturday after it"),
        pytest.param(date(2026, 11, 30), 5, id="a weekend adds none"),
        pytest.param(date(2026, 11, 19), 0, id="a day before it"),
    ],
)
def test_full_working_days_since_a_friday(today: date, passed: int) -> None:
    assert working_days_passed(date(2026, 11, 20), today) == passed


@pytest.mark.parametrize(
    ("asked", "zone", "end"),
    [
        pytest.param(
            datetime(2026, 11, 20, 9, tzinfo=UTC),
            "UTC",
            datetime(2026, 11, 28, tzinfo=UTC),
            id="in UTC",
        ),
        pytest.param(
            datetime(2026, 11, 21, 3, tzinfo=UTC),
            MEXICO,
            datetime(2026, 11, 28, 6, tzinfo=UTC),
            id="still Friday in Mexico",
        ),
        pytest.param(
            datetime(2026, 10, 23, 23, 30, tzinfo=UTC),
            "Europe/Madrid",
            datetime(2026, 10, 30, 23, tzinfo=UTC),
            id="Saturday in Madrid, and the clocks change",
        ),
    ],
)
def test_the_days_are_those_of_the_zone(
    asked: datetime, zone: str, end: datetime
) -> None:
    assert end_of_working_days(asked, 5, zone) == end


@given(DAYS, st.integers(1, 30))
def test_so_many_days_have_passed_on_the_day_after_the_last(
    day: date, count: int
) -> None:
    last = working_day_after(day, count)

    assert is_working_day(last)
    assert working_days_passed(day, last) == count - 1
    assert working_days_passed(day, last + timedelta(days=1)) == count


@given(
    st.datetimes(
        datetime(2020, 1, 1),  # noqa: DTZ001 (Hypothesis adds the zone)
        datetime(2040, 1, 1),  # noqa: DTZ001 (Hypothesis adds the zone)
        timezones=st.just(UTC),
    ),
    st.sampled_from(ZONES),
    st.integers(1, 10),
)
def test_the_end_is_the_first_moment_on_which_they_have_passed(
    moment: datetime, zone: str, count: int
) -> None:
    asked_on = moment.astimezone(ZoneInfo(zone)).date()
    end = end_of_working_days(moment, count, zone)

    def passed(at: datetime) -> int:
        return working_days_passed(asked_on, at.astimezone(ZoneInfo(zone)).date())

    assert end > moment
    assert passed(end) == count
    assert passed(end - timedelta(seconds=1)) == count - 1
