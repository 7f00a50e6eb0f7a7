"""A translation beside its source: row by row, and what changed since."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from conexx_learn.domain.quiz_source.wording import needs_translation
from conexx_learn.domain.translation_desk.alignment import Pairs
from conexx_learn.domain.translation_desk.answer_pairs import (
    Ordinals,
    composed,
    ordinals_by_marker,
    ordinals_by_text,
    paired_passages,
)
from conexx_learn.domain.translation_desk.passages import (
    INHERITED,
    STRUCTURED,
    Document,
    Passage,
    PassageKind,
    Unit,
    UnitKind,
    normalised,
)
from conexx_learn.domain.translation_desk.rows import (
    Comparison,
    Reason,
    Row,
    Spot,
    State,
)
from conexx_learn.domain.translation_desk.unit_pairs import (
    pairs_by_structure,
    pairs_by_text,
    signature,
)


def compare(
    now: Document,
    target: Document,
    *,
    then: Document | None,
    is_current: bool,
    rescored: Collection[str] = (),
    refused: Collection[str] = (),
) -> Comparison:
    """Put a translation beside its source.

    Args:
        now: The source.
        target: The translation.
        then: The source as it was when it was translated; None where nobody knows.
        is_current: The translation says that it follows the source as it is.
        rescored: Questions that are marked in another way since.
        refused: Questions in which the check finds that the structure disagrees.
    """
    before = now if is_current else then
    facing = _Facing(now, target, before, frozenset(rescored), frozenset(refused))
    rows = facing.rows()
    return Comparison(
        now,
        target,
        rows,
        before is not None,
        is_current,
        facing.units,
        facing.moved,
        frozenset(facing.apart),
    )


@dataclass(slots=True)
class _Facing:
    """Pairs units, then their passages, and judges each."""

    now: Document
    target: Document
    then: Document | None
    rescored: frozenset[str]
    refused: frozenset[str]
    olds: Pairs = field(default_factory=dict)
    units: Pairs = field(default_factory=dict)
    moved: frozenset[int] = frozenset()
    apart: set[int] = field(default_factory=set)
    used: set[Spot] = field(default_factory=set)
    counted: Counter[str] = field(default_factory=Counter)

    def rows(self) -> tuple[Row, ...]:
        self._pair_units()
        placed: list[tuple[tuple[int, int, int], Row]] = []
        heading = ""
        for index, unit in enumerate(self.now.units):
            if unit.kind is UnitKind.HEADING and unit.passages:
                heading = unit.passages[0].text
            rows = self._unit_rows(index, unit, heading)
            placed += [((index, 0, 0), row) for row in rows]
        placed += self._surplus_rows()
        placed.sort(key=lambda pair: pair[0])
        return tuple(row for _, row in placed)

    def _pair_units(self) -> None:
        now, then, target = self.now, self.then, self.target
        if then is None or then is now:
            self.olds = {n: n for n in range(len(now.units))} if then else {}
            self.units = pairs_by_structure(now, target)
            return
        self.olds, self.moved = pairs_by_text(now, then)
        if _follows(then, now, target):
            found = pairs_by_structure(then, target)
            self.units = {n: found[o] for n, o in self.olds.items() if o in found}
        else:
            self.units, self.moved = pairs_by_structure(now, target), frozenset()

    def _unit_rows(self, index: int, unit: Unit, heading: str) -> Iterator[Row]:
        old = self._old(index)
        there = self.target.units[self.units[index]] if index in self.units else None
        to_old, to_there = self._passage_pairs(index, unit, old, there)
        for place, passage in enumerate(unit.passages):
            before = old.passages[to_old[place]] if old and place in to_old else None
            text = (
                there.passages[to_there[place]] if there and place in to_there else None
            )
            spot = (self.units[index], to_there[place]) if text else None
            if spot:
                self.used.add(spot)
            state, reason = self._judged(index, passage, before, text)
            yield Row(
                self._key(passage.kind, passage.owner, passage.text),
                passage.kind,
                passage.owner,
                passage.ordinal,
                heading,
                passage.text,
                before.text if before else None,
                text.text if text else "",
                state,
                reason,
                (index, place),
                spot,
            )

    def _old(self, index: int) -> Unit | None:
        if self.then is None or index not in self.olds:
            return None
        return self.then.units[self.olds[index]]

    def _passage_pairs(
        self, index: int, unit: Unit, old: Unit | None, there: Unit | None
    ) -> tuple[dict[int, int], dict[int, int]]:
        if unit.kind not in STRUCTURED:
            first = {0: 0} if unit.passages else {}
            return (
                first if old and old.passages else {},
                first if there and there.passages else {},
            )
        to_old: Ordinals = ordinals_by_text(unit, old) if old else {}
        old_pairs = paired_passages(unit, old, to_old) if old else {}
        if there is None:
            return old_pairs, {}
        if old and old.shape == there.shape:
            ordinals = composed(to_old, ordinals_by_marker(old, there))
        else:
            ordinals = ordinals_by_marker(unit, there)
        is_moved = any(key[1] != ordinal for key, ordinal in ordinals.items())
        owners = {unit.id, *(passage.owner for passage in unit.passages)}
        is_refused = bool(owners & self.refused)
        if there.is_broken or there.shape != unit.shape or is_moved or is_refused:
            self.apart.add(index)
        return old_pairs, paired_passages(unit, there, ordinals)

    def _judged(
        self, index: int, passage: Passage, before: Passage | None, text: Passage | None
    ) -> tuple[State, Reason]:
        is_new = self.then is not None and before is None
        if text is None:
            if passage.kind in INHERITED and index in self.units:
                return State.FRESH, Reason.NONE
            return State.MISSING, Reason.ADDED if is_new else Reason.APART
        if is_new:
            return State.STALE, Reason.ADDED
        if before and normalised(before.text) != normalised(passage.text):
            return State.STALE, Reason.CHANGED
        if index in self.moved:
            return State.STALE, Reason.MOVED
        if passage.kind is PassageKind.TITLE and self._is_rescored(index, passage):
            return State.STALE, Reason.SCORING
        is_copy = normalised(text.text) == normalised(passage.text)
        is_copy = is_copy and passage.kind is not PassageKind.CODE
        is_copy = is_copy and needs_translation(passage.text)
        return State.COPIED if is_copy else State.FRESH, Reason.NONE

    def _is_rescored(self, index: int, passage: Passage) -> bool:
        if passage.owner in self.rescored:
            return True
        old = self._old(index)
        return old is not None and self.now.units[index].shape != old.shape

    def _key(self, kind: str, owner: str, text: str) -> str:
        plain = "\n".join([kind, owner, normalised(text)])
        digest = hashlib.sha256(plain.encode()).hexdigest()[:10]
        self.counted[digest] += 1
        return f"{digest}-{self.counted[digest]}"

    def _surplus_rows(self) -> Iterator[tuple[tuple[int, int, int], Row]]:
        behind = {there: here for here, there in self.units.items()}
        at, heading = -1, ""
        for index, unit in enumerate(self.target.units):
            at = behind.get(index, at)
            if unit.kind is UnitKind.HEADING and unit.passages:
                heading = unit.passages[0].text
            for place, passage in enumerate(unit.passages):
                if (index, place) not in self.used:
                    row = self._surplus(passage, heading, (index, place))
                    yield (at, 1, index), row

    def _surplus(self, passage: Passage, heading: str, spot: Spot) -> Row:
        is_removed = self.then is not None and self.then is not self.now
        return Row(
            self._key(f"+{passage.kind}", passage.owner, passage.text),
            passage.kind,
            passage.owner,
            passage.ordinal,
            heading,
            "",
            None,
            passage.text,
            State.SURPLUS,
            Reason.REMOVED if is_removed else Reason.APART,
            None,
            spot,
        )


def _follows(then: Document, now: Document, target: Document) -> bool:
    """Say whether a translation has the structure of the source's past, not of now."""
    theirs, olds, ours = signature(target), signature(then), signature(now)
    if theirs in (olds, ours):
        return theirs == olds
    return abs(len(theirs) - len(olds)) <= abs(len(theirs) - len(ours))
