"""A table of questions becomes questions of ours, or says which row it is and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from conexx_learn.domain.question_exchange.foreign import (
    ForeignAnswer,
    ForeignNumber,
    ForeignQuestion,
    ForeignText,
    Kind,
    TextForm,
)
from conexx_learn.domain.question_exchange.remarks import Remark, Severity, excerpt
from conexx_learn.domain.quiz import Question
from conexx_learn.domain.search import folded
from conexx_learn.domain.word_import.quiz_making import tried
from conexx_learn.domain.word_import.table_headings import Column, column_of

MOST_ROWS = 500
MOST_SIGNS = 5000
"""Of one cell."""

_FIRST_ROWS = 10
"""So far down the headings may stand."""

_TYPES = {
    "unica": Kind.CHOICE,
    "opcion unica": Kind.CHOICE,
    "opcion multiple": Kind.CHOICE,
    "multiple choice": Kind.CHOICE,
    "single": Kind.CHOICE,
    "single choice": Kind.CHOICE,
    "varias": Kind.CHOICE,
    "multiple": Kind.CHOICE,
    "multiples": Kind.CHOICE,
    "verdadero o falso": Kind.TRUEFALSE,
    "verdadero falso": Kind.TRUEFALSE,
    "vf": Kind.TRUEFALSE,
    "true or false": Kind.TRUEFALSE,
    "true false": Kind.TRUEFALSE,
    "numero": Kind.NUMERICAL,
    "numerica": Kind.NUMERICAL,
    "number": Kind.NUMERICAL,
    "numeric": Kind.NUMERICAL,
    "texto": Kind.SHORT,
    "palabras": Kind.SHORT,
    "text": Kind.SHORT,
    "words": Kind.SHORT,
    "short answer": Kind.SHORT,
}
_TRUTHS = {"verdadero": True, "cierto": True, "v": True, "true": True, "si": True}
_TRUTHS |= {"falso": False, "f": False, "false": False, "no": False, "yes": True}
_PARTING = re.compile(r"\s*(?:[,;/]|\by\b|\band\b)\s*")
_LETTER = re.compile(r"\(?([a-jA-J]|10|[1-9])[.)]?")
_PLAIN = TextForm.PLAIN

TableRow = tuple[int, Sequence[str]]
"""Number of a row, from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """One row that became a question."""

    row: int
    title: str
    question: Question


@dataclass(slots=True)
class QuestionTable:
    """What became of a table.

    Attributes:
        questions: In the order of the rows; their ids are still to be given.
        remarks: What is wrong with the table or with a row; its line is the row.
    """

    questions: list[TableQuestion] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def _fault(self, row: int, code: str, **facts: str) -> None:
        shown = {key: excerpt(value) for key, value in facts.items()}
        self.remarks.append(Remark(row, "", code, Severity.FAULT, shown))

    def _left_out(self, row: int, title: str, code: str, **facts: str) -> None:
        shown = {key: excerpt(value) for key, value in facts.items()}
        self.remarks.append(Remark(row, title, code, Severity.LEFT_OUT, shown))


