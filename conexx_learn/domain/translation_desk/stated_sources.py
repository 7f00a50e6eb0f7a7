"""Which file a translation follows, and how its head says so."""

import re

from conexx_learn.domain.course_source.file_names import file_name
from conexx_learn.domain.front_matter import (
    COURSE_CODES,
    Entry,
    read_front_matter,
    source_hash,
)
from conexx_learn.domain.translation_desk.documents import text_key
from conexx_learn.domain.translation_desk.passages import Document

_TRANSLATES = re.compile(r"(?P<file>[^@\s]+)@(?P<hash>[0-9a-f]{12})")


def source_path(path: str, source_language: str) -> str:
    """Name the file that a translation is made from.

    Example:
        >>> source_path("final.quiz.en.md", "es")
        'final.quiz.es.md'
    """
    return in_language(path, source_language)


def in_language(path: str, language: str) -> str:
    """Name the same file in another language."""
    stem = path.removesuffix(".md").removesuffix(f".{file_name(path).lang}")
    return f"{stem}.{language}.md"


def followed_hash(document: Document, source: str) -> str:
    """Read which revision of its source a translation follows; empty where unsaid."""
    entry = _entries(document.text).get("translates")
    found = _TRANSLATES.fullmatch(entry.value) if entry else None
    return found["hash"] if found and found["file"] == source else ""


def following(text: str, *, source: str, data: bytes, language: str = "") -> str:
    """Let a translation say that it follows a source as it is now.

    Args:
        text: Of the translation.
        source: Name of the source.
        data: Bytes of the source.
        language: Of the translation, where its head must say it (in a quiz).
    """
    stated = f"{source}@{source_hash(data)}"
    told = _with_value(text, "translates", stated)
    return _with_value(told, "lang", language) if language else told


def _entries(text: str) -> dict[str, Entry]:
    head, _ = read_front_matter(text.split("\n"), path="", codes=COURSE_CODES)
    return {_key(entry.key): entry for entry in head.entries}


def _key(written: str) -> str:
    spanish = {"idioma": "lang"}
    key = text_key(written)
    return spanish.get(key, key)


def _with_value(text: str, key: str, value: str) -> str:
    """Write one key of the head; a new one is the last, a new head is the first."""
    lines = text.split("\n")
    entry = _entries(text).get(key)
    if entry:
        lines[entry.line - 1] = f"{entry.key}: {value}"
        return "\n".join(lines)
    head, _ = read_front_matter(lines, path="", codes=COURSE_CODES)
    if not head.present:
        return "\n".join(["---", f"{key}: {value}", "---", "", *lines])
    lines.insert(max(head.body_index - 1, 1), f"{key}: {value}")
    return "\n".join(lines)
