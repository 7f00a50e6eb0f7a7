"""Units and posts as an institution describes them; units are a tree."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from conexx_learn.domain.fingerprints import fingerprint

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UnitTraits:
    """What an institution says of one of its units.

    Attributes:
        name: As people call it.
        parent_id: The unit that it is inside of; None for the top.
        is_pmu: Whether it runs externally financed projects.
    """

    name: str
    parent_id: int | None = None
    is_pmu: bool = False

    @property
    def fingerprint(self) -> str:
        """What changes when one of its values does."""
        return fingerprint(self.name, self.parent_id, self.is_pmu)


@dataclass(frozen=True, slots=True)
class PostTraits:
    """What an institution says of one of its posts.

    Attributes:
        unit_id: The unit that it belongs to.
        title: As people call it.
        profile_code: Of a job profile, such as `PM`.
        seats: How many people it wants, 1 to 999.
    """

    unit_id: int
    title: str
    profile_code: str
    seats: int = 1

    @property
    def fingerprint(self) -> str:
        """What changes when one of its values does."""
        return fingerprint(self.unit_id, self.title, self.profile_code, self.seats)


def makes_a_circle(
    parents: Mapping[int, int | None], unit_id: int, parent_id: int | None
) -> bool:
    """Say whether a unit would come to lie inside itself.

    Args:
        parents: Unit to the unit that it is inside of, as it is now.
        unit_id: What is moved.
        parent_id: Where to; None for the top.

    Example:
        >>> makes_a_circle({1: None, 2: 1, 3: 2}, 1, 3)
        True
    """
    seen = {unit_id}
    above = parent_id
    while above is not None:
        if above in seen:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def below(parents: Mapping[int, int | None], unit_id: int) -> set[int]:
    """Return a unit and all that is inside it.

    Example:
        >>> sorted(below({1: None, 2: 1, 3: 2, 4: None}, 1))
        [1, 2, 3]
    """
    found = {unit_id}
    grown = True
    while grown:
        inner = {unit for unit, parent in parents.items() if parent in found}
        grown = not inner <= found
        found |= inner
    return found


def in_tree_order(
    units: Iterable[T],
    *,
    id_of: Callable[[T], int],
    parent_of: Callable[[T], int | None],
) -> Iterator[tuple[int, T]]:
    """Yield each unit with its depth, from 0, before what is inside it.

    Siblings keep their order. A unit whose parent is not among them stands at the top.
    """
    known = list(units)
    ids = {id_of(unit) for unit in known}
    children: dict[int | None, list[T]] = {}
    for unit in known:
        parent = parent_of(unit)
        children.setdefault(parent if parent in ids else None, []).append(unit)

    def walk(parent: int | None, depth: int) -> Iterator[tuple[int, T]]:
        for unit in children.get(parent, []):
            yield depth, unit
            yield from walk(id_of(unit), depth + 1)

    return walk(None, 0)
