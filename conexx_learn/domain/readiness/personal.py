"""What one person owes over all institutions: each course once, and what comes first.

Two institutions may ask for the same course by different days, and one may want a
younger certificate than the other. It is one course to do, with the earlier day, and
it is met when it is met everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from conexx_learn.domain.readiness.standings import Judgement, Standing

Place = TypeVar("Place")

CAN_BE_DONE = frozenset(
    {
        Standing.IN_PROGRESS,
        Standing.NOT_STARTED,
        Standing.NOT_INVITED,
        Standing.EXPIRED,
        Standing.REVOKED,
    }
)
"""Standings in which the person can go on without anybody else."""


@dataclass(frozen=True, slots=True)
class RequiredCourse(Generic[Place]):
    """A course that a person owes somewhere.

    Attributes:
        course: Slug.
        asked: Where it is asked for and how it stands there; what governs comes first.
    """

    course: str
    asked: tuple[tuple[Place, Judgement], ...]

    @property
    def judged(self) -> Judgement:
        """Return what governs: what is unmet before what is met, the earlier day."""
        return self.asked[0][1]

    @property
    def due_on(self) -> date | None:
        """Return by when it is owed; None where no day can be told."""
        return self.judged.obligation.due_on

    @property
    def can_be_done(self) -> bool:
        """Say whether the person can go on with it alone."""
        return self.judged.standing in CAN_BE_DONE


def required_courses(
    owed: Mapping[Place, Sequence[Judgement]],
) -> list[RequiredCourse[Place]]:
    """Put together what several institutions ask of a person.

    Args:
        owed: Institution to what the person owes there.

    Returns:
        What is unmet by due day, then what is met by the day on which it ends, then
        what they are exempt from.
    """
    by_course: dict[str, list[tuple[Place, Judgement]]] = {}
    for place, judged in owed.items():
        for one in judged:
            by_course.setdefault(one.obligation.course, []).append((place, one))
    found = [
        RequiredCourse(course, tuple(sorted(asked, key=lambda pair: _order(pair[1]))))
        for course, asked in by_course.items()
    ]
    return sorted(found, key=lambda one: (*_order(one.judged), one.course))


def _order(one: Judgement) -> tuple[int, date]:
    if one.is_unmet:
        return 0, one.obligation.due_on or date.max
    return (2, date.max) if one.is_exempt else (1, one.until or date.max)
