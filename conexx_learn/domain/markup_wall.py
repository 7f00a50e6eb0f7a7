"""The wall before Markdown: texts that would take it too long are refused by line.

Python-Markdown is quadratic, or recursive, on what is listed here; each limit is far
above what people write. One pass over the text, so the wall itself cannot be slow.
"""

import re

from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.markup_source import SLOT, cleared_source

MOST_BYTES = 64 * 1024
MOST_BYTES_INLINE = 8 * 1024
MOST_OPEN_BRACKETS = 100
MOST_SIGNS_TOGETHER = 3_000
MOST_LEVELS = 20
MOST_LINES = 4_000
MOST_LINES_TOGETHER = 1_000
COLUMNS_PER_LEVEL = 4

_SIGNS = re.compile(r"[\[*_`<&\\]")
_BRACKETS = re.compile(r"\[|\]\(|\]|\)")
_CONTAINER = re.compile(r"[ \t]*(?:>|(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t]|$))")


class MarkupRefusedError(ContentError):
    """A text that would take too long to render.

    Attributes:
        line: Where, from 1.
        reason: Why, in English.
    """

    def __init__(self, *, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__("content-refused", line=line, reason=reason)

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


def wall_problem(text: str) -> tuple[int, str] | None:
    """Say where a text passes a limit, and which; None for a text that may be rendered.

    Returns:
        The line, from 1, and the reason in English.
    """
    if len(text.encode(errors="replace")) > MOST_BYTES:
        return 1, f"more than {MOST_BYTES // 1024} KiB"
    return lines_problem(cleared_source(text).lines)


def lines_problem(lines: list[str]) -> tuple[int, str] | None:
    """Do the same for the lines of a text whose fences are already cut out."""
    paragraph = _Paragraph()
    written = together = 0
    for number, line in enumerate(lines, start=1):
        written += bool(line.strip())
        if not line.strip() or line.startswith(SLOT):
            paragraph, together = _Paragraph(), 0
        else:
            together += 1
        if written > MOST_LINES:
            return number, f"more than {MOST_LINES} lines"
        if together > MOST_LINES_TOGETHER:
            return number, f"more than {MOST_LINES_TOGETHER} lines without an empty one"
        if _levels(line) > MOST_LEVELS:
            return number, f"nested deeper than {MOST_LEVELS}"
        if reason := paragraph.refusal_after(line):
            return number, reason
    return None


def inline_problem(line: str) -> tuple[int, str] | None:
    """Do the same for one line that is not read as blocks."""
    if len(line.encode(errors="replace")) > MOST_BYTES_INLINE:
        return 1, f"more than {MOST_BYTES_INLINE // 1024} KiB"
    reason = _Paragraph().refusal_after(line)
    return (1, reason) if reason else None


class _Paragraph:
    """Counts signs of Markdown, and what is open: `[`, and the `(` of an address."""

    def __init__(self) -> None:
        self._signs = 0
        self._square = 0
        self._round = 0

    def refusal_after(self, line: str) -> str:
        """Count one more line; say why the paragraph is refused, or nothing."""
        self._signs += len(_SIGNS.findall(line))
        if self._signs > MOST_SIGNS_TOGETHER:
            return f"more than {MOST_SIGNS_TOGETHER} signs of Markdown in a paragraph"
        for bracket in _BRACKETS.findall(line):
            if bracket == "[":
                self._square += 1
            elif bracket == "](":
                self._square = max(self._square - 1, 0)
                self._round += 1
            elif bracket == "]":
                self._square = max(self._square - 1, 0)
            else:
                self._round = max(self._round - 1, 0)
            if max(self._square, self._round) > MOST_OPEN_BRACKETS:
                return f"more than {MOST_OPEN_BRACKETS} unclosed brackets in a row"
        return ""


def _levels(line: str) -> int:
    """Count the lists and quotations that a line opens or stands in."""
    spread = line.expandtabs(COLUMNS_PER_LEVEL)
    place = levels = 0
    while levels <= MOST_LEVELS and (mark := _CONTAINER.match(spread, place)):
        place = mark.end()
        levels += 1
    rest = spread[place:]
    return levels + (len(rest) - len(rest.lstrip())) // COLUMNS_PER_LEVEL
