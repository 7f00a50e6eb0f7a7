"""The bits of a status list (Bitstring Status List 1.0): one for each certificate."""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable

LIST_LENGTH = 131_072
"""Places of a list: the least that the standard allows, so that none stands out."""
LIST_BYTES = LIST_LENGTH // 8
MOST_CHARACTERS = 32_000
"""Longer than any list of ours can be: random bits do not shrink to less."""

_BASE64URL = "u"
_GZIP = 31
"""What zlib calls the frame of gzip, with the largest window."""


class StatusListError(ValueError):
    """A status list cannot be believed: damaged, foreign, or out of its time."""


def list_bits(revoked: Iterable[int]) -> bytes:
    """Return the bits of a list; index 0 is the left-most bit of the first byte.

    Args:
        revoked: Indexes from 0 to `LIST_LENGTH` - 1, in any order.

    Raises:
        ValueError: An index lies outside the list.

    Example:
        >>> list_bits([0, 9])[:3].hex()
        '804000'
    """
    bits = bytearray(LIST_BYTES)
    for index in revoked:
        if not 0 <= index < LIST_LENGTH:
            raise ValueError(f"no place {index} in a status list")
        bits[index // 8] |= 0x80 >> index % 8
    return bytes(bits)


def encoded_list(revoked: Iterable[int]) -> str:
    """Write a list as its credential carries it; the same bits give the same text.

    Raises:
        ValueError: An index lies outside the list.

    Example:
        >>> encoded_list([])[:12]
        'uH4sIAAAAAAA'
    """
    packed = gzip.compress(list_bits(revoked), compresslevel=9, mtime=0)
    return _BASE64URL + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_list(encoded: str) -> bytes:
    """Return the bits of a written list, whoever wrote it.

    Raises:
        StatusListError: It is no list of our length; what would grow beyond it is
            not expanded further.
    """
    if not encoded.startswith(_BASE64URL) or len(encoded) > MOST_CHARACTERS:
        raise StatusListError("not an encoded list")
    text = encoded[1:]
    unpacking = zlib.decompressobj(wbits=_GZIP)
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
        bits = unpacking.decompress(packed, LIST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise StatusListError("not an encoded list") from error
    if len(bits) != LIST_BYTES or not unpacking.eof:
        raise StatusListError("not as long as a list is")
    return bits


def is_revoked(bits: bytes, index: int) -> bool:
    """Say whether the bit of a certificate is set.

    Raises:
        StatusListError: The list has no such place.
    """
    if not 0 <= index < len(bits) * 8:
        raise StatusListError("no such place in the list")
    return bool(bits[index // 8] & 0x80 >> index % 8)
