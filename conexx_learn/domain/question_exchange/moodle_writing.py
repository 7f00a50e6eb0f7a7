"""Foreign questions as Moodle XML, the way Moodle itself lays it out."""

from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from conexx_learn.domain.question_exchange.foreign import (
    NO_TEXT,
    ForeignAnswer,
    ForeignNumber,
    ForeignQuestion,
    ForeignText,
    Kind,
    TextForm,
)
from conexx_learn.domain.question_exchange.weights import percent_of

_PENALTY = "0.3333333"
"""What a further try costs; Moodle's own default."""


def moodle_text(questions: Sequence[ForeignQuestion]) -> str:
    """Write a file."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for question in questions:
        lines.append(f'  <question type="{question.kind.value}">')
        lines += [f"    {line}" for line in _inside(question)]
        lines.append("  </question>")
    return "\n".join([*lines, "</quiz>"]) + "\n"


def _inside(question: ForeignQuestion) -> Iterator[str]:
    if question.kind is Kind.CATEGORY:
        yield f"<category>{_plain(question.name)}</category>"
        yield '<info format="html"><text></text></info>'
        yield _tag("idnumber", question.id)
        return
    yield f"<name>{_plain(question.name)}</name>"
    yield _text("questiontext", question.prompt)
    yield _text("generalfeedback", question.general)
    is_asked = question.kind is not Kind.DESCRIPTION
    yield _tag("defaultgrade", question.points if is_asked else "0")
    yield _tag("penalty", _PENALTY if is_asked else "0")
    yield _tag("hidden", "0")
    yield _tag("idnumber", question.id)
    yield from _KINDS[question.kind](question)
    yield from (_text("hint", hint) for hint in question.hints)
    if question.tags:
        tags = "".join(f"<tag>{_plain(tag)}</tag>" for tag in question.tags)
        yield f"<tags>{tags}</tags>"


def _plain(text: str) -> str:
    return f"<text>{escape(text)}</text>"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _text(name: str, text: ForeignText, attributes: str = "", more: str = "") -> str:
    files = "".join(
        f'<file name={quoteattr(file)} path="/" encoding="base64">{content}</file>'
        for file, content in text.files.items()
    )
    inside = f"{_plain(text.text)}{files}{more}"
    form = (
        "moodle_auto_format"
        if text.text and text.form is TextForm.PLAIN
        else "markdown"
    )
    return f'<{name}{attributes} format="{form}">{inside}</{name}>'


def _answer(answer: ForeignAnswer, fraction: str, more: str = "") -> str:
    attributes = f' fraction="{fraction}"'
    inside = more + _text("feedback", answer.feedback)
    return _text("answer", answer.text, attributes, inside)


def _yes(is_so: bool) -> str:
    return "true" if is_so else "false"


def _combined(question: ForeignQuestion) -> Iterator[str]:
    yield _text("correctfeedback", question.right)
    yield _text("partiallycorrectfeedback", question.partly)
    yield _text("incorrectfeedback", question.wrong)


def _choice(question: ForeignQuestion) -> Iterator[str]:
    yield _tag("single", _yes(question.is_single))
    yield _tag("shuffleanswers", _yes(question.is_shuffled))
    yield _tag("answernumbering", "abc")
    yield _tag("showstandardinstruction", "0")
    yield from _combined(question)
    for answer in question.answers:
        yield _answer(answer, percent_of(answer.fraction))


def _true_false(question: ForeignQuestion) -> Iterator[str]:
    for answer, word in zip(question.answers, ("true", "false"), strict=True):
        said = ForeignAnswer(ForeignText(word), feedback=answer.feedback)
        yield _answer(said, percent_of(answer.fraction))


def _short(question: ForeignQuestion) -> Iterator[str]:
    yield _tag("usecase", "1" if question.is_case_strict else "0")
    for answer in question.answers:
        yield _answer(answer, percent_of(answer.fraction))


def _numerical(question: ForeignQuestion) -> Iterator[str]:
    for answer in question.answers:
        said = ForeignAnswer(_number_text(answer.number), feedback=answer.feedback)
        tolerance = answer.number.tolerance if answer.number else "0"
        more = _tag("tolerance", tolerance)
        yield _answer(said, percent_of(answer.fraction), more)
    yield _tag("unitgradingtype", "0")
    yield _tag("showunits", "0" if question.unit else "3")
    if question.unit:
        name = _tag("unit_name", question.unit)
        yield f"<units><unit>{_tag('multiplier', '1')}{name}</unit></units>"


def _number_text(number: ForeignNumber | None) -> ForeignText:
    return ForeignText(number.value if number else "*")


def _matching(question: ForeignQuestion) -> Iterator[str]:
    yield _tag("shuffleanswers", _yes(question.is_shuffled))
    yield from _combined(question)
    for answer in question.answers:
        more = f"<answer>{_plain(answer.pair)}</answer>"
        yield _text("subquestion", answer.text, more=more)


def _ordering(question: ForeignQuestion) -> Iterator[str]:
    yield _tag("layouttype", "VERTICAL")
    yield _tag("selecttype", "ALL")
    yield _tag("selectcount", "0")
    yield _tag("gradingtype", question.grading)
    yield _tag("showgrading", "HIDE")
    yield _tag("numberingstyle", "none")
    yield from _combined(question)
    yield _tag("shownumcorrect", "1")
    for place, answer in enumerate(question.answers, start=1):
        yield _answer(answer, f"{place}.0000000")


def _essay(_question: ForeignQuestion) -> Iterator[str]:
    yield _tag("responseformat", "editor")
    yield _tag("responserequired", "1")
    yield _tag("responsefieldlines", "10")
    yield _tag("attachments", "0")
    yield _tag("attachmentsrequired", "0")
    yield _text("graderinfo", NO_TEXT)
    yield _text("responsetemplate", NO_TEXT)


def _nothing(_question: ForeignQuestion) -> Iterator[str]:
    return iter(())


_KINDS: dict[Kind, Callable[[ForeignQuestion], Iterator[str]]] = {
    Kind.CHOICE: _choice,
    Kind.TRUEFALSE: _true_false,
    Kind.SHORT: _short,
    Kind.NUMERICAL: _numerical,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.ESSAY: _essay,
    Kind.DESCRIPTION: _nothing,
}
