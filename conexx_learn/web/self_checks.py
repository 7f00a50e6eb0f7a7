"""Self-checks inside a module: answered in the address, marked, never stored.

They are a GET form, so that they work for everybody, without a script and without
leaving anything behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import MultiDict

from conexx_learn.domain.attempt_forms import FormQuestion, to_source
from conexx_learn.domain.drawing import draw_form
from conexx_learn.domain.grading import earned_fraction, is_answered
from conexx_learn.domain.quiz import QUIZ_JSON, Question, Quiz
from conexx_learn.domain.responses import Response, ResponseShapeError, read_response
from conexx_learn.web.question_views import (
    QuestionView,
    ResultView,
    asked_question,
    result_view,
)
from conexx_learn.web.response_forms import raw_response

QUIZZES_KEPT = 512
CHECKED = "check"
"""Field that says which self-check was answered."""


@dataclass(frozen=True, slots=True)
class SelfCheckView:
    """A self-check as a page shows it.

    Attributes:
        number: From 0, its place in the module.
        questions: To answer.
        results: After an answer, in the same order; else empty.
    """

    number: int
    questions: tuple[QuestionView, ...]
    results: tuple[ResultView, ...]


@dataclass(frozen=True)
class _Published:
    """A self-check of a published module, which never changes: equal by its place."""

    source: tuple[int, str, str]
    number: int
    document: Mapping[str, Any] = field(compare=False)


@lru_cache(maxsize=QUIZZES_KEPT)
def _quiz(published: _Published) -> Quiz:
    return QUIZ_JSON.validate_python(published.document["quiz"])


def self_check_views(
    documents: Sequence[Mapping[str, Any]],
    args: MultiDict[str, str],
    *,
    source: tuple[int, str, str],
) -> list[SelfCheckView]:
    """Make every self-check of a module, the answered one with its feedback.

    Args:
        documents: Of the module.
        args: Of the address.
        source: Key, content hash and language of the module.
    """
    answered = args.get(CHECKED, "")
    return [
        _view(source, number, document, args if answered == str(number) else None)
        for number, document in enumerate(documents)
    ]


def _view(
    source: tuple[int, str, str],
    number: int,
    document: Mapping[str, Any],
    args: MultiDict[str, str] | None,
) -> SelfCheckView:
    quiz = _quiz(_Published(source, number, document))
    questions, results = [], []
    known = {question.id: question for question in quiz.questions}
    for form in draw_form(quiz, seed=f"self-check {number}", seen={}).questions:
        question = known[form.question_id]
        response = _response(question, form, args) if args is not None else None
        questions.append(
            asked_question(question, form, document, response, with_points=False)
        )
        if args is not None and is_answered(question, response):
            earned = earned_fraction(question, response)
            results.append(
                result_view(
                    question, form, document, response, earned=earned, shows_all=True
                )
            )
    return SelfCheckView(number, tuple(questions), tuple(results))


def _response(
    question: Question, form: FormQuestion, args: MultiDict[str, str]
) -> Response:
    """Read an answer of the address; a misshapen one counts as none."""
    try:
        return read_response(question, to_source(form, raw_response(question, args)))
    except ResponseShapeError:
        return None
