"""A row of a translation in words: where it stands, what changed, what is typed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from conexx_learn.domain.translation_desk import (
    Comparison,
    PassageKind,
    Reason,
    Row,
    State,
)
from conexx_learn.domain.translation_desk.passages import normalised
from conexx_learn.domain.translation_desk.word_changes import ChangeKind, WordChange
from conexx_learn.web.language import gettext as _

MOST_ROWS = 2000
"""Rows that a page shows; what is not shown is not changed."""

_MOST_LINES = 14
_SIGNS_A_LINE = 56

KINDS = {
    PassageKind.KEY: _l("Head of the file"),
    PassageKind.HEADING: _l("Heading"),
    PassageKind.PARAGRAPH: _l("Paragraph"),
    PassageKind.LIST: _l("List"),
    PassageKind.TABLE: _l("Table"),
    PassageKind.NOTE: _l("Boxed note"),
    PassageKind.CODE: _l("Code"),
    PassageKind.LEVEL: _l("Level of a criterion"),
    PassageKind.INTRO: _l("Introduction"),
    PassageKind.SECTION_TITLE: _l("Title of the section"),
    PassageKind.SECTION_TEXT: _l("Text of the section"),
    PassageKind.TITLE: _l("Title of the question"),
    PassageKind.UNIT: _l("Unit beside the number"),
    PassageKind.VOID_REASON: _l("Reason of the void"),
    PassageKind.PROMPT: _l("Question"),
    PassageKind.OPTION: _l("Answer"),
    PassageKind.LEFT: _l("Left side"),
    PassageKind.RIGHT: _l("Right side"),
    PassageKind.PHRASES: _l("Accepted words"),
    PassageKind.FEEDBACK: _l("Feedback"),
    PassageKind.EXPLANATION: _l("Explanation"),
    PassageKind.HINT: _l("Hint"),
    PassageKind.RIGHT_PART: _l("Text when it is right"),
    PassageKind.PARTLY: _l("Text when it is partly right"),
    PassageKind.WRONG: _l("Text when it is wrong"),
}
KEYS = {
    "title": _l("Name of the text"),
    "summary": _l("Summary"),
    "sources": _l("Sources of the text"),
}
"""What the head of a file says, in words; other keys show their name."""
STATES = {
    State.FRESH: ("met", _l("Up to date")),
    State.COPIED: ("progress", _l("The same as the source")),
    State.STALE: ("exception", _l("To review")),
    State.MISSING: ("blocked", _l("Missing")),
    State.SURPLUS: ("exception", _l("Not in the source")),
}
REASONS = {
    Reason.ADDED: _l("This was added to the source after it was translated."),
    Reason.REMOVED: _l("The source no longer has this. Empty the field to remove it."),
    Reason.MOVED: _l("It stands elsewhere in the source now; reviewed, it moves here."),
    Reason.SCORING: _l("How this question is marked changed in the source."),
}
REFUSALS = {
    "lacking": _l("The file is not whole without this text."),
    "structure": _l(
        "So it would be read as another heading, question or answer. Write it in other "
        "words or without those signs."
    ),
    "unreviewed": _l("Write it anew, or say that it is still right."),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the page shows it.

    Attributes:
        id: For links.
        name: Of the field.
        place: Where it stands, in words.
        heading: Of the source, above it; part of `place`.
        state: For the shape and colour of the word.
        word: How it stands.
        note: Why; may be empty.
        source: What the source says.
        changes: Word by word what changed in it; empty for nothing.
        added: Words put in, to be read aloud.
        removed: Words taken out.
        text: What the field holds.
        there: What lies in the file, where somebody else saved it meanwhile.
        error: Why it was refused; may be empty.
        lines: Height of the field.
        is_to_do: Somebody has to look at it.
        is_confirmable: It may be found right as it is.
        is_confirmed: It was ticked.
        is_writable: It can be edited.
        key: Of the row.
    """

    id: str
    key: str
    name: str
    place: str
    heading: str
    state: str
    word: str
    note: str
    source: str
    changes: tuple[WordChange, ...]
    added: str
    removed: str
    text: str
    there: str
    error: str
    lines: int
    is_to_do: bool
    is_confirmable: bool
    is_confirmed: bool
    is_writable: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with a form that is shown again.

    Attributes:
        texts: Key of a row to what was typed.
        stamps: Key of a row to the stamp of what the page had shown.
        confirmed: Rows that were ticked.
    """

    texts: Mapping[str, str]
    stamps: Mapping[str, str]
    confirmed: frozenset[str]

    def is_own(self, key: str) -> bool:
        """Say whether this person changed a field."""
        return key in self.texts and stamp(self.texts[key]) != self.stamps.get(key)


NOTHING_TYPED = Typed({}, {}, frozenset())


def stamp(text: str) -> str:
    """Tell texts apart in the name of a field."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()[:8]


