"""Self-checks inside a module: answered at once, remembered for who is signed in.

A visitor's answer travels in the address of a GET form and leaves nothing behind; a
learner's is kept. Both work without a script.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask import Flask
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from conexx_learn.domain.attempt_forms import Form, to_source
from conexx_learn.domain.drawing import draw_form
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.grading import earned_fraction, is_answered
from conexx_learn.domain.quiz import QUIZ_JSON, Quiz
from conexx_learn.domain.responses import Response, ResponseShapeError, read_response
from conexx_learn.web.filters import safe_html
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

PIECE = "X-Piece"
"""Header of a script that wants the self-check alone, not its whole page."""

TOKEN = "‡token‡"  # noqa: S105 (stands where the token of each reader will be)
"""Stands in a kept form for the token of whoever reads the page."""

Responses = Mapping[str, Response]
Source = tuple[int, str, str]
"""Key, content hash and language of a module."""


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

    source: Source
    number: int
    document: Mapping[str, Any] = field(compare=False)


@lru_cache(maxsize=QUIZZES_KEPT)
def _drawn(published: _Published) -> tuple[Quiz, Form]:
    quiz: Quiz = QUIZ_JSON.validate_python(published.document["quiz"])
    return quiz, draw_form(quiz, seed=f"self-check {published.number}", seen={})


@dataclass(frozen=True, slots=True)
class SelfChecks:
    """The self-checks of one module for one reader.

    Attributes:
        documents: Of the module, in the order of its text.
        source: Of the module.
        remembered: Question id to the response of before, as it was stored.
        just_sent: What came with the address, by the number of its self-check.
    """

    documents: Sequence[Mapping[str, Any]]
    source: Source
    remembered: Mapping[str, Any] = field(default_factory=dict)
    just_sent: Mapping[int, Responses] = field(default_factory=dict)

    def key(self, number: int, *, is_kept: bool) -> tuple[object, ...] | None:
        """Name an unanswered self-check, the same for all; None if answered.

        Args:
            number: From 0.
            is_kept: Its form sends to where answers are kept; a visitor's does not.
        """
        if self.just_sent.get(number) or self._remembers(number):
            return None
        return ("check", *self.source, number, is_kept)

    def maker(self, number: int) -> Callable[[], SelfCheckView]:
        """Return what makes a self-check, when it is wanted."""
        return lambda: self.view(number)

    def view(self, number: int) -> SelfCheckView:
        """Make a self-check, with its feedback where it is answered.

        Raises:
            NotFoundError: The module has fewer.
        """
        quiz, form = self._of(number)
        responses = self.just_sent.get(number) or self._read(quiz)
        return check_view(number, quiz, form, self.documents[number], responses)

    def sent(self, number: int, fields: MultiDict[str, str]) -> dict[str, Response]:
        """Read the answers of a form; a misshapen one counts as none.

        Raises:
            NotFoundError: The module has fewer self-checks.
        """
        return sent_responses(*self._of(number), fields)

    def _of(self, number: int) -> tuple[Quiz, Form]:
        if not 0 <= number < len(self.documents):
            raise NotFoundError
        return _drawn(_Published(self.source, number, self.documents[number]))

    def _remembers(self, number: int) -> bool:
        if not self.remembered:
            return False
        quiz, _ = self._of(number)
        return any(question.id in self.remembered for question in quiz.questions)

    def _read(self, quiz: Quiz) -> Responses:
        """Return what is remembered; what no longer fits its question is forgotten."""
        found: dict[str, Response] = {}
        for question in quiz.questions:
            try:
                response = read_response(question, self.remembered.get(question.id))
                found[question.id] = response
            except ResponseShapeError:
                continue
        return found


def check_view(
    number: int,
    quiz: Quiz,
    form: Form,
    document: Mapping[str, Any],
    responses: Responses,
    *,
    with_points: bool = False,
) -> SelfCheckView:
    """Show questions to answer, each with its feedback where it is answered.

    Args:
        number: From 0, the place of the self-check in its module.
        quiz: What is asked.
        form: In which order it is shown.
        document: The safe HTML of its texts.
        responses: Question id to response, in source keys.
        with_points: Whether it says what each question is worth.
    """
    known = {question.id: question for question in quiz.questions}
    questions, results = [], []
    for drawn in form.questions:
        question = known[drawn.question_id]
        response = responses.get(question.id)
        questions.append(
            asked_question(question, drawn, document, response, with_points=with_points)
        )
        if is_answered(question, response):
            earned = earned_fraction(question, response)
            results.append(
                result_view(
                    question,
                    drawn,
                    document,
                    response,
                    earned=earned,
                    shows_all=True,
                )
            )
    return SelfCheckView(number, tuple(questions), tuple(results))


def sent_responses(
    quiz: Quiz, form: Form, fields: MultiDict[str, str]
) -> dict[str, Response]:
    """Read the answers of a form; a misshapen one counts as none."""
    known = {question.id: question for question in quiz.questions}
    found: dict[str, Response] = {}
    for drawn in form.questions:
        question = known[drawn.question_id]
        try:
            raw = to_source(drawn, raw_response(question, fields))
            found[question.id] = read_response(question, raw)
        except ResponseShapeError:
            found[question.id] = None
    return found


def with_token(piece: Markup) -> Markup:
    """Put the reader's token into a form that is kept for all."""
    if TOKEN not in piece:
        return piece
    return safe_html(str(piece).replace(TOKEN, generate_csrf()))


def init_app(app: Flask) -> None:
    """Offer the filter and the stand-in to templates."""
    app.jinja_env.filters["with_token"] = with_token
    app.jinja_env.globals["token_slot"] = TOKEN
