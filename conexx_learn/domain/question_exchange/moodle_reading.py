"""Moodle XML: the format that Moodle and its kin write, read as it is written."""

import re
from collections.abc import Callable
from fractions import Fraction

from conexx_learn.domain.question_exchange.foreign import (
    NO_TEXT,
    ForeignAnswer,
    ForeignNumber,
    ForeignQuestion,
    ForeignText,
    Kind,
    TextForm,
)
from conexx_learn.domain.question_exchange.gift_blocks import MOST_QUESTIONS
from conexx_learn.domain.question_exchange.moodle_tree import XmlElement, xml_tree
from conexx_learn.domain.question_exchange.remarks import MalformedFileError
from conexx_learn.domain.question_exchange.weights import NOTHING, WHOLE, share_of

_FORMS = {
    "html": TextForm.HTML,
    "markdown": TextForm.MARKDOWN,
    "plain_text": TextForm.PLAIN,
    "plain": TextForm.PLAIN,
    "moodle_auto_format": TextForm.AUTO,
}
_TRUE = ("1", "true", "yes")
_FALSE = ("0", "false", "no")
_ANYTHING = "*"
_DECIMAL = re.compile(r"\d{1,12}(?:\.\d{1,12})?", re.ASCII)
_LOST = {
    "graderinfo": "grader-notes-lost",
    "responsetemplate": "template-lost",
}
_OLD_ORDERING = {
    "0": "ABSOLUTE_POSITION",
    "-1": "ALL_OR_NOTHING",
    "4": "RELATIVE_ALL_PREVIOUS_AND_NEXT",
}
"""Numbers that older files have for the gradings of an ordering."""


def read_moodle(text: str) -> list[ForeignQuestion]:
    """Read a file, in file order; categories and descriptions are told as such.

    Raises:
        MalformedFileError: It is no XML, no bank of questions, or a weight is none.
    """
    root = xml_tree(text)
    if root.tag != "quiz":
        raise MalformedFileError(root.line, "xml-root", what=root.tag)
    questions = root.all("question")
    if len(questions) > MOST_QUESTIONS:
        line, limit = questions[MOST_QUESTIONS].line, str(MOST_QUESTIONS)
        raise MalformedFileError(line, "too-many-in-file", limit=limit)
    return [_question(element) for element in questions]


def _question(element: XmlElement) -> ForeignQuestion:
    type_name = element.attributes.get("type", "").strip().lower()
    known = [kind for kind in Kind if kind == type_name and kind is not Kind.UNKNOWN]
    kind = known[0] if known else Kind.UNKNOWN
    id_ = element.text_of("idnumber")
    if kind is Kind.CATEGORY:
        name = element.text_of("category")
        return ForeignQuestion(element.line, kind, type_name, name, id_)
    readers: dict[Kind, Callable[[XmlElement], tuple[ForeignAnswer, ...]]] = {
        Kind.TRUEFALSE: _true_false,
        Kind.MATCHING: _pairs,
        Kind.NUMERICAL: _numbers,
        Kind.ORDERING: _steps,
    }
    return ForeignQuestion(
        element.line,
        kind,
        type_name,
        name=" ".join(element.text_of("name").split()),
        id=id_,
        prompt=_text(element.child("questiontext")),
        answers=readers.get(kind, _answers)(element),
        is_single=element.text_of("single").lower() not in _FALSE,
        points=element.text_of("defaultgrade"),
        general=_text(element.child("generalfeedback")),
        right=_text(element.child("correctfeedback")),
        partly=_text(element.child("partiallycorrectfeedback")),
        wrong=_text(element.child("incorrectfeedback")),
        hints=tuple(_text(hint) for hint in element.all("hint")),
        tags=_tags(element),
        is_shuffled=element.text_of("shuffleanswers").lower() not in _FALSE,
        is_case_strict=element.text_of("usecase").lower() in _TRUE,
        unit=_unit(element),
        grading=_grading(element),
        is_hidden=element.text_of("hidden").lower() in _TRUE,
        lost=_lost(element),
    )


