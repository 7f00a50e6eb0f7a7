"""Where people stop, and how long modules take, from what is stored of each."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from conexx_learn.domain.course_activity import (
    LearnerTrace,
    active_since,
    first_week,
    has_stopped,
    module_times,
    reading_time,
    stopped_after,
    stopped_within,
    weekly_enrolments,
)
from tests.factories import NOW

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MODULES = ["well", "pump"]


def trace(
    *completed: tuple[str, datetime],
    started_at: datetime = NOW,
    active_at: datetime | None = None,
) -> LearnerTrace:
    return LearnerTrace(
        user_id=1,
        version_id=1,
        institution_ids=frozenset(),
        started_at=started_at,
        ended_at=None,
        has_certificate=False,
        completed=completed,
        passed=frozenset(),
        last_active_at=active_at or (completed[-1][1] if completed else started_at),
    )


@pytest.mark.parametrize(
    ("idle", "stopped"),
    [
        pytest.param(14 * DAY, True, id="fourteen days to the second"),
        pytest.param(14 * DAY - timedelta(seconds=1), False, id="one second less"),
    ],
)
def test_who_did_nothing_for_fourteen_days_has_stopped(
    idle: timedelta, *, stopped: bool
) -> None:
    assert has_stopped(ended_at=None, last_active_at=NOW - idle, now=NOW) is stopped


def test_who_is_done_has_not_stopped() -> None:
    long_ago = NOW - 300 * DAY

    assert not has_stopped(ended_at=long_ago, last_active_at=long_ago, now=NOW)


def test_stops_are_told_by_the_module_completed_last() -> None:
    then = NOW - 20 * DAY
    traces = [
        trace(started_at=then),
        trace(("well", then)),
        trace(("well", then), ("pump", then + DAY)),
        trace(("well", then), active_at=NOW - DAY),
        trace(("gone", then)),
        replace(trace(("pump", then)), ended_at=then),
    ]

    assert stopped_after(traces, MODULES, now=NOW) == [2, 1, 1]


def test_somebody_stops_in_the_week_in_which_the_fourteen_days_end() -> None:
    idle = trace(started_at=NOW - 16 * DAY)

    assert stopped_within(idle, since=NOW - 7 * DAY, until=NOW)
    assert not stopped_within(idle, since=NOW, until=NOW + 7 * DAY)
    assert not stopped_within(idle, since=NOW - 14 * DAY, until=NOW - 7 * DAY)


def test_the_time_of_a_module_begins_with_what_was_done_before() -> None:
    one = trace(("well", NOW + 30 * MINUTE), ("pump", NOW + 75 * MINUTE))

    assert reading_time(one, "well") == 30 * MINUTE
    assert reading_time(one, "pump") == 45 * MINUTE
    assert reading_time(one, "bridge") is None


@pytest.mark.parametrize("gap", [timedelta(0), DAY + timedelta(seconds=1)])
def test_what_says_nothing_about_reading_is_not_counted(gap: timedelta) -> None:
    assert reading_time(trace(("well", NOW + gap)), "well") is None
    assert reading_time(trace(("well", NOW + DAY)), "well") == DAY


def test_times_are_quartiles_of_five_people_or_nothing() -> None:
    traces = [trace(("well", NOW + n * 10 * MINUTE)) for n in range(1, 6)]
    found = module_times(traces, "well")

    assert found is not None
    assert (found.learners, found.lower, found.median, found.upper) == (5, 20, 30, 40)
    assert module_times(traces[1:], "well") is None


def test_enrolments_are_counted_by_week_from_monday_to_sunday() -> None:
    sunday, monday = NOW - DAY, NOW
    traces = [trace(started_at=at) for at in (sunday, monday, NOW - 300 * DAY)]

    earlier, weeks = weekly_enrolments(traces, today=NOW.date())

    assert (earlier, weeks[-2:], sum(weeks)) == (1, [1, 1], 2)
    assert first_week(NOW.date()) == date(2026, 8, 31)


def test_activity_is_what_came_after_a_moment() -> None:
    traces = [trace(active_at=NOW - days * DAY) for days in (1, 7, 8)]

    assert active_since(traces, NOW - 7 * DAY) == 1
    assert active_since(traces, NOW - 28 * DAY) == 3
