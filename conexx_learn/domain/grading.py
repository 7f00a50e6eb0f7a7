"""The grade of an attempt, from its questions and responses, as exact fractions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from conexx_learn.domain.partial_credit import chosen_answers, earned_fraction
from conexx_learn.domain.quiz import AttemptGrade, Question, QuestionType, Void
from conexx_learn.domain.responses import (
    LONGEST_TEXT,
    Response,
    ResponseShapeError,
    is_answered,
    read_response,
)

__all__ = [
    "LONGEST_TEXT",
    "AttemptOutcome",
    "Grade",
    "Marked",
    "Response",
    "ResponseShapeError",
    "chosen_answers",
    "counting_grade",
    "earned_fraction",
    "grade_attempt",
    "is_answered",
    "read_response",
]

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Marked:
    """One question of an attempt, marked.

    Attributes:
        question_id: Which question.
        earned: Points, from 0 to `possible`.
        possible: Points that the question offers.
        answered: Whether the learner answered it.
        fraction: `earned / possible`, from 0 to 1.
    """

    question_id: str
    earned: Fraction
    possible: Fraction
    answered: bool
    fraction: Fraction


@dataclass(frozen=True, slots=True)
class Grade:
    """The outcome of an attempt.

    Attributes:
        earned: Points earned.
        possible: Points of the questions that count; 0 when none does.
        pass_percent: 1 to 100, or None without a pass mark.
    """

    earned: Fraction
    possible: Fraction
    pass_percent: Fraction | None

    @property
    def score(self) -> Fraction:
        """Say what share was earned, 0 to 1, exactly; 0 when no question counts."""
        return self.earned / self.possible if self.possible else Fraction(0)

    @property
    def percent(self) -> Fraction:
        """Say the score in percent, exactly."""
        return self.score * 100

    @property
    def passed(self) -> bool | None:
        """Say whether the exact score reaches the pass mark; None without one."""
        return None if self.pass_percent is None else self.percent >= self.pass_percent

    @property
    def shown(self) -> Decimal:
        """Round the percent to one decimal, for people.

        Below the pass mark it is rounded down, so that 69.97 never reads as "70.0,
        not passed"; otherwise a half is rounded up.
        """
        tenths = self.percent * 10
        whole = floor(tenths) if self.passed is False else floor(tenths + HALF)
        return Decimal(whole).scaleb(-1)


@dataclass(frozen=True, slots=True)
class AttemptOutcome:
    """An attempt, marked.

    Attributes:
        marked: The questions that count, in the order asked.
        grade: Their sum.
        dropped: Ids of the voided questions that nobody's score contains.
        ungraded: Ids of the open questions that still wait for their grader.
    """

    marked: tuple[Marked, ...]
    grade: Grade
    dropped: tuple[str, ...]
    ungraded: tuple[str, ...]


def grade_attempt(
    questions: Sequence[Question],
    responses: Mapping[str, Response],
    *,
    pass_percent: Fraction | None,
    awarded: Mapping[str, Fraction] | None = None,
) -> AttemptOutcome:
    """Mark an attempt.

    Args:
        questions: What was asked, in the order asked.
        responses: Question id to response in source keys; a missing one is unanswered,
            one that was not asked is ignored.
        pass_percent: 1 to 100, or None without a pass mark.
        awarded: Question id to the share (0 to 1) that a grader gave to an open
            question.
    """
    given = awarded or {}
    dropped = [question for question in questions if question.void is Void.DROP]
    ungraded = [question for question in questions if _is_ungraded(question, given)]
    marked = tuple(
        _marked(question, responses.get(question.id), given.get(question.id))
        for question in questions
        if question not in dropped and question not in ungraded
    )
    return AttemptOutcome(
        marked=marked,
        grade=Grade(
            earned=sum((mark.earned for mark in marked), Fraction(0)),
            possible=sum((mark.possible for mark in marked), Fraction(0)),
            pass_percent=pass_percent,
        ),
        dropped=tuple(question.id for question in dropped),
        ungraded=tuple(question.id for question in ungraded),
    )


def counting_grade(grades: Sequence[Grade], policy: AttemptGrade) -> Grade | None:
    """Say which grade of several attempts counts; None when there is none.

    Args:
        grades: Of closed attempts, oldest first.
        policy: Highest (of equals the first), last, first, or the mean of the scores.
    """
    if not grades:
        return None
    if policy is AttemptGrade.FIRST:
        return grades[0]
    if policy is AttemptGrade.LAST:
        return grades[-1]
    if policy is AttemptGrade.HIGHEST:
        return max(grades, key=lambda grade: grade.score)
    mean = sum((grade.score for grade in grades), Fraction(0)) / len(grades)
    return Grade(mean, Fraction(1), grades[-1].pass_percent)


def _is_ungraded(question: Question, awarded: Mapping[str, Fraction]) -> bool:
    """Say whether an open question still waits; a voided one waits for nobody."""
    return (
        question.type is QuestionType.OPEN
        and question.void is None
        and question.id not in awarded
    )


def _marked(question: Question, response: Response, awarded: Fraction | None) -> Marked:
    fraction = earned_fraction(question, response)
    if question.type is QuestionType.OPEN and question.void is None:
        fraction = awarded or Fraction(0)
    return Marked(
        question_id=question.id,
        earned=question.points * fraction,
        possible=question.points,
        answered=is_answered(question, response),
        fraction=fraction,
    )
