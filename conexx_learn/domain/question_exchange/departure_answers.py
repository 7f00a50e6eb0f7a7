"""Answers of ours as those of other systems, type by type."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction

from conexx_learn.domain.question_exchange.arrival_answers import sound_left
from conexx_learn.domain.question_exchange.arrival_entries import ANYTHING
from conexx_learn.domain.question_exchange.departure_texts import TextSender
from conexx_learn.domain.question_exchange.foreign import (
    NO_TEXT,
    ForeignAnswer,
    ForeignNumber,
    ForeignQuestion,
    ForeignText,
    Form,
    Kind,
)
from conexx_learn.domain.question_exchange.quiz_writing import plain_number
from conexx_learn.domain.question_exchange.remarks import NoCounterpartError
from conexx_learn.domain.question_exchange.sound_text import sound_option, sound_part
from conexx_learn.domain.question_exchange.weights import (
    MOST_RIGHTS,
    NOTHING,
    WHOLE,
    listed_share,
    written_shares,
)
from conexx_learn.domain.quiz import Answer, Question, QuestionType
from conexx_learn.domain.quiz_source.keys import folded

ARROW = "->"
"""What GIFT takes for a pair, wherever it stands."""

_PRECISION = 80
_TRUE = frozenset(["true", "verdadero"])
_FALSE = frozenset(["false", "falso"])


def foreign_answers(question: Question, texts: TextSender) -> ForeignQuestion:
    """Make a foreign question that holds the kind and the answers and nothing else.

    Raises:
        NoCounterpartError: Other systems have no such answers.
    """
    return _MAKERS[question.type](question, texts)


def _made(
    kind: Kind, answers: list[ForeignAnswer], *, is_single: bool = True
) -> ForeignQuestion:
    return ForeignQuestion(
        line=1,
        kind=kind,
        type_name=kind.value,
        answers=tuple(answers),
        is_single=is_single,
    )


def _option(answer: Answer, share: Fraction, texts: TextSender) -> ForeignAnswer:
    return ForeignAnswer(
        text=texts.option(answer.text_md),
        fraction=share,
        feedback=texts.feedback(answer.feedback_md),
    )


def _single(question: Question, texts: TextSender) -> ForeignQuestion:
    answers = [
        _option(answer, _share(answer, texts), texts) for answer in question.answers
    ]
    return _made(Kind.CHOICE, answers)


def _share(answer: Answer, texts: TextSender) -> Fraction:
    """Say what one answer earns, in a share of Moodle's list."""
    weight = WHOLE if answer.void else (answer.weight or NOTHING)
    share, is_exact = listed_share(weight)
    if not is_exact:
        texts.notes.add("weights-rounded")
    return share


def _true_false(question: Question, texts: TextSender) -> ForeignQuestion:
    """Send the two options; with names of their own they are a choice."""
    by_name = {folded(answer.text_md): answer for answer in question.answers}
    true = next((by_name[name] for name in by_name if name in _TRUE), None)
    false = next((by_name[name] for name in by_name if name in _FALSE), None)
    is_plain = true and false and {true.weight, false.weight} == {NOTHING, WHOLE}
    if true is None or false is None or not is_plain or true.void or false.void:
        return _single(question, texts)
    answers = [
        ForeignAnswer(
            fraction=answer.weight or NOTHING,
            feedback=texts.feedback(answer.feedback_md),
        )
        for answer in (true, false)
    ]
    return _made(Kind.TRUEFALSE, answers)


def _multiple(question: Question, texts: TextSender) -> ForeignQuestion:
    rights = sum(answer.right for answer in question.answers)
    if rights > MOST_RIGHTS:
        raise NoCounterpartError("too-many-rights", limit=str(MOST_RIGHTS))
    shares, is_exact = written_shares(question)
    if not is_exact:
        texts.notes.add("weights-rounded")
    answers = [
        _option(answer, share, texts)
        for answer, share in zip(question.answers, shares, strict=True)
    ]
    return _made(Kind.CHOICE, answers, is_single=False)


def _order(question: Question, texts: TextSender) -> ForeignQuestion:
    steps = sorted(question.answers, key=lambda answer: answer.position or 0)
    return _made(Kind.ORDERING, [_option(step, NOTHING, texts) for step in steps])


def _match(question: Question, texts: TextSender) -> ForeignQuestion:
    if any(answer.feedback_md for answer in question.answers):
        texts.notes.add("pair-feedback-lost")
    answers = []
    for answer in question.answers:
        left = sound_left(answer.left_md)
        if left != answer.left_md:
            texts.notes.add("arrow-changed")
        pair = texts.plain(answer.right_md)
        answers.append(ForeignAnswer(text=texts.option(left), pair=pair))
    return _made(Kind.MATCHING, answers)


def _entries(
    question: Question,
    texts: TextSender,
    kind: Kind,
    make: Callable[[Answer], tuple[ForeignText, ForeignNumber | None]],
) -> ForeignQuestion:
    """Send accepted values, the best first: other systems take the first that fits."""
    answers = []
    for answer in question.answers:
        text, number = make(answer)
        share = _share(answer, texts)
        feedback = texts.feedback(answer.feedback_md)
        answers.append(
            ForeignAnswer(text=text, fraction=share, feedback=feedback, number=number)
        )
    answers.sort(key=lambda answer: -answer.fraction)
    wrong = texts.feedback(sound_part(question.parts.wrong))
    if wrong.text:
        answers.append(ForeignAnswer(text=ForeignText(ANYTHING), feedback=wrong))
    return _made(kind, answers)


def _number(question: Question, texts: TextSender) -> ForeignQuestion:
    def make(answer: Answer) -> tuple[ForeignText, ForeignNumber | None]:
        return NO_TEXT, _foreign_number(answer, texts.form)

    return _entries(question, texts, Kind.NUMERICAL, make)


def _foreign_number(answer: Answer, form: Form) -> ForeignNumber:
    """Write what an entry accepts; only GIFT can say from where to where."""
    spec = answer.number
    if spec is None:
        raise AssertionError("a number entry without its number")
    if form is Form.GIFT and answer.text_md.startswith("["):
        return ForeignNumber(plain_number(spec.low), upper=plain_number(spec.high))
    with localcontext(prec=_PRECISION):
        tolerance: Decimal = spec.high - spec.shown
    return ForeignNumber(plain_number(spec.shown), tolerance=plain_number(tolerance))


def _words(question: Question, texts: TextSender) -> ForeignQuestion:
    def make(answer: Answer) -> tuple[ForeignText, ForeignNumber | None]:
        phrase = sound_option(answer.phrase or "")
        if texts.form is Form.GIFT and ARROW in phrase:
            raise NoCounterpartError("arrow-in-phrase", what=phrase)
        return ForeignText(phrase), None

    return _entries(question, texts, Kind.SHORT, make)


def _open(_question: Question, _texts: TextSender) -> ForeignQuestion:
    return _made(Kind.ESSAY, [])


_MAKERS: dict[QuestionType, Callable[[Question, TextSender], ForeignQuestion]] = {
    QuestionType.SINGLE: _single,
    QuestionType.TRUEFALSE: _true_false,
    QuestionType.MULTIPLE: _multiple,
    QuestionType.ORDER: _order,
    QuestionType.MATCH: _match,
    QuestionType.NUMBER: _number,
    QuestionType.WORDS: _words,
    QuestionType.OPEN: _open,
}
