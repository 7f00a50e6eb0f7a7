"""A quiz in another language, compared with its source."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import PurePosixPath

from conexx_learn.domain.front_matter import source_hash
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import (
    Answer,
    Question,
    QuestionType,
    Quiz,
    Section,
)
from conexx_learn.domain.quiz_source.answer_rules import option_text
from conexx_learn.domain.quiz_source.lines import excerpt
from conexx_learn.domain.quiz_source.wording import needs_translation

_SETTING_FIELDS: Mapping[str, tuple[str, ...]] = {
    "mode": ("mode",),
    "pass": ("pass_percent",),
    "attempts": ("attempts",),
    "wait": ("wait_seconds",),
    "grade": ("grade",),
    "time": ("time_seconds",),
    "shuffle": ("shuffle_questions", "shuffle_options"),
    "feedback": ("feedback",),
    "scoring": ("scoring",),
}
_QUESTION_FIELDS: Mapping[str, str] = {
    "points": "points",
    "scoring": "scoring",
    "shuffle": "shuffle",
    "competency": "competencies",
    "module": "module",
    "case": "case_strict",
    "accents": "accents_strict",
    "typos": "typos",
    "grading": "grading",
    "void": "void",
    "status": "draft",
    "source": "sources",
}
_SECTION_FIELDS: Mapping[str, str] = {
    "draw": "draw",
    "points": "points",
    "shuffle": "shuffle",
    "pool": "pool",
}


def check_translation(
    source: Quiz, source_data: bytes, translation: Quiz
) -> list[Problem]:
    """Compare a translation with its source: E103, E104, E401 to E403, W401, W402.

    Args:
        source: Free of errors.
        source_data: The bytes of its file.
        translation: Free of errors, as it was parsed, before `inherit`.
    """
    check = _Check(source, translation)
    check.follow(source_hash(source_data))
    check.compare_front()
    check.compare_ids()
    for here, there in _pairs(source, translation):
        check.compare_question(here, there)
    sections = {section.id: section for section in source.sections}
    for section in translation.sections:
        if section.id in sections:
            check.compare_section(sections[section.id], section)
    check.tell_stale()
    return sorted(check.problems)


class _Check:
    """Collects what differs, and which questions probably changed."""

    def __init__(self, source: Quiz, translation: Quiz) -> None:
        self.source = source
        self.translation = translation
        self.problems: list[Problem] = []
        self.changed: list[str] = []
        self.is_stale = False
        self.expected = ""

    def report(self, line: int, code: str, /, **facts: str) -> None:
        self.problems.append(Problem(self.translation.path, line, 1, code, facts))

    def follow(self, digest: str) -> None:
        """Check that `translates` names the source, and its present revision."""
        name = PurePosixPath(self.source.path).name
        expected = f"{name}@{digest}"
        self.expected = expected
        stated = self.translation.translates
        line = self.translation.lines.get("translates", 1)
        if stated is None:
            self.report(1, "E103", expected=expected, variant="translates")
        elif stated.partition("@")[0] != name:
            facts = {"key": "translates", "value": stated, "allowed": expected}
            self.report(line, "E104", **facts)
        else:
            self.is_stale = stated != expected

    def tell_stale(self) -> None:
        """Report a source that changed since, with the ids that differ by now."""
        if not self.is_stale:
            return
        line = self.translation.lines.get("translates", 1)
        facts = {"source": self.source.path, "expected": self.expected}
        if self.changed:
            facts |= {"ids": ", ".join(dict.fromkeys(self.changed)), "variant": "ids"}
        self.report(line, "W401", **facts)

    def compare_front(self) -> None:
        """Compare what the front matter states with the source's."""
        stated = self.translation.lines
        if "quiz" in stated and self.translation.id != self.source.id:
            facts = {"found": self.translation.id, "expected": self.source.id}
            self.report(stated["quiz"], "E403", id="", key="quiz", **facts)
        for key, names in _SETTING_FIELDS.items():
            for name in names:
                if key in stated:
                    here = getattr(self.source.settings, name)
                    there = getattr(self.translation.settings, name)
                    self._compare_value(stated[key], "", key, here, there)

    def _compare_value(
        self, line: int, id_: str, key: str, here: object, there: object
    ) -> None:
        if here != there:
            facts = {"found": _shown(there), "expected": _shown(here)}
            self.report(line, "E403", id=id_, key=key, **facts)
            self.changed.append(id_ or key)

    def compare_ids(self) -> None:
        """Report questions and sections that one side lacks."""
        here = {q.id: q.line for q in self.source.questions}
        there = {q.id: q.line for q in self.translation.questions}
        self._compare_sets(here, there)
        here = {s.id: s.line for s in self.source.sections if s.id}
        there = {s.id: s.line for s in self.translation.sections if s.id}
        self._compare_sets(here, there)

    def _compare_sets(self, here: dict[str, int], there: dict[str, int]) -> None:
        for id_ in here.keys() - there.keys():
            facts = {"id": id_, "source": self.source.path}
            self.report(1, "E401", **facts, line=str(here[id_]), variant="missing")
            self.changed.append(id_)
        for id_ in there.keys() - here.keys():
            facts = {"id": id_, "source": self.source.path, "line": "-"}
            self.report(there[id_], "E401", **facts, variant="surplus")
            self.changed.append(id_)

    def compare_section(self, here: Section, there: Section) -> None:
        for key, name in _SECTION_FIELDS.items():
            if key in there.lines:
                values = (getattr(here, name), getattr(there, name))
                self._compare_value(there.lines[key], there.id, key, *values)
        if here.kind is not there.kind:
            values = (here.kind, there.kind)
            self._compare_value(there.line, there.id, "#", *values)

    def compare_question(self, here: Question, there: Question) -> None:
        """Compare one question: its attributes, then its answers one by one."""
        for key, name in _QUESTION_FIELDS.items():
            if key in there.lines:
                values = (getattr(here, name), getattr(there, name))
                self._compare_value(there.lines[key], there.id, key, *values)
        if "status" in there.lines and here.retired != there.retired:
            line = there.lines["status"]
            self._compare_value(line, there.id, "status", here.retired, there.retired)
        differs = _first_difference(here, there)
        if differs:
            line, found, expected = differs
            facts = {"id": there.id, "found": found, "expected": expected}
            self.report(line, "E402", **facts)
            self.changed.append(there.id)
        elif here.type is not QuestionType.WORDS:
            for one, other in zip(here.answers, there.answers, strict=True):
                self._compare_answer(there, one, other)

    def _compare_answer(self, question: Question, here: Answer, there: Answer) -> None:
        if here.weight != there.weight:
            values = (here.marker, there.marker)
            self._compare_value(there.line, question.id, "%", *values)
        if here.number != there.number:
            values = (here.text_md, there.text_md)
            self._compare_value(there.line, question.id, "[=]", *values)
        if question.type is QuestionType.NUMBER:
            return
        is_same = option_text(here.text_md) == option_text(there.text_md)
        if is_same and needs_translation(there.text_md):
            facts = {"id": question.id, "text": excerpt(there.text_md)}
            self.report(there.line, "W402", **facts)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "-" if value is None else str(value)


