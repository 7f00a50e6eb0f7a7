"""What in a plan needs somebody's eyes: each kind, and its edges."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Audience, AudienceKind, Plan
from conexx_learn.domain.readiness.plan_exceptions import (
    ExceptionKind,
    PlanException,
    plan_exceptions,
)
from conexx_learn.domain.readiness.standings import judgements
from tests.sample_institutions import AS_OF, COURSES, Line, Sketch, xaltepec

DAY = timedelta(days=1)
ANA = 1


def hall(begin: int | None = -400, end: int | None = None) -> Sketch:
    """Make Ana, the project manager."""
    town = Sketch()
    post = town.add_post("PM", town.add_unit("Hall"))
    town.appoint(town.add_person("Ana"), post, begin, end)
    return town


def found(town: Sketch, plan: Plan) -> list[PlanException]:
    index = FactIndex(town.facts())
    judged = judgements(index, AS_OF, plans=[plan])
    return plan_exceptions(index, plan, judged, AS_OF)


def kinds(town: Sketch, *lines: Line) -> list[str]:
    return [one.kind.value for one in found(town, town.plan(lines))]


def test_an_ordinary_plan_has_none() -> None:
    assert kinds(hall(), Line("PM", "C3", 90, 3)) == []


def test_an_unknown_beginning_is_told_once_for_a_person_and_post() -> None:
    town = hall(begin=None)
    plan = town.plan([Line("PM", "C3", 90, 3), Line("PM", "C4", None, 3, due_days=90)])

    [one] = found(town, plan)

    assert one == PlanException(
        ExceptionKind.NO_APPOINTMENT_DATE, (1100, 1101), person_id=ANA, post_id=1
    )
    assert one.is_blocking


@pytest.mark.parametrize(
    ("due", "is_told"),
    [
        pytest.param(42, False, id="twelve hours in six weeks"),
        pytest.param(41, True, id="a day less"),
        pytest.param(0, True, id="due today"),
        pytest.param(-1, False, id="overdue is another matter"),
    ],
)
def test_hours_must_fit_into_the_weeks_that_are_left(due: int, is_told: bool) -> None:
    told = kinds(hall(), Line("PM", "C3", due, 3))

    assert told == (["impossible_due"] if is_told else [])


def test_hours_of_all_that_is_due_by_then_are_added_up() -> None:
    town = hall()
    plan = town.plan([Line("PM", "C3", -5, 3), Line("PM", "C9", 49, 3)])

    [one] = found(town, plan)

    assert (one.course, one.on) == ("C9", AS_OF + 49 * DAY)
    assert (one.hours_needed, one.hours_available) == (Fraction(16), Fraction(14))
    assert one.is_blocking


def test_what_is_learned_already_takes_no_hours() -> None:
    town = hall()
    town.learn(ANA, "C3", 50)

    assert kinds(town, Line("PM", "C3", 21, 3)) == []


def test_a_requirement_that_binds_nobody_is_told() -> None:
    town = hall()
    empty = Audience(AudienceKind.PROFILE, "MEAL")
    plan = town.plan([Line(empty, "C8", 90, 3), Line("PM", "C3", 90, 3)])

    [one] = found(town, plan)

    assert one == PlanException(ExceptionKind.EMPTY_AUDIENCE, (1100,), course="C8")
    assert one.is_blocking


@pytest.mark.parametrize("is_known", [True, False])
def test_a_course_that_nobody_can_begin_is_told(is_known: bool) -> None:
    town = hall()
    plan = town.plan([Line("PM", "C3", 90, 3)])
    courses = {"C3": replace(COURSES["C3"], is_live=False)} if is_known else {}
    index = FactIndex(replace(town.facts(), courses=courses))
    judged = judgements(index, AS_OF, plans=[plan])

    [one] = plan_exceptions(index, plan, judged, AS_OF)

    assert one == PlanException(ExceptionKind.COURSE_RETIRED, (1100,), course="C3")
    assert one.is_blocking


def test_requirements_that_were_merged_are_told_and_block_nothing() -> None:
    town = hall()
    everybody = Audience(AudienceKind.INSTITUTION)
    plan = town.plan([Line("PM", "C3", 90, 3), Line(everybody, "C3", 120, 1)])

    [one] = found(town, plan)

    assert (one.kind, one.requirement_ids) == (
        ExceptionKind.MERGED_DUPLICATE,
        (1100, 1101),
    )
    assert not one.is_blocking


def test_a_vacant_seat_is_told_once_and_blocks_nothing() -> None:
    town = hall()
    liaison = town.add_post("LIAISON", 1, 2)
    plan = town.plan([Line("LIAISON", "C5", 90, 1), Line("LIAISON", "C9", 90, 1)])

    seats = found(town, plan)

    assert (
        seats
        == [PlanException(ExceptionKind.VACANT_SEAT, (1100, 1101), post_id=liaison)] * 2
    )
    assert not any(one.is_blocking for one in seats)


@pytest.mark.parametrize(
    ("end", "is_told"), [(89, True), (90, False), (91, False), (None, False)]
)
def test_who_leaves_before_the_day_is_told(end: int | None, is_told: bool) -> None:
    told = kinds(hall(end=end), Line("PM", "C3", 90, 3))

    assert told == (["leaves_before_due"] if is_told else [])


def test_who_leaves_and_has_met_it_is_not_told() -> None:
    town = hall(end=50)
    town.certify(ANA, "C3", -5)

    assert kinds(town, Line("PM", "C3", 90, 3)) == []


def test_the_latest_of_several_appointments_decides() -> None:
    town = hall(end=50)
    town.appoint(ANA, town.add_post("PM", 1), end=95)

    assert kinds(town, Line("PM", "C3", 90, 3)) == []
    assert kinds(town, Line("PM", "C3", 96, 3)) == ["leaves_before_due"]


def test_a_membership_may_end_before_the_appointment() -> None:
    town = hall()
    town.people[0] = replace(town.people[0], memberships=(town.period(-900, 50),))
    named = Audience(AudienceKind.PERSON, str(ANA))

    assert kinds(town, Line("PM", "C3", 90, 3)) == ["leaves_before_due"]
    assert kinds(town, Line(named, "C3", 90, 3)) == ["leaves_before_due"]


@pytest.mark.parametrize(("post_ends", "left"), [(50, 70), (70, 50)])
def test_the_first_of_both_ends_is_the_last_day(post_ends: int, left: int) -> None:
    town = hall(end=post_ends)
    town.people[0] = replace(town.people[0], memberships=(town.period(-900, left),))

    [one] = found(town, town.plan([Line("PM", "C3", 90, 3)]))

    assert one.on == AS_OF + 50 * DAY


@pytest.mark.parametrize(
    ("mandate_ends", "begin", "end", "told"),
    [
        pytest.param(50, -400, None, ["leaves_before_due"], id="before the day"),
        pytest.param(50, -400, 200, ["leaves_before_due"], id="before its own end"),
        pytest.param(200, -400, 50, ["leaves_before_due"], id="after its own end"),
        pytest.param(90, -400, None, [], id="on the day"),
        pytest.param(-50, -10, None, [], id="the mandate before"),
        pytest.param(-10, -10, None, [], id="begun when the old mandate ended"),
    ],
)
def test_an_appointment_may_end_with_the_mandate(
    mandate_ends: int, begin: int, end: int | None, told: list[str]
) -> None:
    town = Sketch(mandate_ends=mandate_ends)
    post = town.add_post("PM", town.add_unit("Hall"))
    town.appoint(town.add_person("Ana"), post, begin, end, ends_with_mandate=True)

    assert kinds(town, Line("PM", "C3", 90, 3)) == told


def test_the_exceptions_of_xaltepec() -> None:
    facts = xaltepec()
    index = FactIndex(facts)
    [plan] = index.plans_in_force(AS_OF)
    told = plan_exceptions(index, plan, judgements(index, AS_OF), AS_OF)
    names = {person.id: person.name for person in facts.people}

    assert [(one.kind.value, names.get(one.person_id or 0)) for one in told] == [
        ("no_appointment_date", "Jacinta"),
        ("impossible_due", "Carla"),
        ("vacant_seat", None),
    ]


def test_all_seven_kinds_are_there_and_five_block() -> None:
    told = [PlanException(kind, ()) for kind in ExceptionKind]

    assert len(told) == 7
    assert sum(one.is_blocking for one in told) == 5
