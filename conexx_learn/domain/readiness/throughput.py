"""How likely a past pace is to bring enough in so many weeks: exactly, without lots.

Each week to come is one of the past weeks, all equally likely, whatever the weeks
before it were. Of the m ** n equally likely ways in which n weeks may go by, we count
those that bring enough. The counts are whole numbers, so that a chance of one half is
one half.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

HORIZON_WEEKS = 104
"""Two years; whatever takes longer is not foretold."""


def chances_of_enough(
    weekly: Sequence[int], needed: Callable[[int], int]
) -> Iterator[Fraction]:
    """Yield how likely n weeks are to bring enough, for n = 0, 1, 2 … 104.

    Args:
        weekly: What each past week brought, 0 or more; at least one week, zeros
            included, in any order.
        needed: Weeks to what must have been brought by then, 0 or more.

    The ways to each sum are the coefficients of a polynomial, and one more week is one
    multiplication. They are kept as the digits of one whole number, in a base that no
    sum of them reaches, so that Python's own arithmetic does the work. Sums that are
    enough for every week to come are dropped.
    """
    most = max(map(needed, range(HORIZON_WEEKS + 1)))
    width = (len(weekly) ** HORIZON_WEEKS).bit_length() + 1
    one_week = Counter(weekly)
    ways = 1
    for weeks in range(HORIZON_WEEKS + 1):
        too_little = _sum_of_lowest_digits(ways, needed(weeks), width)
        yield 1 - Fraction(too_little, len(weekly) ** weeks)
        next_ways = sum(
            often * (ways << brought * width) for brought, often in one_week.items()
        )
        ways = _lowest_digits(next_ways, most, width)


def weeks_until(
    weekly: Sequence[int], needed: Callable[[int], int], *, chance: Fraction
) -> int | None:
    """Return the fewest weeks that bring enough with a chance; None beyond 104.

    Args:
        weekly: What each past week brought.
        needed: Weeks to what must have been brought by then.
        chance: From 0 to 1; reaching it exactly is enough.

    Example:
        >>> weeks_until([0, 1], lambda weeks: 3, chance=Fraction(1, 2))
        5
    """
    chances = enumerate(chances_of_enough(weekly, needed))
    return next((weeks for weeks, likely in chances if likely >= chance), None)


def chance_by(
    weekly: Sequence[int], needed: Callable[[int], int], *, weeks: int
) -> Fraction:
    """Return how likely so many weeks, 0 to 104, are to bring enough."""
    chances = enumerate(chances_of_enough(weekly, needed))
    return next(likely for number, likely in chances if number == weeks)


def _lowest_digits(number: int, count: int, width: int) -> int:
    return number & ((1 << count * width) - 1)


def _sum_of_lowest_digits(number: int, count: int, width: int) -> int:
    """Add up digits of `width` bits: fold the number in half until one is left."""
    folded = _lowest_digits(number, count, width)
    while count > 1:
        count = (count + 1) // 2
        folded = _lowest_digits(folded, count, width) + (folded >> count * width)
    return folded
