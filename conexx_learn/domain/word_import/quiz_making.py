"""A question found in a document becomes one of ours, or the reason why it cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from conexx_learn.domain.question_exchange.arrival import made_question
from conexx_learn.domain.question_exchange.foreign import (
    ForeignAnswer,
    ForeignQuestion,
    ForeignText,
    Kind,
    TextForm,
)
from conexx_learn.domain.question_exchange.html_tree import Element
from conexx_learn.domain.question_exchange.quiz_writing import question_text
from conexx_learn.domain.question_exchange.remarks import (
    NoCounterpartError,
    Notes,
    Remark,
)
from conexx_learn.domain.question_exchange.texts import TextMaker
from conexx_learn.domain.quiz import Question
from conexx_learn.domain.word_import.page import words_of
from conexx_learn.domain.word_import.questions import FoundQuestion
from conexx_learn.domain.word_import.writing import Words, without_dress

Node = Element | str

NO_ANSWER = "answer-unknown"
"""Code of the remark that no option is marked as right."""

_WORDS_OF_NAME = 9


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    """What became of a question that was found.

    Attributes:
        title: Its first words.
        question: None where it cannot be one of ours.
        remark: Why not; None where it is.
    """

    title: str
    question: Question | None
    remark: Remark | None = None


def made_of(found: FoundQuestion, words: Words, lang: str) -> MadeQuestion:
    """Make a question of ours of one in a document."""
    prompt = [block for nodes in found.prompt for block in _blocks(nodes, words)]
    plain = [words_of(Element("p", {}, [*nodes])) for nodes in found.prompt]
    title = _name(" ".join(plain))
    feedback = words.line(found.feedback) if found.feedback else ""
    foreign = ForeignQuestion(
        1,
        Kind.TRUEFALSE if found.truth is not None else Kind.CHOICE,
        name=title,
        prompt=_text("\n\n".join(prompt)),
        answers=_answers(found, words),
        is_single=sum(1 for one in found.options if one.is_right) <= 1,
        general=_text(f"{feedback[:1].upper()}{feedback[1:]}"),
    )
    if not found.is_answered:
        return MadeQuestion(title, None, Remark(1, title, NO_ANSWER))
    return tried(foreign, title, lang)


def tried(foreign: ForeignQuestion, title: str, lang: str) -> MadeQuestion:
    """Make a question; what it lacks is told and not raised."""
    texts = TextMaker()
    texts.notes = Notes(foreign.line, title)
    try:
        question = made_question(foreign, texts, id_="arrival", lang=lang)
    except NoCounterpartError as error:
        return MadeQuestion(title, None, texts.notes.left_out(error))
    return MadeQuestion(title, question)


def shown_question(question: Question, lang: str) -> str:
    """Write a question as a quiz file has it."""
    return question_text(question, lang)


def _answers(found: FoundQuestion, words: Words) -> tuple[ForeignAnswer, ...]:
    if found.truth is not None:
        sides = (found.truth, not found.truth)
        return tuple(ForeignAnswer(fraction=Fraction(int(side))) for side in sides)
    rights = sum(1 for one in found.options if one.is_right)
    wrongs = len(found.options) - rights
    each = Fraction(1, max(1, rights))
    wrong = -Fraction(1, min(rights, wrongs)) if rights > 1 and wrongs else Fraction(0)
    return tuple(
        ForeignAnswer(_text(words.line(one.nodes)), each if one.is_right else wrong)
        for one in found.options
    )


def _blocks(nodes: Sequence[Node], words: Words) -> list[str]:
    """Write what is asked; a prompt that is bold throughout is written plain."""
    return words.blocks([Element("p", {}, without_dress(nodes))])


def _text(markdown: str) -> ForeignText:
    return ForeignText(markdown, TextForm.MARKDOWN)


def _name(text: str) -> str:
    return " ".join(text.split()[:_WORDS_OF_NAME])[:100].rstrip(" :,;.")
