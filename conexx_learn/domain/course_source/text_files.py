"""The head and body of a text file: course page, module or rubric."""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from conexx_learn.domain.course_source.headings import heading_problems
from conexx_learn.domain.course_source.markdown_lines import Prose, read_prose
from conexx_learn.domain.course_source.source_files import (
    SourceFile,
    shown_size,
    unreadable_place,
)
from conexx_learn.domain.course_source.text_walls import wall_problems
from conexx_learn.domain.front_matter import (
    COURSE_CODES,
    Entry,
    FrontMatter,
    read_front_matter,
)
from conexx_learn.domain.problems import Problem

FRONT_MATTER_LIMIT = 4 * 1024
LONGEST_TITLE = 200
LONGEST_SUMMARY = 300

SPANISH_KEYS = {
    "titulo": "title",
    "resumen": "summary",
    "traduce": "translates",
    "fuentes": "sources",
    "sin enlace": "unlinked",
}
"""Keys may be written in Spanish, with or without accents."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file, read.

    Attributes:
        file: Where it comes from.
        entries: English key to the line that holds it.
        body_md: Everything after the front matter, without blank lines around it.
        prose: The body without its code, line by line.
        problems: What is wrong with the head and with the shape of the body.
    """

    file: SourceFile
    entries: dict[str, Entry]
    body_md: str
    prose: Prose
    problems: tuple[Problem, ...]

    def value(self, key: str) -> str:
        """Return the value of a key; empty where it is missing."""
        entry = self.entries.get(key)
        return entry.value if entry else ""

    def problem(self, key: str, code: str, /, **facts: str) -> Problem:
        """Report a problem at the line of a key, or at the top where it is missing."""
        entry = self.entries.get(key)
        line, column = (entry.line, entry.column) if entry else (1, 1)
        return Problem(self.file.path, line, column, code, {"key": key, **facts})


def read_text(
    file: SourceFile, *, allowed: Collection[str], obligatory: Collection[str]
) -> TextFile | Problem:
    """Read a text file and check its head and the shape of its body.

    Args:
        file: Its bytes, line ends made equal.
        allowed: English keys that the front matter may have.
        obligatory: Those that it must have; none means that it may have no head.

    Returns:
        The text, or the one problem of a file that is no text (E004).
    """
    place = unreadable_place(file.data)
    if place:
        return Problem(file.path, *place, "E004", {"key": "", "variant": "encoding"})
    lines = file.text.split("\n")
    head, problems = read_front_matter(lines, path=file.path, codes=COURSE_CODES)
    if not head.present and not obligatory:
        problems = []
    entries = {_english(entry.key): entry for entry in head.entries}
    prose = read_prose(lines[head.body_index :], first_line=head.body_index + 1)
    body = "\n".join(lines[head.body_index :]).strip("\n")
    text = TextFile(file, entries, body, prose, ())
    found = [*problems, *_head_problems(text, head, allowed, obligatory)]
    found += heading_problems(prose, path=file.path)
    whole_body = "\n".join(lines[head.body_index :])
    found += wall_problems(whole_body, path=file.path, first_line=prose.first_line)
    return TextFile(file, entries, body, prose, tuple(found))


def _english(key: str) -> str:
    folded = unicodedata.normalize("NFKD", key).lower().strip()
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return SPANISH_KEYS.get(plain, plain)


def _head_problems(
    text: TextFile,
    head: FrontMatter,
    allowed: Collection[str],
    obligatory: Collection[str],
) -> Iterator[Problem]:
    for key in text.entries:
        if key not in allowed:
            yield text.problem(key, "E002", **_meant(key, allowed))
    for key in obligatory:
        if not text.value(key) and head.present:
            yield text.problem(key, "E003")
    if len(text.value("title")) > LONGEST_TITLE:
        yield text.problem("title", "E004", variant="title", value="")
    if len(text.value("summary")) > LONGEST_SUMMARY:
        length = str(len(text.value("summary")))
        yield text.problem("summary", "E004", variant="summary", value=length)
    size = sum(
        len(line.encode()) + 1 for line in text.file.text.split("\n")[: head.body_index]
    )
    if size > FRONT_MATTER_LIMIT:
        facts = {"size": shown_size(size), "limit": shown_size(FRONT_MATTER_LIMIT)}
        yield Problem(text.file.path, 1, 1, "E008", {**facts, "variant": "head"})


def _meant(key: str, allowed: Collection[str]) -> dict[str, str]:
    close = get_close_matches(key, list(allowed), n=1)
    known = ", ".join(sorted(allowed))
    if close:
        return {"known": known, "meant": close[0], "variant": "meant"}
    return {"known": known, "variant": ""}
