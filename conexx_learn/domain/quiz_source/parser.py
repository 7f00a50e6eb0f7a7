"""A quiz file's bytes become a `Quiz`, or every problem in them.

Total and linear: any bytes give a model, problems, or both, never an exception.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from conexx_learn.domain.front_matter import (
    QUIZ_CODES,
    normalised_text,
    read_front_matter,
)
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.quiz import Question, Quiz, QuizSettings, Section
from conexx_learn.domain.quiz_source.blocks import Outline, SectionBlock, markdown_of
from conexx_learn.domain.quiz_source.lines import Row, scan
from conexx_learn.domain.quiz_source.outline import read_outline
from conexx_learn.domain.quiz_source.questions import QuestionRules, read_question
from conexx_learn.domain.quiz_source.sections import (
    MOST_QUESTIONS,
    read_section,
    section_problems,
)
from conexx_learn.domain.quiz_source.settings import (
    Identity,
    front_attributes,
    read_identity,
    read_settings,
    stated_lines,
)
from conexx_learn.domain.quiz_source.values import Values

MOST_BYTES = 256 * 1024
"""Size of a quiz file."""

_KIB = 1024
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(slots=True)
class QuizReading:
    """Everything that one reading of a file found.

    Attributes:
        quiz: As far as it could be read, also where there are errors; None only for
            bytes that are no text or too many.
        problems: All of them, by line.
        head: The raw lines of the front matter, its `---` included.
        rows: The lines of the body, with roles and canonical texts.
    """

    quiz: Quiz | None = None
    problems: list[Problem] = field(default_factory=list)
    head: Sequence[str] = ()
    rows: list[Row] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Say whether a problem keeps the quiz out of publication."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def parse_quiz(
    data: bytes,
    *,
    path: str,
    is_final: bool = False,
    default_pass: Fraction | None = None,
) -> tuple[Quiz | None, list[Problem]]:
    """Read a quiz file.

    Args:
        data: The bytes of the file.
        path: For the problems; its language tag must agree with `lang`.
        is_final: A final quiz is graded unless it says otherwise.
        default_pass: The course's pass mark in percent, or None.

    Returns:
        The quiz, or None when any problem is an error; and every problem, by line.
    """
    reading = read_quiz(data, path=path, is_final=is_final, default_pass=default_pass)
    return (None if reading.has_errors else reading.quiz), reading.problems


def parse_self_check(
    text: str, *, path: str, first_line: int, lang: str
) -> tuple[Quiz | None, list[Problem]]:
    """Read the inside of a `quiz` fence of a module: always practice, no sections.

    Args:
        text: What stands between the fences.
        path: The module's file.
        first_line: Line of that file where the text begins, from 1.
        lang: Of the module.
    """
    plain = normalised_text(text).replace("\r", "\n")
    lines = plain.removesuffix("\n").split("\n")
    rows, problems = scan(lines, first_line=first_line, path=path)
    reading = QuizReading(problems=problems, rows=rows)
    identity = Identity(id="", title="", lang=lang, translates=None)
    body = _Body(reading, QuizSettings(), identity, path, first_line)
    reading.quiz = body.quiz(allows_sections=False)
    reading.problems.sort()
    return (None if reading.has_errors else reading.quiz), reading.problems


def read_quiz(
    data: bytes,
    *,
    path: str,
    is_final: bool = False,
    default_pass: Fraction | None = None,
) -> QuizReading:
    """Read a quiz file as far as it goes, errors or not; the arguments of `parse_quiz`.

    A question whose answers cannot be counted is `open` and has none; one whose
    heading has no id is left out.
    """
    if len(data) > MOST_BYTES:
        size = f"{len(data) / _KIB:.1f}".removesuffix(".0")
        facts = {"size": f"{size} KiB", "limit": f"{MOST_BYTES // _KIB} KiB"}
        return QuizReading(problems=[Problem(path, 1, 1, "E008", facts)])
    text, problem = _decoded(data, path)
    if problem:
        return QuizReading(problems=[problem])
    lines = normalised_text(text).replace("\r", "\n").split("\n")
    head, problems = read_front_matter(lines, path=path, codes=QUIZ_CODES)
    attributes, key_problems = front_attributes(head, path)
    first_line = head.body_index + 1
    rows, line_problems = scan(
        lines[head.body_index :], first_line=first_line, path=path
    )
    problems += [*key_problems, *line_problems]
    reading = QuizReading(problems=problems, head=lines[: head.body_index], rows=rows)
    values = Values(attributes, path, problems)
    identity = read_identity(values, is_present=head.present)
    default = Fraction(default_pass) if default_pass is not None else None
    default = default if head.present else Fraction(1)
    settings = read_settings(values, is_final=is_final, default_pass=default)
    body = _Body(reading, settings, identity, path, 1, stated_lines(attributes))
    reading.quiz = body.quiz(allows_sections=True)
    reading.problems.sort()
    return reading


def _decoded(data: bytes, path: str) -> tuple[str, Problem | None]:
    """Decode UTF-8; the problem names the place of the first sign that is no text."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
    else:
        found = _CONTROL.search(text)
        if not found:
            return text, None
        before = text[: found.start()]
    lines = normalised_text(before).replace("\r", "\n").split("\n")
    return "", Problem(path, len(lines), len(lines[-1]) + 1, "E101")


