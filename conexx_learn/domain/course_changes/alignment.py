"""What two sequences have in common, in bounded time.

Equal ends go first, then elements that occur once on both sides hold the two in line
(as in patience sorting), and only the small gaps between them are compared cell by
cell. When the effort is spent, a gap counts as replaced: less exact, never slow.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

MOST_CELLS = 400_000
"""Comparisons that one text may cost in its gaps, all of them together."""

LARGEST_GAP = 60_000
"""Comparisons that one gap may cost."""


@dataclass(slots=True)
class Effort:
    """How many comparisons are still allowed; it only falls."""

    left: int = MOST_CELLS

    def allows(self, cells: int) -> bool:
        """Take that many, or refuse."""
        if cells > min(self.left, LARGEST_GAP):
            return False
        self.left -= cells
        return True


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of both sequences, as half-open ranges.

    Attributes:
        is_equal: Both ranges hold the same; else one took the place of the other.
        old: First and end on the old side.
        new: First and end on the new side.
    """

    is_equal: bool
    old: tuple[int, int]
    new: tuple[int, int]


def aligned(
    old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort
) -> list[Run]:
    """Cover both sequences with runs, equal and changed ones by turns.

    Example:
        >>> [(run.is_equal, run.new) for run in aligned("abc", "abxc", Effort())]
        [(True, (0, 2)), (False, (2, 3)), (True, (3, 4))]
    """
    numbers: dict[Hashable, int] = {}
    # Long elements are told apart once, and compared as numbers from then on.
    ours = [numbers.setdefault(element, len(numbers)) for element in old]
    theirs = [numbers.setdefault(element, len(numbers)) for element in new]
    return list(_runs(_pairs(ours, theirs, effort), len(old), len(new)))


def _runs(pairs: list[tuple[int, int]], olds: int, news: int) -> Iterator[Run]:
    """Make runs of the places that belong together, which rise on both sides."""
    at = (0, 0)
    start: tuple[int, int] | None = None
    for pair in [*pairs, (olds, news)]:
        if pair == at and pair != (olds, news):
            start = start or pair
        else:
            if start:
                yield Run(is_equal=True, old=(start[0], at[0]), new=(start[1], at[1]))
            if at != pair:
                yield Run(is_equal=False, old=(at[0], pair[0]), new=(at[1], pair[1]))
            start = pair
        at = (pair[0] + 1, pair[1] + 1)


def _pairs(
    old: Sequence[int], new: Sequence[int], effort: Effort
) -> list[tuple[int, int]]:
    """List the places that hold the same, rising on both sides."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    rest = most - head
    tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    ends = len(old) - tail, len(new) - tail
    inner = _anchored(old, new, (head, head), ends, effort)
    return [
        *((n, n) for n in range(head)),
        *inner,
        *((ends[0] + n, ends[1] + n) for n in range(tail)),
    ]


def _anchored(
    old: Sequence[int],
    new: Sequence[int],
    starts: tuple[int, int],
    ends: tuple[int, int],
    effort: Effort,
) -> Iterator[tuple[int, int]]:
    """Yield the anchors and what the gaps between them have in common."""
    at = starts
    for anchor in [*_anchors(old, new, starts, ends), ends]:
        gap = old[at[0] : anchor[0]], new[at[1] : anchor[1]]
        for one, other in _common(*gap, effort):
            yield at[0] + one, at[1] + other
        if anchor != ends:
            yield anchor
        at = anchor[0] + 1, anchor[1] + 1


def _anchors(
    old: Sequence[int],
    new: Sequence[int],
    starts: tuple[int, int],
    ends: tuple[int, int],
) -> list[tuple[int, int]]:
    """Find the longest rising chain of elements that both sides hold exactly once."""
    single_old = _singles(old[starts[0] : ends[0]], starts[0])
    single_new = _singles(new[starts[1] : ends[1]], starts[1])
    pairs = [
        (place, single_new[element])
        for element, place in single_old.items()
        if element in single_new
    ]
    return _longest_rise(pairs)


def _singles(elements: Sequence[int], start: int) -> dict[int, int]:
    counts = Counter(elements)
    return {
        element: place
        for place, element in enumerate(elements, start=start)
        if counts[element] == 1
    }


def _longest_rise(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the most pairs whose second places rise too; the first ones do already."""
    tops: list[int] = []
    holders: list[int] = []
    before: list[int | None] = []
    for number, (_, place) in enumerate(pairs):
        slot = bisect_left(tops, place)
        before.append(holders[slot - 1] if slot else None)
        tops[slot : slot + 1] = [place]
        holders[slot : slot + 1] = [number]
    chain: list[tuple[int, int]] = []
    at = holders[-1] if holders else None
    while at is not None:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _common(
    old: Sequence[int], new: Sequence[int], effort: Effort
) -> Iterator[tuple[int, int]]:
    """Yield a longest common subsequence of two gaps; nothing where it costs much."""
    if not old or not new or not effort.allows(len(old) * len(new)):
        return
    lengths = _lengths(old, new)
    one = other = 0
    while one < len(old) and other < len(new):
        if old[one] == new[other]:
            yield one, other
            one, other = one + 1, other + 1
        elif lengths[one + 1][other] >= lengths[one][other + 1]:
            one += 1
        else:
            other += 1


def _lengths(old: Sequence[int], new: Sequence[int]) -> list[list[int]]:
    """Tell for each place how much the two have in common from there on."""
    width = len(new)
    rows = [[0] * (width + 1)]
    for element in reversed(old):
        below, row = rows[-1], [0] * (width + 1)
        for other in range(width - 1, -1, -1):
            row[other] = (
                below[other + 1] + 1
                if element == new[other]
                else max(below[other], row[other + 1])
            )
        rows.append(row)
    return rows[::-1]
