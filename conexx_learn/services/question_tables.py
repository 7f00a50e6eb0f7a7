"""A table of questions, in .xlsx or CSV, becomes questions for a quiz of a course."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice

from conexx_learn.adapters.spreadsheets import Table, xlsx_file
from conexx_learn.adapters.workbooks import workbook_rows
from conexx_learn.domain.people_import.decoding import decoded
from conexx_learn.domain.people_import.row_problems import RowProblem
from conexx_learn.domain.question_exchange.quiz_writing import (
    question_text,
    quiz_text,
    section_blocks,
)
from conexx_learn.domain.question_exchange.remarks import Remark, Severity
from conexx_learn.domain.quiz import Question, Section, SectionKind
from conexx_learn.domain.quiz_source import read_quiz
from conexx_learn.domain.quiz_source.headings import MOST_ID_SIGNS, proposed_id
from conexx_learn.domain.refusals import refusal
from conexx_learn.domain.word_import.making import stem_of
from conexx_learn.domain.word_import.question_table import read_question_table
from conexx_learn.domain.word_import.table_headings import TEMPLATE, column_of

MOST_BYTES = 8 * 1000 * 1000
MOST_LINES = 20_000
LONGEST_LINE = 256 * 1024

_WORKBOOK_START = b"PK"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",;\t"
_FIRST_LINES = 10
_ROOM_FOR_NUMBER = 6


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question of a table, as it would be in a quiz.

    Attributes:
        row: Of the table, from 1.
        title: Its first words.
        text: As a quiz file has it.
        question: The value; its id is given when it is put into a quiz.
    """

    row: int
    title: str
    text: str
    question: Question


@dataclass(frozen=True, slots=True)
class TableArrival:
    """What became of a table.

    Attributes:
        name: Of the file.
        language: Of the quiz that it is for.
        questions: In the order of the rows.
        remarks: What is wrong with the table or with a row; its line is the row.
    """

    name: str
    language: str
    questions: tuple[ShownQuestion, ...] = ()
    remarks: tuple[Remark, ...] = ()


def question_table(data: bytes, *, name: str, language: str) -> TableArrival:
    """Read a table of questions; nothing is stored.

    Args:
        data: The bytes of a .xlsx or CSV file.
        name: Of the file.
        language: Of the quiz that it is for.

    Raises:
        ContentError: The file is refused; its problem says why and what to do.
    """
    if len(data) > MOST_BYTES:
        limit = str(MOST_BYTES // 1000 // 1000)
        raise refusal(name, "E008", "office-size", limit=limit)
    is_workbook = data.startswith((_WORKBOOK_START, _OLD_WORKBOOK))
    if is_workbook or name.lower().endswith((".xlsx", ".xlsm")):
        rows = workbook_rows(data, name=name)
    else:
        read = _csv_rows(data)
        if isinstance(read, Remark):
            return TableArrival(name, language, remarks=(read,))
        rows = read
    table = read_question_table(rows, lang=language)
    questions = tuple(
        ShownQuestion(
            one.row, one.title, question_text(one.question, language), one.question
        )
        for one in table.questions
    )
    return TableArrival(name, language, questions, tuple(sorted(table.remarks)))


def table_quiz(
    arrived: TableArrival,
    rows: Collection[int],
    *,
    path: str,
    title: str,
    before: bytes | None,
) -> bytes:
    """Write the quiz file with the questions of a table put into it.

    Args:
        arrived: The table.
        rows: Those that a person wants.
        path: Of the quiz file in the course folder.
        title: Of the quiz, where there is none yet.
        before: What the file holds; None where it is new.
    """
    stem = path.partition(".quiz.")[0]
    stem = stem[3:] if stem[:2].isdigit() else stem
    known = read_quiz(before or b"", path=path).quiz if before else None
    taken = {one.id for one in known.questions} if known else set()
    chosen = [one.question for one in arrived.questions if one.row in rows]
    questions = tuple(_with_ids(chosen, stem, taken))
    lang = arrived.language
    if before is None:
        section = Section(SectionKind.PLAIN, questions=questions)
        id_ = f"{stem[: MOST_ID_SIGNS - 5].rstrip('-')}-quiz"
        return quiz_text(id_=id_, title=title, lang=lang, sections=(section,)).encode()
    sections = {one.id for one in known.sections} if known else set()
    id_ = _free(proposed_id(stem_of(arrived.name)), sections)
    section = Section(SectionKind.SECTION, id=id_, title=stem_of(arrived.name))
    blocks = [before.decode(errors="replace").rstrip(), *section_blocks(section, lang)]
    blocks += [question_text(question, lang) for question in questions]
    return ("\n\n".join(blocks) + "\n").encode()


def _with_ids(
    questions: Sequence[Question], stem: str, taken: set[str]
) -> list[Question]:
    done: list[Question] = []
    for question in questions:
        id_ = _free(proposed_id(f"{stem[:24]}-{question.title}"), taken)
        taken.add(id_)
        done.append(replace(question, id=id_))
    return done


def _free(wanted: str, taken: Collection[str]) -> str:
    base = wanted[: MOST_ID_SIGNS - _ROOM_FOR_NUMBER].strip("-")
    id_, number = base, 2
    while id_ in taken:
        id_, number = f"{base}-{number}", number + 1
    return id_


def table_template(language: str) -> bytes:
    """Make the workbook that people fill in, with an example of each type."""
    headings, rows = TEMPLATE["es" if language == "es" else "en"]
    title = "Preguntas" if language == "es" else "Questions"
    return xlsx_file(Table(title, headings, rows, wide_columns=2))


def _csv_rows(data: bytes) -> list[tuple[int, list[str]]] | Remark:
    """Read text as rows; the first fault of its form ends it."""
    read = decoded(data)
    if isinstance(read, RowProblem):
        return Remark(read.line, "", "table-form", Severity.FAULT)
    text = read[0]
    delimiter = _delimiter(text)
    rows: list[tuple[int, list[str]]] = []
    source = StringIO(text, newline="")
    if any(len(line) > LONGEST_LINE for line in source):
        return Remark(1, "", "table-form", Severity.FAULT)
    source.seek(0)
    reader = csv.reader(source, delimiter=delimiter)
    try:
        for cells in islice(reader, MOST_LINES):
            plain = [cell.strip() for cell in cells]
            if any(plain):
                rows.append((reader.line_num, plain))
    except csv.Error:
        return Remark(reader.line_num, "", "table-form", Severity.FAULT)
    return rows


def _delimiter(text: str) -> str:
    """Guess what parts cells: that by which one line gives the most headings."""
    lines = [line[:LONGEST_LINE] for line in islice(StringIO(text), _FIRST_LINES)]
    return max(
        _DELIMITERS,
        key=lambda sign: max(
            (sum(bool(column_of(cell)) for cell in line.split(sign)) for line in lines),
            default=0,
        ),
    )
