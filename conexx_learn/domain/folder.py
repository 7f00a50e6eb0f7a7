"""The project folder: what a learner writes in the tasks of modules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from conexx_learn.domain.errors import ShapeError

LONGEST_SHEET = 20_000
"""Characters of one sheet; ten pages, more than any task asks for."""

TASK_TITLE = re.compile(
    r"""^!!!\s+\w+\s+"(?:Tarea|Task)\s·\s[^"·]+·\s(?P<name>[^"]+)"\s*$""", re.MULTILINE
)
"""The title of the box that gives a task: `Tarea · 30 min · what it makes`."""

BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+(?P<text>.+)$")
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that a database or a document of XML, as Word's are, refuses."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one task makes.

    Attributes:
        module: Slug of the module that gives the task.
        ordinal: The module's number in its course.
        title: What the task makes; the module's title where it has no name.
        lang: Language of the title.
        text: As the learner wrote it; empty before.
        saved_at: None before.
    """

    module: str
    ordinal: int
    title: str
    lang: str
    text: str
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class FolderCourse:
    """The sheets of one course, in the order of its modules."""

    course: str
    title: str
    lang: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """Everything that one person wrote in tasks.

    Attributes:
        owner: Their name.
        courses: Begun, or with something written; each with all its sheets.
    """

    owner: str
    courses: tuple[FolderCourse, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """List every sheet."""
        return tuple(sheet for course in self.courses for sheet in course.sheets)

    @property
    def written(self) -> int:
        """Count the sheets with a text."""
        return sum(bool(sheet.text) for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What a learner wrote in one module.

    Attributes:
        sheet: The text of the task; empty before.
        save_number: How often it was saved.
        saved_at: None before.
        checks: Question id to the last response to a self-check, in source keys.
    """

    sheet: str = ""
    save_number: int = 0
    saved_at: datetime | None = None
    checks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or the items of a list.

    Attributes:
        lines: Without the signs that make them items.
        is_list: They are items.
    """

    lines: tuple[str, ...]
    is_list: bool


def task_title(text_md: str) -> str:
    """Return what the task of a module makes, as its box says; empty without one.

    Example:
        >>> task_title('!!! note "Tarea · 30 min · hoja de riesgos"')
        'Hoja de riesgos'
    """
    found = TASK_TITLE.search(text_md)
    name = found["name"].strip() if found else ""
    return name[:1].upper() + name[1:]


def sheet_text(typed: str) -> str:
    """Return what is stored of a typed text: one kind of line end, no odd signs.

    Raises:
        ShapeError: It is longer than `LONGEST_SHEET`.
    """
    text = UNSTORABLE.sub("", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > LONGEST_SHEET:
        raise ShapeError("sheet-too-long", longest=LONGEST_SHEET, length=len(text))
    return text


def passages(text: str) -> list[Passage]:
    r"""Split a text into paragraphs, at its empty lines, and lists.

    Example:
        >>> [passage.is_list for passage in passages("Riesgos:\n- lluvia\n- precios")]
        [False, True]
    """
    found: list[Passage] = []
    for block in re.split(r"\n\s*\n", text):
        read = [_line(line) for line in block.split("\n") if line.strip()]
        for is_list, run in groupby(read, key=lambda pair: pair[0]):
            found.append(Passage(tuple(line for _, line in run), is_list))
    return found


def _line(line: str) -> tuple[bool, str]:
    """Return whether a line is an item, and what it says."""
    item = BULLET.match(line)
    return item is not None, item["text"] if item else line.strip()
