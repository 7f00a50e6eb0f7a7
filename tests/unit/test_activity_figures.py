"""Figures of a course tell of nobody: alone, side by side, or filter by filter."""

from datetime import timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.activity_figures import CourseFigures, course_figures
from conexx_learn.domain.activity_selection import Selection, choices
from conexx_learn.domain.course_activity import FINAL, LearnerTrace
from conexx_learn.domain.few_people import tells_of_few
from tests.factories import NOW

DAY = timedelta(days=1)
MODULES = ["well", "pump"]


def person(
    *,
    version: int = 1,
    place: int | None = None,
    began: int = 60,
    read: int = 0,
    passed: int = 0,
    active: int | None = None,
    done: bool = False,
) -> LearnerTrace:
    """Make somebody; days are counted back from now."""
    started = NOW - began * DAY
    return LearnerTrace(
        user_id=1,
        version_id=version,
        institution_ids=frozenset() if place is None else frozenset({place}),
        started_at=started,
        ended_at=started if done else None,
        has_certificate=done,
        completed=tuple(
            (slug, started + n * timedelta(hours=1))
            for n, slug in enumerate(MODULES[:read], start=1)
        ),
        passed=frozenset([*MODULES[:passed], *([FINAL] if done else [])]),
        last_active_at=started if active is None else NOW - active * DAY,
    )


def figures(people: list[LearnerTrace], **selected: int | None) -> CourseFigures | None:
    return course_figures(
        people,
        selection=Selection(**selected),
        version_ids=[2, 1],
        modules=MODULES,
        now=NOW,
    )


def shown(people: list[LearnerTrace], **selected: int | None) -> CourseFigures:
    found = figures(people, **selected)
    assert found is not None
    return found


def test_four_people_have_no_figures() -> None:
    assert figures([person()] * 4) is None
    assert shown([person()] * 5).learners == 5


def test_everybody_is_done_or_stopped_or_under_way() -> None:
    people = [person(done=True, read=2)] * 6 + [person(read=1)] * 7
    found = shown(people + [person(active=1)] * 8)

    assert (found.completed, found.stopped, found.under_way) == (6, 7, 8)
    assert (found.certificates, found.passed_final) == (6, 6)
    assert [one.stopped for one in found.modules] == [7, 0]
    assert found.stopped_first == 0
    assert not found.lacks_any


def test_two_who_are_under_way_are_told_by_no_other_figure() -> None:
    people = [person(done=True)] * 8 + [person()] * 10 + [person(active=1)] * 2
    found = shown(people)

    assert found.under_way is None
    assert found.completed is None
    assert found.stopped == 10
    assert found.lacks_any


def test_a_step_of_two_people_between_modules_is_not_shown() -> None:
    people = [person(read=2, active=1)] * 10 + [person(read=1, active=1)] * 2
    found = shown(people + [person(active=1)] * 8)

    assert [one.completed for one in found.modules] == [12, None]


def test_who_passed_is_not_shown_beside_nearly_as_many_who_read() -> None:
    people = [person(read=1, passed=1, active=1)] * 10 + [person(read=1, active=1)] * 2
    found = shown(people + [person(active=1)] * 8)

    assert (found.modules[0].completed, found.modules[0].passed) == (12, None)


def test_stops_of_few_hide_the_second_smallest_too() -> None:
    people = [person()] * 9 + [person(read=1)] * 7 + [person(read=2)] * 2
    found = shown(people)

    assert found.stopped == 18
    assert found.stopped_first == 9
    assert [one.stopped for one in found.modules] == [None, None]


def test_a_filter_that_leaves_few_outside_shows_nothing() -> None:
    people = [person(place=1)] * 9 + [person(place=2)] * 3

    assert figures(people, institution_id=1) is None
    assert figures(people, institution_id=2) is None
    assert shown(people).learners == 12


def test_a_filter_hides_a_figure_of_few_outside() -> None:
    people = [person(place=1, done=True)] * 6 + [person(place=1)] * 6
    others = [person(place=2, done=True)] * 2 + [person(place=2)] * 8
    found = shown(people + others, institution_id=1)

    assert found.learners == 12
    assert (found.completed, found.stopped, found.under_way) == (None, None, None)


def test_choices_are_those_that_leave_nobody_alone() -> None:
    people = (
        [person(version=2, place=1, began=10)] * 6
        + [person(version=1, place=2, began=100)] * 7
        + [person(version=1, place=3, began=100)] * 8
    )
    found = choices(people, [2, 1], today=NOW.date())

    assert found.version_ids == (2, 1)
    assert found.institution_ids == (1, 2, 3)
    assert found.weeks == (52, 26, 12, 4)


def test_the_others_of_two_choices_are_never_few() -> None:
    people = [person(place=1)] * 8 + [person(place=2)] * 9 + [person()] * 3
    found = choices(people, [1], today=NOW.date())

    assert found.institution_ids == (2,)
    assert figures(people, institution_id=1) is None


def test_an_unknown_choice_shows_nothing() -> None:
    assert figures([person()] * 9, version_id=99) is None
    assert figures([person()] * 9, weeks=3) is None


def test_weeks_are_shown_of_everybody_only() -> None:
    people = [person(place=1, began=10)] * 8 + [person(place=2, began=10)] * 8

    assert sum(one.count for one in shown(people).weeks) == 16
    assert shown(people, institution_id=1).weeks == ()


PEOPLE = st.lists(
    st.builds(
        person,
        version=st.sampled_from([1, 2]),
        place=st.sampled_from([None, 1, 2]),
        began=st.sampled_from([3, 20, 200]),
        read=st.integers(0, 2),
        passed=st.integers(0, 2),
        active=st.sampled_from([0, 10, 20, 100]),
        done=st.booleans(),
    ),
    max_size=45,
)


@given(PEOPLE)
def test_no_selection_shows_a_figure_of_few(people: list[LearnerTrace]) -> None:
    for version, place, weeks in product([None, 1, 2], [None, 1, 2], [None, 4]):
        found = figures(people, version_id=version, institution_id=place, weeks=weeks)
        if found is None:
            continue
        read = [one.completed for one in found.modules]
        parts = [found.completed, found.stopped, found.under_way]
        listed = [found.learners, *read, *parts, found.active_week, found.certificates]
        assert not any(tells_of_few(one) for one in listed if one is not None)
        steps = [found.learners, *(one for one in read if one is not None)]
        assert not any(tells_of_few(abs(a - b)) for a in steps for b in steps)
        if parts.count(None) == 1:
            known = sum(one for one in parts if one is not None)
            assert not tells_of_few(found.learners - known)
