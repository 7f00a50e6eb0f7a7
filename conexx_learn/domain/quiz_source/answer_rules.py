"""What the answers of a question must fulfil, type by type (E210 to E216)."""

import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from fractions import Fraction

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import Answer, Question, QuestionType, Scoring
from conexx_learn.domain.quiz_source.answers import AnswerReading
from conexx_learn.domain.quiz_source.keys import folded
from conexx_learn.domain.quiz_source.lines import excerpt
from conexx_learn.domain.quiz_source.markers import Family
from conexx_learn.domain.typed_words import normalised

TRUE_FALSE_NAMES = frozenset(
    frozenset(pair)
    for pair in (
        ("true", "false"),
        ("verdadero", "falso"),
        ("cierto", "falso"),
        ("si", "no"),
        ("yes", "no"),
    )
)

FEWEST = {
    QuestionType.SINGLE: 2,
    QuestionType.TRUEFALSE: 2,
    QuestionType.MULTIPLE: 3,
    QuestionType.ORDER: 3,
    QuestionType.MATCH: 2,
    QuestionType.NUMBER: 1,
    QuestionType.WORDS: 1,
}
"""How many options, steps, full pairs or entries each type needs."""

_TYPES = {
    Family.SINGLE: QuestionType.SINGLE,
    Family.MULTIPLE: QuestionType.MULTIPLE,
    Family.ORDER: QuestionType.ORDER,
    Family.MATCH: QuestionType.MATCH,
    Family.NUMBER: QuestionType.NUMBER,
    Family.WORDS: QuestionType.WORDS,
}

Finding = tuple[int, str, dict[str, str]]
"""Line, code and facts of a problem."""


def inferred_type(reading: AnswerReading) -> QuestionType:
    """Say what kind of question the markers make: `open` without any."""
    if not reading.markers:
        return QuestionType.OPEN
    type_ = _TYPES[reading.markers[0].family]
    if type_ is QuestionType.SINGLE and has_true_false_names(reading.answers):
        return QuestionType.TRUEFALSE
    return type_


def has_true_false_names(answers: Sequence[Answer]) -> bool:
    """Say whether there are two options, named True and False or their like."""
    names = [folded(answer.text_md.strip(" .*_")) for answer in answers]
    return len(names) == len({*names}) == 2 and frozenset(names) in TRUE_FALSE_NAMES  # noqa: PLR2004  # Two is what the names are.


def mixed_families(reading: AnswerReading, path: str) -> Problem | None:
    """Report markers of more than one family (E210), at the first that differs."""
    for answer, marker in zip(reading.answers, reading.markers, strict=True):
        first = reading.markers[0].family
        if marker.family is not first:
            facts = {"found": marker.family.value, "expected": first.value}
            return Problem(path, answer.line, 1, "E210", facts)
    return None


def answer_problems(question: Question, path: str) -> list[Problem]:
    """Report what is wrong with the answers of one question of one family."""
    rules: dict[QuestionType, Callable[[Question], Iterable[Finding]]] = {
        QuestionType.SINGLE: _single,
        QuestionType.TRUEFALSE: _true_false,
        QuestionType.MULTIPLE: _multiple,
        QuestionType.ORDER: _order,
        QuestionType.MATCH: _match,
        QuestionType.NUMBER: _entries,
        QuestionType.WORDS: _words,
    }
    rule = rules.get(question.type)
    findings = [*_count(question), *rule(question)] if rule else []
    return [Problem(path, line, 1, code, facts) for line, code, facts in findings]


def option_text(text_md: str) -> str:
    """Write an option as it is compared with the others."""
    return " ".join(unicodedata.normalize("NFKC", text_md).casefold().split())


def _count(question: Question) -> Iterator[Finding]:
    counted = [
        answer
        for answer in question.answers
        if question.type is not QuestionType.MATCH or answer.left_md
    ]
    fewest = FEWEST[question.type]
    if len(counted) < fewest:
        facts = {"found": str(len(counted)), "fewest": str(fewest)}
        yield question.line, "E211", facts


