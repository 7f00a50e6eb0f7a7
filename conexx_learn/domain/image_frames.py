"""The frames of PNG and JPEG files: walked, measured, and freed of private remarks.

A camera writes where and by whom a picture was taken. Those parts are left out; the
picture itself is not touched, so that nothing has to be decoded here.
"""

import re
from collections.abc import Iterator

MOST_PIXELS = 40_000_000

_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs".split()
)
_JPEG_HEAD = b"\xff\xd8"
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Segments that begin a frame and say its size."""
_JPEG_REMARKS = frozenset(range(0xE1, 0xF0)) - {0xE2, 0xEE} | {0xFE}
"""What programs wrote beside the picture; colour profiles (E2, EE) stay."""
_START_OF_SCAN, _END_OF_IMAGE, _FILLING = 0xDA, 0xD9, 0xFF
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

Part = tuple[int, bytes]


def plain_png(content: bytes) -> bytes | None:
    """Return a PNG file without remarks; None where it is none, damaged, or huge."""
    if not content.startswith(_PNG_HEAD):
        return None
    chunks = list(_png_chunks(content))
    names = [name for name, _bytes in chunks]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        return None
    if not _is_showable(chunks[0][1][8:12], chunks[0][1][12:16]):
        return None
    kept = (chunk for name, chunk in chunks if name in _PNG_KEPT)
    return _PNG_HEAD + b"".join(kept)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and bytes of each chunk, up to the closing one or a damaged one."""
    at = len(_PNG_HEAD)
    while at < len(content):
        length = int.from_bytes(content[at : at + 4])
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length:
            return
        name = chunk[4:8]
        yield name, chunk
        if name == b"IEND":
            return
        at += len(chunk)


def plain_jpeg(content: bytes) -> bytes | None:
    """Return a JPEG file without remarks; None where it is none, damaged, or huge."""
    if not content.startswith(_JPEG_HEAD):
        return None
    parts = list(_jpeg_parts(content))
    frames = [part for marker, part in parts if marker in _JPEG_SIZES]
    markers = [marker for marker, _part in parts]
    if not frames or _START_OF_SCAN not in markers or markers[-1] != _END_OF_IMAGE:
        return None
    if not all(_is_showable(part[5:7], part[7:9]) for part in frames):
        return None
    kept = (part for marker, part in parts if marker not in _JPEG_REMARKS)
    return _JPEG_HEAD + b"".join(kept)


def _jpeg_parts(content: bytes) -> Iterator[Part]:
    """Yield marker and bytes of each segment, a scan with its picture, to the end.

    What a damaged segment would hold is not guessed: the parts end there.
    """
    at = len(_JPEG_HEAD)
    while content[at : at + 1] == b"\xff":
        marker = content[at + 1] if at + 1 < len(content) else 0
        if marker == _FILLING:
            at += 1
            continue
        if marker == _END_OF_IMAGE:
            yield marker, content[at : at + 2]
            return
        length = int.from_bytes(content[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(content):  # noqa: PLR2004 (the length counts itself)
            return
        if marker == _START_OF_SCAN:
            following = _NEXT_MARKER.search(content, end)
            end = following.start() if following else len(content)
        yield marker, content[at:end]
        at = end


def _is_showable(first: bytes, second: bytes) -> bool:
    """Say whether two sides are there and their picture is not too large to open."""
    pixels = int.from_bytes(first) * int.from_bytes(second)
    return 0 < pixels <= MOST_PIXELS