class _Table(QuestionTable):
    """A table while it is read."""

    columns: dict[tuple[Column, int], int]
    lang: str

    def read(self, rows: Sequence[TableRow]) -> None:
        start = self._headings(rows)
        if start < 0:
            return
        body = rows[start:]
        if not body:
            self._fault(1, "table-empty")
        if len(body) > MOST_ROWS:
            self._fault(body[MOST_ROWS][0], "table-rows", limit=str(MOST_ROWS))
        for number, cells in body[:MOST_ROWS]:
            self._row(number, cells)

    def _headings(self, rows: Sequence[TableRow]) -> int:
        """Find the row of headings; -1 where there is none, which is told."""
        for place, (number, cells) in enumerate(rows[:_FIRST_ROWS]):
            known = [column_of(cell) for cell in cells]
            if (Column.PROMPT, 0) in known:
                self._keep(number, cells, known)
                return place + 1
        prompt = "Pregunta" if self.lang == "es" else "Question"
        self._fault(rows[0][0] if rows else 1, "table-headings", what=prompt)
        return -1

    def _keep(
        self,
        number: int,
        cells: Sequence[str],
        known: Sequence[tuple[Column, int] | None],
    ) -> None:
        for index, (cell, column) in enumerate(zip(cells, known, strict=True)):
            if column is None and cell.strip():
                facts = {"what": excerpt(cell)}
                remark = Remark(number, "", "column-ignored", Severity.CHANGED, facts)
                self.remarks.append(remark)
            elif column in self.columns:
                self._fault(number, "table-heading-twice", what=cell)
            elif column is not None:
                self.columns[column] = index

    def _cell(self, cells: Sequence[str], column: Column, place: int = 0) -> str:
        index = self.columns.get((column, place), -1)
        if not 0 <= index < len(cells):
            return ""
        text = cells[index].strip()
        # A cell that a spreadsheet would calculate was written with an apostrophe.
        return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text

    def _row(self, number: int, cells: Sequence[str]) -> None:
        prompt = self._cell(cells, Column.PROMPT)
        title = self._cell(cells, Column.TITLE) or excerpt(prompt)
        if any(len(cell) > MOST_SIGNS for cell in cells):
            self._left_out(number, title, "table-cell", limit=f"{MOST_SIGNS:,}")
            return
        if not prompt:
            self._left_out(number, title, "row-prompt")
            return
        foreign = self._foreign(number, cells, title, prompt)
        if foreign is None:
            return
        made = tried(foreign, title, self.lang)
        if made.question is None:
            self.remarks += [made.remark] if made.remark else []
            return
        self.questions.append(TableQuestion(number, title, made.question))

    def _foreign(
        self, number: int, cells: Sequence[str], title: str, prompt: str
    ) -> ForeignQuestion | None:
        options = self._options(cells)
        right = self._cell(cells, Column.RIGHT)
        typed = self._cell(cells, Column.TYPE)
        kind = _TYPES.get(folded(typed)) if typed else _kind_of(options, right)
        if kind is None:
            self._left_out(number, title, "row-type", what=typed)
            return None
        if not right:
            self._left_out(number, title, "row-right")
            return None
        answers = _answers(kind, options, right)
        if answers is None:
            self._left_out(number, title, "row-right-unknown", what=right)
            return None
        codes = _PARTING.split(self._cell(cells, Column.COMPETENCY))
        return ForeignQuestion(
            number,
            kind,
            name=title,
            prompt=ForeignText(prompt, _PLAIN),
            answers=answers,
            is_single=sum(1 for one in answers if one.fraction > 0) <= 1,
            points=self._cell(cells, Column.POINTS).replace(",", "."),
            general=ForeignText(self._cell(cells, Column.FEEDBACK), _PLAIN),
            tags=tuple(f"competency:{code}" for code in codes if code),
        )

    def _options(self, cells: Sequence[str]) -> list[tuple[int, str]]:
        places = sorted(
            place for column, place in self.columns if column is Column.OPTION
        )
        found = [(place, self._cell(cells, Column.OPTION, place)) for place in places]
        return [(place, text) for place, text in found if text]


def read_question_table(rows: Sequence[TableRow], *, lang: str) -> QuestionTable:
    """Read a table; total: any rows give questions, remarks, or both.

    Args:
        rows: Those that are not blank.
        lang: Of the quiz that the questions are for.
    """
    table = _Table()
    table.columns = {}
    table.lang = lang
    table.read(rows)
    return QuestionTable(table.questions, table.remarks)


def _kind_of(options: Sequence[tuple[int, str]], right: str) -> Kind:
    """Guess what a row without a type is."""
    if options:
        return Kind.CHOICE
    if folded(right) in _TRUTHS:
        return Kind.TRUEFALSE
    return Kind.NUMERICAL if re.fullmatch(r"[-+]?[\d\s.,]+", right) else Kind.SHORT


def _answers(
    kind: Kind, options: Sequence[tuple[int, str]], right: str
) -> tuple[ForeignAnswer, ...] | None:
    """Make the answers; None where the right one is none of them."""
    match kind:
        case Kind.TRUEFALSE:
            truth = _TRUTHS.get(folded(right))
            if truth is None:
                return None
            sides = (truth, not truth)
            return tuple(ForeignAnswer(fraction=Fraction(int(one))) for one in sides)
        case Kind.NUMERICAL:
            value = right.replace(" ", "").replace(",", ".")
            return (ForeignAnswer(fraction=Fraction(1), number=ForeignNumber(value)),)
        case Kind.SHORT:
            return tuple(
                ForeignAnswer(ForeignText(one.strip(), _PLAIN), Fraction(1))
                for one in right.split(";")
                if one.strip()
            )
        case _:
            return _choices(options, right)


def _choices(
    options: Sequence[tuple[int, str]], right: str
) -> tuple[ForeignAnswer, ...] | None:
    rights = _rights(options, right)
    if not rights:
        return None
    wrongs = len(options) - len(rights)
    each = Fraction(1, len(rights))
    several = len(rights) > 1 and wrongs
    wrong = -Fraction(1, min(len(rights), wrongs)) if several else Fraction(0)
    return tuple(
        ForeignAnswer(ForeignText(text, _PLAIN), each if place in rights else wrong)
        for place, text in options
    )


def _rights(options: Sequence[tuple[int, str]], right: str) -> frozenset[int]:
    """Read which options are right: by letter, by number, or by their text."""
    texts = {folded(text): place for place, text in options}
    if folded(right) in texts:
        return frozenset({texts[folded(right)]})
    known = {place for place, _text in options}
    found: set[int] = set()
    for said in filter(None, _PARTING.split(right.strip())):
        letter = _LETTER.fullmatch(said)
        place = _place(letter[1]) if letter else texts.get(folded(said), -1)
        if place not in known:
            return frozenset()
        found.add(place)
    return frozenset(found)


def _place(sign: str) -> int:
    return int(sign) - 1 if sign.isdigit() else ord(sign.lower()) - ord("a")