@dataclass(slots=True)
class _Body:
    """The part of a file below its front matter, on its way to a model."""

    reading: QuizReading
    settings: QuizSettings
    identity: Identity
    path: str
    first_line: int
    lines: dict[str, int] = field(default_factory=dict)
    question_lines: dict[str, int] = field(default_factory=dict)

    def quiz(self, *, allows_sections: bool) -> Quiz:
        outline, problems = read_outline(
            self.reading.rows, path=self.path, allows_sections=allows_sections
        )
        self.reading.problems += problems
        sections = tuple(self._section(block) for block in outline.sections)
        self._check_sections(outline, sections)
        self._check_count(outline)
        return Quiz(
            id=self.identity.id,
            title=self.identity.title,
            lang=self.identity.lang,
            settings=self.settings,
            intro_md=markdown_of(outline.intro),
            sections=sections,
            translates=self.identity.translates,
            path=self.path,
            lines=self.lines,
        )

    def _check_sections(self, outline: Outline, sections: Sequence[Section]) -> None:
        """Judge sections as wholes, unless questions without id would mislead."""
        blocks = [question for s in outline.sections for question in s.questions]
        is_partial = any(not block.id for block in blocks)
        for problem in section_problems(sections, self.path):
            if problem.code == "E305":
                if is_partial:
                    continue
                place = (self.path, self.first_line, 1, "E305")
                self.reading.problems.append(Problem(*place))
            elif not (is_partial and problem.code == "E301"):
                self.reading.problems.append(problem)

    def _section(self, block: SectionBlock) -> Section:
        values = Values(block.attributes, self.path, self.reading.problems)
        points = values.points("points")
        is_translation = self.identity.translates is not None
        rules = QuestionRules(self.settings, points, is_translation)
        questions: list[Question] = []
        for question_block in block.questions:
            question = read_question(
                question_block,
                rules,
                path=self.path,
                problems=self.reading.problems,
            )
            if question.id and self._is_new(question):
                questions.append(question)
        return read_section(block, values, points=points, questions=tuple(questions))

    def _check_count(self, outline: Outline) -> None:
        """Report more questions than a quiz may have (E008)."""
        blocks = [question for s in outline.sections for question in s.questions]
        if len(blocks) > MOST_QUESTIONS:
            facts = {
                "size": str(len(blocks)),
                "limit": str(MOST_QUESTIONS),
                "variant": "questions",
            }
            place = (self.path, blocks[MOST_QUESTIONS].row.number, 1, "E008")
            self.reading.problems.append(Problem(*place, facts))

    def _is_new(self, question: Question) -> bool:
        """Report an id that occurs twice in the file (E113)."""
        first = self.question_lines.setdefault(question.id, question.line)
        if first == question.line:
            return True
        facts = {
            "id": question.id,
            "path": self.path,
            "line": str(question.line),
            "other_path": self.path,
            "other_line": str(first),
        }
        place = (self.path, question.line, 1, "E113")
        self.reading.problems.append(Problem(*place, facts))
        return False