def _pairs(source: Quiz, translation: Quiz) -> Iterator[tuple[Question, Question]]:
    questions = {question.id: question for question in source.questions}
    for question in translation.questions:
        if question.id in questions:
            yield questions[question.id], question


def _first_difference(here: Question, there: Question) -> tuple[int, str, str] | None:
    """Find where number, order or markers of answers differ: line, found, expected."""
    types = {here.type, there.type} - {QuestionType.TRUEFALSE}
    is_choice = types <= {QuestionType.SINGLE}
    if here.type is not there.type and not is_choice:
        return there.line, there.type.value, here.type.value
    if here.type is QuestionType.WORDS:
        return None
    for one, other in zip_longest(here.answers, there.answers):
        found = _shape(other) if other else "-"
        expected = _shape(one) if one else "-"
        if found != expected:
            return (other.line if other else there.line), found, expected
    return None


def _shape(answer: Answer) -> str:
    """Write what a marker says, percentages left out: they are compared as values."""
    if answer.void:
        return answer.marker
    if answer.position is not None:
        return f"[{answer.position}]"
    if answer.number is not None:
        return "[=]"
    if answer.left_md or answer.right_md:
        return "[->]" if answer.left_md else "[->] ->"
    if answer.marker.endswith("%)") or answer.marker.endswith("%]"):
        return f"{answer.marker[0]}%{answer.marker[-1]}"
    return answer.marker
