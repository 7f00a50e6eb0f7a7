"""The facility of questions as bars: what the template draws as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from conexx_learn.web.trainer.question_rows import QuestionRow

BAR_WIDTH = 1000
STEP = 10
"""Height of the bar of one language with its gap."""


@dataclass(frozen=True, slots=True)
class LanguageBar:
    """One language of a question: how wide, and how far down; the first is strong."""

    row: QuestionRow
    top: int
    width: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class QuestionBar:
    """A question with a bar for each language that enough learners answered in.

    Attributes:
        title: Of the question.
        height: Of the picture.
        bars: From above.
    """

    title: str
    height: int
    bars: tuple[LanguageBar, ...]


def question_bars(rows: Sequence[QuestionRow]) -> list[QuestionBar]:
    """Draw the questions in the order of their rows; hidden ones are left out."""
    shown = [row for row in rows if row.is_shown]
    return [
        _question(list(some))
        for _, some in groupby(shown, key=lambda row: row.question_id)
    ]


def _question(rows: Sequence[QuestionRow]) -> QuestionBar:
    bars = tuple(
        LanguageBar(
            row=row,
            top=number * STEP,
            width=row.facility * BAR_WIDTH // 100,
            is_first=number == 0,
        )
        for number, row in enumerate(rows)
    )
    return QuestionBar(rows[0].title, len(bars) * STEP, bars)
