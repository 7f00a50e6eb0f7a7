"""Shares of the required weight: floors, empty scopes, and what exemptions change."""

from fractions import Fraction

import pytest

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Audience, AudienceKind
from conexx_learn.domain.readiness.hours import planned_hours
from conexx_learn.domain.readiness.obligations import obligations
from conexx_learn.domain.readiness.scopes import of_post, of_unit
from conexx_learn.domain.readiness.standings import Standing, judgements
from conexx_learn.domain.readiness.tally import Share, tally
from tests.sample_institutions import AS_OF, Line, Sketch, xaltepec

EVERYBODY = Audience(AudienceKind.INSTITUTION)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        pytest.param(Fraction(996), 1000, 99, id="0.996 is 99"),
        pytest.param(Fraction(11), 39, 28, id="28.2"),
        pytest.param(Fraction(1), 1, 100, id="all"),
        pytest.param(Fraction(0), 1, 0, id="nothing"),
        pytest.param(Fraction(0), 0, None, id="no requirements"),
    ],
)
def test_a_percentage_is_rounded_down_and_never_invented(
    part: Fraction, whole: int, percent: int | None
) -> None:
    assert Share(part, whole).percent == percent


def test_a_plan_over_an_empty_unit_has_no_percentage() -> None:
    town = Sketch()
    hall = town.add_unit("Hall")
    empty = town.add_unit("Empty", hall)
    town.seat("Ana", town.add_post("PM", hall))
    town.plan([Line(Audience(AudienceKind.UNIT, str(empty)), "C1", 30, 1)])
    counted = tally(judgements(FactIndex(town.facts()), AS_OF), AS_OF)

    assert counted.seats.percent is None
    assert counted.people.value is None
    assert counted.due.percent is None
    assert (counted.unmet, counted.critical, counted.overdue) == (0, 0, 0)


def hall_of_two() -> Sketch:
    """Make Ana, who met her course of weight 3, and Beto, who owes one of weight 1."""
    town = Sketch()
    unit = town.add_unit("Hall")
    ana = town.seat("Ana", town.add_post("PM", unit))
    town.seat("Beto", town.add_post("TECH", unit))
    town.certify(ana, "C3", -10)
    town.plan([Line("PM", "C3", -5, 3), Line("TECH", "C1", -5, 1)])
    return town


def test_what_is_exempt_leaves_both_sums_and_is_counted() -> None:
    town = hall_of_two()
    before = tally(judgements(FactIndex(town.facts()), AS_OF), AS_OF)
    town.exempt(2, "C1", -5, 5)
    after = tally(judgements(FactIndex(town.facts()), AS_OF), AS_OF)

    assert (before.seats, before.exempt) == (Share(Fraction(3), 4), 0)
    assert (after.seats, after.exempt) == (Share(Fraction(3), 3), 1)
    assert (after.unmet, after.overdue) == (0, 0)
    assert after.due == Share(Fraction(3), 3)


def test_everybody_exempt_leaves_no_requirements() -> None:
    town = Sketch()
    ana = town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.plan([Line("PM", "C3", 5, 3)])
    town.exempt(ana, "C3", -5, 5)

    counted = tally(judgements(FactIndex(town.facts()), AS_OF), AS_OF)

    assert counted.seats.percent is None


def test_progress_counts_half_and_never_for_who_is_blocked() -> None:
    town = hall_of_two()
    town.learn(2, "C1", 50)
    learning = tally(judgements(FactIndex(town.facts()), AS_OF), AS_OF)
    town.learning.clear()
    town.block(2, "C1")
    blocked = tally(judgements(FactIndex(town.facts()), AS_OF), AS_OF)

    assert learning.seats_with_progress == Share(Fraction(13, 4), 4)
    assert learning.seats == Share(Fraction(3), 4)
    assert blocked.seats_with_progress == Share(Fraction(3), 4)


def test_the_worth_of_progress_is_a_setting() -> None:
    town = hall_of_two()
    town.learn(2, "C1", 50)
    judged = judgements(FactIndex(town.facts()), AS_OF)

    counted = tally(judged, AS_OF, progress_credit=Fraction(0))

    assert counted.seats_with_progress == counted.seats


def test_what_is_due_today_is_due_so_far() -> None:
    town = Sketch()
    town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.plan([Line("PM", "C1", 0, 1), Line("PM", "C2", 1, 2), Line("PM", "C3", -1, 3)])

    counted = tally(judgements(FactIndex(town.facts()), AS_OF), AS_OF)

    assert counted.due.whole == 4
    assert counted.overdue == 1


def test_the_sum_of_the_units_is_not_the_institution() -> None:
    town = Sketch()
    hall = town.add_unit("Hall")
    units = [town.add_unit(name, hall) for name in ("North", "South")]
    ana = town.add_person("Ana")
    for unit in units:
        town.appoint(ana, town.add_post("PM", unit))
    town.plan([Line("PM", "C3", 30, 3)])
    index = FactIndex(town.facts())
    judged = judgements(index, AS_OF)

    wholes = [tally(of_unit(judged, index, unit), AS_OF).seats.whole for unit in units]

    assert wholes == [3, 3]
    assert tally(of_unit(judged, index, hall), AS_OF).seats.whole == 3
    assert tally(judged, AS_OF).seats.whole == 3


def test_a_person_in_two_posts_shows_in_each_what_that_post_asks() -> None:
    town = Sketch()
    hall = town.add_unit("Hall")
    managers, finance = town.add_post("PM", hall), town.add_post("FIN", hall)
    ana = town.seat("Ana", managers)
    town.appoint(ana, finance)
    town.plan([Line("PM", "C3", 30, 3), Line("FIN", "C7", 30, 2)])
    judged = judgements(FactIndex(town.facts()), AS_OF)

    assert [one.obligation.course for one in of_post(judged, managers)] == ["C3"]
    assert [one.obligation.course for one in of_post(judged, finance)] == ["C7"]


def test_one_plan_is_counted_by_its_own_requirements_alone() -> None:
    town = Sketch()
    town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    light = town.plan([Line("PM", "C3", 30, 1)])
    town.plan([Line("PM", "C3", 30, 3)], series=2)
    index = FactIndex(town.facts())

    alone = tally(judgements(index, AS_OF, plans=[light]), AS_OF)

    assert (alone.seats.whole, alone.critical) == (1, 0)
    assert tally(judgements(index, AS_OF), AS_OF).critical == 1


def test_every_standing_is_counted() -> None:
    counted = tally(judgements(FactIndex(xaltepec()), AS_OF), AS_OF)

    assert counted.counts == {
        Standing.MET: 4,
        Standing.EXPIRING: 1,
        Standing.IN_PROGRESS: 4,
        Standing.NOT_STARTED: 3,
        Standing.VACANT: 2,
        Standing.BLOCKED: 1,
        Standing.EXPIRED: 1,
        Standing.LOCKED: 1,
        Standing.SUSPENDED: 1,
        Standing.EXEMPT: 1,
    }


def test_the_hours_of_a_plan_are_people_times_courses() -> None:
    town = Sketch()
    hall = town.add_unit("Hall")
    town.seat("Ana", town.add_post("PM", hall, 2))
    town.seat("Carla", town.add_post("FIN", hall))
    lines = [Line("PM", course, 30, 3) for course in ("C3", "C4", "C8", "C10")]
    lines += [Line("FIN", course, 30, 3) for course in ("C4", "C7")]
    town.plan(lines)
    index = FactIndex(town.facts())

    assert planned_hours(index, obligations(index, AS_OF)) == 120
