"""Numbers as trainers write them in `[=]` lines: a value, a tolerance, an interval.

The decimal mark is a point, groups of three digits are parted by a space, a no-break
space or `_`. A comma would mean one thing in Mexico and another in Spain, so it is
refused.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext

from conexx_learn.domain.quiz import NumberSpec

MOST_DIGITS = 30
"""Digits of a number; more are surely a mistake."""

_PRECISION = 80
_GROUP_SIGNS = " \xa0\u202f\u2009_"
_NUMBER = re.compile(
    rf"^(?P<sign>[+-]?)(?P<whole>\d{{1,3}}(?:[{_GROUP_SIGNS}]\d{{3}})+|\d+)"
    r"(?P<decimals>\.\d+)?$",
    re.ASCII,
)
_TOLERANCE = re.compile(r"^(?P<value>[^±]*?)\s*(?P<sign>\+-|\+/-|±)\s*(?P<tol>.*)$")
_INTERVAL = re.compile(r"^\[(?P<low>[^,\]]*),(?P<high>[^,\]]*)\]$")
_COMMA_GROUPS = re.compile(r"^[+-]?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$", re.ASCII)
_LOOKALIKES = {"±": "+-", "+/-": "+-"}


class BadNumberError(ValueError):
    """A text is no number, tolerance or interval of the format.

    Attributes:
        proposal: What was probably meant; empty where nothing can be guessed.
    """

    def __init__(self, proposal: str = "") -> None:
        self.proposal = proposal
        super().__init__(proposal)


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """What a `[=]` line accepts.

    Attributes:
        spec: The accepted interval.
        canonical: The text as `fmt` writes it.
        lookalike: A sign that stands for `+-`; empty for none.
    """

    spec: NumberSpec
    canonical: str
    lookalike: str = ""


def read_number_entry(text: str) -> NumberEntry:
    """Read `3.5`, `1 700 000 +- 5%` or `[10, 12.5]`.

    Raises:
        BadNumberError: Decimal comma, bad grouping, min not below max, a negative
            tolerance, or a percent tolerance on 0.

    Example:
        >>> read_number_entry("200 +- 5%").spec.low
        Decimal('190')
    """
    plain = text.strip()
    interval = _INTERVAL.match(plain)
    if interval:
        return _interval(interval["low"], interval["high"])
    found = _TOLERANCE.match(plain)
    if not found:
        value, written = _number(plain)
        return NumberEntry(NumberSpec(value, value, value), written)
    value, written = _number(found["value"])
    tolerance, tolerance_written = _tolerance(value, found["tol"])
    with localcontext(prec=_PRECISION):
        spec = NumberSpec(value - tolerance, value + tolerance, value)
    sign = found["sign"] if found["sign"] in _LOOKALIKES else ""
    return NumberEntry(spec, f"{written} +- {tolerance_written}", sign)


def _interval(low_text: str, high_text: str) -> NumberEntry:
    low, low_written = _number(low_text.strip())
    high, high_written = _number(high_text.strip())
    if low >= high:
        raise BadNumberError
    with localcontext(prec=_PRECISION):
        middle = (low + high) / 2
    written = f"[{low_written}, {high_written}]"
    return NumberEntry(NumberSpec(low, high, middle), written)


def _tolerance(value: Decimal, text: str) -> tuple[Decimal, str]:
    """Read a tolerance: an amount in the unit of the value, or a percentage of it."""
    is_share = text.endswith("%")
    amount, written = _number(text.removesuffix("%").rstrip())
    if amount < 0 or (is_share and value == 0):
        raise BadNumberError
    if not is_share:
        return amount, written
    with localcontext(prec=_PRECISION):
        return abs(value) * amount / 100, f"{written}%"


def _number(text: str) -> tuple[Decimal, str]:
    """Read one number: its value, and how `fmt` writes it."""
    plain = text.strip().replace("\u2212", "-")
    found = _NUMBER.match(plain)
    if not found or sum(sign.isdigit() for sign in plain) > MOST_DIGITS:
        raise BadNumberError(_proposal(plain))
    spaced = re.sub(rf"[{_GROUP_SIGNS}]", " ", plain)
    return Decimal(spaced.replace(" ", "")), spaced


def _proposal(text: str) -> str:
    """Guess the number that was meant."""
    if _COMMA_GROUPS.match(text):
        return text.replace(",", " ")
    pointed = text.replace(",", ".")
    if text.count(",") == 1 and "." not in text and _NUMBER.match(pointed):
        return pointed
    bare = re.sub(rf"[{_GROUP_SIGNS},]", "", text)
    return bare if bare != text and _NUMBER.match(bare) else ""
