"""A course as a ZIP file: read with suspicion, written the same way every time."""

import stat
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import IO

from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.text_documents import BROKEN_ARCHIVE

MOST_BYTES = 200 * 1024 * 1024
MOST_ENTRIES = 2000
MOST_RATIO = 100
"""Bytes unpacked for one byte of archive, over the whole of it."""

_CHUNK = 64 * 1024
_LONGEST_PATH = 240
_ENCRYPTED = 0x1
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_FILE_MODE = (stat.S_IFREG | 0o644) << 16
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh")
_ARCHIVE_NAMES = (".zip", ".gz", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".jar")
_DRIVE_LENGTH = 2

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The only ones whose output can be counted piece by piece."""


def read_archive(data: bytes, *, name: str) -> dict[str, bytes]:
    """Read every file of a ZIP archive, or refuse it before using any of it.

    Sizes are counted while reading, never believed from the headers.

    Args:
        data: The archive.
        name: Its name, for the message.

    Returns:
        Path with forward slashes to content, folders left out.

    Raises:
        ContentError: The archive is damaged or unsafe; its problems say where.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _contents(archive, len(data), name)
    except BROKEN_ARCHIVE as error:
        raise _refusal(name, name, "E009", "archive-damaged") from error


def _contents(
    archive: zipfile.ZipFile, packed_size: int, name: str
) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise _refusal(name, name, "E008", "archive-entries", limit=str(MOST_ENTRIES))
    _refuse_unsafe_entries(entries, name)
    allowed = min(MOST_BYTES, max(packed_size, 1) * MOST_RATIO)
    contents: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        content = b"".join(_chunks(archive, entry, allowed - total, name))
        total += len(content)
        if content.startswith(_ARCHIVES):
            raise _refusal(name, entry.filename, "E009", "archive-nested")
        contents[entry.filename] = content
    return contents


def _refuse_unsafe_entries(entries: list[zipfile.ZipInfo], name: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        variant = _fault(entry, seen)
        if variant:
            code = "E007" if variant in {"archive-path", "archive-twice"} else "E009"
            raise _refusal(name, entry.filename, code, variant)
        seen.add(entry.filename.rstrip("/").casefold())
    files = {entry.filename.casefold() for entry in entries if not entry.is_dir()}
    for name_inside in sorted(files):
        if any(parent in files for parent in _parents(name_inside)):
            raise _refusal(name, name_inside, "E007", "archive-twice")


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _fault(entry: zipfile.ZipInfo, seen: set[str]) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.flag_bits & _ENCRYPTED:
        return "archive-locked"
    if not is_safe_path(entry.filename.removesuffix("/")):
        return "archive-path"
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "archive-link"
    if entry.compress_type not in _METHODS:
        return "archive-damaged"
    if entry.filename.rstrip("/").casefold() in seen:
        return "archive-twice"
    if entry.filename.lower().endswith(_ARCHIVE_NAMES):
        return "archive-nested"
    return ""


def is_safe_path(path: str) -> bool:
    r"""Say whether a path stays inside the folder it is written into.

    Example:
        >>> is_safe_path("media/map.svg"), is_safe_path("../map.svg")
        (True, False)
        >>> is_safe_path("/etc/passwd"), is_safe_path("C:\\map.svg")
        (False, False)
    """
    parts = path.split("/")
    if not path or len(path) > _LONGEST_PATH or path[1:_DRIVE_LENGTH] == ":":
        return False
    if not path.isprintable() or "\\" in path:
        return False
    return not any(part in {"", ".", ".."} for part in parts)


def _chunks(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowed: int, name: str
) -> Iterator[bytes]:
    with archive.open(entry) as file:
        for chunk in _pieces(file):
            allowed -= len(chunk)
            if allowed < 0:
                raise _refusal(name, entry.filename, "E008", "archive-size")
            yield chunk


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _refusal(
    name: str, entry: str, code: str, variant: str, **facts: str
) -> ContentError:
    shown = "".join(sign if sign.isprintable() else "?" for sign in entry)[:80]
    problem = Problem(name, 1, 1, code, {"entry": shown, "variant": variant, **facts})
    return ContentError(
        "content-unreadable", problems=(problem,), name=name, reason=f"{code} {shown}"
    )


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """Write a ZIP archive whose bytes depend on nothing but names and contents."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, date_time=_EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _FILE_MODE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path], compresslevel=9)
    return target.getvalue()
