"""Files that somebody sends to bring into a course: their names, and what changes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conexx_learn.domain.course_source.file_names import FileKind, file_name

WORD = ".docx"
QUESTIONS = (".xml", ".gift", ".txt")
ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
FINAL = "final"
"""Stem of the quiz at the end of a course."""

LANGUAGES = ("es", "en")
MEDIA = "media"
LONGEST_NAME = 300
"""Characters of a name that are kept; one that has more is refused for it."""

_END = b"\n"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as the browser sends it.

    Attributes:
        name: With the folders that a browser puts before it.
        content: Its bytes.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """What somebody sent, and what they chose beside it.

    Attributes:
        sent: The files, in the order of the form.
        replaces_all: Whether files of the course that are not among them go.
        stem: Whose quiz a file of questions becomes: `01-water`, or `final`.
        lang: Of those questions.
    """

    sent: tuple[SentFile, ...]
    replaces_all: bool = False
    stem: str = ""
    lang: str = LANGUAGES[0]

    @property
    def is_questions(self) -> bool:
        """Whether it is one file of GIFT or Moodle XML."""
        return len(self.sent) == 1 and self.sent[0].name.lower().endswith(QUESTIONS)

    @property
    def is_archive(self) -> bool:
        """Whether it is one ZIP file, whatever its name."""
        return len(self.sent) == 1 and self.sent[0].content.startswith(ARCHIVE_STARTS)


@dataclass(frozen=True, slots=True)
class ParcelChanges:
    """What bringing a parcel would do to a course, by path.

    Attributes:
        added: Files that the course does not have.
        edited: Files that it has with another content.
        same: Files of the parcel that are there already.
        removed: Files that would go.
        files: Path to content, or None for one that goes; only what changes.
    """

    added: tuple[str, ...]
    edited: tuple[str, ...]
    same: tuple[str, ...]
    removed: tuple[str, ...]
    files: Mapping[str, bytes | None]


def parcel_changes(
    there: Mapping[str, bytes], brought: Mapping[str, bytes], *, replaces_all: bool
) -> ParcelChanges:
    """Compare what is brought with what is there.

    Example:
        >>> there, brought = {"a": b"1", "b": b"2"}, {"b": b"3", "c": b"4"}
        >>> parcel_changes(there, brought, replaces_all=True).removed
        ('a',)
    """
    removed = sorted(set(there) - set(brought)) if replaces_all else []
    added = [path for path in sorted(brought) if path not in there]
    same = [path for path in sorted(brought) if there.get(path) == brought[path]]
    edited = sorted(set(brought) - {*added, *same})
    changed = {path: brought[path] for path in sorted([*added, *edited])}
    return ParcelChanges(
        tuple(added),
        tuple(edited),
        tuple(same),
        tuple(removed),
        {**changed, **dict.fromkeys(removed)},
    )


def placed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Put images and PDF files that were sent without a folder into `media/`.

    Example:
        >>> [*placed({"map.png": b"", "course.toml": b""})]
        ['media/map.png', 'course.toml']
    """
    return {_place(path): content for path, content in files.items()}


def _place(path: str) -> str:
    inside = f"{MEDIA}/{path}"
    is_media = path.lower().endswith((".png", ".jpg", ".webp", ".svg", ".pdf"))
    if is_media and file_name(inside).kind is FileKind.MEDIA:
        return inside
    return path


def quiz_stems(paths: Iterable[str]) -> tuple[str, ...]:
    """List whose quiz a file of questions can become: each module, then the final.

    Example:
        >>> quiz_stems(["01-water.es.md", "01-water.en.md", "course.toml"])
        ('01-water', 'final')
    """
    modules = {
        path.removesuffix(f".{name.lang}.md")
        for path in paths
        if (name := file_name(path)).kind is FileKind.MODULE
    }
    return (*sorted(modules), FINAL)


def packed(parcel: Parcel) -> bytes:
    """Write a parcel as bytes that `unpacked` reads; nothing is compressed."""
    head = {
        "files": [(file.name, len(file.content)) for file in parcel.sent],
        "replaces_all": parcel.replaces_all,
        "stem": parcel.stem,
        "lang": parcel.lang,
    }
    contents = [file.content for file in parcel.sent]
    return b"".join([json.dumps(head).encode(), _END, *contents])


def unpacked(data: bytes) -> Parcel:
    """Read a parcel that `packed` wrote.

    Example:
        >>> parcel = Parcel((SentFile("a.md", b"1"), SentFile("b.md", b"")), stem="x")
        >>> unpacked(packed(parcel)) == parcel
        True
    """
    line, _, rest = data.partition(_END)
    head = json.loads(line)
    return Parcel(
        _files(head["files"], rest), head["replaces_all"], head["stem"], head["lang"]
    )


def _files(sizes: Sequence[tuple[str, int]], rest: bytes) -> tuple[SentFile, ...]:
    found: list[SentFile] = []
    start = 0
    for name, size in sizes:
        found.append(SentFile(name, rest[start : start + size]))
        start += size
    return tuple(found)
