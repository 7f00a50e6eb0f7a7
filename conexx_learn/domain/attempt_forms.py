"""The form of an attempt: what it asks, in the order and by the keys it shows.

A form holds ids and source keys only. What a page shows is lettered anew, a, b, c … by
shown place, so that neither order nor key tells an answer; `shown_options` is all that
a page needs, and the form itself never leaves the server.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from pydantic import TypeAdapter

from conexx_learn.domain.quiz import Question, QuestionType
from conexx_learn.domain.responses import Response

UNKNOWN_KEY = "?"
"""Stands for a shown key that the form does not have; no question has it either."""


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question as this attempt shows it.

    Attributes:
        question_id: Which question.
        revision: Of the question when it was drawn.
        keys: Source keys of the options, steps or right sides in shown order: the
            first is shown as `a`, the next as `b` …; empty where one types.
        lefts: Source keys of the left sides of a match in shown order, lettered by
            themselves; else empty.
    """

    question_id: str
    revision: str
    keys: tuple[str, ...] = ()
    lefts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormSection:
    """The questions of one section, in shown order.

    Attributes:
        index: Place of the section in `Quiz.sections`, from 0.
        questions: At least one.
    """

    index: int
    questions: tuple[FormQuestion, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What one attempt asks. The seed makes the same form again from the same quiz."""

    seed: str
    sections: tuple[FormSection, ...]

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """List every question in shown order."""
        return tuple(
            question for section in self.sections for question in section.questions
        )


FORM_JSON: TypeAdapter[Form] = TypeAdapter(Form)
"""Turns a `Form` into JSON values and back."""


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option, step or side of a pair as a page may show it."""

    key: str
    text_md: str


@dataclass(frozen=True, slots=True)
class ShownOptions:
    """What can be chosen; both empty where one types.

    Attributes:
        options: Options, steps, or the right sides of a match.
        lefts: The left sides of a match.
    """

    options: tuple[ShownOption, ...]
    lefts: tuple[ShownOption, ...]


def to_source(form_question: FormQuestion, response: object) -> object:
    """Translate a response from shown keys to source keys.

    Total: takes any value of outside, which `read_response` reads afterwards; a key
    that was not shown becomes `UNKNOWN_KEY`, which it refuses.
    """
    if not form_question.keys:
        return response
    keys = dict(zip(ascii_lowercase, form_question.keys, strict=False))
    lefts = dict(zip(ascii_lowercase, form_question.lefts, strict=False))
    return _renamed(response, keys, lefts)


def to_shown(form_question: FormQuestion, response: Response) -> Response:
    """Translate a stored response from source keys to shown keys."""
    if not form_question.keys:
        return response
    keys = dict(zip(form_question.keys, ascii_lowercase, strict=False))
    lefts = dict(zip(form_question.lefts, ascii_lowercase, strict=False))
    if isinstance(response, str):
        return keys[response]
    if isinstance(response, list):
        return [keys[key] for key in response]
    if response is None:
        return None
    return {lefts[left]: keys[right] for left, right in response.items()}


def shown_options(question: Question, form_question: FormQuestion) -> ShownOptions:
    """List what can be chosen, in shown order, lettered by shown place.

    Nothing here tells an answer: no source key, weight, number of the step, feedback.
    """
    answers = {answer.key: answer for answer in question.answers}
    is_match = question.type is QuestionType.MATCH
    return ShownOptions(
        options=_lettered(
            answers[key].right_md if is_match else answers[key].text_md
            for key in form_question.keys
        ),
        lefts=_lettered(answers[key].left_md for key in form_question.lefts),
    )


def _lettered(texts: Iterable[str]) -> tuple[ShownOption, ...]:
    return tuple(
        ShownOption(key, text)
        for key, text in zip(ascii_lowercase, texts, strict=False)
    )


def _renamed(
    response: object, keys: Mapping[str, str], lefts: Mapping[str, str]
) -> object:
    """Replace each key of a response, whatever the response is."""
    if response is None or response == "":
        return response
    if isinstance(response, list):
        return [_key(key, keys) for key in response]
    if isinstance(response, dict):
        return {
            _key(left, lefts): _key(right, keys) for left, right in response.items()
        }
    return _key(response, keys)


def _key(raw: object, keys: Mapping[str, str]) -> str:
    return keys.get(raw, UNKNOWN_KEY) if isinstance(raw, str) else UNKNOWN_KEY
