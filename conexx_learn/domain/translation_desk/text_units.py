"""The body of a module, a course page or a rubric, cut into blocks."""

import re
from collections.abc import Iterator

from conexx_learn.domain.translation_desk.passages import (
    Passage,
    PassageKind,
    Unit,
    UnitKind,
    line_starts,
)
from conexx_learn.domain.translation_desk.question_units import self_check_unit

_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)$")
_ATX = re.compile(r"(?P<marks>#{1,6})[ \t]")
_ATTRIBUTES = re.compile(r"\{:?[^{}]{0,200}\}$")
_UNDERLINE = re.compile(r"(?:=+|-+)$")
_NOTE = re.compile(r"!!![ \t]")
_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])[ \t]")
_RULER_SIGNS = frozenset(" \t|:-")
_CRITERION = re.compile(r"##[ \t]{1,9}[a-z0-9-]{1,60}[ \t]{0,9}\|[ \t]{0,9}(?=\S)")
_WEIGHT = re.compile(r"(?:weight|peso):", re.IGNORECASE)
_LEVEL = re.compile(r"-[ \t]{1,9}\[\d{1,2}\][ \t]{1,9}(?=\S)")


def text_units(text: str, *, first: int, path: str, is_rubric: bool) -> list[Unit]:
    """Cut a body into blocks; comments, rulers and empty lines are none.

    Args:
        text: The whole file.
        first: Index of the line where the body begins, from 0.
        path: For the reading of self-checks.
        is_rubric: Criteria, weights and levels keep their marks.
    """
    cutter = _Cutter(text, first, path, is_rubric=is_rubric)
    return list(cutter.units())


class _Cutter:
    """Walks the lines once."""

    def __init__(self, text: str, first: int, path: str, *, is_rubric: bool) -> None:
        self.text = text
        self.path = path
        self.lines = text.split("\n")
        self.starts = line_starts(text)
        self.index = first
        self.is_rubric = is_rubric

    def units(self) -> Iterator[Unit]:
        while self.index < len(self.lines):
            line = self.lines[self.index]
            if not line.strip() or (self.is_rubric and _WEIGHT.match(line)):
                self.index += 1
            elif line.lstrip().startswith("<!--"):
                self._skip_comment()
            else:
                yield self._unit(line)

    def _unit(self, line: str) -> Unit:
        fence = _FENCE.match(line)
        if fence:
            return self._fence(fence)
        named = (_CRITERION if line.startswith("#") else _LEVEL).match(line)
        if self.is_rubric and named:
            return self._named(named)
        heading = _ATX.match(line)
        if heading and _words_of_heading(line, heading["marks"]):
            return self._heading(line, heading["marks"])
        return self._block(line)

    def _skip_comment(self) -> None:
        while self.index < len(self.lines) and "-->" not in self.lines[self.index]:
            self.index += 1
        self.index += 1

    def _fence(self, mark: re.Match[str]) -> Unit:
        first, sign = self.index, mark["mark"]
        self.index += 1
        while self.index < len(self.lines) and not self._closes(sign):
            self.index += 1
        is_closed = self.index < len(self.lines)
        self.index = min(self.index + 1, len(self.lines))
        if mark["info"].split()[:1] == ["quiz"] and is_closed:
            return self_check_unit(
                self.text, self.starts, first, self.index, path=self.path
            )
        return self._taken(first, PassageKind.CODE)

    def _closes(self, sign: str) -> bool:
        plain = self.lines[self.index].strip()
        return len(plain) >= len(sign) and not plain.strip(sign[0])

    def _named(self, found: re.Match[str]) -> Unit:
        line, start = found.string, self.starts[self.index]
        self.index += 1
        is_heading = found.re is _CRITERION
        kind = PassageKind.HEADING if is_heading else PassageKind.LEVEL
        words = line[found.end() :].rstrip()
        at = (start + found.end(), start + found.end() + len(words))
        passage = Passage(kind, "", 0, words, *at)
        mark = found[0].strip()
        unit = UnitKind.HEADING if is_heading else UnitKind.BLOCK
        return Unit(unit, mark, start, start + len(line), (passage,), (kind, mark))

    def _heading(self, line: str, marks: str) -> Unit:
        start = self.starts[self.index]
        self.index += 1
        words = _words_of_heading(line, marks)
        at = start + line.find(words, len(marks))
        passage = Passage(PassageKind.HEADING, "", 0, words, at, at + len(words))
        shape = ("heading", str(len(marks)))
        end = start + len(line)
        return Unit(UnitKind.HEADING, shape[1], start, end, (passage,), shape)

    def _block(self, line: str) -> Unit:
        first = self.index
        self.index += 1
        if _NOTE.match(line):
            self._take_hanging()
            return self._taken(first, PassageKind.NOTE)
        if _ITEM.match(line):
            self._take_list()
            return self._taken(first, PassageKind.LIST)
        if line.startswith(("    ", "\t")):
            self._take_hanging()
            return self._taken(first, PassageKind.CODE)
        self._take_paragraph()
        return self._paragraph(first)

    def _paragraph(self, first: int) -> Unit:
        second = self.lines[first + 1] if self.index > first + 1 else ""
        is_ruler = "-" in second and set(second) <= _RULER_SIGNS
        if "|" in self.lines[first] and is_ruler:
            return self._taken(first, PassageKind.TABLE)
        if self.index == first + 2 and _UNDERLINE.match(second.rstrip()):
            level = "1" if "=" in second else "2"
            text = self.lines[first]
            start = self.starts[first]
            at = (start, start + len(text))
            passage = Passage(PassageKind.HEADING, "", 0, text.strip(), *at)
            end = self.starts[first + 1] + len(second)
            shape = ("heading", level)
            return Unit(UnitKind.HEADING, level, start, end, (passage,), shape)
        return self._taken(first, PassageKind.PARAGRAPH)

    def _is_over(self) -> bool:
        line = self.lines[self.index]
        opens = _FENCE.match(line) or _ATX.match(line)
        level = self.is_rubric and (_LEVEL.match(line) or _WEIGHT.match(line))
        return bool(not line.strip() or opens or level)

    def _take_paragraph(self) -> None:
        while self.index < len(self.lines) and not self._is_over():
            self.index += 1

    def _take_hanging(self) -> None:
        """Take indented lines, and the empty ones between them."""
        end = self.index
        for index in range(self.index, len(self.lines)):
            line = self.lines[index]
            if line.strip() and not line.startswith(("    ", "\t")):
                break
            end = index + 1 if line.strip() else end
        self.index = end

    def _take_list(self) -> None:
        """Take the items of a list, also with empty lines between them."""
        while True:
            self._take_paragraph()
            ahead = self.index
            while ahead < len(self.lines) and not self.lines[ahead].strip():
                ahead += 1
            goes_on = ahead > self.index and ahead < len(self.lines)
            line = self.lines[ahead] if goes_on else ""
            if not (_ITEM.match(line) or line.startswith(("  ", "\t"))):
                return
            self.index = ahead + 1

    def _taken(self, first: int, kind: PassageKind) -> Unit:
        start = self.starts[first]
        last = self.index - 1
        end = min(self.starts[last] + len(self.lines[last]), len(self.text))
        passage = Passage(kind, "", 0, self.text[start:end], start, end)
        return Unit(UnitKind.BLOCK, "", start, end, (passage,), (kind,))


def _words_of_heading(line: str, marks: str) -> str:
    """Take the marks off a heading, and the anchor that it gives itself."""
    bare = line[len(marks) :].strip()
    own = _ATTRIBUTES.search(bare[-210:])
    return bare[: len(bare) - len(own[0])].rstrip() if own else bare
