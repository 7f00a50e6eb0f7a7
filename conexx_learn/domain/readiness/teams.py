"""A team of different people: whether each role can have a person of its own.

A person who is the only one for three roles covers each of them, and can still fill
only one. How many roles can be filled by different people is the size of a maximum
matching between roles and people.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seat:
    """One place in the team.

    Attributes:
        role: What it is for; a role for two people has two seats of the same name.
        people: Keys of those who could take it, in any order.
    """

    role: str
    people: Collection[int]


@dataclass(frozen=True, slots=True)
class Team:
    """The largest team of different people.

    Attributes:
        pairs: Role and person, in the order of the seats.
        unfilled: Roles of the seats that stay empty, in the order of the seats.
        counted_repeatedly: Person to the roles, two or more, that count on them.
    """

    pairs: tuple[tuple[str, int], ...]
    unfilled: tuple[str, ...]
    counted_repeatedly: dict[int, tuple[str, ...]]

    @property
    def size(self) -> int:
        """How many seats are filled."""
        return len(self.pairs)

    @property
    def is_complete(self) -> bool:
        """Whether no seat stays empty."""
        return not self.unfilled


def distinct_team(seats: Sequence[Seat]) -> Team:
    """Fill as many seats as can be filled by different people.

    The same seats give the same team, in whatever order the people of a seat are
    named. Seats named first are filled first, as far as that costs no other seat.

    Example:
        >>> seats = [Seat("PM", {1}), Seat("FIN", {1, 2}), Seat("MEAL", {1})]
        >>> team = distinct_team(seats)
        >>> team.size, team.unfilled, team.counted_repeatedly
        (2, ('MEAL',), {1: ('PM', 'FIN', 'MEAL')})
    """
    taken: dict[int, int] = {}
    for index in range(len(seats)):
        _fill(index, seats, taken)
    person_of = {index: person for person, index in taken.items()}
    return Team(
        pairs=tuple(
            (seat.role, person_of[index])
            for index, seat in enumerate(seats)
            if index in person_of
        ),
        unfilled=tuple(
            seat.role for index, seat in enumerate(seats) if index not in person_of
        ),
        counted_repeatedly=_counted_repeatedly(seats),
    )


def _fill(index: int, seats: Sequence[Seat], taken: dict[int, int]) -> None:
    """Find a person for a seat, moving others to other seats where that helps.

    A search in breadth for the shortest chain: somebody for this seat, who leaves a
    seat to somebody else, and so on until a person who sat nowhere.

    Args:
        index: Of the seat.
        seats: All of them.
        taken: Person to the index of their seat; changed here.
    """
    waiting = [index]
    came_from: dict[int, int] = {}
    for seat in waiting:
        for person in sorted(set(seats[seat].people) - set(came_from)):
            came_from[person] = seat
            if person not in taken:
                _move(person, index, came_from, taken)
                return
            waiting.append(taken[person])


def _move(
    free: int, index: int, came_from: dict[int, int], taken: dict[int, int]
) -> None:
    """Give each seat of the chain its new person, from the free one backwards."""
    sits_on = {seat: person for person, seat in taken.items()}
    person = free
    while True:
        seat = came_from[person]
        taken[person] = seat
        if seat == index:
            return
        person = sits_on[seat]


def _counted_repeatedly(seats: Sequence[Seat]) -> dict[int, tuple[str, ...]]:
    roles = list(dict.fromkeys(seat.role for seat in seats))
    people_of = {
        role: {person for seat in seats if seat.role == role for person in seat.people}
        for role in roles
    }
    count = Counter(person for people in people_of.values() for person in people)
    return {
        person: tuple(role for role in roles if person in people_of[role])
        for person, times in sorted(count.items())
        if times > 1
    }
