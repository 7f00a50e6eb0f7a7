"""When one person will be done, at the hours that they give."""

from datetime import timedelta

import pytest

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.pace import PacedCourse, paced
from conexx_learn.domain.readiness.standings import judgements
from tests.sample_institutions import AS_OF, Line, Sketch


def pace_of(town: Sketch, weekly_hours: int) -> list[PacedCourse]:
    index = FactIndex(town.facts())
    return paced(index, judgements(index, AS_OF), AS_OF, weekly_hours=weekly_hours)


def weeks(found: list[PacedCourse]) -> list[int | None]:
    return [
        None if one.done_on is None else (one.done_on - AS_OF) // timedelta(weeks=1)
        for one in found
    ]


@pytest.fixture
def town() -> Sketch:
    """Make a town whose one person owes 8, 10 and 12 hours, in this order."""
    town = Sketch()
    ana = town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.learn(ana, "C8", 50)
    town.plan(
        [
            Line("PM", "C3", 90, 1),
            Line("PM", "C4", 60, 1),
            Line("PM", "C1", 30, 1),
        ]
    )
    return town


def test_one_course_follows_the_other_by_due_day(town: Sketch) -> None:
    found = pace_of(town, 2)

    assert [one.judged.obligation.course for one in found] == ["C1", "C4", "C3"]
    assert weeks(found) == [4, 9, 15]
    assert [one.is_in_time for one in found] == [True, False, False]


def test_without_hours_nothing_can_be_said(town: Sketch) -> None:
    assert weeks(pace_of(town, 0)) == [None, None, None]
    assert [one.is_in_time for one in pace_of(town, 0)] == [None, None, None]


def test_what_is_begun_costs_what_is_left(town: Sketch) -> None:
    town.learn(1, "C1", 75)

    assert weeks(pace_of(town, 2)) == [1, 6, 12]


def test_what_others_hold_up_takes_no_hours(town: Sketch) -> None:
    town.block(1, "C1")

    assert weeks(pace_of(town, 2)) == [None, 5, 11]


def test_who_owes_nothing_has_nothing_to_do() -> None:
    town = Sketch()
    ana = town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.certify(ana, "C1", -10)
    town.plan([Line("PM", "C1", 30, 1)])

    assert pace_of(town, 2) == []
