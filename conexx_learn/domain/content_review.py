"""What of published courses is to be looked at again, why, and how urgent it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from conexx_learn.domain.content_sources import QuestionUse

AHEAD = timedelta(days=60)
"""How long before its last day a module is on the list, as the check warns (W003)."""


class Cause(StrEnum):
    """Why; the most urgent first."""

    EXPIRED = "expired"
    SOURCE = "source"
    EXPIRING = "expiring"
    TRANSLATION = "translation"


class ReviewOutcome(StrEnum):
    """What came of a review."""

    MENDED = "mended"
    STILL_RIGHT = "still-right"


@dataclass(frozen=True, slots=True)
class ReviewMatter:
    """One thing to look at in one course.

    Attributes:
        key: In addresses; unique in the course.
        cause: Why.
        course: Slug of the course.
        since: First day of it: the day after the last one, the day of the change, or
            the day that comes; None where it is not known.
        modules: Slugs of the modules concerned, in order.
        questions: What depends on them, or on the source.
        source_change_id: The change, where that is the cause.
        valid_until: The last day, where that is the cause.
    """

    key: str
    cause: Cause
    course: str
    since: date | None
    modules: tuple[str, ...]
    questions: tuple[QuestionUse, ...]
    source_change_id: int | None = None
    valid_until: date | None = None

    @property
    def is_answered_here(self) -> bool:
        """Say whether a review settles it; an old translation is mended in its file."""
        return self.cause is not Cause.TRANSLATION


def expiry_cause(valid_until: date | None, today: date) -> Cause | None:
    """Say whether a module's last day is past, near, or neither.

    Example:
        >>> expiry_cause(date(2026, 3, 31), date(2026, 3, 31))
        <Cause.EXPIRING: 'expiring'>
        >>> expiry_cause(date(2026, 3, 31), date(2026, 4, 1))
        <Cause.EXPIRED: 'expired'>
    """
    if valid_until is None or valid_until - today > AHEAD:
        return None
    return Cause.EXPIRED if valid_until < today else Cause.EXPIRING


def by_urgency(matters: Iterable[ReviewMatter]) -> list[ReviewMatter]:
    """Sort what is to be looked at: by cause, then the oldest first."""
    order = list(Cause)
    return sorted(
        matters,
        key=lambda one: (
            order.index(one.cause),
            one.since or date.max,
            one.course,
            one.key,
        ),
    )
