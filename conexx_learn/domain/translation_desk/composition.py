"""A translation written back: what was edited goes in, all else keeps its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass

from conexx_learn.domain.course_source.file_names import file_name
from conexx_learn.domain.translation_desk.documents import read_document
from conexx_learn.domain.translation_desk.passages import (
    STRUCTURED,
    Document,
    PassageKind,
    Unit,
    UnitKind,
    tidied,
)
from conexx_learn.domain.translation_desk.rows import (
    MAY_DIFFER,
    Comparison,
    Row,
    State,
)
from conexx_learn.domain.translation_desk.text_units import text_units
from conexx_learn.domain.translation_desk.unit_texts import (
    Edits,
    Patch,
    made_anew,
    patches,
    with_patches,
)

_HEAD_START = 4


@dataclass(frozen=True, slots=True)
class Composed:
    """A translation as it would be written.

    Attributes:
        text: Of the whole file.
        refused: Key of a row that cannot be written so to the reason: `lacking` (the
            question is not whole without it), `structure` (the text would be read as
            another heading, question or option).
        is_changed: Whether anything differs from the file.
    """

    text: str
    refused: Mapping[str, str]
    is_changed: bool


def compose(comparison: Comparison, edits: Edits) -> Composed:
    """Write edits into a translation; without any, not one byte changes."""
    writer = _Writer(comparison, edits)
    text = writer.quiz() if comparison.target.is_quiz else writer.prose()
    if text != comparison.target.text:
        writer.verify(text)
    return Composed(text, edits.refused, text != comparison.target.text)


class _Writer:
    """Goes through the units of the source and says what becomes of each."""

    def __init__(self, comparison: Comparison, edits: Edits) -> None:
        self.comparison = comparison
        self.edits = edits
        self.now, self.target = comparison.now, comparison.target
        self.language = file_name(self.target.path).lang
        self.by_unit: dict[int, list[Row]] = {}
        self.surplus: dict[int, list[Row]] = {}
        for row in comparison.rows:
            if row.source_spot:
                self.by_unit.setdefault(row.source_spot[0], []).append(row)
            elif row.target_spot:
                self.surplus.setdefault(row.target_spot[0], []).append(row)

        self.behind = {is_key: self._behind(is_key=is_key) for is_key in (True, False)}

    def _behind(self, *, is_key: bool) -> list[int | None]:
        """Map each unit of the source to the translation of the last one before it."""
        found: list[int | None] = []
        last: int | None = None
        for index in range(len(self.now.units)):
            found.append(last)
            there = self.comparison.units.get(index)
            if there is None or index in self.comparison.moved:
                continue
            if (self.target.units[there].kind is UnitKind.KEY) == is_key:
                last = there
        return found

    def quiz(self) -> str:
        """Write a quiz; its units follow the source as soon as one is put in."""
        units = self.comparison.units
        made = {
            index: text
            for index in range(len(self.now.units))
            if (text := self._made(index)) is not None
        }
        is_reordered = self.edits.copies_missing or any(i not in units for i in made)
        if is_reordered:
            return self._in_source_order(made)
        changes = [
            patch
            for index, there in units.items()
            if index not in made
            for patch in self._patches(index, there)
        ]
        for index, text in made.items():
            there = self.target.units[units[index]]
            tail = self.target.text[there.start : there.end]
            ending = tail[len(tail.rstrip("\n")) :]
            changes.append(Patch(there.start, there.end, text.rstrip("\n") + ending))
        return with_patches(self.target.text, changes)

    def _in_source_order(self, made: Mapping[int, str]) -> str:
        chunks: list[str] = []
        for index in range(len(self.now.units)):
            if index in made:
                chunks.append(made[index])
            elif index in self.comparison.units:
                chunks.append(self._patched(index))
        if not self.edits.copies_missing:
            taken = set(self.comparison.units.values())
            chunks += [
                self.target.text[unit.start : unit.end]
                for place, unit in enumerate(self.target.units)
                if place not in taken
            ]
        shown = [chunk.strip("\n") for chunk in chunks if chunk.strip("\n")]
        return "\n\n".join(shown) + "\n"

    def _patched(self, index: int) -> str:
        there = self.comparison.units[index]
        unit = self.target.units[there]
        moved = [
            Patch(one.start - unit.start, one.end - unit.start, one.text)
            for one in self._patches(index, there)
        ]
        return with_patches(self.target.text[unit.start : unit.end], moved)

    def _patches(self, index: int, there: int) -> list[Patch]:
        rows = [*self.by_unit.get(index, []), *self.surplus.get(there, [])]
        return patches(rows, self.target, self.edits)

    def _made(self, index: int) -> str | None:
        """Write a structured unit anew, where it has to be; None where not."""
        rows = self.by_unit.get(index, [])
        edits = self.edits
        is_there = index in self.comparison.units
        fills = any(row.state is State.MISSING and edits.text(row) for row in rows)
        copies = edits.copies_missing and (
            not is_there or any(row.state is State.MISSING for row in rows)
        )
        is_touched = edits.copies_missing or any(edits.is_edited(row) for row in rows)
        repairs = index in self.comparison.apart and is_touched
        if not (fills or copies or repairs):
            return None
        if is_there and self.now.units[index].kind is UnitKind.HEAD:
            return None
        return made_anew(rows, self.now, index, edits, language=self.language)

    def prose(self) -> str:
        """Write a text; a block goes, comes or moves with its empty lines."""
        changes: list[Patch] = []
        for index, unit in enumerate(self.now.units):
            if unit.kind in STRUCTURED:
                changes += self._self_check(index)
            else:
                changes += self._block(index, unit)
        for place, rows in self.surplus.items():
            if self.target.units[place].kind not in STRUCTURED:
                changes += self._replaced(rows[0], place)
            elif self.edits.copies_missing and not self.comparison.is_paired(place):
                changes.append(self._removed(place))
        return with_patches(self.target.text, changes)

    def _self_check(self, index: int) -> list[Patch]:
        made = self._made(index)
        there = self.comparison.units.get(index)
        if made is None:
            return [] if there is None else self._patches(index, there)
        if there is None:
            return [self._inserted(index, made)]
        unit = self.target.units[there]
        return [Patch(unit.start, unit.end, made)]

    def _block(self, index: int, unit: Unit) -> list[Patch]:
        rows = self.by_unit.get(index)
        if not rows:
            return []
        row, there = rows[0], self.comparison.units.get(index)
        if there is None:
            text = self.edits.text(row)
            text = text or (row.source if self.edits.copies_missing else "")
            return [self._inserted(index, self._framed(unit, text))] if text else []
        if index in self.comparison.moved and self.edits.is_handled(row):
            text = self.edits.text(row)
            put = [self._inserted(index, self._framed(unit, text))] if text else []
            return [self._removed(there), *put]
        return self._replaced(row, there)

    def _replaced(self, row: Row, there: int) -> list[Patch]:
        if not self.edits.is_edited(row):
            return []
        if not self.edits.text(row):
            if not self._may_go(row):
                self.edits.refused[row.key] = "lacking"
                return []
            return [self._removed(there)]
        return patches([row], self.target, self.edits)

    def _may_go(self, row: Row) -> bool:
        """Say whether one language may lack a block: no heading, no title."""
        is_free = row.kind in MAY_DIFFER or row.owner == "sources"
        return is_free or row.state is State.SURPLUS

    def _framed(self, unit: Unit, text: str) -> str:
        """Write a block with the marks that the source has around its words."""
        passage = unit.passages[0]
        before = self.now.text[unit.start : passage.start]
        return before + passage.written(text) + self.now.text[passage.end : unit.end]

    def _removed(self, there: int) -> Patch:
        unit, text = self.target.units[there], self.target.text
        if unit.kind is UnitKind.KEY:
            return Patch(unit.start, unit.end, "")
        rest = text[unit.end :].lstrip("\n")
        if rest:
            return Patch(unit.start, len(text) - len(rest), "")
        start = len(text[: unit.start].rstrip("\n"))
        return Patch(start, len(text), "\n")

    def _inserted(self, index: int, text: str) -> Patch:
        """Put a block behind the translation of the block before it."""
        is_key = self.now.units[index].kind is UnitKind.KEY
        there = self.behind[is_key][index]
        if there is not None:
            unit = self.target.units[there]
            return Patch(unit.end, unit.end, text if is_key else f"\n\n{text}")
        if is_key:
            return Patch(_HEAD_START, _HEAD_START, text)
        blocks = (one for one in self.target.units if one.kind is not UnitKind.KEY)
        first = next(blocks, None)
        at = first.start if first else len(self.target.text)
        return Patch(at, at, f"{text}\n\n")

    def verify(self, text: str) -> None:
        """Refuse what would be read as something else than it was typed for."""
        written = read_document(self.target.path, text.encode())
        if written is None:
            for row in self._edited():
                self.edits.refused[row.key] = "structure"
            return
        if not self.target.is_quiz:
            self._verify_blocks()
        self._verify_passages(written)

    def _edited(self) -> list[Row]:
        return [row for row in self.comparison.rows if self.edits.is_edited(row)]

    def _verify_passages(self, written: Document) -> None:
        found = {
            (passage.kind, passage.owner, tidied(passage.text, passage.kind))
            for unit in written.units
            for passage in unit.passages
        }
        for row in self._edited():
            text = self.edits.text(row)
            is_exact = row.kind is PassageKind.HEADING or bool(row.owner)
            is_there = (row.kind, row.owner, text) in found
            if text and is_exact and not is_there:
                self.edits.refused.setdefault(row.key, "structure")

    def _verify_blocks(self) -> None:
        """Refuse a block that holds a heading or a self-check, or swallows the rest."""
        for row in self._edited():
            text = self.edits.text(row)
            if row.owner or row.kind is PassageKind.HEADING or not text:
                continue
            behind = f"{text}\n\n## x\n"
            units = text_units(behind, first=0, path="", is_rubric=False)
            kinds = [unit.kind for unit in units]
            if kinds[-1:] != [UnitKind.HEADING] or set(kinds[:-1]) - {UnitKind.BLOCK}:
                self.edits.refused.setdefault(row.key, "structure")
