"""The issuer's logo: an SVG from the operator's folder, drawn only when it is tame."""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import inf
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from conexx_learn.adapters.typesetting import ACCESSIBLE, typeset
from conexx_learn.domain.errors import GlyphMissingError

MOST_BYTES = 100_000
MOST_ELEMENTS = 2_000
DEEPEST = 30
WIDEST = 5
"""Times its height; a wider one would push the issuer's name off the paper."""
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = frozenset(
    {
        *("svg", "g", "title", "desc", "metadata", "defs", "clipPath", "stop"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient"),
    }
)
"""What a logo may be made of: shapes. Text would need faces that the paper lacks."""
_REFERENCE = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)
_NUMBERS = re.compile(r"[\s,]+")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(?:px|pt|mm|cm|in)?")


class LogoError(ValueError):
    """The logo cannot be used; the message says why, for an operator."""


def read_logo(path: Path) -> str:
    """Read a logo and refuse whatever could run, reach out or weigh too much.

    Args:
        path: Of the file.

    Returns:
        The SVG, as it stands in the file.

    Raises:
        LogoError: It is missing, too large, no SVG of shapes alone, or too wide.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise LogoError(f"{path.name} cannot be read") from error
    except UnicodeDecodeError as error:
        raise LogoError(f"{path.name} is not UTF-8") from error
    if len(content) > MOST_BYTES:
        raise LogoError(f"{path.name} has more than {MOST_BYTES // 1000} kB")
    for problem in _problems(text):
        raise LogoError(f"{path.name} {problem}")
    try:
        typeset("logo.typ", {"mark_svg": text}, standards=ACCESSIBLE, timestamp=0)
    except (ValueError, GlyphMissingError) as error:
        raise LogoError(f"{path.name} cannot be drawn") from error
    return text


def kept_logo(path: Path) -> str | None:
    """Return a logo that was read before, or read it; None where it cannot be used."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return _logo_of(path, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=8)
def _logo_of(path: Path, _changed_at: int, _size: int) -> str | None:
    try:
        return read_logo(path)
    except LogoError:
        return None


def _problems(text: str) -> Iterator[str]:
    try:
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        yield f"is no plain XML: {type(error).__name__}"
        return
    elements = list(root.iter())
    if root.tag != f"{SVG}svg":
        yield "is no SVG"
    if len(elements) > MOST_ELEMENTS:
        yield f"has more than {MOST_ELEMENTS} elements"
    if _depth(root) > DEEPEST:
        yield f"has groups in groups, more than {DEEPEST} deep"
    for element in elements:
        yield from _element_problems(element)
    yield from _size_problems(root)


def _element_problems(element: Element) -> Iterator[str]:
    tag = str(element.tag)
    name = tag.removeprefix(SVG)
    if tag.startswith(SVG) and name not in DRAWING:
        yield f"has an element that is no shape: {name}"
    for attribute, value in element.attrib.items():
        bare = attribute.rpartition("}")[2].lower()
        if bare.startswith("on"):
            yield f"has a script: {bare}"
        if bare in {"href", "src"} and not value.strip().startswith("#"):
            yield f"refers to something outside: {bare}"
        if _REFERENCE.search(value) or "@import" in value or "\\" in value:
            yield f"refers to something outside: {bare}"


def _depth(root: Element) -> int:
    """Count the levels, level by level: a recursion could be made to fail."""
    level, depth = [root], 0
    while level:
        level = [child for element in level for child in element]
        depth += 1
    return depth


def _size_problems(root: Element) -> Iterator[str]:
    sizes = _view_box(root) or _lengths(root)
    if sizes is None:
        yield "has no viewBox"
        return
    width, height = sizes
    if not (0 < width < inf and 0 < height < inf):
        yield "has no size"
    elif width > WIDEST * height or height > WIDEST * width:
        yield f"is more than {WIDEST} times as wide as high, or as high as wide"


def _view_box(root: Element) -> tuple[float, float] | None:
    numbers = _NUMBERS.split(root.attrib.get("viewBox", "").strip())
    try:
        _x, _y, width, height = (float(number) for number in numbers)
    except ValueError:
        return None
    return width, height


def _lengths(root: Element) -> tuple[float, float] | None:
    found = [_LENGTH.fullmatch(root.attrib.get(key, "")) for key in ("width", "height")]
    width, height = found
    return (float(width[1]), float(height[1])) if width and height else None
