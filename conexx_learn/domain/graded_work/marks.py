"""What one assessor gives: a level for each criterion, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.graded_work.rubric import LEVELS, Levels, Rubric

LONGEST_COMMENT = 1000
COMMENTED = frozenset({0, 1, 2, 5})
"""Levels that nobody gives without saying why: the low ones, and the highest."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The level of one criterion; None while it is a draft without one."""

    level: int | None = None
    comment: str = ""


Marks = Mapping[str, Mark]
"""Criterion to its mark; what nobody looked at yet has no entry."""


class Gap(StrEnum):
    """What a mark still lacks."""

    LEVEL = "level"
    COMMENT = "comment"


def gaps(rubric: Rubric, marks: Marks) -> dict[str, Gap]:
    """Return what each criterion lacks before the marks can be submitted.

    Args:
        rubric: What the work is judged by.
        marks: As far as they were given.
    """
    found: dict[str, Gap] = {}
    for one in rubric.criteria:
        mark = marks.get(one.id, Mark())
        if mark.level is None:
            found[one.id] = Gap.LEVEL
        elif mark.level in COMMENTED and not mark.comment:
            found[one.id] = Gap.COMMENT
    return found


def levels_of(marks: Marks) -> Levels:
    """Return the levels of marks that are complete."""
    return {key: mark.level for key, mark in marks.items() if mark.level is not None}


def stored_marks(marks: Marks) -> dict[str, dict[str, int | str | None]]:
    """Write marks as they are stored."""
    return {
        key: {"level": mark.level, "comment": mark.comment}
        for key, mark in marks.items()
    }


def read_marks(stored: Mapping[str, Mapping[str, object]]) -> dict[str, Mark]:
    """Read marks as they were stored."""
    return {key: _mark(entry) for key, entry in stored.items()}


def _mark(entry: Mapping[str, object]) -> Mark:
    level, comment = entry.get("level"), entry.get("comment")
    known = level if isinstance(level, int) and level in LEVELS else None
    return Mark(known, str(comment or ""))