def _text(element: XmlElement | None) -> ForeignText:
    if element is None:
        return NO_TEXT
    written = element.child("text")
    form = element.attributes.get("format", "").strip().lower()
    files = {
        file.attributes.get("name", ""): file.text
        for file in element.all("file")
        if file.attributes.get("encoding", "base64") == "base64"
    }
    text = written.text if written else element.text
    return ForeignText(text, _FORMS.get(form, TextForm.AUTO), files)


def _share(element: XmlElement) -> Fraction:
    written = element.attributes.get("fraction", "0").strip() or "0"
    share = share_of(written)
    if share is None:
        raise MalformedFileError(element.line, "weight-unreadable", what=written)
    return share


def _answers(element: XmlElement) -> tuple[ForeignAnswer, ...]:
    return tuple(
        ForeignAnswer(
            text=_text(answer),
            fraction=_share(answer),
            feedback=_text(answer.child("feedback")),
        )
        for answer in element.all("answer")
    )


def _steps(element: XmlElement) -> tuple[ForeignAnswer, ...]:
    """Read steps by their numbers, which stand where others have shares."""

    def number(answer: XmlElement) -> float:
        written = answer.attributes.get("fraction", "").strip()
        return float(written) if written.replace(".", "", 1).isdecimal() else 0.0

    return tuple(
        ForeignAnswer(text=_text(answer), feedback=_text(answer.child("feedback")))
        for answer in sorted(element.all("answer"), key=number)
    )


def _true_false(element: XmlElement) -> tuple[ForeignAnswer, ...]:
    """Read the two answers, *true* first."""
    found = {
        answer.text_of("text").strip().lower() in _TRUE: answer
        for answer in element.all("answer")
    }
    return tuple(
        ForeignAnswer(
            fraction=_share(found[is_true]),
            feedback=_text(found[is_true].child("feedback")),
        )
        for is_true in (True, False)
        if is_true in found
    )


def _pairs(element: XmlElement) -> tuple[ForeignAnswer, ...]:
    return tuple(
        ForeignAnswer(text=_text(pair), pair=pair.text_of("answer"))
        for pair in element.all("subquestion")
    )


def _numbers(element: XmlElement) -> tuple[ForeignAnswer, ...]:
    return tuple(
        ForeignAnswer(
            fraction=_share(answer),
            feedback=_text(answer.child("feedback")),
            number=_number(answer),
        )
        for answer in element.all("answer")
    )


def _number(answer: XmlElement) -> ForeignNumber | None:
    value = answer.text_of("text")
    if value == _ANYTHING:
        return None
    return ForeignNumber(value, tolerance=answer.text_of("tolerance"))


def _tags(element: XmlElement) -> tuple[str, ...]:
    tags = element.child("tags")
    found = tags.all("tag") if tags else []
    texts = (tag.text_of("text") or tag.text for tag in found)
    return tuple(text for text in texts if text)


def _unit(element: XmlElement) -> str:
    units = element.child("units")
    found = units.all("unit") if units else []
    names = [unit.text_of("unit_name") for unit in found if _multiplier(unit) == WHOLE]
    return names[0] if names else ""


def _multiplier(unit: XmlElement) -> Fraction:
    written = unit.text_of("multiplier")
    return Fraction(written) if _DECIMAL.fullmatch(written) else NOTHING


def _grading(element: XmlElement) -> str:
    written = element.text_of("gradingtype").upper()
    return _OLD_ORDERING.get(written, written)


def _lost(element: XmlElement) -> tuple[str, ...]:
    """Name what the file says of a question and no question of ours has."""
    codes = [code for tag, code in _LOST.items() if element.text_of(tag)]
    units = element.child("units")
    if units and len(units.all("unit")) > 1:
        codes.append("units-lost")
    return tuple(codes)
