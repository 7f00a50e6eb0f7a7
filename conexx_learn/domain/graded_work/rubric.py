"""The rubric as a form: criteria with weights, levels 0 to 5, and minimums of sections.

A criterion earns weight times level / 5 points. The weights of a rubric sum to 100, so
that a total is a number of 0 to 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

LEVELS = range(6)
HIGHEST = 5

Levels = Mapping[str, int]
"""Criterion to the level that it was given; one entry for each criterion."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is judged.

    Attributes:
        id: Of small letters, digits and hyphens.
        title: In the language of the rubric.
        weight: Points that level 5 earns.
        section: Criteria with the same word belong together; its own id without one.
        levels: What each level means, from 0 to 5.
    """

    id: str
    title: str
    weight: int
    section: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """What a work is judged by.

    Attributes:
        lang: Language of its texts.
        criteria: In the order of the file.
        least: Section to the fewest points that a work must earn in it. In such a
            section no criterion may stand at level 1 or 0.
    """

    lang: str
    criteria: tuple[Criterion, ...]
    least: Mapping[str, int]

    def section(self, name: str) -> tuple[Criterion, ...]:
        """List the criteria of a section."""
        return tuple(one for one in self.criteria if one.section == name)

    def section_weight(self, name: str) -> int:
        """Return the points that a section can earn."""
        return sum(one.weight for one in self.section(name))


def points(criterion: Criterion, level: int | Fraction) -> Fraction:
    """Return what a level earns.

    Example:
        >>> points(Criterion("one", "One", 20, "one", ("",) * 6), 3)
        Fraction(12, 1)
    """
    return Fraction(criterion.weight) * level / HIGHEST


def section_points(rubric: Rubric, name: str, levels: Levels) -> Fraction:
    """Return what a section earns."""
    earned = (points(one, levels[one.id]) for one in rubric.section(name))
    return sum(earned, Fraction(0))


def total_points(rubric: Rubric, levels: Levels) -> Fraction:
    """Return what a work earns, 0 to 100."""
    earned = (points(one, levels[one.id]) for one in rubric.criteria)
    return sum(earned, Fraction(0))
