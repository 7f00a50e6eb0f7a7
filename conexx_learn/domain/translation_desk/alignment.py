"""Which part of one list is which part of another, in bounded time."""

from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher

MOST_CELLS = 40_000
"""Pairs that are weighed; longer lists are put side by side by their place."""

T = Callable[[int, int], float]
Pairs = dict[int, int]


def same_items(
    left: Sequence[Hashable],
    right: Sequence[Hashable],
    *,
    most_cells: int = MOST_CELLS,
) -> Pairs:
    """Pair equal items of two lists in order; the same at both ends first."""
    pairs: Pairs = {}
    first, last = 0, 0
    shorter = min(len(left), len(right))
    while first < shorter and left[first] == right[first]:
        pairs[first] = first
        first += 1
    while last < shorter - first and left[-1 - last] == right[-1 - last]:
        pairs[len(left) - 1 - last] = len(right) - 1 - last
        last += 1
    middle = left[first : len(left) - last], right[first : len(right) - last]
    if len(middle[0]) * len(middle[1]) <= most_cells:
        matcher = SequenceMatcher(None, *middle, autojunk=False)
        for one, other, size in matcher.get_matching_blocks():
            for step in range(size):
                pairs[first + one + step] = first + other + step
    return pairs


def best_pairs(rows: int, columns: int, score: T) -> Pairs:
    """Pair the items of two lists in order so that their scores add up to the most.

    Args:
        rows: Length of the first list.
        columns: Of the second.
        score: What a pair is worth; 0 for what is no pair.
    """
    if rows * columns > MOST_CELLS:
        return {n: n for n in range(min(rows, columns)) if score(n, n) > 0}
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    worth = [[score(row, column) for column in range(columns)] for row in range(rows)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            paired = worth[row][column]
            paired = paired + best[row + 1][column + 1] if paired > 0 else 0.0
            best[row][column] = max(
                paired, best[row + 1][column], best[row][column + 1]
            )
    return _traced(best, worth)


def _traced(best: list[list[float]], worth: list[list[float]]) -> Pairs:
    pairs: Pairs = {}
    row, column = 0, 0
    while row < len(worth) and column < len(worth[row]):
        gain = worth[row][column]
        if gain > 0 and best[row][column] == gain + best[row + 1][column + 1]:
            pairs[row] = column
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def gaps(pairs: Pairs, rows: int, columns: int) -> list[tuple[range, range]]:
    """List the stretches of two lists between their pairs."""
    found: list[tuple[range, range]] = []
    row, column = 0, 0
    for one, other in [*sorted(pairs.items()), (rows, columns)]:
        if one > row or other > column:
            found.append((range(row, one), range(column, other)))
        row, column = one + 1, other + 1
    return found
