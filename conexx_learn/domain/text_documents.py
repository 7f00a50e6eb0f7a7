"""Documents of offices (DOCX, XLSX): archives, looked at with suspicion.

The document is never opened here; this says whether a person can open it without harm.
Sizes are counted while reading, never believed from the archive's own table.
"""

import struct
import zipfile
import zlib
from io import BytesIO

MOST_ENTRIES = 1000
MOST_UNPACKED = 60_000_000
MOST_RATIO = 100
"""Bytes unpacked for one byte of archive, over the whole of it."""

_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_TEXT = frozenset({"[Content_Types].xml", "word/document.xml"})
_SHEETS = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
_PROGRAMS = ("vbaproject.bin", "vbadata.xml", ".exe", ".dll", ".js", ".vbs", ".scr")
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""All that the library raises for an archive that is damaged, or made to look so."""


def is_sound_docx(content: bytes) -> bool:
    """Say whether bytes are a text document without programs that does not burst."""
    return _is_sound(content, _TEXT)


def is_sound_xlsx(content: bytes) -> bool:
    """Say whether bytes are a spreadsheet without programs that does not burst."""
    return _is_sound(content, _SHEETS)


def _is_sound(content: bytes, wanted: frozenset[str]) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            return _has_right_parts(entries, wanted) and _stays_small(
                archive, entries, len(content)
            )
    except BROKEN_ARCHIVE:
        return False


def _has_right_parts(entries: list[zipfile.ZipInfo], wanted: frozenset[str]) -> bool:
    names = [entry.filename for entry in entries]
    return (
        len(entries) <= MOST_ENTRIES
        and len(set(names)) == len(names)
        and set(names) >= wanted
        and not any(name.lower().endswith(_PROGRAMS) for name in names)
        and not any(entry.flag_bits & _ENCRYPTED for entry in entries)
        and all(entry.compress_type in _METHODS for entry in entries)
    )


def _stays_small(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], packed: int
) -> bool:
    left = min(MOST_UNPACKED, packed * MOST_RATIO)
    for entry in entries:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    return False
    return True
