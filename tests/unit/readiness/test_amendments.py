"""What a new version of a plan changes for each person."""

from fractions import Fraction

import pytest

from conexx_learn.domain.readiness.amendments import (
    Amendment,
    ChangeKind,
    amendment,
)
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.tally import Share
from tests.sample_institutions import AS_OF, Line, Sketch

BASE = Line("PM", "C3", 90, 2, recert_months=24, min_major=2)


def changed(old: list[Line], new: list[Line]) -> Amendment:
    """Compare two versions for Ana, who has met her course, and a vacant seat."""
    town = Sketch()
    post = town.add_post("PM", town.add_unit("Hall"), 2)
    town.certify(town.seat("Ana", post), "C3", -10, major=2)
    first = town.plan(old)
    draft = town.plan(new, approved=None, version=2)
    return amendment(FactIndex(town.facts()), first, draft, AS_OF)


def test_the_same_lines_change_nothing() -> None:
    same = changed([BASE], [BASE])

    assert same.changes == ()
    assert same.before == same.after == Share(Fraction(2), 4)


def test_new_lines_add_for_people_and_vacant_seats() -> None:
    more = changed([BASE], [BASE, Line("PM", "C4", 90, 3)])
    added = more.of_kind(ChangeKind.ADDED)

    assert more.changes == added
    assert [(one.before, one.after and one.after.course) for one in added] == [
        (None, "C4"),
        (None, "C4"),
    ]
    assert [one.after and one.after.person_id for one in added] == [1, None]
    assert more.after == Share(Fraction(2), 10)


def test_lines_that_are_gone_remove() -> None:
    less = changed([BASE, Line("PM", "C4", 90, 3)], [BASE])
    removed = less.of_kind(ChangeKind.REMOVED)

    assert less.changes == removed
    assert [(one.before and one.before.course, one.after) for one in removed] == [
        ("C4", None),
        ("C4", None),
    ]
    assert (less.before.percent, less.after.percent) == (20, 50)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param(Line("PM", "C3", 91, 2, None, 24, 2), "relaxed", id="later"),
        pytest.param(Line("PM", "C3", 89, 2, None, 24, 2), "tightened", id="sooner"),
        pytest.param(Line("PM", "C3", 90, 1, None, 24, 2), "relaxed", id="lighter"),
        pytest.param(Line("PM", "C3", 90, 3, None, 24, 2), "tightened", id="heavier"),
        pytest.param(Line("PM", "C3", 90, 2, None, 36, 2), "relaxed", id="older"),
        pytest.param(Line("PM", "C3", 90, 2, None, None, 2), "relaxed", id="any age"),
        pytest.param(Line("PM", "C3", 90, 2, None, 12, 2), "tightened", id="younger"),
        pytest.param(Line("PM", "C3", 90, 2, None, 24, 1), "relaxed", id="old version"),
        pytest.param(Line("PM", "C3", 90, 2, None, 24, None), "relaxed", id="any"),
        pytest.param(Line("PM", "C3", 90, 2, None, 24, 3), "tightened", id="newer"),
        pytest.param(Line("PM", "C3", 99, 3, None, 24, 2), "tightened", id="both"),
    ],
)
def test_a_line_that_is_changed_relaxes_or_tightens(line: Line, kind: str) -> None:
    kinds = {change.kind.value for change in changed([BASE], [line]).changes}

    assert kinds == {kind}


def test_a_day_where_there_was_none_is_tighter() -> None:
    without = Line("PM", "C3", None, 2, due_days=0)
    seat = changed([without], [Line("PM", "C3", 90, 2)]).of_kind(ChangeKind.TIGHTENED)

    assert [one.before and one.before.person_id for one in seat] == [None]


def test_any_version_where_there_was_no_word_of_it_is_tighter() -> None:
    old, new = Line("PM", "C3", 90, 2), Line("PM", "C3", 90, 2, min_major=1)

    assert {one.kind for one in changed([old], [new]).changes} == {ChangeKind.TIGHTENED}


def test_readiness_falls_when_an_age_is_asked_that_nobody_meets() -> None:
    stricter = changed([BASE], [Line("PM", "C3", 90, 2, min_major=3)])

    assert (stricter.before.percent, stricter.after.percent) == (50, 0)
