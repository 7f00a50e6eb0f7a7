"""Numbers as learners type them: `1,700,000`, `1.700.000,50`, `85 %`, `€ 1 250`.

Nobody is marked wrong for the separators of their country: what can be read two ways
is read both ways, and the better reading counts.
"""

import re
import unicodedata
from decimal import Decimal

MOST_DIGITS = 40
LARGEST_EXPONENT = 30

_CURRENCIES = ("eur", "mxn", "usd", "%", "$", "€")
_SHAPE = re.compile(
    r"(?P<sign>[+-]?)(?P<mantissa>[0-9.,]+)(?:e(?P<exponent>[+-]?[0-9]{1,4}))?"
)
_MANTISSA = re.compile(r"(?P<whole>[0-9]*)(?:\.(?P<decimals>[0-9]*))?")


class UnreadableNumberError(ValueError):
    """What was typed is not a number; the form comes back with a message."""


def read_number(text: str, unit: str = "") -> list[Decimal]:
    """Read a typed number in every way that it can be meant.

    Args:
        text: As typed.
        unit: The question's unit, which may have been typed too; empty for none.

    Returns:
        One value, or two where a single separator can be a decimal mark as well as
        grouping (`1.250`); the likelier in Latin America and English first.

    Raises:
        UnreadableNumberError: Not a number, or one of more than 40 digits or with an
            exponent beyond 30.

    Example:
        >>> read_number("1,250 EUR")
        [Decimal('1250'), Decimal('1.250')]
    """
    shape = _SHAPE.fullmatch(_bare(text, unit))
    if shape is None or len(shape["mantissa"]) > MOST_DIGITS:
        raise UnreadableNumberError(text[:80])
    exponent = int(shape["exponent"] or 0)
    if abs(exponent) > LARGEST_EXPONENT:
        raise UnreadableNumberError(text[:80])
    plain = _readings(shape["mantissa"], scientific=shape["exponent"] is not None)
    if not plain:
        raise UnreadableNumberError(text[:80])
    return [Decimal(f"{shape['sign']}{value}e{exponent}") for value in plain]


def _bare(text: str, unit: str) -> str:
    """Take away spaces, unit and currency, and write every minus as a hyphen."""
    bare = _compact(text).replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    words = [word for word in (_compact(unit), *_CURRENCIES) if word]
    changed = True
    while changed:
        before = bare
        for word in words:
            bare = bare.removesuffix(word)
            bare = bare.removeprefix(word)
        changed = bare != before
    return _without_apostrophes(bare.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))


def _without_apostrophes(bare: str) -> str:
    """Read `1'700,000.50`, as amounts are written by hand in Mexico."""
    if "'" not in bare:
        return bare.replace("_", "")
    return re.sub(r"(?<=[0-9])[',](?=[0-9]{3}(?![0-9]))", "", bare)


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _readings(mantissa: str, *, scientific: bool) -> list[str]:
    """List what the digits and separators can mean, as plain decimals."""
    marks = {mark for mark in ".," if mark in mantissa}
    if len(marks) > 1:
        decimal_mark = mantissa[max(map(mantissa.rindex, ".,"))]
        return _split(mantissa, decimal_mark)
    if not marks:
        return _plain(mantissa)
    mark = marks.pop()
    if mantissa.count(mark) > 1:
        return _grouped(mantissa, mark)
    decimal = _plain(mantissa.replace(mark, "."))
    whole = [] if scientific else _grouped(mantissa, mark)
    return [*whole, *decimal] if mark == "," else [*decimal, *whole]


def _split(mantissa: str, decimal_mark: str) -> list[str]:
    """Read a number with both marks: the last one is decimal and stands once."""
    whole, _, decimals = mantissa.rpartition(decimal_mark)
    grouping = "," if decimal_mark == "." else "."
    if decimal_mark in whole:
        return []
    return [
        value
        for digits in _grouped(whole, grouping)
        for value in _plain(f"{digits}.{decimals}")
    ]


def _grouped(mantissa: str, mark: str) -> list[str]:
    """Read a mark as grouping: one to three digits, then threes, no leading zero."""
    groups = re.fullmatch(
        rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+", mantissa
    )
    return [mantissa.replace(mark, "")] if groups else []


def _plain(mantissa: str) -> list[str]:
    """Read digits with at most one decimal point; at least one digit is needed."""
    match = _MANTISSA.fullmatch(mantissa)
    if match is None or not (match["whole"] or match["decimals"]):
        return []
    return [mantissa]
