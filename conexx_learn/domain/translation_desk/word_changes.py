"""What changed in a text, word by word: what was taken out, what was put in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.translation_desk.alignment import same_items

MOST_CELLS = 250_000
"""Pairs of words that are compared; longer texts are replaced as a whole."""

_WORD = re.compile(r"[^\W_]+\s*|[^\w\s]\s*|_+\s*|\s+")


class ChangeKind(StrEnum):
    """What happened to a stretch of a text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class WordChange:
    """A stretch of a text.

    Attributes:
        kind: What happened to it.
        text: As it is, or as it was.
    """

    kind: ChangeKind
    text: str


def word_changes(before: str, after: str) -> tuple[WordChange, ...]:
    """Compare two texts; what is too long to compare is replaced as a whole.

    Example:
        >>> [(c.kind.value, c.text) for c in word_changes("Pay 80 %", "Pay 85 %")]
        [('same', 'Pay '), ('removed', '80 '), ('added', '85 '), ('same', '%')]
    """
    return tuple(_joined(before, after))


def words_of(text: str) -> frozenset[str]:
    """Collect the words and figures of a text."""
    parts = (part.strip().casefold() for part in _WORD.findall(text))
    return frozenset(part for part in parts if part.isalnum())


def _joined(before: str, after: str) -> Iterator[WordChange]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    pairs = same_items(_bare(old), _bare(new), most_cells=MOST_CELLS)
    row, column = 0, 0
    kept: list[str] = []
    for one, other in [*sorted(pairs.items()), (len(old), len(new))]:
        if one > row or other > column:
            yield from _told(ChangeKind.SAME, kept)
            kept = []
            yield from _told(ChangeKind.REMOVED, old[row:one])
            yield from _told(ChangeKind.ADDED, new[column:other])
        kept += new[other : other + 1]
        row, column = one + 1, other + 1
    yield from _told(ChangeKind.SAME, kept)


def _bare(parts: list[str]) -> list[str]:
    return [part.strip() for part in parts]


def _told(kind: ChangeKind, parts: list[str]) -> Iterator[WordChange]:
    if parts:
        yield WordChange(kind, "".join(parts))
