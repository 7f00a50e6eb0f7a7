"""A file cut into what is translated and what is structure."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate


class PassageKind(StrEnum):
    """What a passage is for its reader."""

    KEY = "key"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    NOTE = "note"
    CODE = "code"
    LEVEL = "level"
    INTRO = "intro"
    SECTION_TITLE = "section-title"
    SECTION_TEXT = "section-text"
    TITLE = "title"
    UNIT = "unit"
    VOID_REASON = "void-reason"
    PROMPT = "prompt"
    OPTION = "option"
    LEFT = "left"
    RIGHT = "right"
    PHRASES = "phrases"
    FEEDBACK = "feedback"
    EXPLANATION = "explanation"
    HINT = "hint"
    RIGHT_PART = "right-part"
    PARTLY = "partly"
    WRONG = "wrong"


ONE_LINE = frozenset(
    {
        PassageKind.KEY,
        PassageKind.HEADING,
        PassageKind.LEVEL,
        PassageKind.SECTION_TITLE,
        PassageKind.TITLE,
        PassageKind.UNIT,
        PassageKind.VOID_REASON,
        PassageKind.LEFT,
        PassageKind.RIGHT,
    }
)
"""Kinds that are one line of their file, whatever is typed."""

OF_ANSWERS = frozenset(
    {
        PassageKind.OPTION,
        PassageKind.LEFT,
        PassageKind.RIGHT,
        PassageKind.FEEDBACK,
    }
)
"""Kinds that belong to one answer of a question."""

INHERITED = frozenset({PassageKind.UNIT, PassageKind.VOID_REASON})
"""Kinds that a translation may leave out; the source's word counts then."""

MAY_LACK = INHERITED | {
    PassageKind.FEEDBACK,
    PassageKind.EXPLANATION,
    PassageKind.HINT,
    PassageKind.RIGHT_PART,
    PassageKind.PARTLY,
    PassageKind.WRONG,
    PassageKind.INTRO,
    PassageKind.SECTION_TEXT,
}
"""Kinds without which a question is still whole."""


class UnitKind(StrEnum):
    """What stands or moves as one."""

    HEAD = "head"
    KEY = "key"
    HEADING = "heading"
    BLOCK = "block"
    SELF_CHECK = "self-check"
    INTRO = "intro"
    SECTION = "section"
    QUESTION = "question"


STRUCTURED = frozenset(
    {
        UnitKind.HEAD,
        UnitKind.SELF_CHECK,
        UnitKind.INTRO,
        UnitKind.SECTION,
        UnitKind.QUESTION,
    }
)
"""Units whose structure is the source's: only their passages are translated."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that is translated as one.

    Attributes:
        kind: What it is.
        owner: Id of the question, section or key that it belongs to; may be empty.
        ordinal: Of the answer, from 0.
        text: Without what the file puts before its lines.
        start: Offset in the file where it begins.
        end: Offset behind it.
        lead: What stands before each line but the first.
        outer_start: Offset where what goes with it begins, were it removed.
        outer_end: Offset behind that.
    """

    kind: PassageKind
    owner: str
    ordinal: int
    text: str
    start: int
    end: int
    lead: str = ""
    outer_start: int = -1
    outer_end: int = -1

    @property
    def place(self) -> tuple[PassageKind, str, int]:
        """Tell which passage of its unit it is."""
        return self.kind, self.owner, self.ordinal

    def written(self, text: str) -> str:
        """Write another text as the file holds it; empty lines stay empty."""
        first, *rest = text.split("\n")
        led = (f"{self.lead}{line}" if line else self.lead.rstrip() for line in rest)
        return "\n".join([first, *led])


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands or moves as one: a block of a text, a question, a section.

    Attributes:
        kind: What it is.
        id: Of the question, the section or the key; the level of a heading.
        start: Offset where it begins.
        end: Offset behind it.
        passages: What is translated of it.
        shape: What every language shares: markers of answers, kind of a block.
        is_broken: It could not be read whole.
    """

    kind: UnitKind
    id: str
    start: int
    end: int
    passages: tuple[Passage, ...]
    shape: tuple[str, ...] = ()
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file, cut into units.

    Attributes:
        path: Inside the course folder.
        text: Byte order mark removed, line ends made LF.
        units: In file order; no two overlap.
        is_quiz: Its units follow one another without a gap.
        has_crlf: The file writes its line ends as CRLF.
        has_mark: The file begins with a byte order mark.
    """

    path: str
    text: str
    units: tuple[Unit, ...]
    is_quiz: bool
    has_crlf: bool = False
    has_mark: bool = False

    def encoded(self, text: str) -> bytes:
        """Write a changed text with the line ends and the mark of the file."""
        ended = text.replace("\n", "\r\n") if self.has_crlf else text
        return (b"\xef\xbb\xbf" if self.has_mark else b"") + ended.encode()


def line_starts(text: str) -> list[int]:
    """Measure where each line begins; the last entry is behind the text."""
    lengths = (len(line) + 1 for line in text.split("\n"))
    return list(accumulate(lengths, initial=0))


def dedented(text: str, lead: str) -> str:
    """Take off what the file puts before each line but the first."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(_without(line, lead) for line in rest)])


def _without(line: str, lead: str) -> str:
    bare = line.lstrip(" ")
    if lead.endswith("> "):
        return bare[1:].removeprefix(" ") if bare.startswith(">") else bare
    indentation = len(line) - len(bare)
    return line[min(indentation, len(lead)) :]


def tidied(text: str, kind: PassageKind) -> str:
    """Write what was typed as a passage of a kind may be: no blanks around it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if kind in ONE_LINE:
        return " ".join(plain.split())
    lines = [
        line.rstrip(" \t") if not line.strip() else line for line in plain.split("\n")
    ]
    return "\n".join(lines).strip("\n").rstrip()


def is_same(one: str, other: str, kind: PassageKind) -> bool:
    """Say whether two texts are the same passage, blanks around lines aside."""
    return tidied(one, kind) == tidied(other, kind)


def normalised(text: str) -> str:
    """Write a text as it is compared: how its lines break does not count."""
    return " ".join(text.split())
