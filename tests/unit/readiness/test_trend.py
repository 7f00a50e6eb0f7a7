"""Readiness of the past: each day by the facts of its time."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import CertificateChange
from conexx_learn.domain.readiness.standings import judgements
from conexx_learn.domain.readiness.tally import Share, strict_share
from conexx_learn.domain.readiness.trend import past_share, trend
from tests.sample_institutions import AS_OF, Line, Sketch, harribide, xaltepec

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def hall() -> Sketch:
    """Make Ana and Beto, who owe a course each since 200 days ago."""
    town = Sketch()
    managers = town.add_post("PM", town.add_unit("Hall"), 2)
    town.seat("Ana", managers)
    town.seat("Beto", managers)
    town.plan([Line("PM", "C3", 30, 1)])
    return town


def percents(town: Sketch) -> list[int | None]:
    return [point.share.percent for point in trend(FactIndex(town.facts()), AS_OF)]


def test_it_has_twenty_six_weeks_and_ends_today() -> None:
    points = trend(FactIndex(hall().facts()), AS_OF)

    assert [point.on for point in points] == [
        AS_OF - weeks * WEEK for weeks in range(25, -1, -1)
    ]


def test_its_last_point_is_the_headline() -> None:
    index = FactIndex(xaltepec())

    assert trend(index, AS_OF)[-1].share == Share(Fraction(11), 39)
    assert past_share(index, AS_OF) == Share(Fraction(11), 39)


def test_a_certificate_lifts_it_from_its_issue_to_its_end() -> None:
    town = hall()
    town.certify(1, "C3", -21, until=-8)

    assert percents(town)[-5:] == [0, 50, 50, 0, 0]


def test_a_suspension_lowers_it_from_its_own_day_on() -> None:
    town = hall()
    town.certify(1, "C3", -100, changes=[(CertificateChange.SUSPENDED, -10)])

    assert percents(town)[-3:] == [50, 0, 0]


def test_before_the_plan_there_are_no_requirements() -> None:
    town = Sketch()
    town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.plan([Line("PM", "C3", 30, 1)], approved=-7)

    assert percents(town) == [None] * 24 + [0, 0]


def test_a_new_version_is_marked_where_it_came_into_force() -> None:
    town = hall()
    town.certify(1, "C3", -150)
    town.plan(
        [Line("PM", "C3", 30, 1), Line("PM", "C4", 60, 1)], approved=-10, version=2
    )
    points = trend(FactIndex(town.facts()), AS_OF)

    assert [point.share.percent for point in points[-3:]] == [50, 25, 25]
    assert [point.on for point in points if point.has_step] == [AS_OF - WEEK]
    assert (points[-2].plans_begun, points[-2].plans_ended) == ((12,), (11,))


def test_the_step_is_in_the_week_that_ends_on_the_day_of_approval() -> None:
    town = hall()
    town.plan([Line("PM", "C4", 60, 1)], approved=-7, version=2)
    points = trend(FactIndex(town.facts()), AS_OF)

    assert [point.on for point in points if point.has_step] == [AS_OF - WEEK]


def test_a_plan_that_was_closed_is_marked_too() -> None:
    town = hall()
    town.plans[0] = replace(town.plans[0], completed_on=AS_OF)
    points = trend(FactIndex(town.facts()), AS_OF)

    assert points[-1].plans_ended == (11,)
    assert points[-1].share.percent is None


def test_people_who_left_their_post_are_counted_in_their_week() -> None:
    town = hall()
    town.certify(1, "C3", -150)
    town.appointments[0] = replace(town.appointments[0], to_on=AS_OF - 10 * DAY)
    points = trend(FactIndex(town.facts()), AS_OF)

    assert [point.appointments_ended for point in points[-3:]] == [0, 1, 0]
    assert [point.share.percent for point in points[-3:]] == [50, 0, 0]


@pytest.mark.parametrize(
    ("end", "ended"), [(0, [0, 0]), (-1, [0, 1]), (-7, [0, 1]), (-8, [1, 0])]
)
def test_an_appointment_has_ended_after_its_last_day(
    end: int, ended: list[int]
) -> None:
    town = hall()
    town.appointments[0] = replace(town.appointments[0], to_on=AS_OF + end * DAY)
    points = trend(FactIndex(town.facts()), AS_OF)

    assert [point.appointments_ended for point in points[-2:]] == ended


def test_one_plan_through_its_versions_can_be_followed_alone() -> None:
    index = FactIndex(harribide())
    staff, host = trend(index, AS_OF, series=1), trend(index, AS_OF, series=2)

    assert {point.share.percent for point in staff} == {100}
    assert host[0].share.percent is None
    assert host[-1].share == Share(Fraction(12), 18)
    assert [p.plans_begun for p in host if p.has_step] == [(21,)]


@pytest.mark.parametrize("days", [0, 7, 33, 60, 61, 199, 201])
def test_it_says_what_judging_that_day_says(days: int) -> None:
    index, day = FactIndex(xaltepec()), AS_OF - days * DAY

    assert past_share(index, day) == strict_share(judgements(index, day))


def test_an_exemption_leaves_both_sums_while_it_lasts() -> None:
    town = hall()
    town.exempt(1, "C3", -8, -7)

    wholes = [p.share.whole for p in trend(FactIndex(town.facts()), AS_OF)[-3:]]

    assert wholes == [2, 1, 2]
