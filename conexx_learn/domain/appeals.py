"""Appeals: a learner says what is wrong with a question, and a trainer answers."""

from enum import StrEnum

from conexx_learn.domain.quiz import FeedbackPolicy

LONGEST_STATEMENT = 1000
LONGEST_ANSWER = 1000
MOST_OPEN = 10
"""Open appeals of one person: who has more is asked to wait for the first answers."""


class AppealOutcome(StrEnum):
    """What became of an appeal."""

    EXPLAINED = "explained"
    """The question stands, and the trainer says why."""
    VOID = "void"
    """The question is wrong: the trainer will void it."""
    WITHDRAWN = "withdrawn"
    """The learner took it back."""


ANSWERS = (AppealOutcome.EXPLAINED, AppealOutcome.VOID)
"""What a trainer can answer."""


def may_be_appealed(policy: FeedbackPolicy) -> bool:
    """Say whether a result offers to appeal: where it shows its questions at all.

    Under `never` not even a question is shown again, and an appeal would show it.
    """
    return policy is not FeedbackPolicy.NEVER
