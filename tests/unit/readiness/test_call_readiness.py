"""Whether the people suffice for a call, and what has to start by when."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.readiness.call_readiness import (
    CallNeed,
    CallReadiness,
    Reach,
    call_readiness,
    deadline_day,
)
from conexx_learn.domain.readiness.call_starts import BUFFER, OwedCourse, latest_start
from conexx_learn.domain.readiness.facts import (
    Course,
    InstitutionFacts,
    Learning,
)
from tests.town_hall import (
    ANA,
    BETO,
    CARLA,
    DIEGO,
    EVA,
    FIN,
    PM,
    TODAY,
    appointment,
    certificate,
    course,
    owed_in_the_example,
    town_hall,
    worked_example,
)

VECTOR = json.loads(
    (Path(__file__).parents[2] / "domain_vectors.json").read_text(encoding="utf-8")
)["call"]
MEXICO = ZoneInfo("America/Mexico_City")
BRUSSELS = ZoneInfo("Europe/Brussels")
DEADLINE = datetime(2027, 1, 15, 16, tzinfo=BRUSSELS)
DEADLINE_ON = date(2027, 1, 15)
NEEDS = (CallNeed("K3", 2, 2), CallNeed("K4", 2, 1), CallNeed("K7", 2, 1))


def check(
    facts: InstitutionFacts,
    needs: Sequence[CallNeed] = NEEDS,
    owed: Sequence[OwedCourse] = (),
    deadline: datetime = DEADLINE,
) -> CallReadiness:
    return call_readiness(facts, needs=needs, owed=owed, deadline=deadline, zone=MEXICO)


def worked_check() -> CallReadiness:
    return check(worked_example(), owed=owed_in_the_example())


def in_posts(*people: int) -> InstitutionFacts:
    return town_hall(appointments=[appointment(one, PM) for one in people])


def with_courses(facts: InstitutionFacts, *courses: Course) -> InstitutionFacts:
    return replace(facts, courses={one.slug: one for one in courses})


def owes(person_id: int | None, slug: str, due_on: date | None) -> OwedCourse:
    return OwedCourse(person_id, slug, due_on, Fraction(10), is_met=False)


@pytest.mark.parametrize(("hours", "day"), VECTOR["latest_start"].items())
def test_the_latest_start_is_whole_weeks_before_the_buffer(
    hours: str, day: str
) -> None:
    assert timedelta(days=VECTOR["buffer_days"]) == BUFFER
    assert latest_start(
        Fraction(hours),
        weekly_hours=VECTOR["weekly_hours"],
        deadline_on=date.fromisoformat(VECTOR["deadline"]),
    ) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("hours", "weekly_hours", "day"),
    [
        pytest.param(Fraction(0), 2, date(2027, 1, 1), id="nothing left"),
        pytest.param(Fraction(0), 0, date(2027, 1, 1), id="nothing left, no time"),
        pytest.param(Fraction(1), 0, None, id="no time for learning"),
        pytest.param(Fraction(1, 4), 20, date(2026, 12, 25), id="part of a week"),
        pytest.param(Fraction(41, 10), 2, date(2026, 12, 11), id="a bit over two"),
        pytest.param(Fraction(1000), 1, date(2007, 11, 2), id="a thousand weeks"),
        pytest.param(Fraction(10**9), 1, None, id="more than a life"),
    ],
)
def test_the_latest_start_at_its_edges(
    hours: Fraction, weekly_hours: int, day: date | None
) -> None:
    start = latest_start(hours, weekly_hours=weekly_hours, deadline_on=DEADLINE_ON)

    assert start == day


def test_the_worked_example_counts_each_need_three_times() -> None:
    design, budget, execution = worked_check().needs

    assert [len(x) for x in (design.now, design.on_deadline, design.if_kept)] == [
        1,
        1,
        2,
    ]
    assert [len(x) for x in (budget.now, budget.on_deadline, budget.if_kept)] == [
        1,
        0,
        3,
    ]
    assert [
        len(x) for x in (execution.now, execution.on_deadline, execution.if_kept)
    ] == [0, 0, 0]
    assert (design.is_met_now, design.is_met_on_deadline, design.is_met_if_kept) == (
        False,
        False,
        True,
    )
    assert (budget.is_met_now, budget.is_met_on_deadline, budget.is_met_if_kept) == (
        True,
        False,
        True,
    )


def test_the_worked_example_names_the_people() -> None:
    design, budget, execution = worked_check().needs

    assert [holder.person.name for holder in design.now] == ["Ana"]
    assert [one.name for one in design.if_kept] == ["Ana", "Beto"]
    assert [one.name for one in budget.if_kept] == ["Ana", "Beto", "Carla"]
    assert [holder.person.name for holder in budget.now] == ["Beto"]
    assert budget.now[0].valid_until == date(2026, 12, 20)
    assert execution.if_kept == ()


def test_the_worked_example_says_what_has_to_start_and_when() -> None:
    design, budget, execution = worked_check().needs

    assert [
        (row.starts[0].person.name, row.starts[0].hours_left, row.latest_start)
        for row in (design, budget)
    ] == [
        ("Beto", Fraction(12), date(2026, 11, 20)),
        ("Ana", Fraction(4), date(2026, 12, 18)),
    ]
    assert execution.starts[0].hours_left == 10
    assert execution.latest_start == date(2026, 11, 27)
    assert [row.has_requirement for row in (design, budget, execution)] == [
        True,
        True,
        False,
    ]


def test_the_verdict_is_the_worst_need_and_how_many_things_start_by_when() -> None:
    readiness = worked_check()

    assert [row.reach for row in readiness.needs] == [
        Reach.PLANNED,
        Reach.PLANNED,
        Reach.UNPLANNED,
    ]
    assert readiness.reach is Reach.UNPLANNED
    assert len(readiness.starts) == 3
    assert readiness.first_start == date(2026, 11, 20)
    assert [start.latest_start for start in readiness.starts] == sorted(
        start.latest_start for start in readiness.starts if start.latest_start
    )


def test_everybody_in_a_post_could_start_and_the_best_is_first() -> None:
    _, budget, _ = worked_check().needs

    assert [
        (start.person.name, start.latest_start, start.is_planned, start.is_blocked)
        for start in budget.candidates
    ] == [
        ("Ana", date(2026, 12, 18), True, False),
        ("Beto", date(2026, 11, 27), True, False),
        ("Diego", date(2026, 11, 27), False, False),
        ("Carla", date(2026, 11, 27), True, True),
    ]


def test_an_hour_is_counted_once() -> None:
    needs = (CallNeed("K4", 2, 1), CallNeed("K7", 2, 1))

    both = check(in_posts(ANA), needs)

    assert [start.latest_start for start in both.starts] == [
        date(2026, 10, 23),
        date(2026, 11, 27),
    ]
    assert [row.reach for row in both.needs] == [Reach.UNPLANNED, Reach.TOO_LATE]
    two = check(in_posts(ANA, BETO), needs)
    assert {start.person.id for start in two.starts} == {ANA, BETO}
    assert two.reach is Reach.UNPLANNED


def test_one_start_for_two_needs_is_one_start() -> None:
    capstone = course(10, 20, grants=[("K10", 3), ("K3", 3)])
    facts = with_courses(in_posts(ANA), capstone)
    later = datetime(2027, 6, 1, 12, tzinfo=UTC)

    readiness = check(
        facts, [CallNeed("K10", 3, 1), CallNeed("K3", 3, 1)], deadline=later
    )

    assert len(readiness.starts) == 1
    assert readiness.starts[0].latest_start == later.date() - BUFFER - timedelta(70)


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        pytest.param(
            datetime(2027, 1, 16, 0, 30, tzinfo=BRUSSELS), DEADLINE_ON, id="night"
        ),
        pytest.param(
            datetime(2027, 1, 16, 6, 59, tzinfo=BRUSSELS), DEADLINE_ON, id="before"
        ),
        pytest.param(
            datetime(2027, 1, 16, 7, tzinfo=BRUSSELS), date(2027, 1, 16), id="midnight"
        ),
    ],
)
def test_the_deadline_is_a_day_of_the_institution(
    deadline: datetime, day: date
) -> None:
    assert deadline_day(deadline, zone=MEXICO) == day
    held = certificate(ANA, 4, DEADLINE_ON)
    facts = town_hall(appointments=[appointment(ANA, FIN)], certificates=[held])

    readiness = check(facts, [CallNeed("K4", 2, 1)], deadline=deadline)

    assert readiness.deadline_on == day
    assert readiness.needs[0].is_met_on_deadline is (day == DEADLINE_ON)


def test_a_deadline_without_a_time_zone_is_refused() -> None:
    naive = datetime(2027, 1, 15, 16)  # noqa: DTZ001 -- that is the point

    with pytest.raises(ValueError, match="time zone"):
        check(worked_example(), deadline=naive)


def test_a_call_that_asks_for_nobody_is_met() -> None:
    readiness = check(town_hall(), [])

    assert readiness.reach is Reach.MET
    assert readiness.starts == ()
    assert readiness.first_start is None
    assert readiness.team.is_complete


def test_a_call_without_anybody_in_a_post_is_out_of_reach() -> None:
    readiness = check(town_hall())

    assert readiness.reach is Reach.NOBODY
    assert readiness.starts == ()


def test_a_competency_without_a_course_is_out_of_reach() -> None:
    readiness = check(in_posts(ANA, BETO), [CallNeed("K99", 1, 1)])

    assert readiness.reach is Reach.NOBODY
    assert readiness.needs[0].candidates == ()
    assert not readiness.needs[0].has_requirement


def test_a_level_that_no_course_reaches_is_out_of_reach() -> None:
    assert check(in_posts(ANA), [CallNeed("K4", 3, 1)]).reach is Reach.NOBODY


def test_a_requirement_due_after_the_deadline_does_not_help_but_is_a_line() -> None:
    late = owes(ANA, "c4", DEADLINE_ON + timedelta(days=1))

    (budget,) = check(in_posts(ANA), [CallNeed("K4", 2, 1)], [late]).needs

    assert budget.has_requirement
    assert not budget.is_met_if_kept
    assert budget.reach is Reach.UNPLANNED


@pytest.mark.parametrize("due_on", [date(2026, 1, 1), DEADLINE_ON])
def test_a_requirement_due_by_the_deadline_helps(due_on: date) -> None:
    owed = [owes(ANA, "c4", due_on)]

    (budget,) = check(in_posts(ANA), [CallNeed("K4", 2, 1)], owed).needs

    assert budget.is_met_if_kept
    assert budget.reach is Reach.PLANNED


def test_a_requirement_without_a_day_promises_nothing() -> None:
    owed = [owes(ANA, "c4", None)]

    (budget,) = check(in_posts(ANA), [CallNeed("K4", 2, 1)], owed).needs

    assert budget.has_requirement
    assert not budget.is_met_if_kept


def test_a_vacant_seat_is_a_line_that_nobody_keeps() -> None:
    owed = [owes(None, "c4", TODAY)]

    (budget,) = check(in_posts(ANA), [CallNeed("K4", 2, 1)], owed).needs

    assert budget.has_requirement
    assert budget.if_kept == ()


def test_who_leaves_before_the_deadline_does_not_help() -> None:
    facts = town_hall(
        appointments=[appointment(ANA, PM, to_on=DEADLINE_ON - timedelta(days=1))],
        certificates=[certificate(ANA, 4, None)],
    )

    (budget,) = check(facts, [CallNeed("K4", 2, 1)], [owes(ANA, "c4", TODAY)]).needs

    assert budget.is_met_now
    assert budget.on_deadline == ()
    assert budget.if_kept == ()
    assert budget.candidates == ()


def test_the_end_of_the_mandate_before_the_deadline_counts() -> None:
    facts = town_hall(
        appointments=[appointment(ANA, PM, ends_with_mandate=True)],
        certificates=[certificate(ANA, 4, None)],
        mandate_ends_on=date(2026, 12, 31),
    )

    (budget,) = check(facts, [CallNeed("K4", 2, 1)]).needs

    assert (budget.is_met_now, budget.is_met_on_deadline) == (True, False)


def test_a_certificate_that_runs_out_is_renewed_in_full() -> None:
    held = certificate(BETO, 4, date(2026, 12, 20))
    facts = town_hall(appointments=[appointment(BETO, FIN)], certificates=[held])
    owed = [OwedCourse(BETO, "c4", DEADLINE_ON, Fraction(0), is_met=True)]

    (budget,) = check(facts, [CallNeed("K4", 2, 1)], owed).needs

    assert budget.starts[0].hours_left == 10
    assert budget.is_met_if_kept


def test_what_was_learned_already_is_not_learned_again() -> None:
    facts = replace(
        in_posts(ANA), learning=[Learning(ANA, "c4", Fraction(3, 5), is_blocked=False)]
    )

    (budget,) = check(facts, [CallNeed("K4", 2, 1)]).needs

    assert budget.starts[0].hours_left == 4


def test_prerequisites_that_are_not_passed_take_their_hours_too() -> None:
    facts = with_courses(
        in_posts(ANA, BETO),
        course(2, 6),
        course(3, 12, prerequisites=["c2"]),
        course(10, 20, prerequisites=["c2", "c3", "ghost"]),
    )
    passed = [certificate(BETO, 2, None), certificate(BETO, 3, date(2026, 11, 1))]

    (capstone,) = check(
        replace(facts, certificates=passed), [CallNeed("K10", 2, 1)]
    ).needs

    assert {start.person.id: start.hours_left for start in capstone.candidates} == {
        ANA: 38,
        BETO: 32,
    }


def test_prerequisites_in_a_circle_are_walked_once() -> None:
    facts = with_courses(
        in_posts(ANA),
        course(3, 12, prerequisites=["c4"]),
        course(4, 10, prerequisites=["c3"]),
    )

    (budget,) = check(facts, [CallNeed("K4", 2, 1)]).needs

    assert budget.candidates[0].hours_left == 22


def test_the_shorter_of_two_courses_is_proposed_unless_the_plan_says_otherwise() -> (
    None
):
    facts = with_courses(
        in_posts(ANA, BETO),
        course(4, 10),
        course(14, 4, grants=[("K4", 3)]),
    )
    owed = [owes(BETO, "c4", TODAY)]

    (budget,) = check(facts, [CallNeed("K4", 2, 2)], owed).needs

    assert {start.person.id: start.course for start in budget.starts} == {
        ANA: "c14",
        BETO: "c4",
    }


def test_a_withdrawn_course_is_only_for_who_is_in_it() -> None:
    facts = with_courses(in_posts(ANA, BETO), course(4, 10, is_live=False))
    inside = [Learning(BETO, "c4", Fraction(1, 2), is_blocked=False)]

    (budget,) = check(replace(facts, learning=inside), [CallNeed("K4", 2, 1)]).needs

    assert [start.person.id for start in budget.candidates] == [BETO]


def test_a_start_in_the_past_is_too_late() -> None:
    last_day = datetime(2026, 12, 7, 12, tzinfo=UTC)
    day_before = last_day - timedelta(days=1)
    facts = with_courses(in_posts(ANA), course(4, 2))
    need = [CallNeed("K4", 2, 1)]

    (in_time,) = check(facts, need, deadline=last_day).needs
    assert (in_time.latest_start, in_time.reach) == (TODAY, Reach.UNPLANNED)
    assert check(facts, need, deadline=day_before).reach is Reach.TOO_LATE


def test_who_has_no_hours_for_learning_is_asked_last_and_too_late() -> None:
    facts = in_posts(ANA, BETO)
    busy = [
        replace(one, weekly_hours=0) if one.id == ANA else one for one in facts.people
    ]
    facts = replace(facts, people=busy)

    (budget,) = check(facts, [CallNeed("K4", 2, 2)]).needs

    assert [start.person.id for start in budget.candidates] == [BETO, ANA]
    assert budget.candidates[1].latest_start is None
    assert budget.reach is Reach.TOO_LATE
    assert check(facts, [CallNeed("K4", 2, 1)]).reach is Reach.UNPLANNED


def test_past_its_deadline_a_call_is_over() -> None:
    facts = in_posts(ANA)

    assert check(facts, [], deadline=datetime(2026, 11, 15, 12, tzinfo=UTC)).is_over
    assert not check(facts, [], deadline=datetime(2026, 11, 16, 12, tzinfo=UTC)).is_over


def test_the_team_is_of_different_people() -> None:
    facts = town_hall(
        appointments=[appointment(ANA, PM), appointment(BETO, FIN)],
        certificates=[
            certificate(ANA, 3, None),
            certificate(ANA, 4, None),
            certificate(BETO, 4, None),
            certificate(ANA, 7, None),
        ],
    )
    needs = [
        CallNeed("K3", 2, 1, "PM"),
        CallNeed("K4", 2, 1, "FIN"),
        CallNeed("K7", 2, 1, "MEAL"),
    ]

    readiness = check(facts, needs)

    assert readiness.reach is Reach.MET
    assert readiness.team.size == 2
    assert readiness.team.unfilled == ("MEAL",)
    assert readiness.team.counted_repeatedly == {ANA: ("PM", "FIN", "MEAL")}


def test_needs_of_one_role_want_the_same_person() -> None:
    facts = town_hall(
        appointments=[appointment(ANA, PM), appointment(BETO, FIN)],
        certificates=[certificate(ANA, 3, None), certificate(BETO, 4, None)],
    )
    needs = [CallNeed("K3", 2, 1, "PM"), CallNeed("K4", 2, 1, "PM")]

    readiness = check(facts, needs)

    assert readiness.reach is Reach.MET
    assert readiness.team.unfilled == ("PM",)


def test_a_role_has_as_many_seats_as_its_largest_need() -> None:
    facts = town_hall(
        appointments=[appointment(ANA, PM), appointment(BETO, PM)],
        certificates=[
            certificate(ANA, 3, None),
            certificate(ANA, 4, None),
            certificate(BETO, 3, None),
        ],
    )
    needs = [CallNeed("K3", 2, 2, "PM"), CallNeed("K4", 2, 1, "PM")]

    assert check(facts, needs).team.pairs == (("PM", ANA), ("PM", BETO))


def test_needs_without_a_role_take_no_seat() -> None:
    assert worked_check().team.pairs == ()
    assert worked_check().team.is_complete


def test_the_team_in_reach_counts_who_starts() -> None:
    facts = in_posts(ANA, BETO)
    needs = [CallNeed("K4", 2, 1, "FIN"), CallNeed("K7", 2, 1, "MEAL")]

    readiness = check(facts, needs, [owes(ANA, "c4", TODAY)])

    assert readiness.team.size == 0
    assert readiness.team_in_reach.pairs == (("FIN", ANA), ("MEAL", BETO))


@given(
    st.lists(
        st.builds(
            CallNeed,
            st.sampled_from(["K1", "K3", "K4", "K7", "K9"]),
            st.integers(1, 4),
            st.integers(1, 6),
            st.sampled_from(["", "PM", "FIN"]),
        ),
        max_size=5,
    ),
    st.dates(date(2026, 10, 1), date(2028, 1, 1)),
)
def test_the_parts_of_a_check_always_fit_together(
    needs: list[CallNeed], day: date
) -> None:
    moment = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)

    readiness = check(worked_example(), needs, owed_in_the_example(), moment)

    assert readiness == check(worked_example(), needs, owed_in_the_example(), moment)
    for row in readiness.needs:
        lacking = max(0, row.need.holders - len(row.on_deadline))
        assert len(row.starts) <= lacking
        assert (row.reach is Reach.MET) is (lacking == 0)
        assert (row.reach is Reach.NOBODY) is (len(row.starts) < lacking)
        there = {holder.person.id for holder in row.on_deadline}
        assert there <= {one.id for one in row.if_kept}
        assert not there & {start.person.id for start in row.candidates}
        assert {start.person.id for start in row.candidates} <= {
            ANA,
            BETO,
            CARLA,
            DIEGO,
        }
        assert EVA not in {one.id for one in row.if_kept}
    assert readiness.team.size <= readiness.team_in_reach.size
