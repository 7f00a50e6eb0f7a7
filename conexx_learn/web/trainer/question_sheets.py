"""The questions of a published quiz with their keys, as a trainer reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from conexx_learn.domain.quiz import QUIZ_JSON, Answer, Question, Quiz


@dataclass(frozen=True, slots=True)
class OptionSheet:
    """An option: how the file marks it, and its safe HTML."""

    marker: str
    html: str
    feedback_html: str


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """A question with its key; all texts are safe HTML."""

    id: str
    title: str
    points: Fraction
    is_asked: bool
    prompt_html: str
    options: tuple[OptionSheet, ...]
    explanation_html: str


@dataclass(frozen=True, slots=True)
class QuizSheet:
    """A quiz: its model for the rules, and its questions."""

    quiz: Quiz
    questions: tuple[QuestionSheet, ...]


def quiz_sheet(document: Mapping[str, Any]) -> QuizSheet:
    """Make a sheet of a stored quiz document."""
    quiz: Quiz = QUIZ_JSON.validate_python(document["quiz"])
    return QuizSheet(quiz, tuple(_questions(quiz, document)))


def _questions(quiz: Quiz, document: Mapping[str, Any]) -> Iterator[QuestionSheet]:
    blocks = document["blocks"]
    for question in quiz.questions:
        yield QuestionSheet(
            id=question.id,
            title=question.title,
            points=question.points,
            is_asked=question.is_asked,
            prompt_html=blocks.get(question.prompt_md, ""),
            options=tuple(_options(question, document)),
            explanation_html=blocks.get(question.parts.explanation, ""),
        )


def _options(question: Question, document: Mapping[str, Any]) -> Iterator[OptionSheet]:
    for answer in question.answers:
        feedback = document["blocks"].get(answer.feedback_md, "")
        yield OptionSheet(answer.marker, _html(answer, document["inlines"]), feedback)


def _html(answer: Answer, inlines: Mapping[str, str]) -> str:
    return inlines.get(answer.text_md, "")
