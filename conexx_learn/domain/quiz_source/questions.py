"""One question: from its block of lines to the model."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import (
    Mode,
    Parts,
    Question,
    QuestionType,
    QuizSettings,
    Scoring,
    Void,
)
from conexx_learn.domain.quiz_source.answer_rules import (
    answer_problems,
    inferred_type,
    mixed_families,
)
from conexx_learn.domain.quiz_source.answers import AnswerReading, read_answers
from conexx_learn.domain.quiz_source.blocks import QuestionBlock, markdown_of
from conexx_learn.domain.quiz_source.revision import with_revisions
from conexx_learn.domain.quiz_source.settings import (
    MULTIPLE_SCORINGS,
    ORDER_SCORINGS,
    stated_lines,
)
from conexx_learn.domain.quiz_source.values import Values

MODULE_NUMBER = re.compile(r"^\d{2}-")

_CODE = re.compile(r"^[A-Za-z][A-Za-z0-9.-]{0,19}$")
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_ONLY_FOR: Mapping[str, tuple[QuestionType, ...]] = {
    "scoring": (QuestionType.MULTIPLE, QuestionType.ORDER),
    "unit": (QuestionType.NUMBER,),
    "case": (QuestionType.WORDS,),
    "accents": (QuestionType.WORDS,),
    "typos": (QuestionType.WORDS,),
    "grading": (QuestionType.OPEN,),
}


@dataclass(frozen=True, slots=True)
class QuestionRules:
    """What the file says above a question.

    Attributes:
        settings: Of the quiz.
        points: Default of the section, or None.
        is_translation: Attributes may be missing; the source has them.
    """

    settings: QuizSettings
    points: Fraction | None
    is_translation: bool


def read_question(
    block: QuestionBlock, rules: QuestionRules, *, path: str, problems: list[Problem]
) -> Question:
    """Read a question; with answers that cannot be counted it has none and is `open`.

    The id is empty where the heading has none.
    """
    reader = _QuestionReader(block, rules, path, problems)
    return with_revisions(reader.question())


class _QuestionReader:
    """Reads one block; every method reports what it finds wrong."""

    def __init__(
        self,
        block: QuestionBlock,
        rules: QuestionRules,
        path: str,
        problems: list[Problem],
    ) -> None:
        self.block = block
        self.rules = rules
        self.path = path
        self.problems = problems
        self.values = Values(block.attributes, path, problems)

    def _report(self, code: str, line: int = 0, **facts: str) -> None:
        line = line or self.block.row.number
        known = {"id": self.block.id, **facts}
        self.problems.append(Problem(self.path, line, 1, code, known))

    def question(self) -> Question:
        plain = self._attributes()
        reading = read_answers(self.block, path=self.path, problems=self.problems)
        mixed = mixed_families(reading, self.path)
        if mixed:
            self.problems.append(mixed)
        self._check_prompt(plain)
        if mixed or not reading.is_whole:
            return plain
        return self._with_answers(plain, reading)

    def _with_answers(self, plain: Question, reading: AnswerReading) -> Question:
        type_ = self._type(reading)
        question = replace(
            plain,
            type=type_,
            answers=reading.answers,
            shuffle=plain.shuffle and type_ is not QuestionType.TRUEFALSE,
            scoring=self._scoring(type_, reading),
            grading=self._grading(type_),
        )
        self._check_applicable(type_)
        self._check_voids(question)
        self.problems += answer_problems(question, self.path)
        return question

    def _attributes(self) -> Question:
        """Read everything but the answers."""
        values, block = self.values, self.block
        status = values.choice("status")
        return Question(
            id=block.id,
            title=block.title,
            type=QuestionType.OPEN,
            points=values.points("points") or self.rules.points or Fraction(1),
            prompt_md=markdown_of(block.prompt),
            answers=(),
            shuffle=values.choice("shuffle", "yes-no") != "no",
            competencies=self._competencies(),
            module=self._module(),
            unit=values.text("unit"),
            case_strict=values.choice("case", "strict") == "strict",
            accents_strict=values.choice("accents", "strict") == "strict",
            typos=self._typos(),
            void=self._void(),
            void_reason=values.text("void-reason"),
            tags=values.items("tags"),
            draft=status == "draft",
            retired=status == "retired",
            sources=values.items("source"),
            parts=Parts(**{k: markdown_of(rows) for k, rows in block.parts.items()}),
            line=block.row.number,
            lines=self._lines(),
        )

    def _lines(self) -> dict[str, int]:
        texts = [row.number for row in self.block.prompt if row.text.strip()]
        prompt = {"prompt": texts[0]} if texts else {}
        stated = stated_lines(self.block.attributes)
        return {**stated, **prompt, **self.block.part_lines}

    def _competencies(self) -> tuple[str, ...]:
        codes = self.values.items("competency")
        if not all(_CODE.match(code) for code in codes):
            self.values.refuse("competency", "K1, K2 …")
            return ()
        return codes

    def _module(self) -> str | None:
        module = MODULE_NUMBER.sub("", self.values.text("module"))
        if module and not _SLUG.match(module):
            self.values.refuse("module", "how-eu-money-works, 01-how-eu-money-works")
            return None
        return module or None

    def _typos(self) -> int:
        typos = self.block.attributes.get("typos")
        if typos and typos.value not in ("0", "1"):
            self.values.refuse("typos", "0, 1")
        return 1 if typos and typos.value == "1" else 0

    def _void(self) -> Void | None:
        void = self.values.choice("void")
        return Void(void) if void else None

    def _check_prompt(self, question: Question) -> None:
        block = self.block
        if not question.prompt_md and not block.is_broken:
            self._report("E130")
        is_open = self._asserted_type() is QuestionType.OPEN
        if not block.answers and not block.is_broken and not is_open:
            self._report("E131")

    def _asserted_type(self) -> QuestionType | None:
        attribute = self.block.attributes.get("type")
        word = attribute.value.casefold() if attribute else ""
        known = [type_ for type_ in QuestionType if type_ == word]
        return known[0] if known else None

    def _type(self, reading: AnswerReading) -> QuestionType:
        """Infer the type and compare it with what `type:` asserts (E221)."""
        type_ = inferred_type(reading)
        self.values.choice("type")
        asserted = self._asserted_type()
        names = (asserted, type_)
        if asserted is None or asserted is type_:
            return type_
        if names == (QuestionType.SINGLE, QuestionType.TRUEFALSE):
            return type_
        if reading.answers:
            self.values.report("type", "E221", type=type_.value)
        return type_

    def _scoring(self, type_: QuestionType, reading: AnswerReading) -> Scoring | None:
        """Say which formula applies: explicit weights imply `weights`."""
        stated = self.values.choice("scoring")
        if type_ is QuestionType.ORDER:
            return self._allowed_scoring(stated, ORDER_SCORINGS) or Scoring.PAIRS
        if type_ is not QuestionType.MULTIPLE:
            return None
        is_weighted = any(marker.is_weighted for marker in reading.markers)
        allowed = (Scoring.WEIGHTS,) if is_weighted else MULTIPLE_SCORINGS
        scoring = self._allowed_scoring(stated, allowed)
        default = Scoring.WEIGHTS if is_weighted else self.rules.settings.scoring
        return scoring or default

    def _allowed_scoring(
        self, stated: str | None, allowed: Sequence[Scoring]
    ) -> Scoring | None:
        if stated is None:
            return None
        if stated not in allowed:
            self.values.refuse("scoring", ", ".join(allowed))
            return None
        return Scoring(stated)

    def _grading(self, type_: QuestionType) -> str | None:
        if type_ is not QuestionType.OPEN:
            return None
        grading = self.values.choice("grading") or "self"
        is_graded = self.rules.settings.mode is Mode.GRADED
        if is_graded and grading != "trainer" and not self.rules.is_translation:
            self._refuse_self_grading()
        return grading

    def _refuse_self_grading(self) -> None:
        """Report an open question that nobody grades in a graded quiz."""
        if "grading" in self.block.attributes:
            self.values.refuse("grading", "trainer")
        else:
            self._report("E104", key="grading", value="", allowed="trainer")

    def _check_applicable(self, type_: QuestionType) -> None:
        """Report attributes that mean nothing for this type of question (E121)."""
        for key, types in _ONLY_FOR.items():
            if key in self.block.attributes and type_ not in types:
                self.values.report(key, "E121")

    def _check_voids(self, question: Question) -> None:
        """Report voids without a reason (E220)."""
        if question.void_reason or self.rules.is_translation:
            return
        if "void" in self.block.attributes:
            self._report("E220", self.block.attributes["void"].line)
        for answer in question.answers:
            if answer.void:
                self._report("E220", answer.line)
                return
