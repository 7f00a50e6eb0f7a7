"""Words and numbers that people copy: slugs, certificate numbers, one-time codes."""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which a hand confuses or spells words with."""

NUMBER_LENGTH = 12
NUMBER_BITS = 55
"""Random bits of a certificate number: eleven characters; the twelfth checks them."""
CODE_LENGTH = 8
CODE_BITS = 40
"""Random bits of a one-time code."""

LARGEST_KEY = 2**31 - 1
"""Of any row."""

_GROUP = 4
_LONGEST_ENTRY = 64
_CHARACTER_BITS = 5
_READ_AS = str.maketrans("OIL", "011")
_IGNORED = re.compile(r"[\s\u00AD\u2010-\u2015\u2212-]+")
_SLUG = re.compile(r"(?=.{3,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Say whether a word may stand in an address: 3 to 60 of a-z, 0-9, single hyphens.

    Example:
        >>> is_slug("eu-financing-instruments"), is_slug("Plan--A")
        (True, False)
    """
    return _SLUG.fullmatch(text) is not None


def read_key(entry: str) -> int | None:
    """Read the key or the revision of a row, as an address or a form carries it.

    Returns:
        0 or more; None for what no row can have, however long it is.

    Example:
        >>> read_key("12"), read_key("-1"), read_key("9" * 5000)
        (12, None, None)
    """
    is_number = entry.isascii() and entry.isdigit()
    if not is_number or len(entry) > len(str(LARGEST_KEY)):
        return None
    key = int(entry)
    return key if key <= LARGEST_KEY else None


def certificate_number(token: int) -> str:
    """Write a random token as a certificate number, its check character last.

    Args:
        token: From `secrets.randbits(NUMBER_BITS)`; 0 to 2**55 - 1.

    Returns:
        Twelve characters without hyphens, as they are stored.

    Raises:
        ValueError: The token is out of range.

    Example:
        >>> certificate_number(0)
        '000000000000'
    """
    body = _base32(token, NUMBER_LENGTH - 1)
    return body + _check_character(body)


def read_number(entry: str) -> str | None:
    """Read a certificate number as somebody typed or scanned it.

    Case, spaces and hyphens do not matter, O is read as 0, I and L as 1.

    Returns:
        The twelve stored characters, or None when it is malformed or mistyped. One
        wrong character and one swap of two characters are always noticed.

    Example:
        >>> read_number(" oooo-0000 OOOO ")
        '000000000000'
    """
    text = _tidied(entry, NUMBER_LENGTH)
    if text is None or _check_character(text[:-1]) != text[-1]:
        return None
    return text


def one_time_code(token: int) -> str:
    """Write a random token as a one-time code of eight characters.

    Args:
        token: From `secrets.randbits(CODE_BITS)`; 0 to 2**40 - 1.

    Raises:
        ValueError: The token is out of range.
    """
    return _base32(token, CODE_LENGTH)


def read_code(entry: str) -> str | None:
    """Read a one-time code as typed; None when it cannot be one.

    Example:
        >>> read_code("7k3m-9qxo")
        '7K3M9QX0'
    """
    return _tidied(entry, CODE_LENGTH)


def grouped(text: str) -> str:
    """Write a number or a code in groups of four, as it is printed and shown.

    Example:
        >>> grouped("7K3M9QXT2R8A")
        '7K3M-9QXT-2R8A'
    """
    return "-".join(
        text[start : start + _GROUP] for start in range(0, len(text), _GROUP)
    )


def _base32(token: int, length: int) -> str:
    if not 0 <= token < 1 << (length * _CHARACTER_BITS):
        raise ValueError(f"a token of {length} characters is out of range")
    return "".join(
        ALPHABET[token >> shift & 31]
        for shift in range((length - 1) * _CHARACTER_BITS, -1, -_CHARACTER_BITS)
    )


def _tidied(entry: str, length: int) -> str | None:
    """Return the characters that count, or None; linear in at most 64 of them."""
    if len(entry) > _LONGEST_ENTRY:
        return None
    bare = _IGNORED.sub("", entry)
    # Only ASCII is folded: the capital of a dotless i would pass for an I.
    if len(bare) != length or not bare.isascii():
        return None
    text = bare.upper().translate(_READ_AS)
    return text if set(text) <= set(ALPHABET) else None


def _check_character(body: str) -> str:
    """Sum the characters as elements of GF(32), each times its own power of x.

    The weights differ from one another and from the weight 1 of the check itself, so
    that every wrong character and every swap changes the sum.
    """
    total = 0
    for character in reversed(body):
        total = _times_x(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _times_x(element: int) -> int:
    """Multiply by x in GF(32) made with the primitive polynomial x^5 + x^2 + 1."""
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
