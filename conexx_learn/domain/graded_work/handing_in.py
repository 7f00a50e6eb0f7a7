"""When a work may be handed in, by whom together, and how often."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from conexx_learn.domain.errors import RuleError

MOST_MEMBERS = 4
MOST_ROUNDS = 3
"""A work that was not passed may be handed in twice more."""


class WorkState(StrEnum):
    """How far the graded work of a learner has come."""

    OPEN = "open"
    """Nothing waits: it is for the learner to hand in."""
    HANDED_IN = "handed-in"
    READING = "reading"
    """An assessor has begun: it can no longer be replaced."""
    PASSED = "passed"
    FAILED = "failed"
    """Not passed; `next_round` says whether it may be handed in again."""


@dataclass(frozen=True, slots=True)
class WorkProgress:
    """The graded work of a course as one learner stands on it.

    Attributes:
        state: How far it has come.
        label: Number of the work that the state is about; empty before the first.
        sha256: Of its file, in hex; empty before the first.
    """

    state: WorkState = WorkState.OPEN
    label: str = ""
    sha256: str = ""

    @property
    def passed(self) -> bool:
        """Say whether it is passed."""
        return self.state is WorkState.PASSED


class Source(StrEnum):
    """What is handed in."""

    FOLDER = "folder"
    FILE = "file"


def work_label(handed_at: datetime, hand_in_id: int) -> str:
    """Return the number by which people speak of a work, without a name in it.

    Example:
        >>> from datetime import UTC
        >>> work_label(datetime(2026, 11, 20, tzinfo=UTC), 7)
        '2026-0007'
    """
    return f"{handed_at.year}-{hand_in_id:04d}"


def next_round(failed: Iterable[int]) -> int:
    """Return which round a work would be.

    Args:
        failed: For each member, how many works they handed in that were not passed;
            who has used most counts, so that a new team brings no new rounds.

    Raises:
        RuleError: Every round was used.
    """
    number = max(failed, default=0) + 1
    if number > MOST_ROUNDS:
        raise RuleError("work-rounds-used", rounds=MOST_ROUNDS)
    return number


def refuse_large_team(members: int) -> None:
    """Refuse one more in a team that is full, whoever was asked and has not answered.

    Raises:
        RuleError: It is.
    """
    if members >= MOST_MEMBERS:
        raise RuleError("work-team-full", most=MOST_MEMBERS)


KEPT_UPLOAD = timedelta(days=2)
"""How long a file that was begun waits for the rest."""