def _single(question: Question) -> Iterator[Finding]:
    for answer in question.answers:
        if answer.weight is not None and answer.weight > 1:
            yield answer.line, "E213", {"found": answer.marker}
    if not any(answer.right or answer.void for answer in question.answers):
        yield question.line, "E212", {}
    yield from _duplicates(question)


def _true_false(question: Question) -> Iterator[Finding]:
    yield from _single(question)
    for answer in question.answers:
        is_weighted = answer.marker.endswith("%)")
        if is_weighted and answer.weight is not None and answer.weight <= 1:
            yield answer.line, "E213", {"found": answer.marker}


def _multiple(question: Question) -> Iterator[Finding]:
    counted = [answer for answer in question.answers if not answer.void]
    if not any(answer.right for answer in counted):
        yield question.line, "E212", {}
    elif len(counted) == len(question.answers) and all(a.right for a in counted):
        yield question.line, "E211", {"variant": "no-wrong"}
    yield from _weights(question, counted)
    yield from _duplicates(question)


def _weights(question: Question, counted: Sequence[Answer]) -> Iterator[Finding]:
    """Check explicit weights: all or none, the positive ones exactly 100 %."""
    weights = [answer.weight for answer in counted if answer.weight is not None]
    if not weights:
        if question.scoring is Scoring.WEIGHTS:
            yield question.line, "E213", {"found": Scoring.WEIGHTS.value}
        return
    if len(weights) < len(counted):
        plain = next(answer for answer in counted if answer.weight is None)
        yield plain.line, "E213", {"found": plain.marker}
    elif len(counted) == len(question.answers):
        total = sum((weight for weight in weights if weight > 0), Fraction(0))
        if total != 1 or any(weight < -1 for weight in weights):
            yield question.line, "E213", {"found": _percent(total)}


def _percent(share: Fraction) -> str:
    return f"+{float(share * 100):g}%"


def _order(question: Question) -> Iterator[Finding]:
    count = len(question.answers)
    seen: set[int] = set()
    for answer in question.answers:
        step = answer.position or 0
        if step in seen or not 1 <= step <= count:
            facts = {"found": answer.marker, "count": str(count)}
            yield answer.line, "E215", facts
            break
        seen.add(step)
    yield from _duplicates(question)


def _match(question: Question) -> Iterator[Finding]:
    pairs = [answer for answer in question.answers if answer.left_md]
    extras = [answer for answer in question.answers if not answer.left_md]
    lefts: set[str] = set()
    for answer in pairs:
        left = option_text(answer.left_md)
        if left in lefts:
            facts = {"found": excerpt(answer.left_md), "variant": "left"}
            yield answer.line, "E216", facts
        lefts.add(left)
    rights = {option_text(answer.right_md) for answer in pairs}
    for answer in extras:
        right = option_text(answer.right_md)
        if right in rights:
            yield answer.line, "E214", {"found": excerpt(answer.right_md)}
        rights.add(right)


def _entries(question: Question) -> Iterator[Finding]:
    """Check the weights of number and words entries."""
    for answer in question.answers:
        if answer.weight is not None and answer.weight > 1:
            yield answer.line, "E213", {"found": answer.marker}
    if not any(answer.weight == 1 for answer in question.answers):
        yield question.line, "E212", {}


def _words(question: Question) -> Iterator[Finding]:
    yield from _entries(question)

    def compared(answer: Answer) -> Hashable:
        return tuple(
            normalised(
                piece,
                case_strict=question.case_strict,
                accents_strict=question.accents_strict,
            )
            or piece.strip()
            for piece in (answer.phrase or "").split("*")
        )

    yield from _repeated(question.answers, compared)


def _duplicates(question: Question) -> Iterator[Finding]:
    def compared(answer: Answer) -> Hashable:
        return option_text(answer.text_md)

    yield from _repeated(question.answers, compared)


def _repeated(
    answers: Sequence[Answer], compared: Callable[[Answer], Hashable]
) -> Iterator[Finding]:
    seen: set[Hashable] = set()
    for answer in answers:
        form = compared(answer)
        if form in seen:
            yield answer.line, "E214", {"found": excerpt(answer.text_md)}
        seen.add(form)
