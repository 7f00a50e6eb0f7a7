"""A picture that is safe to show: decoded once, written again without its history."""

from dataclasses import dataclass

MOST_PIXELS = 40_000_000
MOST_BYTES = 5 * 1000 * 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a course folder holds it.

    Attributes:
        data: The bytes of a PNG, JPEG or WebP file, without metadata.
        ending: `png`, `jpg` or `webp`.
        width: In pixels.
        height: In pixels.
    """

    data: bytes
    ending: str
    width: int
    height: int
