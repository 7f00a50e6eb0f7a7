"""The lines of a quiz file, with fences, comments and tabs told apart.

Nothing inside a fenced code block or a comment is ever a marker, a heading or an
attribute; this is decided here, once, so that nobody above has to ask.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.problems import Problem

LEAST_INDENTATION = 2
"""Columns that make a line a part of the option above it."""

EXCERPT = 60
"""Characters of a line that a problem quotes."""

_FENCE = re.compile(r"^ *(?P<run>`{3,}|~{3,})(?P<info>.*)$")
_OPENER = "<!--"
_CLOSER = "-->"
_RESERVED = re.compile(r"^(?:##[ \t][^|]{1,80}\||#[ \t][^:]{1,20}:)")
_LEAD = re.compile(r"^[ \t\xa0]*")


class Role(StrEnum):
    """What a line is, once the outline has been read."""

    FRONT = "front"
    BLANK = "blank"
    COMMENT = "comment"
    TEXT = "text"
    FENCE = "fence"
    SECTION_HEAD = "section-head"
    QUESTION_HEAD = "question-head"
    PART_HEAD = "part-head"
    ATTRIBUTE = "attribute"
    ANSWER = "answer"
    CONTINUATION = "continuation"
    FEEDBACK = "feedback"


@dataclass(slots=True)
class Row:
    """One line of a file.

    Attributes:
        number: From 1.
        raw: As in the file.
        text: Without comments; leading tabs are four columns each; no spaces at the
            end but the two of a hard line break. Inside a fence the same as `raw`.
        is_fenced: Part of a fenced code block, its fences included.
        opens_fence: The first line of such a block.
        has_comment: A comment, or a part of one, was taken out.
        role: What the outline found it to be.
        canonical: As `fmt` writes it.
    """

    number: int
    raw: str
    text: str
    is_fenced: bool = False
    opens_fence: bool = False
    has_comment: bool = False
    role: Role = Role.TEXT
    canonical: str = ""

    @property
    def is_hidden(self) -> bool:
        """Say whether nothing is left of the line but a comment."""
        return self.has_comment and not self.text.strip()

    @property
    def is_blank(self) -> bool:
        """Say whether the line is empty outside fences and comments."""
        return not self.is_fenced and not self.has_comment and not self.text.strip()

    @property
    def plain_role(self) -> Role:
        """Say what the line is before anybody knows where it stands."""
        if self.is_fenced:
            return Role.FENCE
        if self.is_hidden:
            return Role.COMMENT
        return Role.BLANK if self.is_blank else Role.TEXT

    @property
    def looks_like_feedback(self) -> bool:
        """Say whether the line is indented and begins with `>`."""
        is_indented = self.indentation >= LEAST_INDENTATION
        return is_indented and self.text.lstrip(" ").startswith(">")

    @property
    def indentation(self) -> int:
        """Count the columns before the first sign."""
        return len(self.text) - len(self.text.lstrip(" "))


def excerpt(text: str) -> str:
    """Shorten a line for a message."""
    plain = text.strip()
    return plain if len(plain) <= EXCERPT else plain[: EXCERPT - 1] + "…"


def lookalike_facts(found: str, expected: str) -> dict[str, str]:
    """Make the facts of W901; a no-break space has no shape, so it has its sentence."""
    if found == "\xa0":
        return {"found": found, "expected": expected, "variant": "space"}
    return {"found": found, "expected": expected}


def trimmed(line: str) -> str:
    """Take off trailing blanks, all but the two of a Markdown line break."""
    bare = line.rstrip()
    return bare + "  " if bare and line.endswith("  ") else bare


def scan(
    lines: Sequence[str], *, first_line: int, path: str
) -> tuple[list[Row], list[Problem]]:
    """Tell fences, comments and tabs apart, in linear time.

    Args:
        lines: The body, without line ends.
        first_line: Number of the first of them in the file.
        path: For the problems: E105 and W902.
    """
    scanner = _Scanner(lines, first_line, path)
    while scanner.index < len(lines):
        scanner.take_line()
    return scanner.rows, scanner.problems


class _Scanner:
    """Walks the lines once; a search that failed is never made again."""

    def __init__(self, lines: Sequence[str], first_line: int, path: str) -> None:
        self.lines = lines
        self.first_line = first_line
        self.path = path
        self.index = 0
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.unclosed: dict[str, int] = {}
        self.comment_is_closed = True

    def take_line(self) -> None:
        line = self.lines[self.index]
        fence = _FENCE.match(line)
        if fence and not (fence["run"][0] == "`" and "`" in fence["info"]):
            self._take_fence(fence["run"])
        elif _OPENER in line:
            self._take_commented()
        else:
            self._add(line, has_comment=False)
            self.index += 1

    def _number(self) -> int:
        return self.index + self.first_line

    def _add(self, line: str, *, has_comment: bool) -> None:
        lead = _LEAD.match(line)
        blanks = lead.group() if lead else ""
        if line.strip():
            self._report_lead(blanks)
        columns = blanks.replace("\xa0", " ").expandtabs(4)
        text = trimmed(columns + line[len(blanks) :])
        row = Row(self._number(), line, text, has_comment=has_comment)
        self.rows.append(row)

    def _report_lead(self, blanks: str) -> None:
        """Report tabs and no-break spaces before the first sign of a line."""
        if "\t" in blanks:
            self.problems.append(Problem(self.path, self._number(), 1, "W902"))
        if "\xa0" in blanks:
            facts = lookalike_facts("\xa0", " ")
            self.problems.append(Problem(self.path, self._number(), 1, "W901", facts))

    def _take_fence(self, run: str) -> None:
        """Take a fenced block whole; one without end stops at the next heading."""
        end = self._closing_fence(run)
        if end is None:
            facts = {"sign": run}
            self.problems.append(Problem(self.path, self._number(), 1, "E105", facts))
            end = self._before_heading()
        start = self.index
        for line in self.lines[start : end + 1]:
            opens = self.index == start
            row = Row(self._number(), line, line, is_fenced=True, opens_fence=opens)
            self.rows.append(row)
            self.index += 1

    def _closing_fence(self, run: str) -> int | None:
        sign, length = run[0], len(run)
        if length >= self.unclosed.get(sign, length + 1):
            return None
        for index in range(self.index + 1, len(self.lines)):
            line = self.lines[index].strip()
            if len(line) >= length and line == sign * len(line):
                return index
        self.unclosed[sign] = length
        return None

    def _before_heading(self) -> int:
        for index in range(self.index + 1, len(self.lines)):
            if _RESERVED.match(self.lines[index]):
                return index - 1
        return len(self.lines) - 1

    def _take_commented(self) -> None:
        """Take a line with comments, and the lines that its last comment spans."""
        line, place, ticks = self.lines[self.index], 0, 0
        shown: list[str] = []
        had_comment = False
        while (start := line.find(_OPENER, place)) >= 0:
            before = line[place:start]
            ticks += before.count("`")
            end = line.find(_CLOSER, start + len(_OPENER))
            if ticks % 2:  # Inside a code span it is text.
                shown.append(before + _OPENER)
                place = start + len(_OPENER)
            elif end >= 0:
                shown.append(before)
                place, had_comment = end + len(_CLOSER), True
            elif self._comment_ends():
                place = self._spanned("".join([*shown, before]))
                line, shown, ticks, had_comment = self.lines[self.index], [], 0, True
            else:
                self._report_open_comment(start + 1)
                break
        self._add("".join(shown) + line[place:], has_comment=had_comment)
        self.rows[-1].raw = self.lines[self.index]
        self.index += 1

    def _report_open_comment(self, column: int) -> None:
        facts = {"sign": _OPENER}
        self.problems.append(Problem(self.path, self._number(), column, "E105", facts))

    def _comment_ends(self) -> bool:
        """Say whether a later line closes the comment."""
        if self.comment_is_closed:
            later = range(self.index + 1, len(self.lines))
            self.comment_is_closed = any(_CLOSER in self.lines[i] for i in later)
        return self.comment_is_closed

    def _spanned(self, shown: str) -> int:
        """Add the lines of a comment; return the place in its last line after it."""
        self._add(shown, has_comment=True)
        self.rows[-1].raw = self.lines[self.index]
        self.index += 1
        while _CLOSER not in self.lines[self.index]:
            row = Row(self._number(), self.lines[self.index], "", has_comment=True)
            self.rows.append(row)
            self.index += 1
        return self.lines[self.index].find(_CLOSER) + len(_CLOSER)
