"""Course folders on disk and in archives: path to bytes, and back."""

import ctypes
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from conexx_learn.adapters.course_archive import (
    MOST_BYTES,
    MOST_ENTRIES,
    is_safe_path,
    read_archive,
    write_archive,
)
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.problems import Problem

SETTINGS_FILE = "course.toml"
COMPETENCIES_FILE = "competencies.toml"

_TRIES = 3
_HERE = -100
_EXCHANGE = 2
"""Values of renameat2 in Linux: where a path begins, and what to do."""


def is_course_folder(folder: Path) -> bool:
    """Say whether a folder is meant as one course rather than as several."""
    return (folder / SETTINGS_FILE).is_file() or any(folder.glob("course.*.md"))


def course_folders(folder: Path) -> list[Path]:
    """List the courses of a folder of courses, by name.

    A folder inside it counts as a course when it holds any Markdown or `course.toml`,
    so that a forgotten `course.toml` is told rather than passed over.
    """
    return [
        inner
        for inner in sorted(folder.iterdir())
        if inner.is_dir() and not inner.name.startswith(".") and _holds_text(inner)
    ]


def _holds_text(folder: Path) -> bool:
    return is_course_folder(folder) or any(folder.glob("*.md"))


def read_folder(folder: Path) -> dict[str, bytes]:
    """Read every file of a course folder; hidden files are left out.

    Returns:
        Path inside the folder, with forward slashes, to content.

    Raises:
        ContentError: There is no such folder, a file is a link, or there are too many
            bytes or files.
    """
    if not folder.is_dir():
        raise _refusal(folder.name, str(folder), "E005", "no-course")
    for _ in range(_TRIES):
        # A folder that is replaced meanwhile is read again, so that nobody sees a mix.
        with suppress(FileNotFoundError):
            before = _identity(folder)
            contents = _contents(folder)
            if _identity(folder) == before:
                return contents
    return _contents(folder)


def _identity(folder: Path) -> tuple[int, int]:
    """Tell a folder from another one of its name; the number alone is used again."""
    facts = folder.stat()
    return facts.st_ino, facts.st_ctime_ns


def _contents(folder: Path) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    total = 0
    for path in _files(folder, folder):
        name = path.relative_to(folder).as_posix()
        total += path.stat().st_size
        if len(contents) >= MOST_ENTRIES or total > MOST_BYTES:
            raise _refusal(folder.name, name, "E008", "archive-size")
        contents[name] = path.read_bytes()
    return contents


def _files(folder: Path, root: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        kind = stat.S_IFMT(entry.lstat().st_mode)
        if kind == stat.S_IFDIR:
            yield from _files(entry, root)
        elif kind == stat.S_IFREG:
            yield entry
        else:
            name = entry.relative_to(root).as_posix()
            raise _refusal(root.name, name, "E009", "archive-link")


def _refusal(folder: str, name: str, code: str, variant: str) -> ContentError:
    problem = Problem(name, 1, 1, code, {"entry": name, "variant": variant})
    return ContentError(
        "content-unreadable", problems=(problem,), name=folder, reason=f"{code} {name}"
    )


def read_file(path: Path) -> bytes | None:
    """Read one file, or None where there is none."""
    return path.read_bytes() if path.is_file() else None


def read_files(folder: Path, pattern: str) -> dict[str, bytes]:
    """Read the files of a folder whose names a pattern fits: name to content."""
    found = sorted(path for path in folder.glob(pattern) if path.is_file())
    return {path.name: path.read_bytes() for path in found}


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Replace single files of a folder, each in one step that cannot be half done."""
    for name, text in files.items():
        target = folder / name
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".draft-")
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        shutil.copymode(target, draft)
        Path(draft).replace(target)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a whole course folder at once: it appears complete, or not at all.

    An older folder of that name gives way to the new one; its hidden files, such as
    those of git, stay.

    Raises:
        ContentError: A path would leave the folder; nothing was written.
    """
    for name in files:
        if not is_safe_path(name):
            raise _refusal(folder.name, name, "E007", "archive-path")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".draft-"))
    try:
        for name, content in files.items():
            target = draft / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        for hidden in _hidden(folder) if folder.is_dir() else ():
            _link(hidden, draft / hidden.relative_to(folder))
        draft.chmod(0o755)
        _replace_folder(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _hidden(folder: Path) -> Iterator[Path]:
    """Find what `read_folder` leaves out; of a hidden folder only the folder itself."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            yield entry
        elif entry.is_dir() and not entry.is_symlink():
            yield from _hidden(entry)


def _link(source: Path, target: Path) -> None:
    """Let a second name lead to the same files, so that losing the first loses none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(target):
        return
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True, copy_function=os.link)
    else:
        os.link(source, target, follow_symlinks=False)


def _replace_folder(draft: Path, folder: Path) -> None:
    if not folder.exists():
        draft.rename(folder)
        return
    if _exchanged(draft, folder):
        # The older one lies under the name of the draft now and goes with it.
        return
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".old-"))
    folder.rename(aside / folder.name)
    draft.rename(folder)
    shutil.rmtree(aside)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change names in one step, where the system can do that."""
    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if exchange is None:
        return False
    names = (os.fsencode(one), os.fsencode(other))
    return bool(exchange(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)


def read_course_archive(path: Path) -> tuple[str, dict[str, bytes]]:
    """Read a course from a ZIP file.

    Returns:
        The course's slug and its files: the name of the one folder in the archive, or
        the archive's own name when the files lie at its top.

    Raises:
        ContentError: There is no such file, or it is damaged or unsafe.
    """
    if not path.is_file():
        raise _refusal(path.name, str(path), "E009", "archive-missing")
    if path.stat().st_size > MOST_BYTES:
        raise _refusal(path.name, path.name, "E008", "archive-size")
    files = read_archive(path.read_bytes(), name=path.name)
    top, files = without_top(without_hidden(files))
    return top or path.stem, files


def without_hidden(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out what a folder would not show: `.git`, `__MACOSX/._course.toml`.

    Example:
        >>> without_hidden({"a.md": b"", ".git/HEAD": b"", "media/.keep": b""})
        {'a.md': b''}
    """
    return {
        path: content
        for path, content in files.items()
        if not any(part.startswith(".") for part in path.split("/"))
    }


def without_top(files: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """Take away the one folder that all files lie in; empty where there is none.

    Example:
        >>> without_top({"water/course.toml": b"", "water/media/map.png": b""})
        ('water', {'course.toml': b'', 'media/map.png': b''})
    """
    tops = {name.partition("/")[0] for name in files}
    if len(tops) != 1 or not all("/" in name for name in files):
        return "", dict(files)
    top = tops.pop()
    return top, {name.removeprefix(f"{top}/"): body for name, body in files.items()}


def write_named_archive(slug: str, files: Mapping[str, bytes]) -> bytes:
    """Write a course as a ZIP archive that holds one folder named after it."""
    return write_archive({f"{slug}/{name}": body for name, body in files.items()})


def write_course_archive(path: Path, *, slug: str, files: Mapping[str, bytes]) -> None:
    """Write a course as a ZIP file that holds one folder named after it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(write_named_archive(slug, files))
    draft.replace(path)
