"""The outline of a quiz file: which lines belong to which question and answer.

Nothing is judged here; these are the containers between the lines and the model.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from conexx_learn.domain.quiz import SectionKind
from conexx_learn.domain.quiz_source.lines import (
    LEAST_INDENTATION,
    Role,
    Row,
    trimmed,
)
from conexx_learn.domain.quiz_source.markers import Marker


@dataclass(frozen=True, slots=True)
class Attribute:
    """One `key: value`.

    Attributes:
        key: The English key.
        written: The key as the file has it.
        value: Trimmed.
        line: From 1.
        column: Of the value, from 1.
    """

    key: str
    written: str
    value: str
    line: int
    column: int


@dataclass(slots=True)
class AnswerBlock:
    """An answer line with what hangs below it.

    Attributes:
        row: The answer line.
        marker: None where it is not understood.
        text: What follows the marker.
        more: Continuation lines.
        feedback: Lines that begin with `>`.
    """

    row: Row
    marker: Marker | None
    text: str
    more: list[Row] = field(default_factory=list)
    feedback: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class QuestionBlock:
    """A question heading with everything below it.

    Attributes:
        row: The heading.
        id: Empty where missing or malformed.
        title: Plain text.
        attributes: English key to attribute.
        prompt: The lines before the first answer.
        answers: In source order.
        parts: `explanation` … to its lines.
        part_lines: The same keys to the line of their heading.
        is_broken: A line could not be read, so that counting answers says nothing.
    """

    row: Row
    id: str
    title: str
    attributes: dict[str, Attribute] = field(default_factory=dict)
    prompt: list[Row] = field(default_factory=list)
    answers: list[AnswerBlock] = field(default_factory=list)
    parts: dict[str, list[Row]] = field(default_factory=dict)
    part_lines: dict[str, int] = field(default_factory=dict)
    is_broken: bool = False


@dataclass(slots=True)
class SectionBlock:
    """A section heading with everything below it; without heading the unnamed one."""

    row: Row | None
    kind: SectionKind
    id: str = ""
    title: str = ""
    attributes: dict[str, Attribute] = field(default_factory=dict)
    text: list[Row] = field(default_factory=list)
    questions: list[QuestionBlock] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A quiz body, cut into its parts."""

    intro: list[Row] = field(default_factory=list)
    sections: list[SectionBlock] = field(default_factory=list)


def markdown_of(rows: Sequence[Row]) -> str:
    """Join lines to Markdown: no comments, single empty lines, none at the ends."""
    return _joined([(row.text, row.is_fenced) for row in rows if not row.is_hidden])


def option_markdown(block: AnswerBlock) -> str:
    """Join an answer line and its continuation, indentation taken off."""
    lines = [(trimmed(block.text), False)]
    base = _base(block.more)
    lines += [
        (dedented(row.text, base), row.is_fenced)
        for row in block.more
        if not row.is_hidden
    ]
    return _joined(lines)


def feedback_markdown(block: AnswerBlock) -> str:
    """Join the feedback of an answer, its `>` taken off."""
    lines = [
        (feedback_text(row.text), False) for row in block.feedback if not row.is_hidden
    ]
    return _joined(lines)


def set_canonical_continuation(block: AnswerBlock) -> None:
    """Write how `fmt` indents what hangs below an answer."""
    base = _base(block.more)
    for row in block.more:
        if not row.has_comment:
            row.canonical = f"  {dedented(row.text, base)}".rstrip(
                "" if row.text.strip() else " "
            )
    for row in block.feedback:
        if not row.has_comment and row.role is Role.FEEDBACK:
            row.canonical = f"  > {feedback_text(row.text)}"
            if not feedback_text(row.text):
                row.canonical = "  >"


def feedback_text(text: str) -> str:
    """Take the indentation and the `>` off a feedback line."""
    bare = text.lstrip(" ")
    return bare[1:].removeprefix(" ") if bare.startswith(">") else bare


def dedented(text: str, base: int) -> str:
    """Take at most `base` columns of indentation off a line."""
    if not text.strip():
        return ""
    lead = len(text) - len(text.lstrip(" "))
    return text[min(lead, base) :]


def _base(rows: Sequence[Row]) -> int:
    """Say how many columns all continuation lines of an option share."""
    columns = [
        row.indentation
        for row in rows
        if row.text.strip() and (row.opens_fence or not row.is_fenced)
    ]
    return max(min(columns, default=LEAST_INDENTATION), LEAST_INDENTATION)


def _joined(lines: Sequence[tuple[str, bool]]) -> str:
    """Join lines; outside fences several empty ones become one."""
    kept: list[str] = []
    for text, is_fenced in lines:
        is_empty = not is_fenced and not text.strip()
        if is_empty and (not kept or not kept[-1]):
            continue
        kept.append("" if is_empty else text)
    joined = "\n".join(kept).strip("\n")
    return joined.rstrip(" ")
