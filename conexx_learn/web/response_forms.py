"""Reading what a learner answered from the fields of a form."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from werkzeug.datastructures import MultiDict

from conexx_learn.domain.attempt_forms import FormQuestion
from conexx_learn.domain.quiz import Question, QuestionType
from conexx_learn.domain.typed_numbers import UnreadableNumberError, read_number
from conexx_learn.web.json_bodies import parsed_json

SHOWN = "shown"
"""Field of a form that says, as JSON, which answers its page showed."""


def raw_responses(
    asked: Iterable[tuple[FormQuestion, Question]], form: MultiDict[str, str]
) -> dict[str, object]:
    """Return question id to what the form holds for it, in shown keys."""
    return {question.id: raw_response(question, form) for _, question in asked}


def changed_responses(
    asked: Iterable[tuple[FormQuestion, Question]], form: MultiDict[str, str]
) -> dict[str, object]:
    """Return what was changed in a form since its page was made.

    The field `shown` says what the page showed: what still reads the same was not
    touched, and another page may have changed it meanwhile. A form that does not say
    what it showed erases nothing.
    """
    questions = list(asked)
    raw = raw_responses(questions, form)
    shown = parsed_json(form.get(SHOWN, "").encode())
    if not isinstance(shown, dict):
        return {key: value for key, value in raw.items() if value is not None}
    return {
        question.id: raw[question.id]
        for _, question in questions
        if not _same(question, raw[question.id], shown.get(question.id))
    }


def _same(question: Question, one: object, other: object) -> bool:
    return _comparable(question, one) == _comparable(question, other)


def _comparable(question: Question, value: object) -> object:
    """Make two ways to write one answer equal: order of ticks, ends of lines."""
    if isinstance(value, list) and question.type is QuestionType.MULTIPLE:
        return sorted(value, key=str)
    if isinstance(value, str):
        return value.replace("\r\n", "\n") or None
    return value or None


def raw_response(question: Question, form: MultiDict[str, str]) -> object:
    """Return what a form holds for one question; None where it holds nothing."""
    kind = question.type
    if kind is QuestionType.MULTIPLE:
        return form.getlist(question.id) or None
    if kind is QuestionType.ORDER:
        return _order(question.id, form)
    if kind is QuestionType.MATCH:
        pairs = _suffixed(question.id, form)
        return {left: right for left, right in pairs.items() if right} or None
    return form.get(question.id) or None


def _suffixed(question_id: str, form: Mapping[str, str]) -> dict[str, str]:
    """Return the fields `<id>.<key>` by key."""
    start = f"{question_id}."
    return {
        name.removeprefix(start): form[name].strip()
        for name in form
        if name.startswith(start)
    }


def _order(question_id: str, form: Mapping[str, str]) -> list[str] | None:
    """Put the steps in the order of the places that were typed.

    Places need not be consecutive; a step without one, or two with the same, keep
    the order in which they were shown. Nothing typed at all is no answer.
    """
    places = _suffixed(question_id, form)
    if not any(places.values()):
        return None
    last = len(places) + 1
    return sorted(
        sorted(places),
        key=lambda key: _place(places[key], last),
    )


def _place(text: str, last: int) -> Decimal:
    return Decimal(text[:4]) if text.isascii() and text.isdigit() else Decimal(last)


def unreadable_numbers(
    asked: Iterable[tuple[FormQuestion, Question]], raw: Mapping[str, object]
) -> list[str]:
    """List the ids of number questions whose text cannot be read as a number."""
    found = []
    for _, question in asked:
        text = raw.get(question.id)
        if question.type is QuestionType.NUMBER and isinstance(text, str):
            try:
                read_number(text, question.unit)
            except UnreadableNumberError:
                found.append(question.id)
    return found
