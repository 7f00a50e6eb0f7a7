"""What is typed in other systems, numbers and words, as entries of ours."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, DecimalException, localcontext

from conexx_learn.domain.question_exchange.arrival_answers import entries
from conexx_learn.domain.question_exchange.foreign import (
    ForeignAnswer,
    ForeignNumber,
    ForeignQuestion,
)
from conexx_learn.domain.question_exchange.quiz_writing import plain_number
from conexx_learn.domain.question_exchange.remarks import NoCounterpartError
from conexx_learn.domain.question_exchange.sound_text import sound_option
from conexx_learn.domain.question_exchange.texts import TextMaker
from conexx_learn.domain.quiz import Answer
from conexx_learn.domain.quiz_source.answers import MOST_OPTIONS
from conexx_learn.domain.quiz_source.numbers import MOST_DIGITS
from conexx_learn.domain.typed_words import normalised

ANYTHING = "*"
"""Whatever else is typed; its feedback is what we say to a wrong response."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
_PRECISION = 80

Typed = tuple[list[Answer], str]
"""The entries, and the feedback on whatever else is typed."""


def numbers(foreign: ForeignQuestion, texts: TextMaker) -> Typed:
    """Make the accepted numbers of a question."""
    stated = [answer for answer in foreign.answers if answer.number is not None]
    made = [
        replace(_entry(answer, texts), text_md=_number_text(answer.number))
        for answer in stated
        if answer.number is not None
    ]
    rest = [answer for answer in foreign.answers if answer.number is None]
    return entries(_few(made), texts, "[=]"), _otherwise(rest, texts)


def phrases(foreign: ForeignQuestion, texts: TextMaker) -> Typed:
    """Make the accepted words of a question; what our comparison equals is one."""
    made: list[Answer] = []
    rest: list[ForeignAnswer] = []
    seen: set[tuple[str, ...]] = set()
    for answer in foreign.answers:
        phrase = sound_option(" ".join(answer.text.text.split()))
        if not phrase.replace(ANYTHING, "").strip():
            rest.append(answer)
            continue
        form = _compared(phrase, is_case_strict=foreign.is_case_strict)
        if form in seen:
            texts.notes.add("phrase-repeated", what=phrase)
            continue
        seen.add(form)
        made.append(replace(_entry(answer, texts), text_md=phrase))
    return entries(_few(made), texts, "[~]"), _otherwise(rest, texts)


def _entry(answer: ForeignAnswer, texts: TextMaker) -> Answer:
    feedback = texts.feedback(answer.feedback)
    return Answer(key="", marker="", weight=answer.fraction, feedback_md=feedback)


def _few(made: list[Answer]) -> list[Answer]:
    if len(made) > MOST_OPTIONS:
        facts = {"found": str(len(made)), "limit": str(MOST_OPTIONS)}
        raise NoCounterpartError("too-many-options", **facts)
    return made


def _otherwise(rest: Sequence[ForeignAnswer], texts: TextMaker) -> str:
    """Read what is said to any other response; points for it cannot come."""
    if any(answer.fraction > 0 for answer in rest):
        texts.notes.add("anything-earns")
    return "\n\n".join(filter(None, (texts.part(answer.feedback) for answer in rest)))


def _compared(phrase: str, *, is_case_strict: bool) -> tuple[str, ...]:
    return tuple(
        normalised(piece, case_strict=is_case_strict, accents_strict=False)
        or piece.strip()
        for piece in phrase.split(ANYTHING)
    )


def _number_text(number: ForeignNumber) -> str:
    value = _decimal(number.value)
    if number.upper:
        upper = _decimal(number.upper)
        low, high = min(value, upper), max(value, upper)
        if low == high:
            return plain_number(low)
        return f"[{plain_number(low)}, {plain_number(high)}]"
    tolerance = abs(_decimal(number.tolerance or "0"))
    if tolerance == 0:
        return plain_number(value)
    return f"{plain_number(value)} +- {plain_number(tolerance)}"


def _decimal(text: str) -> Decimal:
    plain = text.strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(plain):
        raise NoCounterpartError("number-unreadable", what=plain)
    with localcontext(prec=_PRECISION):
        try:
            value = Decimal(plain) + 0
        except DecimalException:  # No number, or one beyond every limit.
            raise NoCounterpartError("number-unreadable", what=plain) from None
    if sum(sign.isdigit() for sign in plain_number(value)) > MOST_DIGITS:
        raise NoCounterpartError("number-unreadable", what=plain)
    return value
