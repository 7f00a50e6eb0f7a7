"""Markdown source before Markdown sees it: fences cut out, raw HTML taken away.

Everything here reads line by line in linear time. Fences leave a slot, a paragraph of
private-use signs that no author can write, since those are removed first.
"""

import re
from dataclasses import dataclass

SLOT = "\ue000"
"""Opens and closes a slot in the text."""

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$")
_FORBIDDEN_SIGNS = re.compile(
    "[\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef]"
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])[^<>]*>|<[!?][A-Za-z\[][^<>]*>")
_BACKTICKS = re.compile(r"(?<!\\)`+")
_DEAF_TAGS = re.compile(
    r"<(script|style|textarea|iframe|template)(?=[\s>])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block.

    Attributes:
        line: Of the opening fence, from 1.
        info: The words after the opening fence, trimmed.
        text: What stands between the fences, without the last line end.
        is_closed: Whether a closing fence was found before the end.
    """

    line: int
    info: str
    text: str
    is_closed: bool

    @property
    def is_self_check(self) -> bool:
        """Say whether the block is a quiz inside a module."""
        return self.info.casefold() == "quiz"


@dataclass(frozen=True, slots=True)
class Source:
    """A text without its fences and without raw HTML.

    Attributes:
        lines: As many as the author wrote, so that a number is a line of the file;
            a fence is one slot and then empty lines.
        fences: In order; slot `n` stands for `fences[n]`.
        removed: Line and text of each piece of raw HTML that was taken away.
    """

    lines: list[str]
    fences: list[Fence]
    removed: list[tuple[int, str]]


def cleared_source(text: str) -> Source:
    """Cut a text into prose and fences, and take raw HTML out of the prose."""
    lines, fences = _without_fences(normalised_lines(text))
    prose, removed = _without_html("\n".join(lines))
    return Source(prose.split("\n"), fences, removed)


def cleared_inline(text: str) -> str:
    """Make one line of a text that is not read as blocks, without raw HTML."""
    lines = normalised_lines(text)
    return " ".join(_without_html("\n".join(lines))[0].split())


def normalised_lines(text: str) -> list[str]:
    """Split a text at its line ends, without byte-order mark and control signs."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN_SIGNS.sub("", plain).split("\n")


def _without_fences(lines: list[str]) -> tuple[list[str], list[Fence]]:
    prose: list[str] = []
    fences: list[Fence] = []
    place = 0
    while place < len(lines):
        opening = _FENCE.match(lines[place])
        if opening is None:
            prose.append(lines[place])
            place += 1
            continue
        end = _closing(lines, place + 1, opening["fence"])
        inside = lines[place + 1 : end]
        is_closed = end < len(lines)
        fences.append(
            Fence(place + 1, opening["info"].strip(), "\n".join(inside), is_closed)
        )
        prose.append(f"{SLOT}{len(fences) - 1}{SLOT}")
        prose.extend([""] * (len(inside) + is_closed))
        place = end + 1
    return prose, fences


def _closing(lines: list[str], start: int, fence: str) -> int:
    """Find the line of the closing fence; the end of the text where there is none."""
    for place in range(start, len(lines)):
        line = lines[place].strip()
        is_fence = line == fence[0] * len(line) and len(line) >= len(fence)
        if is_fence and not lines[place].startswith("    "):
            return place
    return len(lines)


def _without_html(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Take tags and comments out of a text, but not out of code between backticks.

    Line ends inside a tag stay, so that the count of lines does not change. What can
    still be taken for a tag afterwards is only text: Markdown's own reading of HTML is
    switched off, and a `<` is written as `&lt;`.
    """
    removed: list[tuple[int, str]] = []
    kept: list[str] = []
    place = 0
    lines_before = _LineCount(text)
    for start, end in _html_spans(text):
        kept.append(text[place:start])
        kept.append("\n" * text.count("\n", start, end))
        removed.append((lines_before.line(start), text[start : min(end, start + 80)]))
        place = end
    return "".join([*kept, text[place:]]), removed


class _LineCount:
    """Counts lines up to growing places, each sign once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._line = 1

    def line(self, place: int) -> int:
        self._line += self._text.count("\n", self._place, place)
        self._place = place
        return self._line


def _html_spans(text: str) -> list[tuple[int, int]]:
    """List where tags and comments stand, in order, none overlapping."""
    code = _code_spans(text)
    spans: list[tuple[int, int]] = []
    place = 0
    next_code = 0
    while (start := text.find("<", place)) >= 0:
        while next_code < len(code) and code[next_code][1] <= start:
            next_code += 1
        if next_code < len(code) and code[next_code][0] <= start:
            place = code[next_code][1]
            continue
        end = _html_end(text, start)
        if end is not None:
            spans.append((start, end))
        place = end or start + 1
    return spans


def _html_end(text: str, start: int) -> int | None:
    """Find where the tag or comment that opens at `start` ends; None for plain text."""
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4)
        return end + 3 if end >= 0 else start + 4
    tag = _TAG.match(text, start)
    if tag is None:
        return None
    deaf = _DEAF_TAGS.match(text, start)
    if deaf is None:
        return tag.end()
    # What a script or style holds is not prose: it goes with its tags.
    closing = re.compile(rf"</{deaf[1]}\s*>", re.IGNORECASE).search(text, tag.end())
    return closing.end() if closing else tag.end()


def _code_spans(text: str) -> list[tuple[int, int]]:
    """List the code between backtick runs of equal length within one paragraph."""
    spans: list[tuple[int, int]] = []
    start = 0
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        spans.extend(
            (start + begin, start + end) for begin, end in _paired_runs(paragraph)
        )
        start += len(paragraph)
    return spans


def _paired_runs(paragraph: str) -> list[tuple[int, int]]:
    """Pair runs of backticks: each opens with the next run of the same length."""
    runs = [(run.start(), run.end()) for run in _BACKTICKS.finditer(paragraph)]
    by_length: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        by_length.setdefault(runs[index][1] - runs[index][0], []).append(index)
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(runs):
        waiting = by_length[runs[index][1] - runs[index][0]]
        while waiting and waiting[-1] <= index:
            waiting.pop()
        if waiting:
            spans.append((runs[index][0], runs[waiting[-1]][1]))
            index = waiting[-1]
        index += 1
    return spans
