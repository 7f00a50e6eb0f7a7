"""What the marks of two or three assessors come to.

Two assessors judge without knowing of each other. A third is asked when their totals
are more than 15 points apart, or when they stand on different sides of anything that
decides: the pass mark, the minimum of a section, a level that a section forbids. What
counts is then the mean of two, its total rounded down to half a point, or the median
of three; so each side that decides is the one that most assessors are on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor
from statistics import median

from conexx_learn.domain.graded_work.rubric import (
    Levels,
    Rubric,
    section_points,
    total_points,
)

PASS_MARK = 60
DISTINCTION = 80
WIDEST = 15
"""Points that two totals may lie apart without a third assessor."""
TOO_LOW = 1
"""No criterion of a section with a minimum may stand at this level, or lower."""
BOTH, ALL = 2, 3


class Lack(StrEnum):
    """Why a work is not passed."""

    TOTAL = "total"
    SECTION = "section"
    """A section earned less than its minimum."""
    CRITERION = "criterion"
    """A criterion of such a section stands at level 1 or 0."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing that a work lacks; `where` is a section, a criterion, or empty."""

    lack: Lack
    where: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What counts.

    Attributes:
        total: 0 to 100, in half points.
        levels: Criterion to its level; the mean of two, or the median of three.
        sections: Section with a minimum to what it earned.
        shortfalls: Why it is not passed; empty where it is.
    """

    total: Fraction
    levels: Mapping[str, Fraction]
    sections: Mapping[str, Fraction]
    shortfalls: tuple[Shortfall, ...]

    @property
    def passed(self) -> bool:
        """Say whether the work is passed."""
        return not self.shortfalls

    @property
    def with_distinction(self) -> bool:
        """Say whether it is passed with distinction."""
        return self.passed and self.total >= DISTINCTION


def needs_third(rubric: Rubric, one: Levels, other: Levels) -> bool:
    """Say whether two assessors disagree so much that a third has to judge."""
    apart = abs(total_points(rubric, one) - total_points(rubric, other))
    return apart > WIDEST or _sides(rubric, one) != _sides(rubric, other)


def decide(rubric: Rubric, judged: Sequence[Levels]) -> Decision | None:
    """Return what counts; None while somebody's marks are still missing.

    Args:
        rubric: What the work is judged by.
        judged: The levels of each assessor who has submitted, at most three.
    """
    if len(judged) < BOTH:
        return None
    if len(judged) == BOTH and needs_third(rubric, *judged):
        return None
    total = _middle([total_points(rubric, levels) for levels in judged])
    levels = {
        one.id: _middle([Fraction(levels[one.id]) for levels in judged])
        for one in rubric.criteria
    }
    sections = {
        name: _middle([section_points(rubric, name, levels) for levels in judged])
        for name in rubric.least
    }
    total = half_points(total)
    lacks = _shortfalls(rubric, total, levels, sections)
    return Decision(total, levels, sections, tuple(lacks))


def half_points(value: Fraction) -> Fraction:
    """Round points down to a half.

    Example:
        >>> half_points(Fraction(273, 4))
        Fraction(68, 1)
    """
    return Fraction(floor(value * 2), 2)


def _sides(rubric: Rubric, levels: Levels) -> tuple[Shortfall, ...]:
    """Return on which side of everything that decides one assessor stands."""
    exact = {key: Fraction(level) for key, level in levels.items()}
    sections = {name: section_points(rubric, name, levels) for name in rubric.least}
    total = total_points(rubric, levels)
    return tuple(_shortfalls(rubric, total, exact, sections))


def _shortfalls(
    rubric: Rubric,
    total: Fraction,
    levels: Mapping[str, Fraction],
    sections: Mapping[str, Fraction],
) -> list[Shortfall]:
    found = [Shortfall(Lack.TOTAL)] if total < PASS_MARK else []
    for name, least in rubric.least.items():
        if sections[name] < least:
            found.append(Shortfall(Lack.SECTION, name))
        found += [
            Shortfall(Lack.CRITERION, one.id)
            for one in rubric.section(name)
            if levels[one.id] <= TOO_LOW
        ]
    return found


def _middle(values: Sequence[Fraction]) -> Fraction:
    """Return the mean of two values, the median of three."""
    return median(values)
