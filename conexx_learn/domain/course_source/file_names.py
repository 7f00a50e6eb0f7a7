"""What a file of a course folder is, told by its name alone."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from conexx_learn.domain.identifiers import is_slug

IGNORED = frozenset({"REVIEW.md", "README.md", "LEEME.md", "LICENSE"})
"""Files that belong to the folder's readers, not to the course."""

RESERVED = frozenset({"final", "enrolment", "new", "quiz", "work"})
"""Words that stand in addresses where a module's slug could stand."""

MEDIA_KINDS = ("png", "jpg", "webp", "svg", "pdf")

_LANG = r"(?P<lang>[a-z]{2,3})"
_NUMBERED = r"(?P<number>0[1-9]|[1-9][0-9])-(?P<slug>[a-z0-9-]+)"
_COURSE_TEXT = re.compile(rf"course\.{_LANG}\.md")
_MODULE = re.compile(rf"{_NUMBERED}\.{_LANG}\.md")
_QUIZ = re.compile(rf"{_NUMBERED}\.quiz\.{_LANG}\.md")
_FINAL = re.compile(rf"final\.quiz\.{_LANG}\.md")
_RUBRIC = re.compile(rf"rubric\.{_LANG}\.md")
_MEDIA_NAME = re.compile(r"media/[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LONGEST_GUESS = 120


class FileKind(StrEnum):
    """What a file holds."""

    SETTINGS = "settings"
    COURSE_TEXT = "course-text"
    MODULE = "module"
    QUIZ = "quiz"
    FINAL = "final"
    RUBRIC = "rubric"
    MEDIA = "media"
    GLOSSARY = "glossary"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FileName:
    """A name that was understood.

    Attributes:
        path: Relative to the course folder, with forward slashes.
        kind: What the file holds.
        lang: Language tag; empty where the kind has none.
        number: Of the module, from 1; 0 where the kind has none.
        slug: Of the module; empty where the kind has none.
    """

    path: str
    kind: FileKind
    lang: str = ""
    number: int = 0
    slug: str = ""


_PATTERNS = (
    (_COURSE_TEXT, FileKind.COURSE_TEXT),
    (_QUIZ, FileKind.QUIZ),
    (_MODULE, FileKind.MODULE),
    (_FINAL, FileKind.FINAL),
    (_RUBRIC, FileKind.RUBRIC),
    (_MEDIA_NAME, FileKind.MEDIA),
)


def file_name(path: str) -> FileName:
    """Understand a path inside a course folder.

    Example:
        >>> file_name("01-how-eu-money-works.quiz.es.md").slug
        'how-eu-money-works'
        >>> file_name("notes.txt").kind
        <FileKind.UNKNOWN: 'unknown'>
    """
    if path == "course.toml":
        return FileName(path, FileKind.SETTINGS)
    if path in IGNORED or path.startswith("."):
        return FileName(path, FileKind.IGNORED)
    for pattern, kind in _PATTERNS:
        match = pattern.fullmatch(path)
        if match and _is_sound(match):
            return _named(path, kind, match.groupdict())
    return FileName(path, FileKind.UNKNOWN)


def _is_sound(match: re.Match[str]) -> bool:
    slug = match.groupdict().get("slug")
    return slug is None or is_slug(slug)


def _named(path: str, kind: FileKind, parts: dict[str, str]) -> FileName:
    return FileName(
        path=path,
        kind=kind,
        lang=parts.get("lang", ""),
        number=int(parts.get("number", 0)),
        slug=parts.get("slug", ""),
    )


def likely_name(path: str, *, source_language: str, known: Iterable[str]) -> str:
    """Guess which name was meant by a path that was not understood.

    Args:
        path: The name as it stands.
        source_language: Fills in a forgotten language tag.
        known: Names that the course would accept, for spelling mistakes.

    Returns:
        A name that `file_name` understands, or the empty string.

    Example:
        >>> likely_name("1_Agua.md", source_language="es", known=())
        '01-agua.es.md'
    """
    if len(path) > _LONGEST_GUESS:
        return ""
    plain = _plain(path)
    for guess in _repairs(plain, source_language):
        if file_name(guess).kind not in {FileKind.UNKNOWN, FileKind.IGNORED}:
            return guess
    return next(iter(get_close_matches(plain, list(known), 1, 0.8)), "")


def _plain(path: str) -> str:
    folded = unicodedata.normalize("NFKD", path).lower()
    kept = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return re.sub(r"-{2,}", "-", re.sub(r"[\s_]+", "-", kept))


def _repairs(plain: str, lang: str) -> Iterable[str]:
    swapped = re.sub(rf"\.{_LANG}\.quiz\.", r".quiz.\g<lang>.", plain)
    padded = re.sub(r"^(\d)-", r"0\1-", swapped)
    worded = re.sub(r"^curso\.", "course.", padded).replace("rubrica.", "rubric.")
    ended = re.sub(r"\.(txt|markdown|mdown)$", ".md", worded)
    yield ended
    yield re.sub(r"\.md$", f".{lang}.md", ended)
    yield re.sub(rf"^final\.{_LANG}\.md$", r"final.quiz.\g<lang>.md", ended)
    yield re.sub(r"^final(\.quiz)?\.md$", f"final.quiz.{lang}.md", ended)
    yield re.sub(r"\.jpeg$", ".jpg", ended)
    if ended.endswith(MEDIA_KINDS):
        yield f"media/{ended.rsplit('/', 1)[-1]}"
