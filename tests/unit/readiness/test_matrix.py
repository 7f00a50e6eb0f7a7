"""Who needs what, side by side: rows, columns, and what a selection leaves."""

from datetime import timedelta

import pytest

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.matrix import (
    Matrix,
    Selection,
    Trait,
    matrix,
    people_and_seats,
)
from conexx_learn.domain.readiness.standings import Standing, judgements
from conexx_learn.domain.readiness.tally import tally
from tests.sample_institutions import AS_OF, Line, Sketch, xaltepec


def shown(selection: Selection | None = None) -> Matrix:
    index = FactIndex(xaltepec())
    return matrix(index, judgements(index, AS_OF), AS_OF, selection)


def names(found: Matrix) -> list[str]:
    people = {person.id: person.name for person in xaltepec().people}
    return [people.get(row.person_id or 0, "vacant") for row in found.rows]


def test_everybody_who_owes_has_a_row_and_vacant_seats_too() -> None:
    found = shown()

    assert " ".join(sorted(names(found))) == (
        "Ana Beto Carla Diego Elena Fidel Graciela Hugo Jacinta vacant"
    )
    assert people_and_seats(found.rows) == (9, 1)
    assert len(found.judged) == 19


def test_columns_stand_by_the_number_of_their_competency() -> None:
    assert shown().courses == ("C1", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10")


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Trait.OVERDUE, 1),
        (Trait.UNMET, 13),
        (Trait.CRITICAL, 6),
        (Trait.DUE, 2),
        (Trait.UNDATED, 1),
        (Standing.MET, 4),
        (Standing.EXPIRING, 1),
        (Standing.EXEMPT, 1),
        (Standing.REVOKED, 0),
    ],
)
def test_a_list_has_as_many_as_its_figure_says(
    wanted: Trait | Standing, count: int
) -> None:
    found = shown(Selection(wanted=wanted))

    assert len(found.judged) == count
    assert sum(len(row.cells) for row in found.rows) == count
    assert all(row.cells for row in found.rows)


def test_the_lists_make_up_the_figures_of_the_whole() -> None:
    index = FactIndex(xaltepec())
    counted = tally(judgements(index, AS_OF), AS_OF)

    assert len(shown(Selection(wanted=Trait.UNMET)).judged) == counted.unmet
    assert len(shown(Selection(wanted=Trait.CRITICAL)).judged) == counted.critical
    assert len(shown(Selection(wanted=Trait.OVERDUE)).judged) == counted.overdue
    due = shown(Selection(wanted=Trait.DUE)).judged
    assert tally(due, AS_OF).seats == counted.due


def test_what_is_owed_besides_is_known_as_such() -> None:
    (beto,) = shown(Selection(wanted=Trait.OVERDUE)).rows

    assert set(beto.cells) == {"C3"}
    assert beto.others == {"C4", "C8", "C10"}


def test_attention_leaves_out_who_only_has_to_learn() -> None:
    found = shown(Selection(attention=True))

    assert sorted(set(names(found))) == ["Beto", "Carla", "Hugo", "Jacinta", "vacant"]
    assert len(found.judged) == 7


def test_a_seat_for_each_vacancy() -> None:
    town = Sketch()
    town.add_post("PM", town.add_unit("Hall"), 3)
    town.plan([Line("PM", "C1", 10, 1)])
    index = FactIndex(town.facts())

    found = matrix(index, judgements(index, AS_OF), AS_OF)

    assert people_and_seats(found.rows) == (0, 3)
    assert {row.post_ids for row in found.rows} == {(1,)}


def test_a_day_to_come_shows_who_will_be_overdue() -> None:
    index = FactIndex(xaltepec())
    later = AS_OF + timedelta(days=400)

    found = matrix(
        index, judgements(index, later), later, Selection(wanted=Trait.OVERDUE)
    )

    assert len(found.judged) > 1
    assert all(one.is_overdue for one in found.judged)
