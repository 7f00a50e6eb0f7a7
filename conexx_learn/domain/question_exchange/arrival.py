"""A question of another system becomes one of ours, or the reason why it cannot.

The text that is made of it is read by the parser of quiz files before it counts: what
comes in passes the same rules as what a trainer writes.
"""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from conexx_learn.domain.problems import Severity
from conexx_learn.domain.question_exchange.arrival_answers import (
    multiple,
    options,
    pairs,
    single,
    steps,
    true_false,
)
from conexx_learn.domain.question_exchange.arrival_entries import numbers, phrases
from conexx_learn.domain.question_exchange.foreign import ForeignQuestion, Kind
from conexx_learn.domain.question_exchange.quiz_writing import question_text, quiz_text
from conexx_learn.domain.question_exchange.remarks import NoCounterpartError
from conexx_learn.domain.question_exchange.sound_text import sound_tag, sound_title
from conexx_learn.domain.question_exchange.texts import TextMaker
from conexx_learn.domain.quiz import (
    Answer,
    Parts,
    Question,
    QuestionType,
    Scoring,
)
from conexx_learn.domain.quiz_source.answer_rules import FEWEST
from conexx_learn.domain.quiz_source.answers import MOST_OPTIONS
from conexx_learn.domain.quiz_source.parser import read_quiz
from conexx_learn.domain.quiz_source.values import MOST_POINTS

COMPETENCY_TAG = "competency:"
MODULE_TAG = "module:"
"""How tags say what other systems have no place for."""

RULE = "rule"
"""Fact that names the rule of the format that a question would break."""

MOST_ANSWERS = 200
"""Of a question that is looked at; more than the options and phrases of any."""

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9.-]{0,19}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_POINTS = re.compile(r"\d{1,6}(?:\.\d{0,12})?", re.ASCII)
_UNIT = re.compile(r"\s+")
_CENTS = 100
_WORDS_OF_TITLE = 8
_LONGEST_UNIT = 20
_GRADINGS = {
    "ALL_OR_NOTHING": Scoring.EXACT,
    "ABSOLUTE_POSITION": Scoring.POSITION,
    "RELATIVE_ALL_PREVIOUS_AND_NEXT": Scoring.PAIRS,
}

Made = tuple[QuestionType, list[Answer], Scoring | None, str]
"""Type, answers, formula, and what is said to any other response."""


def made_question(
    foreign: ForeignQuestion, texts: TextMaker, *, id_: str, lang: str
) -> Question:
    """Make a question of ours.

    Raises:
        NoCounterpartError: It cannot be said in a quiz file; the error says why.
    """
    _refuse_too_many(foreign)
    for code in foreign.lost:
        texts.notes.add(code)
    type_, answers, scoring, otherwise = _MAKERS[foreign.kind](foreign, texts, lang)
    if type_ in FEWEST and len(_counted(type_, answers)) < FEWEST[type_]:
        raise NoCounterpartError("too-few-options", fewest=str(FEWEST[type_]))
    tags, competencies, module = _tags(foreign, texts)
    question = Question(
        id=id_,
        title=title_of(foreign),
        type=type_,
        points=_points(foreign, texts),
        prompt_md=_prompt(foreign, texts),
        answers=tuple(answers),
        scoring=scoring,
        shuffle=foreign.is_shuffled or type_ not in _SHUFFLED,
        competencies=competencies,
        module=module,
        unit=_UNIT.sub(" ", foreign.unit)[:_LONGEST_UNIT].strip(),
        case_strict=foreign.is_case_strict and type_ is QuestionType.WORDS,
        grading="trainer" if type_ is QuestionType.OPEN else None,
        tags=tags,
        draft=foreign.is_hidden,
        parts=_parts(foreign, texts, otherwise),
    )
    _check(question, lang)
    return question


def _refuse_too_many(foreign: ForeignQuestion) -> None:
    """Refuse a question of thousands of answers before each of them is made."""
    if len(foreign.answers) > MOST_ANSWERS:
        facts = {"found": str(len(foreign.answers)), "limit": str(MOST_OPTIONS)}
        raise NoCounterpartError("too-many-options", **facts)


def title_of(foreign: ForeignQuestion) -> str:
    """Name a question: by its name, else by the first words of what it asks."""
    title = sound_title(foreign.name) or _first_words(foreign.prompt.text)
    return title or foreign.id or foreign.type_name or foreign.kind.value


def _first_words(text: str) -> str:
    words = re.sub(r"<[^<>]{0,200}>", " ", text[:500]).split()[:_WORDS_OF_TITLE]
    return sound_title(" ".join(words))


def _counted(type_: QuestionType, answers: list[Answer]) -> list[Answer]:
    if type_ is not QuestionType.MATCH:
        return answers
    return [answer for answer in answers if answer.left_md]


def _prompt(foreign: ForeignQuestion, texts: TextMaker) -> str:
    prompt = texts.prompt(foreign.prompt)
    if prompt:
        return prompt
    name = sound_title(foreign.name)
    if not name:
        raise NoCounterpartError("prompt-empty")
    texts.notes.add("prompt-from-name")
    return texts.prompt(foreign.prompt.__class__(name))


