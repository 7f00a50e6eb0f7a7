"""Days of appointments touch or not, units are a tree, a fingerprint tells changes."""

from copy import copy
from datetime import date

import pytest

from conexx_learn.domain.appointments import Term, is_sensible, overlap
from conexx_learn.domain.people import PersonTraits
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.units import (
    PostTraits,
    UnitTraits,
    below,
    in_tree_order,
    makes_a_circle,
)

NINTH, TENTH, ELEVENTH = (date(2026, 3, day) for day in (9, 10, 11))


@pytest.mark.parametrize(
    ("first", "second", "touches"),
    [
        pytest.param((NINTH, TENTH), (TENTH, None), True, id="on the last day itself"),
        pytest.param((NINTH, TENTH), (ELEVENTH, None), False, id="on the day after"),
        pytest.param((TENTH, TENTH), (TENTH, TENTH), True, id="one same day"),
        pytest.param((None, TENTH), (NINTH, NINTH), True, id="begun nobody knows when"),
        pytest.param((None, NINTH), (TENTH, None), False, id="over before the other"),
        pytest.param((NINTH, None), (None, None), True, id="no ends at all"),
    ],
)
def test_both_ends_of_an_appointment_count(
    first: tuple[date | None, date | None],
    second: tuple[date | None, date | None],
    touches: bool,
) -> None:
    assert overlap(*first, *second) is touches
    assert overlap(*second, *first) is touches


@pytest.mark.parametrize(
    ("term", "good"),
    [
        pytest.param(Term(), True, id="nothing known"),
        pytest.param(Term(from_on=TENTH, to_on=TENTH), True, id="one day"),
        pytest.param(Term(from_on=TENTH, to_on=NINTH), False, id="reversed"),
        pytest.param(Term(from_on=date(1949, 12, 31)), False, id="too early"),
        pytest.param(Term(to_on=date(2101, 1, 1)), False, id="too late"),
    ],
)
def test_a_term_is_sensible(term: Term, good: bool) -> None:
    assert term.is_sensible is good


def test_the_borders_of_sensible_days() -> None:
    assert is_sensible(date(1950, 1, 1))
    assert is_sensible(date(2100, 12, 31))


CHAIN: dict[int, int | None] = {1: None, 2: 1, 3: 2, 4: None}


@pytest.mark.parametrize(
    ("unit", "parent", "circle"),
    [
        pytest.param(1, 3, True, id="below itself"),
        pytest.param(1, 1, True, id="inside itself"),
        pytest.param(3, 1, False, id="one step up"),
        pytest.param(1, 4, False, id="into another"),
        pytest.param(3, None, False, id="to the top"),
    ],
)
def test_a_unit_never_lies_inside_itself(
    unit: int, parent: int | None, circle: bool
) -> None:
    assert makes_a_circle(CHAIN, unit, parent) is circle


def test_a_circle_that_is_there_already_does_not_hang() -> None:
    assert makes_a_circle({1: 2, 2: 1, 3: None}, 3, 1) is True


def test_a_unit_with_all_that_is_inside() -> None:
    assert below(CHAIN, 1) == {1, 2, 3}
    assert below(CHAIN, 4) == {4}


def test_units_are_told_before_what_is_inside_of_them() -> None:
    units = [(3, 2), (1, None), (2, 1), (4, 99)]

    told = list(in_tree_order(units, id_of=lambda u: u[0], parent_of=lambda u: u[1]))

    assert [(depth, unit[0]) for depth, unit in told] == [
        (0, 1),
        (1, 2),
        (2, 3),
        (0, 4),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (UnitTraits("Obras"), UnitTraits("Obras", parent_id=2)),
        (PostTraits(1, "Jefe", "HEAD"), PostTraits(1, "Jefe", "HEAD", seats=2)),
        (PersonTraits("Ana", "ana@x.example"), PersonTraits("Ana", username="ana")),
        (PersonTraits("Ana"), PersonTraits("Ana", weekly_hours=3)),
        (Term(), Term(AppointmentKind.DEPUTY)),
        (Term(), Term(from_on=TENTH)),
        (Term(from_on=TENTH), Term(to_on=TENTH)),
    ],
    ids=["unit", "post", "identity", "hours", "kind", "day", "which day"],
)
def test_a_fingerprint_changes_with_what_it_is_of(
    before: UnitTraits | PostTraits | PersonTraits | Term,
    after: UnitTraits | PostTraits | PersonTraits | Term,
) -> None:
    assert after.fingerprint != before.fingerprint
    assert copy(after).fingerprint == after.fingerprint
