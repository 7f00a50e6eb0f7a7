"""Reading the outline: from lines to sections, questions, answers and parts.

Every line gets its role here. After a fault reading goes on at once, so that one run
tells everything that is wrong.
"""

from collections.abc import Callable, Iterable

from conexx_learn.domain.front_matter import entry_of
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz import SectionKind
from conexx_learn.domain.quiz_source.blocks import (
    AnswerBlock,
    Attribute,
    Outline,
    QuestionBlock,
    SectionBlock,
)
from conexx_learn.domain.quiz_source.headings import Heading, read_heading
from conexx_learn.domain.quiz_source.keys import (
    LEVELS,
    QUESTION,
    SECTION,
    canonical_spelling,
    english_key,
    suggested_key,
)
from conexx_learn.domain.quiz_source.lines import (
    LEAST_INDENTATION,
    Role,
    Row,
    excerpt,
    lookalike_facts,
)
from conexx_learn.domain.quiz_source.markers import (
    AnswerLine,
    is_answer,
    read_answer_line,
)


def read_outline(
    rows: Iterable[Row], *, path: str, allows_sections: bool
) -> tuple[Outline, list[Problem]]:
    """Cut a body into its parts, and give every row its role and canonical text."""
    reader = _Reader(path, allows_sections=allows_sections)
    for row in rows:
        reader.take(row)
    return reader.outline, reader.problems


