"""The head of a course or quiz file: flat `key: value` lines between two `---`.

Nothing nests, so every fault has a line and no file can expand into a bomb.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from conexx_learn.domain.problems import Problem

_DASHES = re.compile(r"^---[ \t]*$")
_ENTRY = re.compile(
    r"^(?P<key>[^\W_][\w -]{0,59}?)[ \t]*:(?:[ \t\xa0]+(?P<value>.*))?$"
)
_REMARK = re.compile(r"^[ \t]*#")
_QUOTED = re.compile(r'^(?:"(?P<double>[^"]*)"|\'(?P<single>[^\']*)\')$')


@dataclass(frozen=True, slots=True)
class FrontMatterCodes:
    """The problem codes that a kind of file uses.

    Attributes:
        absent: The file does not begin with `---`.
        malformed: Not closed, or a line that is not flat `key: value`.
        repeated: A key that occurs twice.
    """

    absent: str
    malformed: str
    repeated: str


QUIZ_CODES = FrontMatterCodes(absent="E102", malformed="E102", repeated="E106")
COURSE_CODES = FrontMatterCodes(absent="E003", malformed="E010", repeated="E010")


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value` line.

    Attributes:
        key: As written.
        value: Trimmed; one pair of quotes around the whole value is taken off.
        line: From 1.
        column: From 1, of the value.
    """

    key: str
    value: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a file says.

    Attributes:
        entries: In file order; of a repeated key only the first.
        body_index: Place in the sequence of lines where the body begins, from 0.
        present: Whether the file begins with `---`.
    """

    entries: tuple[Entry, ...]
    body_index: int
    present: bool = True

    @property
    def values(self) -> dict[str, str]:
        """Map each key, as written, to its value."""
        return {entry.key: entry.value for entry in self.entries}


def normalised_text(text: str) -> str:
    """Take off a BOM and write every line end as LF, as the translation hash does."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def source_hash(data: bytes) -> str:
    """Say which revision of a file a translation follows: 12 hex digits of SHA-256.

    A BOM and CRLF line ends do not count.
    """
    plain = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return hashlib.sha256(plain).hexdigest()[:12]


def read_front_matter(
    lines: Sequence[str], *, path: str, codes: FrontMatterCodes
) -> tuple[FrontMatter, list[Problem]]:
    """Read the head of a file; total: any lines give entries, problems or both.

    Args:
        lines: The whole file, without line ends.
        path: For the problems.
        codes: Which codes this kind of file uses.

    Example:
        >>> head, problems = read_front_matter(
        ...     ["---", "title: Map", "---", "Text"], path="a.md", codes=COURSE_CODES
        ... )
        >>> head.values, head.body_index, problems
        ({'title': 'Map'}, 3, [])
    """
    if not lines or not _DASHES.match(lines[0]):
        shown = lines[0].strip()[:40] if lines else ""
        facts = {"key": "---", "line": shown or "---"}
        fault = Problem(path, 1, 1, codes.absent, facts)
        return FrontMatter((), 0, present=False), [fault]
    end = next((n for n, line in enumerate(lines[1:], 1) if _DASHES.match(line)), None)
    if end is None:
        end = _last_flat_line(lines) + 1
        entries, problems = _entries(lines[1:end], path, codes)
        fault = Problem(path, 1, 1, codes.malformed, {"key": "---", "line": "---"})
        return FrontMatter(entries, end), [fault, *problems]
    entries, problems = _entries(lines[1:end], path, codes)
    return FrontMatter(entries, end + 1), problems


def entry_of(line: str, number: int) -> Entry | None:
    """Read one `key: value` line; None for anything else."""
    found = _ENTRY.match(line)
    if not found:
        return None
    value = (found["value"] or "").strip()
    quoted = _QUOTED.match(value)
    if quoted:
        value = (quoted["double"] or quoted["single"] or "").strip()
    start = found.start("value") if found["value"] is not None else len(line)
    return Entry(found["key"], value, number, start + 1)


def _last_flat_line(lines: Sequence[str]) -> int:
    """Guess where an unclosed head ends: before the first line that is not flat."""
    for index, line in enumerate(lines[1:], 1):
        if not _ENTRY.match(line):
            return index - 1
    return len(lines) - 1


def _entries(
    lines: Sequence[str], path: str, codes: FrontMatterCodes
) -> tuple[tuple[Entry, ...], list[Problem]]:
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines, 2):
        if not line.strip() or _REMARK.match(line):
            continue
        entry = entry_of(line, number)
        if entry is None:
            facts = {"key": line.strip()[:40], "line": line.strip()[:40]}
            problems.append(Problem(path, number, 1, codes.malformed, facts))
        elif entry.key in entries:
            facts = {"key": entry.key, "line": str(entries[entry.key].line)}
            problems.append(Problem(path, number, 1, codes.repeated, facts))
        else:
            entries[entry.key] = entry
    return tuple(entries.values()), problems
