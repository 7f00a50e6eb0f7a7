"""Which unit of one file is which unit of another: by id, by text, by structure."""

import re
from collections.abc import Callable, Sequence

from conexx_learn.domain.translation_desk.alignment import (
    Pairs,
    best_pairs,
    gaps,
    same_items,
)
from conexx_learn.domain.translation_desk.passages import (
    Document,
    Unit,
    UnitKind,
    normalised,
)
from conexx_learn.domain.translation_desk.word_changes import words_of

_NAMED = frozenset(
    {
        UnitKind.HEAD,
        UnitKind.KEY,
        UnitKind.INTRO,
        UnitKind.SECTION,
        UnitKind.QUESTION,
    }
)
_SHARED = re.compile(r"\d+|\b[A-Z]{2,}\b|(?<=\]\()[^)\s]+")
_LEAST_ALIKE = 0.25


def pairs_by_text(now: Document, then: Document) -> tuple[Pairs, frozenset[int]]:
    """Pair the units of two states of one file.

    Returns:
        Index in `now` to index in `then`, and which of `now` stand elsewhere since.
    """
    pairs = _pairs_by_id(now, then)
    ours, theirs = _flow(now), _flow(then)
    one = [_identity(now, now.units[index]) for index in ours]
    other = [_identity(then, then.units[index]) for index in theirs]
    found = same_items(one, other)
    moved = _moved(one, other, found)
    for rows, columns in gaps(found, len(one), len(other)):
        free_rows = [row for row in rows if row not in moved]
        free_columns = [col for col in columns if col not in moved.values()]
        score = _likeness(
            [one[row] for row in free_rows], [other[col] for col in free_columns]
        )
        near = best_pairs(len(free_rows), len(free_columns), score)
        found |= {free_rows[r]: free_columns[c] for r, c in near.items()}
    found |= moved
    pairs |= {ours[row]: theirs[column] for row, column in found.items()}
    return pairs, frozenset(ours[row] for row in moved)


def pairs_by_structure(source: Document, translation: Document) -> Pairs:
    """Pair the units of a text and its translation: by id, else by place and kind."""
    pairs = _pairs_by_id(source, translation)
    ours, theirs = _flow(source), _flow(translation)
    one = [source.units[index] for index in ours]
    other = [translation.units[index] for index in theirs]
    if signature(source) == signature(translation):
        return pairs | dict(zip(ours, theirs, strict=True))
    first, second = _shared(source, one), _shared(translation, other)

    def score(row: int, column: int) -> float:
        if _sign(one[row]) != _sign(other[column]):
            return 0.0
        (marks, length), (their_marks, their_length) = first[row], second[column]
        union = len(marks | their_marks)
        likeness = len(marks & their_marks) / union if union else 0.5
        return 1 + 2 * likeness + min(length, their_length) / max(length, their_length)

    found = best_pairs(len(one), len(other), score)
    return pairs | {ours[row]: theirs[column] for row, column in found.items()}


def signature(document: Document) -> list[tuple[str, ...]]:
    """Write what all languages share of the order of blocks."""
    return [_sign(document.units[index]) for index in _flow(document)]


def _pairs_by_id(one: Document, other: Document) -> Pairs:
    theirs: dict[tuple[str, str], int] = {}
    for index, unit in enumerate(other.units):
        if unit.kind in _NAMED:
            theirs.setdefault((unit.kind, unit.id), index)
    pairs: Pairs = {}
    for index, unit in enumerate(one.units):
        if unit.kind in _NAMED and (unit.kind, unit.id) in theirs:
            pairs[index] = theirs.pop((unit.kind, unit.id))
    return pairs


def _flow(document: Document) -> list[int]:
    return [n for n, unit in enumerate(document.units) if unit.kind not in _NAMED]


_Identity = tuple[tuple[str, ...], str]


def _sign(unit: Unit) -> tuple[str, ...]:
    is_check = unit.kind is UnitKind.SELF_CHECK
    return (unit.kind, unit.id) if is_check else (unit.kind, *unit.shape)


def _identity(document: Document, unit: Unit) -> _Identity:
    return _sign(unit), normalised(document.text[unit.start : unit.end])


def _moved(one: Sequence[_Identity], other: Sequence[_Identity], found: Pairs) -> Pairs:
    """Pair what is the same but stands elsewhere."""
    free: dict[_Identity, list[int]] = {}
    taken = set(found.values())
    for column in range(len(other) - 1, -1, -1):
        if column not in taken:
            free.setdefault(other[column], []).append(column)
    moved: Pairs = {}
    for row, item in enumerate(one):
        if row not in found and free.get(item):
            moved[row] = free[item].pop()
    return moved


def _likeness(
    one: Sequence[_Identity], other: Sequence[_Identity]
) -> Callable[[int, int], float]:
    """Weigh pairs of blocks by the words that they share."""
    ours = [words_of(text) for _, text in one]
    theirs = [words_of(text) for _, text in other]
    is_only_one = len(one) == len(other) == 1

    def score(row: int, column: int) -> float:
        if one[row][0] != other[column][0]:
            return 0.0
        if one[row][0][0] == UnitKind.SELF_CHECK:
            return 2.0
        union = len(ours[row] | theirs[column])
        alike = len(ours[row] & theirs[column]) / union if union else 1.0
        return alike + 0.01 if alike >= _LEAST_ALIKE or is_only_one else 0.0

    return score


def _shared(
    document: Document, units: Sequence[Unit]
) -> list[tuple[frozenset[str], int]]:
    texts = [document.text[unit.start : unit.end] for unit in units]
    return [(frozenset(_SHARED.findall(text)), max(len(text), 1)) for text in texts]
