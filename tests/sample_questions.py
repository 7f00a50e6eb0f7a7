"""Questions for tests of marking and drawing: plain functions."""

# The overrides are any fields of the model.

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from string import ascii_lowercase
from typing import Any

from conexx_learn.domain.quiz import (
    Answer,
    NumberSpec,
    Question,
    QuestionType,
    Quiz,
    QuizSettings,
    Scoring,
    Section,
    SectionKind,
)


def make_question(
    type_: QuestionType, answers: Sequence[Answer], id_: str = "q-1", **overrides: Any
) -> Question:
    return Question(
        id=id_,
        title="Title",
        type=type_,
        points=overrides.pop("points", Fraction(1)),
        prompt_md="Prompt",
        answers=tuple(answers),
        **overrides,
    )


def make_single(
    weights: Sequence[int] = (100, 50, 0), id_: str = "q-1", **overrides: Any
) -> Question:
    answers = [
        Answer(
            key, "( )", weight=Fraction(weight, 100), right=weight == 100, text_md=key
        )
        for key, weight in zip(ascii_lowercase, weights, strict=False)
    ]
    return make_question(QuestionType.SINGLE, answers, id_, **overrides)


def make_multiple(
    rights: int, wrongs: int, scoring: Scoring = Scoring.BALANCED, **overrides: Any
) -> Question:
    """Make a question whose first options are right."""
    answers = [
        Answer(
            key, "[x]" if place < rights else "[ ]", right=place < rights, text_md=key
        )
        for place, key in zip(range(rights + wrongs), ascii_lowercase, strict=False)
    ]
    return make_question(QuestionType.MULTIPLE, answers, scoring=scoring, **overrides)


def make_order(
    places: Sequence[int], scoring: Scoring = Scoring.PAIRS, **overrides: Any
) -> Question:
    answers = [
        Answer(key, f"[{place}]", position=place, text_md=f"step {place}")
        for key, place in zip(ascii_lowercase, places, strict=False)
    ]
    return make_question(QuestionType.ORDER, answers, scoring=scoring, **overrides)


def make_match(pairs: Sequence[tuple[str, str]], **overrides: Any) -> Question:
    answers = [
        Answer(key, "[->]", left_md=left, right_md=right)
        for key, (left, right) in zip(ascii_lowercase, pairs, strict=False)
    ]
    return make_question(QuestionType.MATCH, answers, **overrides)


def make_number(
    *entries: tuple[str, str, int], unit: str = "", **overrides: Any
) -> Question:
    """Make a number question of entries (low, high, percent)."""
    answers = [
        Answer(
            key,
            f"[= {percent}%]",
            weight=Fraction(percent, 100),
            number=NumberSpec(Decimal(low), Decimal(high), Decimal(low)),
        )
        for key, (low, high, percent) in zip(ascii_lowercase, entries, strict=False)
    ]
    return make_question(QuestionType.NUMBER, answers, unit=unit, **overrides)


def make_words(*phrases: tuple[str, int], **overrides: Any) -> Question:
    answers = [
        Answer(key, f"[~ {percent}%]", weight=Fraction(percent, 100), phrase=phrase)
        for key, (phrase, percent) in zip(ascii_lowercase, phrases, strict=False)
    ]
    return make_question(QuestionType.WORDS, answers, **overrides)


def make_quiz(*sections: Section, **settings: Any) -> Quiz:
    return Quiz("quiz-1", "Title", "en", QuizSettings(**settings), sections=sections)


def make_section(*questions: Question, **overrides: Any) -> Section:
    overrides.setdefault("kind", SectionKind.SECTION)
    return Section(questions=questions, **overrides)
