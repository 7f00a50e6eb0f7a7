"""The canonical form of a course's text files."""

import re
from collections.abc import Mapping

from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.course_source.source_files import (
    LIMITS,
    normalised,
    unreadable_place,
)
from conexx_learn.domain.front_matter import (
    COURSE_CODES,
    read_front_matter,
    source_hash,
)
from conexx_learn.domain.quiz_source import format_quiz

_QUIZZES = frozenset({FileKind.QUIZ, FileKind.FINAL})
_TEXTS = frozenset({FileKind.COURSE_TEXT, FileKind.MODULE, FileKind.RUBRIC})
_TRANSLATES = re.compile(r"^(?:translates|traduce): (\S+@[0-9a-f]{12})$", re.MULTILINE)
_HARD_BREAK = re.compile(r"(?<=\S)  +$")


def format_files(files: Mapping[str, bytes]) -> dict[str, str]:
    """Write the text files of a course in canonical form.

    LF, no byte order mark, no blanks at line ends (but a hard break's two), `key:
    value` with one blank, one blank line after the front matter, one newline at the
    end. Formatting twice changes nothing more.

    Args:
        files: Path inside the folder to content.

    Returns:
        Path to text for each file of a known kind that can be read; media, and files
        over their limit or not in UTF-8, are left out.
    """
    texts = {
        path: _formatted(path, data)
        for path, data in sorted(files.items())
        if _is_formattable(path, data)
    }
    return _with_new_hashes(files, texts)


def _with_new_hashes(
    files: Mapping[str, bytes], texts: Mapping[str, str]
) -> dict[str, str]:
    """Let translations that were up to date stay so: a new form is no new text."""
    renamed = {
        f"{path}@{source_hash(files[path])}": f"{path}@{source_hash(text.encode())}"
        for path, text in texts.items()
    }
    return {path: _renamed(text, renamed) for path, text in texts.items()}


def _renamed(text: str, renamed: Mapping[str, str]) -> str:
    stated = _TRANSLATES.search(text)
    if not stated or stated[1] not in renamed:
        return text
    return text[: stated.start(1)] + renamed[stated[1]] + text[stated.end(1) :]


def _is_formattable(path: str, data: bytes) -> bool:
    kind = file_name(path).kind
    if kind is FileKind.MEDIA or len(data) > LIMITS.get(kind, -1):
        return False
    return unreadable_place(data) is None


def _formatted(path: str, data: bytes) -> str:
    kind = file_name(path).kind
    if kind in _QUIZZES:
        return format_quiz(data, path=path)
    text = normalised(data).decode().replace("\ufeff", "")
    lines = text.replace("\r", "\n").split("\n")
    if kind in _TEXTS:
        start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
        return _formatted_text(lines[start:], path)
    return "\n".join(line.rstrip(" \t") for line in lines).rstrip("\n") + "\n"


def _formatted_text(lines: list[str], path: str) -> str:
    head, problems = read_front_matter(lines, path=path, codes=COURSE_CODES)
    if not head.present or problems:
        return _body(lines)
    inner = lines[1 : head.body_index - 1]
    written = {entry.line: f"{entry.key}: {entry.value}" for entry in head.entries}
    kept = [
        written.get(number, line.strip()) if not _is_quoted(line) else line.strip()
        for number, line in enumerate(inner, start=2)
    ]
    opening = "\n".join(["---", *(line.rstrip() for line in kept), "---", ""])
    return f"{opening}\n{_body(lines[head.body_index :])}".rstrip("\n") + "\n"


def _is_quoted(line: str) -> bool:
    """Say whether a value carries quotes, which are the trainer's to keep."""
    return line.partition(":")[2].strip()[:1] in {'"', "'"}


def _body(lines: list[str]) -> str:
    return "\n".join(_trimmed(line) for line in lines).strip("\n") + "\n"


def _trimmed(line: str) -> str:
    plain = line.rstrip("\t ")
    return f"{plain}  " if plain and _HARD_BREAK.search(line) else plain