def _points(foreign: ForeignQuestion, texts: TextMaker) -> Fraction:
    written = foreign.points.strip()
    if not written:
        return Fraction(1)
    try:
        found = _POINTS.fullmatch(written)
        points = Fraction(Decimal(written)) if found else Fraction(0)
    except InvalidOperation:
        points = Fraction(0)
    kept = min(Fraction(round(points * _CENTS), _CENTS), Fraction(MOST_POINTS))
    if kept <= 0:
        texts.notes.add("points-changed", found=written, points="1")
        return Fraction(1)
    if kept != points:
        texts.notes.add("points-changed", found=written, points=f"{float(kept):g}")
    return kept


def _tags(
    foreign: ForeignQuestion, texts: TextMaker
) -> tuple[tuple[str, ...], tuple[str, ...], str | None]:
    """Sort tags: free words, codes of competencies, and the module to read again."""
    tags: list[str] = []
    codes: list[str] = []
    module: str | None = None
    for written in foreign.tags:
        tag = sound_tag(written)
        code = tag.removeprefix(COMPETENCY_TAG)
        slug = tag.removeprefix(MODULE_TAG)
        if code != tag and _CODE.fullmatch(code):
            codes.append(code)
        elif slug != tag and _SLUG.fullmatch(slug) and module is None:
            module = slug
        elif tag:
            tags.append(tag)
    if tags and any("," in tag for tag in foreign.tags):
        texts.notes.add("tag-comma")
    return tuple(tags), tuple(codes), module


def _parts(foreign: ForeignQuestion, texts: TextMaker, otherwise: str) -> Parts:
    hints = [hint for hint in map(texts.part, foreign.hints) if hint]
    if len(hints) > 1:
        texts.notes.add("hints-joined")
    wrong = [text for text in (texts.part(foreign.wrong), otherwise) if text]
    return Parts(
        explanation=texts.part(foreign.general),
        hint="\n\n".join(hints),
        right=texts.part(foreign.right),
        partly=texts.part(foreign.partly),
        wrong="\n\n".join(wrong),
    )


def _check(question: Question, lang: str) -> None:
    """Let the parser read what was made; its first error is the reason to refuse."""
    head = quiz_text(id_="arrival", title="Arrival", lang=lang, sections=())
    text = f"{head}\n{question_text(question, lang)}\n"
    reading = read_quiz(text.encode(), path=f"arrival.quiz.{lang}.md")
    for problem in reading.problems:
        if problem.severity is Severity.ERROR:
            raise NoCounterpartError(
                "does-not-fit", **{**problem.facts, RULE: problem.code}
            )


def _choice(foreign: ForeignQuestion, texts: TextMaker, _lang: str) -> Made:
    made = options(foreign, texts)
    rights = sum(1 for answer in made if (answer.weight or 0) > 0)
    is_pair = len(made) < FEWEST[QuestionType.MULTIPLE]
    if foreign.is_single or (is_pair and rights == 1):
        if not foreign.is_single:
            texts.notes.add("single-now")
        return QuestionType.SINGLE, single(made, texts), None, ""
    answers, scoring = multiple(made, texts)
    return QuestionType.MULTIPLE, answers, scoring, ""


def _true_false(foreign: ForeignQuestion, texts: TextMaker, lang: str) -> Made:
    return QuestionType.TRUEFALSE, true_false(foreign, texts, lang), None, ""


def _words(foreign: ForeignQuestion, texts: TextMaker, _lang: str) -> Made:
    answers, otherwise = phrases(foreign, texts)
    return QuestionType.WORDS, answers, None, otherwise


def _number(foreign: ForeignQuestion, texts: TextMaker, _lang: str) -> Made:
    answers, otherwise = numbers(foreign, texts)
    return QuestionType.NUMBER, answers, None, otherwise


def _match(foreign: ForeignQuestion, texts: TextMaker, _lang: str) -> Made:
    return QuestionType.MATCH, pairs(foreign, texts), None, ""


def _order(foreign: ForeignQuestion, texts: TextMaker, _lang: str) -> Made:
    scoring = _GRADINGS.get(foreign.grading)
    if scoring is None:
        texts.notes.add("grading-changed", what=foreign.grading)
    return QuestionType.ORDER, steps(foreign, texts), scoring or Scoring.PAIRS, ""


def _open(_foreign: ForeignQuestion, _texts: TextMaker, _lang: str) -> Made:
    return QuestionType.OPEN, [], None, ""


def _unknown(foreign: ForeignQuestion, _texts: TextMaker, _lang: str) -> Made:
    raise NoCounterpartError("kind-unknown", type=foreign.type_name)


_MAKERS: dict[Kind, Callable[[ForeignQuestion, TextMaker, str], Made]] = {
    Kind.CHOICE: _choice,
    Kind.TRUEFALSE: _true_false,
    Kind.SHORT: _words,
    Kind.NUMERICAL: _number,
    Kind.MATCHING: _match,
    Kind.ORDERING: _order,
    Kind.ESSAY: _open,
    Kind.UNKNOWN: _unknown,
    Kind.CATEGORY: _unknown,
    Kind.DESCRIPTION: _unknown,
}
_SHUFFLED = (
    QuestionType.SINGLE,
    QuestionType.MULTIPLE,
    QuestionType.MATCH,
)
"""Types of which other systems say whether their options are shuffled."""
