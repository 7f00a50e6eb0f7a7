"""Images and PDF files: whether each is what its name says, and safe to show."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from conexx_learn.domain.course import MediaFile
from conexx_learn.domain.course_source.file_names import MEDIA_KINDS
from conexx_learn.domain.course_source.source_files import SourceFile
from conexx_learn.domain.problems import Problem

MIME = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}

_ACTIVE = frozenset(
    {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"}
)
"""Elements of SVG that can run or hold something else than a drawing."""

_ADDRESSES = frozenset({"href", "src", "base"})
_ANIMATED = frozenset({"animate", "set", "animatetransform", "animatemotion"})


def media_problem(file: SourceFile) -> Problem | None:
    """Say what is wrong with a file of `media/` (E009), if anything."""
    kind = _kind(file.path)
    if kind not in MEDIA_KINDS:
        facts = {"allowed": ", ".join(MEDIA_KINDS), "variant": "kind"}
        return Problem(file.path, 1, 1, "E009", facts)
    if kind == "svg":
        return _svg_problem(file)
    if _is_kind(kind, file.data):
        return None
    return Problem(file.path, 1, 1, "E009", {"kind": kind})


def media_files(files: Iterable[SourceFile]) -> tuple[MediaFile, ...]:
    """Make the model's media of files that `media_problem` accepts."""
    return tuple(
        MediaFile(file.path.removeprefix("media/"), MIME[_kind(file.path)], file.data)
        for file in files
    )


def _kind(path: str) -> str:
    return path.rpartition(".")[2]


def _is_kind(kind: str, data: bytes) -> bool:
    match kind:
        case "png":
            return data.startswith(b"\x89PNG\r\n\x1a\n")
        case "jpg":
            return data.startswith(b"\xff\xd8\xff")
        case "webp":
            return data[:4] == b"RIFF" and data[8:12] == b"WEBP"
        case _:
            return data.startswith(b"%PDF-")


def _svg_problem(file: SourceFile) -> Problem | None:
    try:
        root: Element = fromstring(file.data, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (1, 0))[0]
        return Problem(file.path, line, 1, "E009", {"kind": "svg"})
    if _local(root.tag) != "svg":
        return Problem(file.path, 1, 1, "E009", {"kind": "svg"})
    for element in root.iter():
        part = _unsafe_part(element)
        if part:
            facts = {"part": part, "variant": "unsafe"}
            return Problem(file.path, _line_of(part, file.data), 1, "E009", facts)
    return None


def _unsafe_part(element: Element) -> str:
    """Name the element, attribute or address that makes a drawing unsafe."""
    name = _local(element.tag)
    if name in _ACTIVE:
        return name
    if name == "style" and _leads_outside(element.text or ""):
        return "style"
    for key, value in element.attrib.items():
        attribute = _local(key)
        animates = name in _ANIMATED and attribute == "attributename"
        if attribute.startswith("on") or (animates and value.endswith("href")):
            return attribute
        if attribute in _ADDRESSES and not value.strip().startswith("#"):
            return attribute
        if _leads_outside(value):
            return attribute
    return ""


def _leads_outside(text: str) -> bool:
    """Say whether a style or value loads something that is not in the file."""
    plain = "".join(text.split()).lower().replace("'", "").replace('"', "")
    if "@import" in plain or "javascript:" in plain or "\\" in plain:
        return True
    return any(not rest.startswith("#") for rest in plain.split("url(")[1:])


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _line_of(part: str, data: bytes) -> int:
    place = data.lower().find(part.encode())
    return data.count(b"\n", 0, max(0, place)) + 1
