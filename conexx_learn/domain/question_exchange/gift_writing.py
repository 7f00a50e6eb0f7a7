"""Foreign questions as GIFT: one question a block, one answer a line."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from conexx_learn.domain.question_exchange.foreign import (
    ForeignAnswer,
    ForeignNumber,
    ForeignQuestion,
    ForeignText,
    Kind,
)
from conexx_learn.domain.question_exchange.gift_blocks import CATEGORY, escaped_for_gift
from conexx_learn.domain.question_exchange.gift_reading import FORM_MARK
from conexx_learn.domain.question_exchange.weights import NOTHING, WHOLE, percent_of

_MARKDOWN = "[markdown]"
_ARROW = re.compile("->")


def gift_text(questions: Sequence[ForeignQuestion]) -> str:
    """Write a file."""
    return "\n\n".join("\n".join(_block(question)) for question in questions) + "\n"


def _block(question: ForeignQuestion) -> Iterator[str]:
    marks = [f"[id:{question.id}]", *(f"[tag:{tag}]" for tag in question.tags)]
    yield f"// {' '.join(marks)}"
    if question.kind is Kind.CATEGORY:
        yield f"{CATEGORY} {question.name}"
        return
    prompt = f"{_MARKDOWN}{escaped_for_gift(question.prompt.text)}"
    head = f"::{escaped_for_gift(question.name)}::{prompt}"
    if question.kind is Kind.DESCRIPTION:
        yield head
        return
    yield f"{head}{{{'#' * (question.kind is Kind.NUMERICAL)}"
    yield from (f"\t{line}" for line in _LINES[question.kind](question))
    if question.general.text:
        yield f"\t####{_said(question.general)}"
    yield "}"


def _said(text: ForeignText) -> str:
    """Write a text; one that begins like a mark of form says its own form first."""
    mark = _MARKDOWN if FORM_MARK.match(text.text) else ""
    return f"{mark}{escaped_for_gift(text.text)}"


def _feedback(answer: ForeignAnswer) -> str:
    return f"#{_said(answer.feedback)}" if answer.feedback.text else ""


def _choice(question: ForeignQuestion) -> Iterator[str]:
    """Write options: of those that earn everything only the first with `=`.

    Without a `~` the question would be one to type.
    """
    is_open = question.is_single
    for answer in question.answers:
        if is_open and answer.fraction == WHOLE:
            sign, is_open = "=", False
        else:
            sign = f"~{_weight(answer)}"
        yield f"{sign}{_said(answer.text)}{_feedback(answer)}"


def _weight(answer: ForeignAnswer) -> str:
    """Write a share; nothing need not be written, unless the text looks like one."""
    if answer.fraction == NOTHING and not answer.text.text.startswith("%"):
        return ""
    return f"%{percent_of(answer.fraction)}%"


def _true_false(question: ForeignQuestion) -> Iterator[str]:
    """Write the letter, what is said to a wrong response, then to a right one."""
    true, false = question.answers
    is_true = true.fraction == WHOLE
    right, wrong = (true, false) if is_true else (false, true)
    texts = [_said(wrong.feedback), _said(right.feedback)]
    while texts and not texts[-1]:
        texts.pop()
    yield "#".join(["T" if is_true else "F", *texts])


def _short(question: ForeignQuestion) -> Iterator[str]:
    for answer in question.answers:
        is_plain = answer.fraction == WHOLE and not answer.text.text.startswith("%")
        weight = "" if is_plain else f"%{percent_of(answer.fraction)}%"
        # An arrow anywhere would make the question one of pairs.
        said = _ARROW.sub("-&gt;", _feedback(answer))
        yield f"={weight}{_said(answer.text)}{said}"


def _numerical(question: ForeignQuestion) -> Iterator[str]:
    for answer in question.answers:
        weight = _entry_weight(answer.fraction)
        yield f"={weight}{_number(answer.number)}{_feedback(answer)}"


def _entry_weight(share: Fraction) -> str:
    return "" if share == WHOLE else f"%{percent_of(share)}%"


def _number(number: ForeignNumber | None) -> str:
    if number is None:
        return "*"
    if number.upper:
        return f"{number.value}..{number.upper}"
    return f"{number.value}:{number.tolerance}"


def _matching(question: ForeignQuestion) -> Iterator[str]:
    for answer in question.answers:
        yield f"={_said(answer.text)} -> {escaped_for_gift(answer.pair)}"


def _nothing(_question: ForeignQuestion) -> Iterator[str]:
    return iter(())


_LINES = {
    Kind.CHOICE: _choice,
    Kind.TRUEFALSE: _true_false,
    Kind.SHORT: _short,
    Kind.NUMERICAL: _numerical,
    Kind.MATCHING: _matching,
    Kind.ESSAY: _nothing,
}
