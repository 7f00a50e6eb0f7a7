"""Reading what a learner answered from the fields of a form."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from werkzeug.datastructures import MultiDict

from conexx_learn.domain.attempt_forms import FormQuestion
from conexx_learn.domain.quiz import Question, QuestionType
from conexx_learn.domain.typed_numbers import UnreadableNumberError, read_number


def raw_responses(
    asked: Iterable[tuple[FormQuestion, Question]], form: MultiDict[str, str]
) -> dict[str, object]:
    """Return question id to what the form holds for it, in shown keys."""
    return {question.id: raw_response(question, form) for _, question in asked}


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
