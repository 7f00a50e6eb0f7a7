"""Proposals become lines that people have the hours for, prerequisites first."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from conexx_learn.domain.planning.accepted import exceptions_on, matter, unresolved
from conexx_learn.domain.planning.suggestions import Suggestion, suggestions
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import (
    Audience,
    AudienceKind,
    FunctionMinimum,
    InstitutionFacts,
    Plan,
    Reason,
    Requirement,
)
from conexx_learn.domain.readiness.plan_exceptions import ExceptionKind
from conexx_learn.domain.readiness.proposals import ProfileRequirement, proposals
from tests.town_hall import (
    ANA,
    BETO,
    DIEGO,
    LIAISON,
    LONG_AGO,
    PM,
    TODAY,
    appointment,
    course,
    town_hall,
)

NEEDS = [
    ProfileRequirement(1, "PM", "K3", 2, 3),
    ProfileRequirement(2, "PM", "K4", 2, 3),
    ProfileRequirement(3, "PM", "K1", 2, 1),
    ProfileRequirement(4, "LIAISON", "K1", 2, 1),
    ProfileRequirement(5, "HEAD", "K7", 2, 2, must_by_days=400),
]


def suggested(
    facts: InstitutionFacts, needs: list[ProfileRequirement] = NEEDS
) -> list[Suggestion]:
    index = FactIndex(facts)
    return suggestions(index, proposals(index, needs, TODAY), TODAY)


def in_a_plan(lines: list[Suggestion], ends_on: date) -> Plan:
    return Plan(
        id=1,
        series=1,
        version=1,
        title="Plan",
        starts_on=TODAY,
        ends_on=ends_on,
        target_bp=9000,
        approved_on=None,
        superseded_on=None,
        completed_on=None,
        requirements=tuple(
            Requirement(
                id=number,
                plan_id=1,
                audience=line.audience,
                course=line.course,
                min_major=None,
                due_on=line.due_on,
                due_days=line.due_days,
                recert_months=None,
                weight=line.weight,
                min_holders=None,
                reason=Reason("profile", "x"),
            )
            for number, line in enumerate(lines, start=1)
        ),
    )


@pytest.fixture
def facts() -> InstitutionFacts:
    """Two project managers, a head from last month, an empty liaison."""
    return town_hall(
        appointments=[
            appointment(ANA, PM),
            appointment(BETO, PM),
            appointment(DIEGO, 13, from_on=TODAY - timedelta(days=30)),
        ]
    )


def test_the_heaviest_comes_first_and_the_shorter_before_the_longer(
    facts: InstitutionFacts,
) -> None:
    lines = suggested(facts)

    assert [(line.course, line.audience.key) for line in lines] == [
        ("c4", "PM"),
        ("c3", "PM"),
        ("c7", "HEAD"),
        ("c1", "PM"),
        ("c1", "LIAISON"),
    ]


def test_a_line_says_who_lacks_it_and_what_it_costs(facts: InstitutionFacts) -> None:
    lines = {(line.course, line.audience.key): line for line in suggested(facts)}

    assert lines["c3", "PM"].person_ids == (ANA, BETO)
    assert lines["c3", "PM"].hours == Fraction(24)
    assert (lines["c1", "LIAISON"].person_ids, lines["c1", "LIAISON"].vacant_seats) == (
        (),
        2,
    )


def test_everybody_has_the_hours_for_all_of_it(facts: InstitutionFacts) -> None:
    lines = suggested(facts)
    index = FactIndex(facts)
    plan = in_a_plan(lines, TODAY + timedelta(days=1000))

    kinds = {one.kind for one in exceptions_on(index, plan, TODAY)}

    assert ExceptionKind.IMPOSSIBLE_DUE not in kinds
    assert all(line.due_on is None or line.due_on > TODAY for line in lines)


def test_a_day_is_the_end_of_a_month(facts: InstitutionFacts) -> None:
    days = [line.due_on for line in suggested(facts) if line.due_on is not None]

    assert days
    assert all((day + timedelta(days=1)).day == 1 for day in days)


def test_the_hours_that_are_owed_already_come_before(facts: InstitutionFacts) -> None:
    owed = replace(
        in_a_plan([], TODAY),
        id=9,
        approved_on=LONG_AGO,
        requirements=(
            Requirement(
                id=90,
                plan_id=9,
                audience=Audience(AudienceKind.PROFILE, "PM"),
                course="c7",
                min_major=None,
                due_on=TODAY,
                due_days=None,
                recert_months=None,
                weight=1,
                min_holders=None,
                reason=Reason("other", "x"),
            ),
        ),
    )

    free, busy = (
        suggested(facts, [NEEDS[0]])[0].due_on,
        suggested(replace(facts, plans=[owed]), [NEEDS[0]])[0].due_on,
    )

    assert free is not None
    assert busy is not None
    assert busy >= free + timedelta(days=28)


def test_days_after_the_appointment_are_kept_where_nobody_is_late_at_once(
    facts: InstitutionFacts,
) -> None:
    late = replace(
        facts,
        appointments=[appointment(DIEGO, 13, from_on=LONG_AGO)],
    )

    (new,) = suggested(facts, [NEEDS[4]])
    (old,) = suggested(late, [NEEDS[4]])

    assert (new.due_on, new.due_days) == (None, 400)
    assert old.due_days is None


def test_whoever_comes_into_a_vacant_seat_has_half_a_year(
    facts: InstitutionFacts,
) -> None:
    (line,) = suggested(facts, [NEEDS[3]])

    assert (line.due_on, line.due_days, line.vacant_seats) == (None, 180, 2)


def test_two_needs_of_one_course_are_one_line() -> None:
    both = course(3, 12, grants=[("K3", 2), ("K4", 2)])
    facts = replace(
        town_hall(appointments=[appointment(ANA, PM)]), courses={"c3": both}
    )

    (line,) = suggested(facts, [NEEDS[1], NEEDS[0]])

    assert [need.competency for need in line.needs] == ["K4", "K3"]
    assert line.key == "profile:PM:c3"


def test_a_prerequisite_comes_before_its_course_and_is_named_where_it_is_missing() -> (
    None
):
    facts = town_hall(appointments=[appointment(ANA, PM)])
    courses = facts.courses | {"c4": course(4, 10, prerequisites=["c1", "c7"])}
    facts = replace(facts, courses=courses)

    lines = suggested(facts, [NEEDS[1], NEEDS[2]])

    assert [line.course for line in lines] == ["c1", "c4"]
    assert lines[1].also_needs == ("c7",)


def test_a_minimum_of_the_institution_is_a_line_for_a_person() -> None:
    facts = replace(
        town_hall(appointments=[appointment(ANA, LIAISON)]),
        minima=[FunctionMinimum("K3", 2, 1)],
    )

    (line,) = suggested(facts, [])

    assert line.audience == Audience(AudienceKind.PERSON, str(ANA))
    assert line.weight == 3


def test_who_has_no_hours_a_week_shows_up_as_a_case() -> None:
    facts = town_hall(appointments=[appointment(ANA, PM)])
    idle = [replace(one, weekly_hours=0) for one in facts.people]
    facts = replace(facts, people=idle)

    lines = suggested(facts, [NEEDS[0]])
    plan = in_a_plan(lines, TODAY + timedelta(days=1000))
    found = exceptions_on(FactIndex(facts), plan, TODAY)

    assert ExceptionKind.IMPOSSIBLE_DUE in {one.kind for one in found}


def test_what_was_accepted_is_kept_under_its_matter_not_its_row(
    facts: InstitutionFacts,
) -> None:
    index = FactIndex(facts)
    line = Suggestion(
        (),
        Audience(AudienceKind.POST, "99"),
        "c3",
        1,
        TODAY,
        None,
        (),
        0,
        Fraction(0),
        (),
    )
    first = in_a_plan([line], TODAY)
    second = replace(
        first,
        id=2,
        requirements=(replace(first.requirements[0], id=77, plan_id=2),),
    )

    (before,) = exceptions_on(index, first, TODAY)
    (after,) = exceptions_on(index, second, TODAY)

    assert matter(before, first) == matter(after, second)
    assert matter(before, first) == ("empty_audience", "post:99 course:c3")
    assert unresolved([after], second, {matter(before, first)}) == []
    assert unresolved([after], second, set()) == [after]


def test_a_day_that_moves_is_a_new_matter(facts: InstitutionFacts) -> None:
    index = FactIndex(facts)

    def case(due_on: date) -> tuple[str, str]:
        line = Suggestion(
            (),
            Audience(AudienceKind.PROFILE, "PM"),
            "c3",
            1,
            due_on,
            None,
            (),
            0,
            Fraction(0),
            (),
        )
        plan = in_a_plan([line], due_on)
        found = exceptions_on(index, plan, TODAY)
        impossible = [one for one in found if one.kind is ExceptionKind.IMPOSSIBLE_DUE]
        return matter(impossible[0], plan)

    assert case(TODAY + timedelta(days=7)) != case(TODAY + timedelta(days=8))
