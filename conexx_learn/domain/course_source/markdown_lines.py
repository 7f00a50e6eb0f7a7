"""Markdown as lines: which of them are text, and which are code or comments.

Rendering is the business of `domain.markup`; the check only needs to know where a
heading, a reference or a tag stands. What cannot hold any of them is blanked out with
spaces, so that every column stays true.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_COMMENT_START, _COMMENT_END = "<!--", "-->"


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block of code.

    Attributes:
        info: The first word after the marks, in small letters.
        first_line: Line of its first content line, from 1.
        lines: The content.
        closed: Whether the closing marks were found.
    """

    info: str
    first_line: int
    lines: tuple[str, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of a file without its code and comments.

    Attributes:
        first_line: Line in the file of the first entry of `lines`, from 1.
        lines: As many as the body has; code and comments are blanks.
        fences: The blocks of code that were blanked out.
    """

    first_line: int
    lines: tuple[str, ...]
    fences: tuple[Fence, ...]

    @property
    def text(self) -> str:
        """Join the lines, so that a reference may run over a line end."""
        return "\n".join(self.lines)

    def numbered(self) -> list[tuple[int, str]]:
        """Pair each line with its number in the file."""
        return list(enumerate(self.lines, start=self.first_line))


@dataclass(frozen=True, slots=True)
class LineEnds:
    """Turns an offset into `Prose.text` into a line and a column of the file."""

    first_line: int
    starts: tuple[int, ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Tell the line and column, from 1, of an offset."""
        index = bisect_right(self.starts, offset) - 1
        return self.first_line + index, offset - self.starts[index] + 1


def line_ends(prose: Prose) -> LineEnds:
    """Measure where each line of a text begins."""
    lengths = (len(line) + 1 for line in prose.lines[:-1])
    return LineEnds(prose.first_line, tuple(accumulate(lengths, initial=0)))


def read_prose(lines: Sequence[str], *, first_line: int) -> Prose:
    """Split a body into text and code.

    Args:
        lines: The body, without line ends.
        first_line: Its first line's number in the file, from 1.

    Example:
        >>> read_prose(["See `[x]` here"], first_line=1).lines
        ('See       here',)
    """
    kept: list[str] = []
    fences: list[Fence] = []
    index, in_comment = 0, False
    while index < len(lines):
        mark = None if in_comment else _FENCE.fullmatch(lines[index])
        if mark:
            fence, after = _fence(lines, index, mark, first_line)
            kept.extend([""] * (after - index))
            fences.append(fence)
            index = after
        else:
            line, in_comment = _without_comments(lines[index], in_comment=in_comment)
            kept.append(line)
            index += 1
    return Prose(first_line, tuple(kept), tuple(fences))


def _fence(
    lines: Sequence[str], index: int, mark: re.Match[str], first_line: int
) -> tuple[Fence, int]:
    sign, length = mark["mark"][0], len(mark["mark"])
    end = index + 1
    while end < len(lines) and not _closes(lines[end], sign, length):
        end += 1
    info = (mark["info"].split() or [""])[0].lower()
    content = tuple(lines[index + 1 : end])
    closed = end < len(lines)
    return Fence(info, first_line + index + 1, content, closed), min(
        end + 1, len(lines)
    )


def _closes(line: str, sign: str, length: int) -> bool:
    plain = line.strip()
    return len(plain) >= length and not plain.strip(sign) and line[:4].strip() != ""


def _without_comments(line: str, *, in_comment: bool) -> tuple[str, bool]:
    plain = line if in_comment else _without_code(line)
    kept: list[str] = []
    while plain:
        sign = _COMMENT_END if in_comment else _COMMENT_START
        before, found, plain = plain.partition(sign)
        kept.append(_blank(before) if in_comment else before)
        kept.append(_blank(found))
        if found:
            in_comment = not in_comment
    return "".join(kept), in_comment


def _without_code(line: str) -> str:
    plain = _ESCAPE.sub("  ", line)
    return _CODE.sub(lambda code: _blank(code[0]), plain)


def _blank(text: str) -> str:
    return " " * len(text)
