"""Which answer of a question is which in another state or language of it."""

from conexx_learn.domain.translation_desk.alignment import (
    best_pairs,
    gaps,
    same_items,
)
from conexx_learn.domain.translation_desk.passages import (
    OF_ANSWERS,
    Passage,
    PassageKind,
    Unit,
    normalised,
)
from conexx_learn.domain.translation_desk.word_changes import words_of

_LEAST_ALIKE = 0.2
_MOST_CELLS = 1000

Ordinals = dict[tuple[str, int], int]
"""Id of a question and ordinal of an answer to its ordinal on the other side."""


def paired_passages(here: Unit, there: Unit, ordinals: Ordinals) -> dict[int, int]:
    """Pair the passages of two units, index to index."""
    places = {one.place: index for index, one in enumerate(there.passages)}
    pairs: dict[int, int] = {}
    for index, passage in enumerate(here.passages):
        place = _place_there(passage, ordinals)
        if place is not None and place in places:
            pairs[index] = places[place]
    return pairs


def _place_there(
    passage: Passage, ordinals: Ordinals
) -> tuple[PassageKind, str, int] | None:
    if passage.kind not in OF_ANSWERS:
        return passage.place
    ordinal = ordinals.get((passage.owner, passage.ordinal))
    return None if ordinal is None else (passage.kind, passage.owner, ordinal)


def ordinals_by_text(now: Unit, then: Unit) -> Ordinals:
    """Pair the answers of two states of a question: the same text, else the likest."""
    found: Ordinals = {}
    theirs = _answers(then)
    for owner, texts in _answers(now).items():
        before = theirs.get(owner, {})
        ours, olds = list(texts), list(before)
        one = [texts[ordinal] for ordinal in ours]
        other = [before[ordinal] for ordinal in olds]
        pairs = _pairs(one, other)
        found |= {(owner, ours[row]): olds[column] for row, column in pairs.items()}
    return found


def _pairs(one: list[str], other: list[str]) -> dict[int, int]:
    if len(set(one)) < len(one) and len(one) == len(other):
        return {n: n for n in range(len(one))}
    pairs = same_items(one, other)
    free = {text: n for n, text in enumerate(other) if n not in pairs.values()}
    for row, text in enumerate(one):
        if row not in pairs and text in free:
            pairs[row] = free.pop(text)
    left_rows = [row for row in range(len(one)) if row not in pairs]
    left_columns = [col for col in range(len(other)) if col not in pairs.values()]

    if len(left_rows) * len(left_columns) > _MOST_CELLS:
        return pairs
    ours = [words_of(one[row]) for row in left_rows]
    theirs = [words_of(other[column]) for column in left_columns]

    def score(row: int, column: int) -> float:
        union = len(ours[row] | theirs[column])
        alike = len(ours[row] & theirs[column]) / max(union, 1)
        is_swap = len(one) == len(other) and left_rows[row] == left_columns[column]
        return alike + 0.01 if alike >= _LEAST_ALIKE or is_swap else 0.0

    near = best_pairs(len(left_rows), len(left_columns), score)
    return pairs | {left_rows[r]: left_columns[c] for r, c in near.items()}


def ordinals_by_marker(source: Unit, translation: Unit) -> Ordinals:
    """Pair the answers of a question and its translation: in order, equal markers."""
    if source.shape == translation.shape:
        return {
            (owner, ordinal): ordinal
            for owner, texts in _answers(source).items()
            for ordinal in texts
        }
    found: Ordinals = {}
    theirs = _markers(translation)
    for owner, markers in _markers(source).items():
        other = theirs.get(owner, [])
        pairs = same_items(markers, other)
        for rows, columns in gaps(pairs, len(markers), len(other)):
            pairs |= dict(zip(rows, columns, strict=False))
        found |= {(owner, row): column for row, column in pairs.items()}
    return found


def composed(first: Ordinals, second: Ordinals) -> Ordinals:
    """Follow two pairings one after the other."""
    return {
        (owner, ordinal): second[owner, other]
        for (owner, ordinal), other in first.items()
        if (owner, other) in second
    }


def _answers(unit: Unit) -> dict[str, dict[int, str]]:
    """Map each question to its answers' texts; those without one have only places."""
    found: dict[str, dict[int, str]] = {}
    for passage in unit.passages:
        if passage.kind in OF_ANSWERS:
            texts = found.setdefault(passage.owner, {})
            text = texts.get(passage.ordinal, "")
            if passage.kind is not PassageKind.FEEDBACK:
                text = f"{text} {normalised(passage.text)}".strip()
            texts[passage.ordinal] = text
    return found


def _markers(unit: Unit) -> dict[str, list[str]]:
    owners = list(dict.fromkeys(passage.owner for passage in unit.passages))
    if owners == [unit.id]:
        return {unit.id: list(unit.shape)}
    found: dict[str, list[str]] = {}
    owner = ""
    for mark in unit.shape:
        if mark in owners:
            owner = mark
        else:
            found.setdefault(owner, []).append(mark)
    return found
