"""A file of a course as text: decoded, its line ends made equal, within its limit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conexx_learn.domain.course_source.file_names import (
    FileKind,
    FileName,
    file_name,
    likely_name,
)
from conexx_learn.domain.front_matter import source_hash
from conexx_learn.domain.problems import Problem

KIB = 1024
MB = 1000 * 1000
COURSE_LIMIT = 50 * MB
LIMITS = {
    FileKind.SETTINGS: 64 * KIB,
    FileKind.COURSE_TEXT: 64 * KIB,
    FileKind.MODULE: 64 * KIB,
    FileKind.RUBRIC: 64 * KIB,
    FileKind.QUIZ: 256 * KIB,
    FileKind.FINAL: 256 * KIB,
    FileKind.MEDIA: 5 * MB,
    FileKind.GLOSSARY: 256 * KIB,
}
"""Most bytes a file of each kind may have."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file whose name and size are in order.

    Attributes:
        name: What the file is.
        data: Its bytes, byte order mark removed and line ends made LF for text kinds.
    """

    name: FileName
    data: bytes

    @property
    def path(self) -> str:
        """Tell the path inside the course folder."""
        return self.name.path

    @property
    def text(self) -> str:
        """Decode the file; only for files that `unreadable_line` accepts."""
        return self.data.decode()

    @property
    def source_hash(self) -> str:
        """Tell what a translation of this file writes after the `@`."""
        return source_hash(self.data)


def normalised(data: bytes) -> bytes:
    """Drop a byte order mark and write every CRLF as LF."""
    return data.removeprefix(_BOM).replace(b"\r\n", b"\n")


def unreadable_place(data: bytes) -> tuple[int, int] | None:
    """Tell the line and column, from 1, of the first byte that is not UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode(errors="replace")) + 1
        return before.count(b"\n") + 1, column
    return None


def source_files(files: Mapping[str, bytes]) -> list[SourceFile]:
    """List the files whose names are understood and sizes allowed, by path."""
    return [
        SourceFile(name, _content(name, files[path]))
        for path in sorted(files)
        if (name := file_name(path)).kind in LIMITS
        and len(files[path]) <= LIMITS[name.kind]
    ]


def _content(name: FileName, data: bytes) -> bytes:
    return data if name.kind is FileKind.MEDIA else normalised(data)


def file_problems(
    files: Mapping[str, bytes], *, source_language: str
) -> Iterator[Problem]:
    """Report names that are not understood (E007) and sizes over a limit (E008)."""
    known = {"course.toml", f"course.{source_language}.md"}
    known |= {f"final.quiz.{source_language}.md", f"rubric.{source_language}.md"}
    for path in sorted(files):
        kind = file_name(path).kind
        if kind is FileKind.UNKNOWN:
            yield _unknown_name(path, source_language, known)
        elif kind in LIMITS and len(files[path]) > LIMITS[kind]:
            yield over_limit(path, len(files[path]), LIMITS[kind])
    total = sum(map(len, files.values()))
    if total > COURSE_LIMIT:
        yield over_limit("course.toml", total, COURSE_LIMIT, variant="course")


def _unknown_name(path: str, source_language: str, known: set[str]) -> Problem:
    guess = likely_name(path, source_language=source_language, known=sorted(known))
    facts = {"name": path, "meant": guess, "variant": "meant" if guess else ""}
    return Problem(path, 1, 1, "E007", facts)


def over_limit(path: str, size: int, limit: int, variant: str = "") -> Problem:
    """Say that a file has more bytes than its kind may have (E008)."""
    facts = {"size": shown_size(size), "limit": shown_size(limit), "variant": variant}
    return Problem(path, 1, 1, "E008", facts)


def shown_size(count: int) -> str:
    """Write a number of bytes as people do.

    Example:
        >>> shown_size(64 * 1024), shown_size(5_000_000), shown_size(66_000)
        ('64 KiB', '5 MB', '64.5 KiB')
    """
    if count >= MB:
        return f"{count / MB:.1f}".removesuffix(".0") + " MB"
    return f"{count / KIB:.1f}".removesuffix(".0") + " KiB"
