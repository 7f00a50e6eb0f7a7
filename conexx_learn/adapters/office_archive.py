"""The parts of a .docx or .xlsx file: read with suspicion, handed on as checked values.

What the libraries open afterwards is an archive written anew from these parts, so that
nothing reaches them that was not looked at: no part that bursts, no XML that declares
names of its own, no program, no embedded file.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from conexx_learn.adapters.course_archive import is_safe_path, write_archive
from conexx_learn.domain.refusals import refusal
from conexx_learn.domain.text_documents import BROKEN_ARCHIVE, MOST_ENTRIES

MOST_BYTES = 50 * 1000 * 1000
"""Of the file as it was sent."""

MOST_UNPACKED = 100 * 1000 * 1000
MOST_RATIO = 100
LEAST_ALLOWED = 5 * 1000 * 1000
"""Unpacked bytes that even the smallest archive may have: they harm nobody."""

MOST_XML = 24 * 1000 * 1000
"""Of all XML parts together; a book of a thousand pages has less."""

MOST_TAGS = 300_000
"""Beginnings and ends of elements in all parts; some hundred and fifty pages."""

MOST_DEPTH = 50
"""Elements of XML inside one another: fourteen tables in tables, which nobody needs."""

_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How .doc and .xls begin, and every document with a password."""

_ZIP = b"PK"
_XML_ENDINGS = (".xml", ".rels")
_CONTENT_TYPES = "[Content_Types].xml"
_PROGRAMS = ("vbaproject.bin", "vbadata.xml")
_MACRO_NAMES = (".docm", ".dotm", ".xlsm", ".xltm", ".xlam")
_BROKEN_XML = (ParseError, DefusedXmlException, ValueError, LookupError)


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """What a file should be.

    Attributes:
        ending: Of its name, for the messages.
        root: Pattern of the part that every such file has.
        folder: Where its parts are.
    """

    ending: str
    root: re.Pattern[str]
    folder: str


WORD = OfficeKind(".docx", re.compile(r"word/document\d{0,2}\.xml"), "word/")
WORKBOOK = OfficeKind(".xlsx", re.compile(r"xl/workbook\.xml"), "xl/")


@dataclass(frozen=True, slots=True)
class OfficeParts:
    """What a file is made of, as far as it is read.

    Attributes:
        trees: Path of an XML part to its root element.
        media: Path of a picture to its bytes.
        left: Paths of what was not unpacked: embedded files, fonts, programs of others.
    """

    trees: Mapping[str, Element]
    media: Mapping[str, bytes]
    left: tuple[str, ...]


def read_office(data: bytes, *, name: str, kind: OfficeKind) -> OfficeParts:
    """Take an office file apart, or refuse it before anything of it is used.

    Args:
        data: The bytes of the file.
        name: Of the file, for the messages.
        kind: What it should be.

    Raises:
        ContentError: Its one problem says what is wrong and what to do.
    """
    if len(data) > MOST_BYTES:
        limit = str(MOST_BYTES // 1000 // 1000)
        raise refusal(name, "E008", "office-size", limit=limit)
    _refuse_other_kinds(data, name, kind)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _parts(archive, len(data), name, kind)
    except BROKEN_ARCHIVE as error:
        raise refusal(name, "E009", "office-damaged", ending=kind.ending) from error


def _refuse_other_kinds(data: bytes, name: str, kind: OfficeKind) -> None:
    if name.lower().endswith(_MACRO_NAMES):
        raise refusal(name, "E009", "office-macros", ending=kind.ending)
    if data.startswith(_OLD_OFFICE):
        raise refusal(name, "E009", "office-locked", ending=kind.ending)
    if not data.startswith(_ZIP):
        raise refusal(name, "E009", "office-kind", ending=kind.ending)


def _parts(
    archive: zipfile.ZipFile, packed: int, name: str, kind: OfficeKind
) -> OfficeParts:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _refuse_unsafe(entries, name, kind)
    budget = _Budget(name, min(MOST_UNPACKED, max(LEAST_ALLOWED, packed * MOST_RATIO)))
    trees: dict[str, Element] = {}
    media: dict[str, bytes] = {}
    left: list[str] = []
    for entry in entries:
        path = entry.filename
        if path.lower().endswith(_XML_ENDINGS):
            content = budget.read_xml(archive, entry)
            trees[path] = _tree(content, name, path)
        elif path.startswith(f"{kind.folder}media/"):
            media[path] = budget.read(archive, entry)
        else:
            left.append(path)
    _refuse_macros(trees, name, kind)
    return OfficeParts(trees, media, tuple(left))


def _refuse_unsafe(entries: list[zipfile.ZipInfo], name: str, kind: OfficeKind) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES:
        raise refusal(name, "E008", "office-entries", limit=str(MOST_ENTRIES))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refusal(name, "E009", "office-locked", ending=kind.ending)
    if any(path.lower().endswith(_PROGRAMS) for path in names):
        raise refusal(name, "E009", "office-macros", ending=kind.ending)
    is_sound = (
        len({path.casefold() for path in names}) == len(names)
        and all(map(is_safe_path, names))
        and all(entry.compress_type in _METHODS for entry in entries)
    )
    if not is_sound:
        raise refusal(name, "E009", "office-damaged", ending=kind.ending)
    if not any(map(kind.root.fullmatch, names)) or _CONTENT_TYPES not in names:
        raise refusal(name, "E009", "office-kind", ending=kind.ending)


def _refuse_macros(trees: Mapping[str, Element], name: str, kind: OfficeKind) -> None:
    """Refuse what calls itself a document with programs, whatever its name is."""
    for element in trees[_CONTENT_TYPES].iter():
        if "macroenabled" in element.get("ContentType", "").lower():
            raise refusal(name, "E009", "office-macros", ending=kind.ending)


@dataclass(slots=True)
class _Budget:
    """Bytes that may still be unpacked; counted while reading, never believed."""

    name: str
    left: int
    xml_left: int = MOST_XML
    tags_left: int = MOST_TAGS

    def read(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        content = b"".join(self._chunks(archive, entry, self.left))
        self.left -= len(content)
        return content

    def read_xml(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        allowed = min(self.left, self.xml_left)
        content = b"".join(self._chunks(archive, entry, allowed))
        self.left -= len(content)
        self.xml_left -= len(content)
        self.tags_left -= content.count(b"<")
        if self.tags_left < 0:
            raise refusal(self.name, "E008", "office-long")
        return content

    def _chunks(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowed: int
    ) -> Iterator[bytes]:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                allowed -= len(chunk)
                if allowed < 0:
                    raise refusal(self.name, "E008", "office-bursts")
                yield chunk


def _tree(content: bytes, name: str, path: str) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except _BROKEN_XML as error:
        raise refusal(name, "E009", "office-xml", part=path[-80:]) from error
    _refuse_depth(root, name, path)
    return root


def _refuse_depth(root: Element, name: str, path: str) -> None:
    level = [root]
    for _depth in range(MOST_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise refusal(name, "E009", "office-xml", part=path[-80:])


def rewritten(parts: Mapping[str, bytes]) -> BytesIO:
    """Write parts as an archive for a library to open."""
    return BytesIO(write_archive(parts))
