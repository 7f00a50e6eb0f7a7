"""Figures about people: what is left out so that nobody can be told from them.

A figure for which fewer than five people stand tells of each of them. So does the
difference of two figures that are shown side by side: who reads that 20 began and 18
ended knows of two. Both kinds are left out, here and in one way for every page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_PEOPLE = 5
"""Below this a figure would tell of single people."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring cells put together.

    Attributes:
        first: Number of the first cell, from 0.
        last: Number of the last cell.
        count: Of the people in all of them: none, or at least `FEWEST_PEOPLE`.
    """

    first: int
    last: int
    count: int


def tells_of_few(count: int) -> bool:
    """Say whether a figure stands for somebody, but for too few.

    Example:
        >>> [tells_of_few(count) for count in (0, 1, 4, 5)]
        [False, True, True, False]
    """
    return 0 < count < FEWEST_PEOPLE


def shown_parts(counts: Sequence[int]) -> list[int | None]:
    """Leave out cells of a whole that is shown as well; each person is in one cell.

    Besides the small cells the next larger ones go, until those left out cannot be
    worked out from the whole: at least two of them, and enough people in all.

    Returns:
        The cells in their order, None where one is left out.

    Example:
        >>> shown_parts([12, 3, 7, 0])
        [12, None, None, 0]
    """
    hidden = {place for place, count in enumerate(counts) if tells_of_few(count)}
    spare = sorted(
        (count, place) for place, count in enumerate(counts) if count >= FEWEST_PEOPLE
    )
    for _, place in spare:
        if not hidden or (len(hidden) > 1 and _together(counts, hidden)):
            break
        hidden.add(place)
    return [None if place in hidden else count for place, count in enumerate(counts)]


def _together(counts: Sequence[int], places: set[int]) -> bool:
    return sum(counts[place] for place in places) >= FEWEST_PEOPLE


def shown_among(whole: int, figures: Sequence[int]) -> list[int | None]:
    """Leave out figures about the same people that lie too near to one another.

    Args:
        whole: How many people they are about; it is shown.
        figures: How many of them did this or that; one person may be in several.

    Returns:
        The figures in their order, None where one is left out: where it stands for
        too few, or its difference from the whole or from a larger shown figure does.

    Example:
        >>> shown_among(20, [20, 18, 12, 11, 4, 0])
        [20, None, 12, None, None, 0]
    """
    seen = {whole}
    found: dict[int, bool] = {}
    for figure in sorted(set(figures), reverse=True):
        found[figure] = not tells_of_few(figure) and not any(
            tells_of_few(abs(figure - other)) for other in seen
        )
        if found[figure]:
            seen.add(figure)
    return [figure if found[figure] else None for figure in figures]


def differs_by_few(figure: int, wider: Sequence[int]) -> bool:
    """Say whether somebody who also reads wider figures would learn of too few.

    Args:
        figure: Of a selection.
        wider: The same figure without one filter, or without several.
    """
    return any(tells_of_few(abs(other - figure)) for other in wider)


def stretches(counts: Sequence[int]) -> list[Stretch]:
    """Put neighbouring cells together until each holds nobody, or enough people.

    Returns:
        Stretches that cover all cells; none where all cells hold too few.

    Example:
        >>> [(one.first, one.last, one.count) for one in stretches([6, 0, 2, 4, 1])]
        [(0, 0, 6), (1, 1, 0), (2, 4, 7)]
    """
    found: list[Stretch] = []
    first, gathered = 0, 0
    for place, count in enumerate(counts):
        gathered += count
        if not tells_of_few(gathered):
            found.append(Stretch(first, place, gathered))
            first, gathered = place + 1, 0
    if first == len(counts):
        return found
    return _with_rest(found, len(counts) - 1, first, gathered)


def _with_rest(
    found: list[Stretch], last: int, first: int, gathered: int
) -> list[Stretch]:
    """Give the few at the end to the last stretch that holds enough."""
    while found:
        before = found.pop()
        if before.count:
            return [*found, Stretch(before.first, last, before.count + gathered)]
        first = before.first
    return [] if first == 0 else [Stretch(first, last, gathered)]
