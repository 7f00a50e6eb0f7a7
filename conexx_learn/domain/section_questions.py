"""Questions at a section: a learner asks, a trainer answers, all may read the pair."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from conexx_learn.domain.working_days import working_days_passed

LONGEST_QUESTION = 2000
LONGEST_ANSWER = 4000
MOST_OPEN = 10
"""Of one person: who has more is asked to wait for the first answers."""

DAYS_TO_ANSWER = 5
"""Full working days after the day of asking; then it goes to the coordination."""


class QuestionState(StrEnum):
    """How a question at a section stands."""

    WAITING = "waiting"
    LATE = "late"
    """It went to the coordination, and waits still."""
    ANSWERED = "answered"
    PUBLISHED = "published"
    """Answered, and everybody reads the pair under the section."""
    WITHDRAWN = "withdrawn"


class Pile(StrEnum):
    """In which pile of a trainer's desk a question lies."""

    WAITING = "waiting"
    ANSWERED = "answered"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """Where a question is asked.

    Attributes:
        course: Slug.
        module: Slug.
        anchor: Id of the section's heading; empty for the whole module.
    """

    course: str
    module: str
    anchor: str


@dataclass(frozen=True, slots=True)
class QuestionMoments:
    """What happened to a question, and when.

    Attributes:
        zone: Name of the time zone in which its working days are counted.
        asked_at: It was sent.
        withdrawn_at: Its owner took it back.
        answered_at: Somebody answered.
        published_at: The pair was last made public.
        unpublished_at: It was taken back since.
        escalated_at: It went to the coordination.
    """

    zone: str
    asked_at: datetime
    withdrawn_at: datetime | None
    answered_at: datetime | None
    published_at: datetime | None
    unpublished_at: datetime | None
    escalated_at: datetime | None

    @property
    def state(self) -> QuestionState:
        """Say how it stands."""
        if self.withdrawn_at is not None:
            return QuestionState.WITHDRAWN
        if self.answered_at is None:
            is_late = self.escalated_at is not None
            return QuestionState.LATE if is_late else QuestionState.WAITING
        if self.published_at is not None and self.unpublished_at is None:
            return QuestionState.PUBLISHED
        return QuestionState.ANSWERED

    def days_waited(self, now: datetime) -> int:
        """Count the full working days since the day on which it was asked."""
        zone = ZoneInfo(self.zone)
        return working_days_passed(
            self.asked_at.astimezone(zone).date(), now.astimezone(zone).date()
        )
