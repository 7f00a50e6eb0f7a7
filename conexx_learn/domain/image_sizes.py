"""How large an image says it is, so that a page keeps its place while it loads."""

from io import BytesIO
from xml.etree.ElementTree import ParseError

import imagesize
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

Size = tuple[int, int]
_SVG_MIME = "image/svg+xml"
_VIEW_NUMBERS = 4
_LARGEST = 100_000


def image_size(content: bytes, mime: str) -> Size | None:
    """Return width and height of an image in CSS pixels; None where it says none.

    Args:
        content: Of a PNG, JPEG, WebP or SVG file.
        mime: Its kind.
    """
    if mime == _SVG_MIME:
        return _drawing_size(content)
    return _size(*imagesize.get(BytesIO(content)))


def _drawing_size(content: bytes) -> Size | None:
    """Read the view of a drawing: its last two numbers are what it shows."""
    try:
        view = fromstring(content).get("viewBox", "").replace(",", " ").split()
        numbers = [float(number) for number in view]
    except (ParseError, DefusedXmlException, ValueError):
        return None
    if len(numbers) != _VIEW_NUMBERS:
        return None
    return _size(*numbers[2:])


def _size(width: float, height: float) -> Size | None:
    if not (1 <= width <= _LARGEST and 1 <= height <= _LARGEST):
        return None
    return round(width), round(height)