def shown_rows(
    comparison: Comparison,
    *,
    typed: Typed = NOTHING_TYPED,
    refused: Mapping[str, str] | None = None,
) -> list[ShownRow]:
    """Say everything about the first rows of a comparison."""
    errors = refused or {}
    return [
        _shown(comparison, row, typed, errors.get(row.key, ""))
        for row in comparison.rows[:MOST_ROWS]
    ]


def _shown(comparison: Comparison, row: Row, typed: Typed, error: str) -> ShownRow:
    state, word = STATES[row.state]
    text = typed.texts[row.key] if typed.is_own(row.key) else row.text
    is_other = typed.is_own(row.key) and typed.stamps.get(row.key) != stamp(row.text)
    changes = row.changes
    is_writable = comparison.is_writable(row)
    return ShownRow(
        id=f"row-{row.key}",
        key=row.key,
        name=f"t.{row.key}.{stamp(row.text)}",
        place=place_of(row),
        heading=row.heading or "",
        state=state,
        word=str(word),
        note=_note(row, is_writable=is_writable),
        source=row.source,
        changes=changes,
        added=_words(changes, ChangeKind.ADDED),
        removed=_words(changes, ChangeKind.REMOVED),
        text=text,
        there=row.text if is_other else "",
        error=str(REFUSALS[error]) if error else "",
        lines=_height(text or row.source),
        is_to_do=row.is_to_do,
        is_confirmable=row.is_confirmable,
        is_confirmed=row.key in typed.confirmed,
        is_writable=is_writable,
    )


def place_of(row: Row) -> str:
    """Say where a row stands, so that no two of one file sound alike in vain."""
    kind = str(KINDS[row.kind])
    if row.kind in {
        PassageKind.OPTION,
        PassageKind.FEEDBACK,
        PassageKind.LEFT,
        PassageKind.RIGHT,
    }:
        kind = _("%(kind)s, answer %(number)s", kind=kind, number=row.ordinal + 1)
    if row.kind is PassageKind.KEY and row.owner in KEYS:
        return str(KEYS[row.owner])
    if row.owner:
        return f"{kind} · {row.owner}"
    if row.heading and row.kind is not PassageKind.HEADING:
        return _("%(kind)s under “%(heading)s”", kind=kind, heading=row.heading)
    return kind


def _note(row: Row, *, is_writable: bool) -> str:
    if not is_writable:
        return _("The source has no such question. “Copy what is missing” removes it.")
    if row.reason in REASONS:
        return str(REASONS[row.reason])
    if row.reason is Reason.APART:
        return _("One of the two languages has this and the other does not.")
    return ""


def _words(changes: tuple[WordChange, ...], kind: ChangeKind) -> str:
    return " … ".join(
        one.text.strip() for one in changes if one.kind is kind and one.text.strip()
    )


def _height(text: str) -> int:
    lines = sum(1 + len(line) // _SIGNS_A_LINE for line in text.split("\n"))
    return min(max(lines, 1), _MOST_LINES)
