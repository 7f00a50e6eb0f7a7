"""Pictures from outside: measured before they are decoded, then written anew.

What a camera or a program wrote beside the picture (where, when, by whom) stays
behind, and so does whatever else may hide in a file that merely looks like a picture.
"""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from conexx_learn.domain.pictures import MOST_BYTES, MOST_PIXELS, Picture
from conexx_learn.domain.refusals import refusal

MOST_SENT_BYTES = 25 * 1000 * 1000
"""Of a picture as it comes; a photograph of a telephone has 3 to 12 MB."""

LONGEST_SIDE = 2000
"""Pixels of what is kept: twice what a page shows at its widest."""

_READ = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
_QUALITY = 82
_HEAVY = 300 * 1000
"""Bytes from which a drawing is tried as WebP, which is smaller."""

_DAMAGED = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    SyntaxError,
    EOFError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""All that the library raises for a file that is damaged, or made to look so."""


def shown_picture(data: bytes, *, name: str) -> Picture:
    """Make a picture safe to show: turned upright, at most 2000 pixels, no metadata.

    PNG, JPEG and WebP stay what they are; GIF (its first frame), BMP and TIFF become
    PNG. Drawings in SVG are not for this function: the check of a course judges them.

    Args:
        data: The bytes as they came.
        name: Of the file, for the messages.

    Raises:
        ContentError: It is none, is damaged, or too large; its problem says what to do.
    """
    if len(data) > MOST_SENT_BYTES:
        limit = str(MOST_SENT_BYTES // 1000 // 1000)
        raise refusal(name, "E008", "picture-size", limit=limit)
    pixels_of(data, name=name)
    try:
        with Image.open(BytesIO(data), formats=_READ) as image:
            return _shown(image, name)
    except _DAMAGED as error:
        raise refusal(name, "E009", "picture-kind") from error


def pixels_of(data: bytes, *, name: str) -> int:
    """Count the pixels of a picture without decoding it.

    Raises:
        ContentError: It is none, or has more than are decoded.
    """
    try:
        with Image.open(BytesIO(data), formats=_READ) as image:
            pixels = image.width * image.height
    except _DAMAGED as error:
        raise refusal(name, "E009", "picture-kind") from error
    if pixels > MOST_PIXELS:
        limit = str(MOST_PIXELS // 1000 // 1000)
        raise refusal(name, "E008", "picture-pixels", limit=limit)
    return pixels


def _shown(image: Image.Image, name: str) -> Picture:
    kind = image.format if image.format in _ENDINGS else "PNG"
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    plain = _plain(upright, kind)
    content = _written(plain, kind)
    if kind == "PNG" and len(content) > _HEAVY:
        smaller = _written(plain.convert("RGBA" if _is_clear(plain) else "RGB"), "WEBP")
        if len(smaller) * 2 < len(content):
            kind, content = "WEBP", smaller
    if len(content) > MOST_BYTES:
        limit = str(MOST_BYTES // 1000 // 1000)
        raise refusal(name, "E008", "picture-size", limit=limit)
    return Picture(content, _ENDINGS[kind], plain.width, plain.height)


def _is_clear(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA"} or "transparency" in image.info


def _plain(image: Image.Image, kind: str) -> Image.Image:
    """Copy the pixels alone, in colours that every browser knows."""
    if kind == "JPEG":
        mode = "L" if image.mode == "L" else "RGB"
    elif _is_clear(image):
        mode = "RGBA"
    else:
        mode = "L" if image.mode in {"1", "L"} else "RGB"
    converted = image.convert(mode)
    bare = Image.new(mode, converted.size)
    bare.paste(converted)
    return bare


def _written(image: Image.Image, kind: str) -> bytes:
    target = BytesIO()
    if kind == "PNG":
        image.save(target, "PNG", optimize=True)
    else:
        image.save(target, kind, quality=_QUALITY)
    return target.getvalue()