class _Reader:
    """Where reading stands: the open section, question and answer, and the zone."""

    def __init__(self, path: str, *, allows_sections: bool) -> None:
        self.path = path
        self.allows_sections = allows_sections
        self.outline = Outline()
        self.problems: list[Problem] = []
        self.section: SectionBlock | None = None
        self.question: QuestionBlock | None = None
        self.target: list[Row] = self.outline.intro
        self.zone: Callable[[Row], None] = self._text
        self.blanks: list[Row] = []
        self.takes_fence = False
        self.has_told = False

    def take(self, row: Row) -> None:
        row.role = row.plain_role
        row.canonical = row.raw if row.has_comment else row.text
        heading = read_heading(row, self.path)
        if heading is None:
            self.zone(row)
        else:
            self._open(heading, row)

    def _report(self, row: Row, code: str, column: int = 1, /, **facts: str) -> None:
        self.problems.append(Problem(self.path, row.number, column, code, facts))

    def _break(self) -> None:
        """Note that the open question cannot be counted any more."""
        if self.question:
            self.question.is_broken = True

    def _open(self, heading: Heading, row: Row) -> None:
        misplaced = (heading.section and not self.allows_sections) or (
            heading.part and not self.question
        )
        if misplaced or heading.is_unknown:
            self._pass_over(heading, row)
            return
        self.problems += heading.problems
        if not row.has_comment:
            row.canonical = heading.canonical
        self.blanks = []
        if heading.section:
            self._open_section(heading, heading.section, row)
        elif heading.is_question:
            self._open_question(heading, row)
        else:
            self._open_part(heading.part or "", row)

    def _pass_over(self, heading: Heading, row: Row) -> None:
        """Report a heading that is none; in a text it is read on, else skipped."""
        if heading.is_unknown:
            self.problems += heading.problems
        else:
            self._report(row, "E110", found=excerpt(row.text))
        self._break()
        if self.zone == self._attributes:
            self._leave_attributes()
        if self.zone in (self._text, self._prompt):
            self.target.append(row)
        else:
            self.zone = self._skip

    def _open_section(self, heading: Heading, kind: SectionKind, row: Row) -> None:
        row.role = Role.SECTION_HEAD
        self.section = SectionBlock(row, kind, heading.id, heading.title)
        self.outline.sections.append(self.section)
        self.question = None
        self.target = self.section.text
        self.zone = self._attributes

    def _open_question(self, heading: Heading, row: Row) -> None:
        row.role = Role.QUESTION_HEAD
        if self.section is None:
            self.section = SectionBlock(None, SectionKind.PLAIN)
            self.outline.sections.append(self.section)
        self.question = QuestionBlock(row, heading.id, heading.title)
        self.section.questions.append(self.question)
        self.target = self.question.prompt
        self.zone = self._attributes

    def _open_part(self, part: str, row: Row) -> None:
        row.role = Role.PART_HEAD
        question = self.question
        if question is None:
            return
        if part in question.parts:
            first = question.part_lines[part]
            self._report(row, "E106", key=row.text.strip("# "), line=str(first))
        self.target = question.parts.setdefault(part, [])
        question.part_lines.setdefault(part, row.number)
        self.zone = self._part

    def _skip(self, row: Row) -> None:
        """Ignore what stands below a heading that is not understood."""

    def _text(self, row: Row) -> None:
        """Take a line of the introduction or of a section's text."""
        self.target.append(row)
        if row.role is Role.TEXT and not self.has_told and is_answer(row.text):
            proposal = "## id | …"
            self._report(row, "E111", found=excerpt(row.text), proposal=proposal)
            self.has_told = True

    def _attributes(self, row: Row) -> None:
        """Take a line directly below a heading."""
        if row.is_hidden:
            return
        if row.role is not Role.TEXT or not self._take_attribute(row):
            self._leave_attributes()
            self.zone(row)

    def _leave_attributes(self) -> None:
        self.zone = self._prompt if self.question else self._text
        self.has_told = False

    def _take_attribute(self, row: Row) -> bool:
        """Take a `key: value` line; say whether it was one."""
        entry = entry_of(row.text, row.number)
        if entry is None:
            return False
        level = QUESTION if self.question else SECTION
        key = english_key(entry.key)
        guess = "" if key else suggested_key(entry.key, level)
        if key is None and not guess and " " in entry.key:
            return False
        row.role = Role.ATTRIBUTE
        block = self.question or self.section
        if key is None:
            facts = {"suggestion": guess, "variant": "meant"} if guess else {}
            self._report(row, "E120", key=entry.key, **facts)
        elif key not in LEVELS[level]:
            self._report(row, "E121", key=entry.key)
        elif block and key in block.attributes:
            first = str(block.attributes[key].line)
            self._report(row, "E106", key=entry.key, line=first)
        elif block:
            self._keep_attribute(block, key, row)
        return True

    def _keep_attribute(
        self, block: QuestionBlock | SectionBlock, key: str, row: Row
    ) -> None:
        written, _, value = row.text.partition(":")
        column = len(row.text) - len(value.lstrip()) + 1
        if value.startswith("\xa0"):
            self._report(row, "W901", len(written) + 2, **lookalike_facts("\xa0", " "))
        attribute = Attribute(key, written.strip(), value.strip(), row.number, column)
        block.attributes[key] = attribute
        if not row.has_comment:
            spelling = canonical_spelling(written)
            row.canonical = f"{spelling}: {value.strip()}".rstrip()

    def _prompt(self, row: Row) -> None:
        """Take a line between the attributes and the first answer."""
        if row.role is Role.TEXT:
            answer = read_answer_line(row.text)
            if answer:
                self._take_answer(answer, row)
                return
            self._check_indented(row)
            if row.looks_like_feedback and not self._follows_list():
                self._report(row, "E219", found=excerpt(row.text))
        self.target.append(row)

    def _check_indented(self, row: Row) -> None:
        """Report an answer line that is indented."""
        if row.indentation and is_answer(row.text.lstrip()):
            proposal = excerpt(row.text)
            self._report(row, "E206", row.indentation + 1, proposal=proposal)
            self._break()

    def _follows_list(self) -> bool:
        """Say whether the last text of the prompt is a list or indented."""
        for row in reversed(self.target):
            if not row.is_blank:
                return row.text.startswith((" ", "- ", "* ", "+ ", ">")) or (
                    row.text[:1].isdigit()
                )
        return False

    def _take_answer(self, answer: AnswerLine, row: Row) -> None:
        row.role = Role.ANSWER
        self.blanks = []
        self.has_told = False
        self.zone = self._answers
        for found, expected in answer.lookalikes:
            self._report(row, "W901", **lookalike_facts(found, expected))
        if answer.code:
            facts = {"found": excerpt(row.text), "proposal": excerpt(answer.proposal)}
            self._report(row, answer.code, answer.column, **facts)
            self._break()
        if answer.marker and not row.has_comment:
            row.canonical = f"- {answer.marker.text} {answer.text}".rstrip()
        if self.question:
            block = AnswerBlock(row, answer.marker, answer.text)
            self.question.answers.append(block)

    def _answers(self, row: Row) -> None:
        """Take a line after the first answer."""
        if row.role is Role.BLANK:
            self.blanks.append(row)
            self.has_told = False
        elif row.is_fenced:
            self._take_fenced(row)
        elif not row.is_hidden:
            self._take_below_answer(row)

    def _take_fenced(self, row: Row) -> None:
        if row.opens_fence:
            self.takes_fence = row.indentation >= LEAST_INDENTATION
            if not self.takes_fence:
                self._report(row, "E205", found=excerpt(row.text))
        if self.takes_fence:
            self._hang(row, row.role)

    def _take_below_answer(self, row: Row) -> None:
        answer = read_answer_line(row.text)
        if answer:
            self._take_answer(answer, row)
        elif row.text.lstrip().startswith("#") and row.indentation:
            self._report(row, "E110", found=excerpt(row.text))
        elif row.indentation and is_answer(row.text.lstrip()):
            self._check_indented(row)
        elif row.looks_like_feedback:
            self._hang(row, Role.FEEDBACK)
        elif row.text.startswith(">"):
            self._report(row, "E219", found=excerpt(row.text))
        elif row.indentation >= LEAST_INDENTATION:
            self._hang(row, Role.CONTINUATION)
        elif not self.has_told:
            self._report(row, "E205", found=excerpt(row.text))
            self.has_told = True

    def _hang(self, row: Row, role: Role) -> None:
        """Hang a line below the last answer: to its text or to its feedback."""
        block = self.question.answers[-1] if self.question else None
        if block is None:
            return
        is_feedback = role is Role.FEEDBACK or (block.feedback and not row.is_fenced)
        row.role = Role.FEEDBACK if is_feedback else role
        target = block.feedback if is_feedback else block.more
        target += [*self.blanks, row] if target or not is_feedback else [row]
        self.blanks = []

    def _part(self, row: Row) -> None:
        """Take a line of an explanation, a hint or their like."""
        if row.role is Role.TEXT and is_answer(row.text):
            self._report(row, "E205", found=excerpt(row.text), variant="part")
            self._break()
        self.target.append(row)
