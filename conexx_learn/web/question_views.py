"""Questions as pages show them: to answer, and after the answer.

What an open attempt shows is built from shown keys and texts only; nothing that tells
an answer (weights, markers, feedback, explanation) passes through `asked_question`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from conexx_learn.domain.attempt_forms import (
    FormQuestion,
    ShownOption,
    shown_options,
    to_shown,
)
from conexx_learn.domain.grading import chosen_answers, is_answered
from conexx_learn.domain.model_answers import shown_right_response
from conexx_learn.domain.progress import Outline
from conexx_learn.domain.quiz import FeedbackPolicy, Question, QuestionType, Void
from conexx_learn.domain.responses import Response
from conexx_learn.domain.typed_numbers import UnreadableNumberError, read_number
from conexx_learn.web.addresses import url_for
from conexx_learn.web.appeal_words import AppealView
from conexx_learn.web.filters import number
from conexx_learn.web.language import gettext as _

Document = Mapping[str, Any]
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to answer, as `components/question.html` reads it."""

    id: str
    type: str
    prompt_html: str
    points: str
    options: list[Choice]
    lefts: list[Choice]
    rights: list[Choice]
    unit: str
    response: Response
    read_back: str
    error: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """A question after its answer, as far as the feedback policy allows."""

    id: str
    type: str
    title: str
    prompt_html: str
    options: list[Choice]
    lefts: list[Choice]
    rights: list[Choice]
    unit: str
    response: Response
    state: str
    earned: str
    possible: str
    feedbacks: list[str]
    explanation_html: str
    key: object
    module: tuple[str, str] | None
    note: str
    appeal: AppealView | None = None


def asked_question(
    question: Question,
    form: FormQuestion,
    document: Document,
    response: Response,
    *,
    error: str = "",
    with_points: bool = True,
) -> QuestionView:
    """Show a question to answer, with the learner's response so far."""
    options, lefts, rights = _choices(question, form, document)
    return QuestionView(
        id=question.id,
        type=question.type,
        prompt_html=document["blocks"][question.prompt_md],
        points=number(question.points) if with_points else "",
        options=options,
        lefts=lefts,
        rights=rights,
        unit=question.unit,
        response=to_shown(form, response),
        read_back=_read_back(question, response),
        error=error,
    )


def result_view(
    question: Question,
    form: FormQuestion,
    document: Document,
    response: Response,
    *,
    earned: Fraction,
    shows_all: bool,
    module: tuple[str, str] | None = None,
    appeal: AppealView | None = None,
) -> ResultView:
    """Show a question after its answer.

    Args:
        question: In the reader's language.
        form: As it was shown.
        document: The published quiz document of that language.
        response: In source keys.
        earned: Share of the points, 0 to 1.
        shows_all: Whether the key and the explanation may be shown.
        module: Address and title of what to read again.
        appeal: What stands below it about a mistake, or None.
    """
    options, lefts, rights = _choices(question, form, document)
    blocks = document["blocks"]
    return ResultView(
        id=question.id,
        type=question.type,
        title=question.title,
        prompt_html=blocks[question.prompt_md],
        options=options,
        lefts=lefts,
        rights=rights,
        unit=question.unit,
        response=_read_back(question, response) or to_shown(form, response),
        state=_state(question, response, earned),
        earned=number(question.points * earned),
        possible=number(question.points),
        feedbacks=[
            blocks[text] for text in _feedback(question, response, earned) if text
        ],
        explanation_html=blocks.get(question.parts.explanation, "")
        if shows_all
        else "",
        key=_key(question, form) if shows_all and earned < 1 else None,
        module=module if earned < 1 else None,
        note=question.void_reason,
        appeal=appeal,
    )


def shows_everything(policy: FeedbackPolicy, *, passed: bool) -> bool:
    """Say whether a closed attempt may show its key and explanations."""
    return policy is FeedbackPolicy.IMMEDIATE or (
        policy is FeedbackPolicy.AFTER_PASS and passed
    )


def module_to_read(
    question: Question, outline: Outline, course: str
) -> tuple[str, str] | None:
    """Return address and title of the module that a question points to."""
    module = outline.module(question.module) if question.module else None
    if module is None:
        return None
    return url_for("modules.show", course=course, module=module.slug), module.title


def _choices(
    question: Question, form: FormQuestion, document: Document
) -> tuple[list[Choice], list[Choice], list[Choice]]:
    shown = shown_options(question, form)
    inlines = document["inlines"]

    def html(option: ShownOption) -> Choice:
        return option.key, inlines.get(option.text_md, "")

    if question.type is not QuestionType.MATCH:
        return [html(option) for option in shown.options], [], []
    rights = [
        (key, Markup(text).striptags())  # noqa: S704 (safe HTML, made plain again)
        for key, text in map(html, shown.options)
    ]
    return [], [html(option) for option in shown.lefts], rights


def _read_back(question: Question, response: Response) -> str:
    """Write a typed number as it was understood; both readings where there are two."""
    if question.type is not QuestionType.NUMBER or not isinstance(response, str):
        return ""
    try:
        readings = read_number(response, question.unit)
    except UnreadableNumberError:
        return ""
    joint = f" {_('or')} "
    return joint.join(number(reading) for reading in readings)


def _state(question: Question, response: Response, earned: Fraction) -> str:
    if question.void is Void.DROP:
        return "voided"
    if not is_answered(question, response) and not earned:
        return "unanswered"
    if earned == 1:
        return "correct"
    return "partly" if earned else "incorrect"


def _feedback(question: Question, response: Response, earned: Fraction) -> list[str]:
    """List the Markdown that an answer earns: of its options, then of its outcome."""
    parts = question.parts
    texts = [answer.feedback_md for answer in chosen_answers(question, response)]
    if earned == 1:
        return [*texts, parts.right]
    return [*texts, parts.partly if earned else parts.wrong, parts.hint]


def _key(question: Question, form: FormQuestion) -> object:
    """Return the right answer in shown keys; texts for what one types."""
    answers = question.answers
    if question.type is QuestionType.NUMBER:
        return [number(a.number.shown) for a in answers if a.number and a.weight == 1]
    if question.type is QuestionType.WORDS:
        # The first phrase is the model; the others are only other ways to write it.
        models = [a.phrase for a in answers if a.phrase and a.weight == 1]
        return [models[0].replace("*", "").strip()] if models else None
    return shown_right_response(form, question)
