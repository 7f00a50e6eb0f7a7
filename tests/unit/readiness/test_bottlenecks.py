"""What to do next: minima first, then calls, then readiness for an hour."""

from conexx_learn.domain.readiness.bottlenecks import bottlenecks, course_bottlenecks
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.standings import Standing, judgements
from tests.sample_institutions import AS_OF, Line, Sketch, small_council, xaltepec

ANA, BETO, CARLA = 1, 2, 3
Keyed = tuple[int | None, str]


def keys(index: FactIndex, **counts: dict[tuple[int, str], int]) -> list[Keyed]:
    found = bottlenecks(
        index,
        judgements(index, AS_OF),
        minima_closed=lambda person, course: counts.get("minima", {}).get(
            (person, course), 0
        ),
        calls_unblocked=lambda person, course: counts.get("calls", {}).get(
            (person, course), 0
        ),
    )
    return [(o.person_id, o.course) for o in (one.judged.obligation for one in found)]


def test_who_closes_a_minimum_comes_first() -> None:
    index = FactIndex(small_council())

    assert keys(index)[:2] == [(ANA, "C4"), (CARLA, "C4")]
    assert keys(index, minima={(BETO, "C3"): 1})[0] == (BETO, "C3")


def test_who_opens_a_call_comes_after_who_closes_a_minimum() -> None:
    index = FactIndex(small_council())
    minima, calls = {(BETO, "C3"): 1}, {(CARLA, "C1"): 3, (BETO, "C3"): 0}

    assert keys(index, minima=minima, calls=calls)[:3] == [
        (BETO, "C3"),
        (CARLA, "C1"),
        (ANA, "C4"),
    ]


def test_who_has_only_the_final_quiz_left_comes_first() -> None:
    town = Sketch()
    post = town.add_post("PM", town.add_unit("Hall"), 2)
    town.learn(town.seat("Ana", post), "C9", 95)
    town.learn(town.seat("Beto", post), "C9", 100)
    town.plan([Line("PM", "C9", 30, 1)])
    index = FactIndex(town.facts())
    [first, second] = bottlenecks(index, judgements(index, AS_OF))

    assert (first.judged.obligation.person_id, first.gain_per_hour) == (BETO, None)
    assert second.gain_per_hour is not None


def test_what_is_met_or_exempt_is_no_bottleneck() -> None:
    index = FactIndex(xaltepec())
    found = bottlenecks(index, judgements(index, AS_OF))

    assert len(found) == 13
    assert all(one.judged.is_unmet for one in found)


def test_nothing_owed_gives_nothing() -> None:
    index = FactIndex(Sketch().facts())

    assert bottlenecks(index, judgements(index, AS_OF)) == []
    assert course_bottlenecks(index, judgements(index, AS_OF), AS_OF) == []


def test_a_course_that_others_wait_for_is_named_even_if_nobody_owes_it() -> None:
    index = FactIndex(xaltepec())
    courses = {
        one.course: one
        for one in course_bottlenecks(index, judgements(index, AS_OF), AS_OF)
    }

    assert courses["C2"].judged == ()
    assert [w.standing for w in courses["C2"].waiting] == [Standing.LOCKED]
    assert courses["C2"].whole_gain == courses["C2"].gain_waiting
    assert len(courses["C4"].waiting) == 1
    assert len(courses["C4"].judged) == 2
    assert courses["C4"].hours == 14
    assert courses["C2"].hours == 0
    assert "C3" not in [course for course, one in courses.items() if one.waiting]


def test_courses_are_ranked_by_what_they_settle_over_all_people() -> None:
    index = FactIndex(small_council())
    judged = judgements(index, AS_OF)
    ranked = course_bottlenecks(
        index,
        judged,
        AS_OF,
        minima_closed=lambda _person, course: course == "C1",
        calls_unblocked=lambda _person, course: course == "C3",
    )

    assert [(o.course, o.minima_closed, o.calls_unblocked) for o in ranked] == [
        ("C1", 2, 0),
        ("C3", 0, 1),
        ("C4", 0, 0),
        ("C5", 0, 0),
    ]
