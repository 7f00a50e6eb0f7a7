"""An open attempt a few questions at a time, for who has no script and a slow line."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")

PART_SIZE = 5
"""Questions on one page of an attempt that is shown in parts."""

MOST_DIGITS = 3
ALL = "all"
"""Value of a field that asks for every question on one page again."""


def wanted_part(values: Mapping[str, str], name: str = "part") -> int | None:
    """Read which part is asked for, from 1; None for all questions at once."""
    text = values.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        return None
    return int(text) or None


def part_of(asked: Sequence[T], part: int | None) -> Sequence[T]:
    """Return the questions of a part; of one beyond the last, those of the last.

    Example:
        >>> part_of(range(12), 3), part_of(range(12), 9)
        (range(10, 12), range(10, 12))
    """
    if part is None:
        return asked
    start = (min(part, part_count(len(asked))) - 1) * PART_SIZE
    return asked[start : start + PART_SIZE]


def part_count(total: int) -> int:
    """Say how many parts an attempt has.

    Example:
        >>> [part_count(total) for total in (1, 5, 6)]
        [1, 1, 2]
    """
    return max(1, -(-total // PART_SIZE))


def part_with(number: int) -> int:
    """Say in which part a question stands.

    Example:
        >>> [part_with(number) for number in (1, 5, 6)]
        [1, 1, 2]
    """
    return (number - 1) // PART_SIZE + 1
