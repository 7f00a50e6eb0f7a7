"""A passage of a source beside its translation: how it stands, and why."""

from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.translation_desk.alignment import Pairs
from conexx_learn.domain.translation_desk.passages import (
    MAY_LACK,
    STRUCTURED,
    Document,
    PassageKind,
)
from conexx_learn.domain.translation_desk.word_changes import (
    WordChange,
    word_changes,
)


class State(StrEnum):
    """How a passage of a translation stands beside its source."""

    FRESH = "fresh"
    COPIED = "copied"
    STALE = "stale"
    MISSING = "missing"
    SURPLUS = "surplus"


class Reason(StrEnum):
    """Why it stands so."""

    NONE = "none"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    SCORING = "scoring"
    APART = "apart"


TO_DO = frozenset({State.STALE, State.MISSING, State.SURPLUS})
"""States that somebody has to look at before the file is reviewed."""

MAY_DIFFER = MAY_LACK | {
    PassageKind.PARAGRAPH,
    PassageKind.LIST,
    PassageKind.TABLE,
    PassageKind.NOTE,
    PassageKind.CODE,
}
"""What one language may have and another not, on purpose."""

Spot = tuple[int, int]
"""Index of a unit in its file, and of a passage in it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of the source beside its translation.

    Attributes:
        key: Tells the row from the others as long as the source says the same.
        kind: What the passage is.
        owner: Id of its question or section, or the key of the head; may be empty.
        ordinal: Of its answer, from 0.
        heading: The heading above it, in the source.
        source: What the source says now; empty in a surplus row.
        before: What it said when it was translated; None where nobody knows.
        text: The translation as it stands; empty where there is none.
        state: How it stands.
        reason: Why.
        source_spot: Where it is in the source.
        target_spot: Where it is in the translation.
    """

    key: str
    kind: PassageKind
    owner: str
    ordinal: int
    heading: str
    source: str
    before: str | None
    text: str
    state: State
    reason: Reason
    source_spot: Spot | None
    target_spot: Spot | None

    @property
    def changes(self) -> tuple[WordChange, ...]:
        """Say word by word what changed in the source since; empty for nothing."""
        if self.reason is Reason.CHANGED and self.before is not None:
            return word_changes(self.before, self.source)
        return ()

    @property
    def is_to_do(self) -> bool:
        """Say whether somebody has to look at it."""
        return self.state in TO_DO

    @property
    def is_confirmable(self) -> bool:
        """Say whether it may be found right as it is: structure must not differ."""
        is_structure = self.state is not State.STALE and self.kind not in MAY_DIFFER
        return self.is_to_do and not is_structure


@dataclass(frozen=True, slots=True)
class Comparison:
    """A translation beside its source.

    Attributes:
        now: The source.
        target: The translation.
        rows: In the order of the source; surplus ones where they stand.
        is_known: Whether it is known what the source said when it was translated.
        is_current: Whether the translation says that it follows the source as it is.
        units: Index of a unit of the source to that of its translation.
        moved: Units of the source that stand elsewhere since.
        apart: Units of the source whose structure the translation does not have.
    """

    now: Document
    target: Document
    rows: tuple[Row, ...]
    is_known: bool
    is_current: bool
    units: Pairs
    moved: frozenset[int]
    apart: frozenset[int]

    def is_paired(self, place: int) -> bool:
        """Say whether the source has what a unit of the translation translates."""
        return place in self.units.values()

    def is_writable(self, row: Row) -> bool:
        """Say whether a row can be edited: not in a question that the source lacks."""
        if row.source_spot is not None or row.target_spot is None:
            return True
        place = row.target_spot[0]
        is_structured = self.target.units[place].kind in STRUCTURED
        return not is_structured or self.is_paired(place)

    @property
    def to_do(self) -> list[Row]:
        """List the rows that somebody has to look at."""
        return [row for row in self.rows if row.is_to_do]
