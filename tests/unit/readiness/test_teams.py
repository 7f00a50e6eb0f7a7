"""How many roles different people can fill."""

import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.readiness.teams import Seat, Team, distinct_team

VECTORS = json.loads(
    (Path(__file__).parents[2] / "domain_vectors.json").read_text(encoding="utf-8")
)["distinct_team"]
KEYS = {"Ana": 1, "Beto": 2, "Eva": 3}

SEATS = st.lists(
    st.builds(Seat, st.sampled_from("ABC"), st.sets(st.integers(1, 5), max_size=5)),
    max_size=5,
)


def team_of(**roles: set[int]) -> Team:
    return distinct_team([Seat(role, people) for role, people in roles.items()])


def largest_by_trying(seats: list[Seat]) -> int:
    """Try every way to seat people or leave a seat empty."""
    choices = [[None, *seat.people] for seat in seats]
    sizes = [0]
    for way in product(*choices):
        seated = [person for person in way if person is not None]
        if len(set(seated)) == len(seated):
            sizes.append(len(seated))
    return max(sizes)


@pytest.mark.parametrize(
    ("roles", "size"), [(vector["roles"], vector["size"]) for vector in VECTORS]
)
def test_the_worked_teams_have_their_size(
    roles: dict[str, list[str]], size: int
) -> None:
    people = {role: {KEYS[name] for name in names} for role, names in roles.items()}

    assert team_of(**people).size == size


def test_a_person_counted_three_times_fills_one_role() -> None:
    team = team_of(PM={1}, FIN={1, 2}, MEAL={1})

    assert team.pairs == (("PM", 1), ("FIN", 2))
    assert team.unfilled == ("MEAL",)
    assert team.counted_repeatedly == {1: ("PM", "FIN", "MEAL")}
    assert not team.is_complete


def test_people_move_to_make_room() -> None:
    team = team_of(A={1, 2}, B={1, 3}, C={1}, D={2})

    assert team.pairs == (("A", 2), ("B", 3), ("C", 1))
    assert team.unfilled == ("D",)


def test_a_role_for_two_has_two_seats() -> None:
    alone = distinct_team([Seat("PM", {1}), Seat("PM", {1})])
    both = distinct_team([Seat("PM", {1, 2}), Seat("PM", {1, 2})])

    assert alone.unfilled == ("PM",)
    assert alone.counted_repeatedly == {}
    assert both.is_complete
    assert {person for _, person in both.pairs} == {1, 2}


def test_nobody_wanted_is_a_complete_team() -> None:
    assert distinct_team([]) == Team((), (), {})
    assert distinct_team([]).is_complete


def test_a_seat_that_nobody_can_take_stays_empty() -> None:
    team = team_of(PM=set(), FIN={1})

    assert team.pairs == (("FIN", 1),)
    assert team.unfilled == ("PM",)


def test_many_seats_and_a_long_chain_are_no_burden() -> None:
    chain = [Seat("A", {n, n + 1}) for n in range(300)] + [Seat("B", {0})]

    assert distinct_team(chain).size == 301


@given(SEATS)
def test_the_team_is_as_large_as_any(seats: list[Seat]) -> None:
    assert distinct_team(seats).size == largest_by_trying(seats)


@given(SEATS)
def test_everybody_sits_once_and_where_they_can(seats: list[Seat]) -> None:
    team = distinct_team(seats)

    people = [person for _, person in team.pairs]
    assert len(set(people)) == len(people)
    assert len(team.pairs) + len(team.unfilled) == len(seats)
    for role, person in team.pairs:
        assert any(seat.role == role and person in seat.people for seat in seats)


@given(SEATS)
def test_the_order_of_the_people_does_not_matter(seats: list[Seat]) -> None:
    turned = [Seat(seat.role, sorted(seat.people, reverse=True)) for seat in seats]

    assert distinct_team(turned) == distinct_team(seats)


@given(SEATS)
def test_seats_named_first_are_filled_first(seats: list[Seat]) -> None:
    filled = distinct_team(seats).size
    for count in range(len(seats)):
        assert distinct_team(seats[:count]).size <= filled
        first = distinct_team(seats[: count + 1])
        before = distinct_team(seats[:count])
        assert first.size - before.size in {0, 1}
        assert list(first.unfilled)[: len(before.unfilled)] == list(before.unfilled)
