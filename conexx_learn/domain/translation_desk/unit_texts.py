"""The text of one unit of a translation: patched in place, or made anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from conexx_learn.domain.translation_desk.beginnings import with_keywords
from conexx_learn.domain.translation_desk.passages import (
    MAY_LACK,
    Document,
    Passage,
    is_same,
    tidied,
)
from conexx_learn.domain.translation_desk.rows import Row, State


@dataclass(frozen=True, slots=True)
class Patch:
    """What stands between two offsets of a file from now on."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Edits:
    """What was typed, by row.

    Attributes:
        typed: Key of a row to text.
        confirmed: Rows that were found right as they are.
        copies_missing: Whether what is missing is copied from the source.
        refused: Row that cannot be written to the reason, `lacking` or `structure`.
    """

    typed: Mapping[str, str]
    confirmed: frozenset[str] = frozenset()
    copies_missing: bool = False
    refused: dict[str, str] = field(default_factory=dict)

    def is_edited(self, row: Row) -> bool:
        """Say whether somebody wrote another text than stands there."""
        typed = self.typed.get(row.key)
        return typed is not None and not is_same(typed, row.text, row.kind)

    def text(self, row: Row) -> str:
        """Return what a row says from now on."""
        if self.is_edited(row):
            return tidied(self.typed[row.key], row.kind)
        return row.text

    def is_handled(self, row: Row) -> bool:
        """Say whether somebody wrote it anew or found it right."""
        return self.is_edited(row) or row.key in self.confirmed


def patches(rows: Sequence[Row], target: Document, edits: Edits) -> list[Patch]:
    """Write what was edited into its place; what is emptied goes with its marks."""
    found: list[Patch] = []
    for row in rows:
        if row.target_spot is None or not edits.is_edited(row):
            continue
        unit, place = row.target_spot
        passage = target.units[unit].passages[place]
        text = edits.text(row)
        if text:
            found.append(Patch(passage.start, passage.end, passage.written(text)))
        elif row.kind in MAY_LACK and passage.outer_start >= 0:
            found.append(Patch(passage.outer_start, passage.outer_end, ""))
        else:
            edits.refused[row.key] = "lacking"
    return found


def made_anew(
    rows: Sequence[Row], now: Document, index: int, edits: Edits, *, language: str
) -> str:
    """Write a unit with the structure of the source and the words of its rows."""
    unit = now.units[index]
    by_place = {row.source_spot[1]: row for row in rows if row.source_spot}
    pieces: list[str] = []
    behind = unit.start
    for place, passage in _in_file_order(unit.passages):
        row = by_place[place]
        text = edits.text(row)
        is_copied = edits.copies_missing and row.state is State.MISSING
        if not text and is_copied:
            text = row.source
        if text:
            pieces += [now.text[behind : passage.start], f"\0{passage.written(text)}\0"]
            behind = passage.end
        elif row.kind in MAY_LACK and passage.outer_start >= 0:
            pieces.append(now.text[behind : passage.outer_start])
            behind = passage.outer_end
        else:
            edits.refused[row.key] = "lacking"
    pieces.append(now.text[behind : unit.end])
    return "".join(
        piece.strip("\0") if piece.startswith("\0") else with_keywords(piece, language)
        for piece in pieces
    )


def _in_file_order(passages: Sequence[Passage]) -> list[tuple[int, Passage]]:
    return sorted(enumerate(passages), key=lambda pair: pair[1].start)


def with_patches(text: str, changes: Sequence[Patch]) -> str:
    """Write several patches; those at one place in the order that they were made."""
    pieces: list[str] = []
    behind = 0
    for patch in sorted(changes, key=lambda one: (one.start, one.end)):
        pieces += [text[behind : patch.start], patch.text]
        behind = max(patch.end, behind)
    return "".join([*pieces, text[behind:]])
