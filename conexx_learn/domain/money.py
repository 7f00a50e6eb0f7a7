"""Sums and shares as people type them: whole cents and basis points, never floats.

A mark between digits is read in whichever way makes it money: `1,250` and `1.250` are
both one thousand two hundred and fifty, since nobody types three decimals of a cent.
"""

from collections.abc import Iterable
from decimal import Decimal

from conexx_learn.domain.typed_numbers import UnreadableNumberError, read_number

CENTS = 100
MOST_CENTS = 10**15
"""More than any grant; larger ones are a slip of the finger."""

WHOLE_PERCENT = 100
_CENT_DIGITS = 2


def read_cents(text: str) -> int:
    """Read a typed sum in whole cents.

    Args:
        text: As typed, perhaps with a currency: `1,700,000.50`, `1.700.000,50 EUR`.

    Returns:
        0 or more, at most `MOST_CENTS`.

    Raises:
        UnreadableNumberError: No number, a negative one, one with fractions of a cent
            or beyond anything that is granted.

    Example:
        >>> read_cents("1.250"), read_cents("1,250.5"), read_cents("12,5 EUR")
        (125000, 125050, 1250)
    """
    values = [value for value in read_number(text) if _decimals(value) <= _CENT_DIGITS]
    return _whole(text, (value * CENTS for value in values), MOST_CENTS)


def read_basis_points(text: str) -> int:
    """Read a typed percentage in basis points.

    Args:
        text: As typed: `20`, `12.5 %`, `12,5`.

    Returns:
        0 to 10 000.

    Raises:
        UnreadableNumberError: No number between 0 and 100, or one with more than two
            decimals.

    Example:
        >>> read_basis_points("12,5 %"), read_basis_points("1.250")
        (1250, 125)
    """
    values = (value * WHOLE_PERCENT for value in read_number(text))
    return _whole(text, values, WHOLE_PERCENT * WHOLE_PERCENT)


def _decimals(value: Decimal) -> int:
    """Count the decimals that were typed, closing zeros too."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _whole(text: str, values: Iterable[Decimal], most: int) -> int:
    """Return the first reading that is a whole number from 0 to a largest one."""
    for value in values:
        if value == value.to_integral_value() and 0 <= value <= most:
            return int(value)
    raise UnreadableNumberError(text[:80])
