"""Our questions on their way to other systems: what they say there, and what is lost.

A question becomes the same value that the readers of foreign files make, so that both
writers know one shape, and whatever cannot be said in it is told here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from conexx_learn.domain.question_exchange.arrival import COMPETENCY_TAG, MODULE_TAG
from conexx_learn.domain.question_exchange.assembly import category_name
from conexx_learn.domain.question_exchange.departure_answers import foreign_answers
from conexx_learn.domain.question_exchange.departure_texts import TextSender
from conexx_learn.domain.question_exchange.foreign import (
    ForeignQuestion,
    Form,
    Kind,
)
from conexx_learn.domain.question_exchange.gift_writing import gift_text
from conexx_learn.domain.question_exchange.moodle_writing import moodle_text
from conexx_learn.domain.question_exchange.quiz_writing import plain_number
from conexx_learn.domain.question_exchange.remarks import (
    NoCounterpartError,
    Notes,
    Remark,
    Severity,
)
from conexx_learn.domain.question_exchange.sound_text import sound_tag, sound_title
from conexx_learn.domain.quiz import (
    Question,
    QuestionType,
    Quiz,
    QuizSettings,
    Scoring,
    Section,
    SectionKind,
)

_COMBINED = (Kind.CHOICE, Kind.MATCHING, Kind.ORDERING)
"""Kinds of which Moodle has feedback by right, partly right and wrong."""

_TYPED = (Kind.SHORT, Kind.NUMERICAL)
_SHUFFLABLE = (Kind.CHOICE, Kind.MATCHING)
_GRADINGS = {
    Scoring.EXACT: "ALL_OR_NOTHING",
    Scoring.POSITION: "ABSOLUTE_POSITION",
    Scoring.PAIRS: "RELATIVE_ALL_PREVIOUS_AND_NEXT",
}
_FEWEST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class Departure:
    """What a quiz is in another format.

    Attributes:
        form: Which one.
        text: The whole file; empty where no question can go.
        count: Questions in it.
        remarks: What stays behind and what changes, by line of the quiz file.
    """

    form: Form
    text: str
    count: int
    remarks: tuple[Remark, ...]

    def of(self, severity: Severity) -> tuple[Remark, ...]:
        """List the remarks of one weight, by line."""
        return tuple(one for one in self.remarks if one.severity is severity)


def quiz_for_others(
    quiz: Quiz, form: Form, *, media: Mapping[str, bytes] | None = None
) -> Departure:
    """Write a quiz in another format.

    Args:
        quiz: Without errors.
        form: Which format.
        media: Name in `media/` to content, for the pictures that can travel.
    """
    sender = _Sender(form, media or {})
    questions = list(sender.all(quiz))
    write = moodle_text if form is Form.MOODLE_XML else gift_text
    count = sum(one.kind not in (Kind.CATEGORY, Kind.DESCRIPTION) for one in questions)
    return Departure(
        form,
        write(questions) if count else "",
        count,
        tuple(sorted(sender.remarks)),
    )


class _Sender:
    """Sends one quiz, and collects what is to be said of it."""

    def __init__(self, form: Form, media: Mapping[str, bytes]) -> None:
        self.form = form
        self.texts = TextSender(form, media)
        self.remarks: list[Remark] = []

    def all(self, quiz: Quiz) -> Iterator[ForeignQuestion]:
        """Send sections and questions, in order."""
        if quiz.settings != QuizSettings() or quiz.intro_md:
            self.remarks.append(Remark(1, "", "settings-lost"))
        for section in quiz.sections:
            sent = [one for q in section.questions for one in self._question(q)]
            if sent:
                yield from self._heading(section)
                yield from sent

    def _heading(self, section: Section) -> Iterator[ForeignQuestion]:
        """Send a section as a category, and its text as a description."""
        if section.kind is SectionKind.PLAIN:
            return
        title = sound_title(section.title) or section.id
        notes = self.texts.notes = Notes(section.line, title)
        path = _category_path(title, section.id)
        plain = ForeignQuestion(section.line, Kind.CATEGORY, name=path, id=section.id)
        yield plain
        prompt = self.texts.prompt(section.text_md)
        if prompt.text:
            yield replace(plain, kind=Kind.DESCRIPTION, name=title, prompt=prompt)
        for code in _lost_of_section(section):
            notes.add(code)
        self.remarks += notes.remarks

    def _question(self, question: Question) -> Iterator[ForeignQuestion]:
        notes = self.texts.notes = Notes(question.line, question.id)
        try:
            yield self._sent(question)
        except NoCounterpartError as error:
            self.remarks.append(notes.left_out(error))
        else:
            self.remarks += notes.remarks

    def _sent(self, question: Question) -> ForeignQuestion:
        _refuse_unasked(question)
        sent = foreign_answers(question, self.texts)
        if self.form is Form.GIFT and sent.kind is Kind.ORDERING:
            raise NoCounterpartError("gift-has-no-order")
        plain = replace(
            sent,
            line=question.line,
            name=sound_title(question.title),
            id=question.id,
            prompt=self.texts.prompt(question.prompt_md),
            points=plain_number(question.points),
            tags=tuple(_tags(question)),
            is_shuffled=question.shuffle or sent.kind not in _SHUFFLABLE,
            is_case_strict=question.case_strict,
            unit=question.unit,
            grading=_GRADINGS.get(question.scoring or Scoring.PAIRS, ""),
        )
        self._tell_lost(question, plain)
        return self._with_parts(question, plain)

    def _with_parts(
        self, question: Question, plain: ForeignQuestion
    ) -> ForeignQuestion:
        texts, parts = self.texts, question.parts
        sent = replace(plain, general=texts.part(parts.explanation))
        is_full = self.form is Form.MOODLE_XML
        if is_full and parts.hint:
            sent = replace(sent, hints=(texts.part(parts.hint),))
        if is_full and plain.kind in _COMBINED:
            return replace(
                sent,
                right=texts.part(parts.right),
                partly=texts.part(parts.partly),
                wrong=texts.part(parts.wrong),
            )
        return sent

    def _tell_lost(self, question: Question, sent: ForeignQuestion) -> None:
        for code in _lost_of_question(question, sent, self.form):
            self.texts.notes.add(code)


def _category_path(title: str, id_: str) -> str:
    """Write a title as the path of a category; some words mean a place there."""
    names = (title, id_, f"{id_} (pool)")
    paths = [f"$course$/top/{name.replace('/', '//')}" for name in names]
    pairs = zip(names, paths, strict=True)
    return next(path for name, path in pairs if category_name(path) == name)


def _refuse_unasked(question: Question) -> None:
    """Leave behind what nobody is asked any more, or not yet."""
    if question.draft:
        raise NoCounterpartError("question-draft")
    if question.retired:
        raise NoCounterpartError("question-retired")
    if question.void is not None:
        raise NoCounterpartError("question-void")


def _tags(question: Question) -> Iterator[str]:
    yield from (tag for tag in map(sound_tag, question.tags) if tag)
    yield from (f"{COMPETENCY_TAG}{code}" for code in question.competencies)
    if question.module:
        yield f"{MODULE_TAG}{question.module}"


def _lost_of_section(section: Section) -> Iterator[str]:
    usable = sum(question.is_asked for question in section.questions)
    if section.draw is not None and section.draw < usable:
        yield "draw-lost"
    if section.pool:
        yield "case-pool-lost"
    if section.kind is SectionKind.SECTION and section.text_md:
        yield "section-is-case"
    if section.kind is SectionKind.SECTION and not section.text_md:
        yield "section-is-pool"


def _lost_of_question(
    question: Question, sent: ForeignQuestion, form: Form
) -> Iterator[str]:
    is_gift = form is Form.GIFT
    parts = question.parts
    lost = {
        "points-lost": is_gift and question.points != 1,
        "hint-lost": is_gift and bool(parts.hint),
        "combined-lost": _loses_combined(question, sent.kind, is_gift=is_gift),
        "order-kept-lost": is_gift and not sent.is_shuffled,
        "unit-lost": is_gift and bool(question.unit),
        "case-lost": is_gift and question.case_strict,
        "words-stricter": question.type is QuestionType.WORDS,
        "typos-lost": question.typos > 0,
        "sources-lost": bool(question.sources),
        "self-grading-lost": question.grading == "self",
        "few-pairs": sent.kind is Kind.MATCHING and _pairs(sent) < _FEWEST_PAIRS,
        "order-graded-otherwise": question.scoring is Scoring.PAIRS,
        "void-option": any(answer.void for answer in question.answers),
        "formula-changed": question.scoring in (Scoring.DECISIONS, Scoring.STRICT_PART)
        or (
            question.type is QuestionType.MULTIPLE and question.scoring is Scoring.EXACT
        ),
    }
    return (code for code, is_lost in lost.items() if is_lost)


def _pairs(sent: ForeignQuestion) -> int:
    return sum(bool(answer.text.text) for answer in sent.answers)


def _loses_combined(question: Question, kind: Kind, *, is_gift: bool) -> bool:
    parts = question.parts
    stated = {parts.right, parts.partly} - {""}
    if kind in _TYPED:
        return bool(stated)
    stated |= {parts.wrong} - {""}
    return bool(stated) and (is_gift or kind not in _COMBINED)
