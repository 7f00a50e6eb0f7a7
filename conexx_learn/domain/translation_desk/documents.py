"""A file of a course as units: its head, then its body."""

import re
from collections.abc import Iterator, Sequence

from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.course_source.text_files import SPANISH_KEYS
from conexx_learn.domain.front_matter import (
    COURSE_CODES,
    Entry,
    FrontMatter,
    normalised_text,
    read_front_matter,
)
from conexx_learn.domain.quiz_source.keys import english_key, folded
from conexx_learn.domain.translation_desk.passages import (
    Document,
    Passage,
    PassageKind,
    Unit,
    UnitKind,
    line_starts,
)
from conexx_learn.domain.translation_desk.question_units import quiz_units
from conexx_learn.domain.translation_desk.text_units import text_units

TRANSLATED = (
    FileKind.COURSE_TEXT,
    FileKind.MODULE,
    FileKind.QUIZ,
    FileKind.FINAL,
    FileKind.RUBRIC,
)
"""Kinds of files that every language has one of."""

QUIZZES = frozenset({FileKind.QUIZ, FileKind.FINAL})

OURS = frozenset({"translates", "lang", "quiz", "unlinked"})
"""Keys of the head that nobody translates."""

MOST_PASSAGES = 6000
"""More than the largest quiz has; a file of more is no text for people."""

_MARK = b"\xef\xbb\xbf"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_document(path: str, data: bytes) -> Document | None:
    """Cut a file into units; None for what is no text, or has too many passages.

    Total and linear: any text gives units, whatever is wrong with it.

    Args:
        path: Inside the course folder.
        data: The bytes of the file.
    """
    try:
        raw = data.decode()
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(raw):
        return None
    text = normalised_text(raw)
    is_quiz = file_name(path).kind in QUIZZES
    lines = text.split("\n")
    head, _ = read_front_matter(lines, path=path, codes=COURSE_CODES)
    starts = line_starts(text)
    units = list(_units(path, text, head, starts, is_quiz=is_quiz))
    if sum(len(unit.passages) for unit in units) > MOST_PASSAGES:
        return None
    has_crlf = "\r\n" in raw and raw.count("\r\n") == raw.count("\n")
    return Document(path, text, tuple(units), is_quiz, has_crlf, data.startswith(_MARK))


def _units(
    path: str, text: str, head: FrontMatter, starts: Sequence[int], *, is_quiz: bool
) -> Iterator[Unit]:
    first = head.body_index
    if is_quiz:
        end = min(starts[first], len(text))
        passages = [
            one
            for entry in head.entries
            if english_key(entry.key) == "title"
            for one in _value(entry, "title", text, starts)
        ]
        yield Unit(UnitKind.HEAD, "", 0, end, tuple(passages))
        yield from quiz_units(text, starts, first=first, path=path)
        return
    for entry in head.entries:
        key = text_key(entry.key)
        if key not in OURS:
            yield from _key_units(entry, key, text, starts)
    is_rubric = file_name(path).kind is FileKind.RUBRIC
    yield from text_units(text, first=first, path=path, is_rubric=is_rubric)


def text_key(written: str) -> str:
    """Say in English which key of a text file a written word is."""
    plain = folded(written)
    return SPANISH_KEYS.get(plain, plain)


def _key_units(
    entry: Entry, key: str, text: str, starts: Sequence[int]
) -> Iterator[Unit]:
    start = starts[entry.line - 1]
    end = min(starts[entry.line], len(text))
    passages = tuple(_value(entry, key, text, starts))
    yield Unit(UnitKind.KEY, key, start, end, passages, ("key", key))


def _value(
    entry: Entry, key: str, text: str, starts: Sequence[int]
) -> Iterator[Passage]:
    start = starts[entry.line - 1]
    outer = (start, min(starts[entry.line], len(text)))
    at = text.find(entry.value, start + entry.column - 1, outer[1])
    if entry.value and at >= 0:
        place = (at, at + len(entry.value))
        yield Passage(PassageKind.KEY, key, 0, entry.value, *place, "", *outer)
