"""Text becomes rows of cells, each with its line."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from conexx_learn.domain.people_import.headings import NAME_FIELDS, field_of
from conexx_learn.domain.people_import.row_problems import RowProblem, shown

MOST_COLUMNS = 50
LONGEST_CELL = 500
LONGEST_LINE = 65_536
"""Characters; a spreadsheet's empty columns to the right fit in."""
MOST_LINES = 100_000
"""Blank ones included."""

DELIMITERS = "\t;,"
_FIRST_LINES = 20
"""So far down the headings may stand."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank.

    Attributes:
        line: Its first line, from 1.
        cells: Without spaces around, and without empty ones at the end.
    """

    line: int
    cells: tuple[str, ...]


def likely_delimiter(text: str) -> str:
    """Guess what separates cells: that by which one line gives the most headings.

    Where no line has any, or a single one, it is a tab: a list of names alone may have
    commas inside the names.

    Example:
        >>> likely_delimiter("Nombre;Correo"), likely_delimiter("Nombre,Correo")
        (';', ',')
    """
    lines = [
        line[:LONGEST_LINE] for line in islice(StringIO(text, newline=""), _FIRST_LINES)
    ]
    scores = {
        delimiter: max((_headings(line, delimiter) for line in lines), default=(0, 0))
        for delimiter in DELIMITERS
    }
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


def _headings(line: str, delimiter: str) -> tuple[int, int]:
    """Count the headings of a line: those of names, and all."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    fields = {field_of(cell) for cell in cells[:MOST_COLUMNS]} - {None}
    return min(1, len(fields & NAME_FIELDS)), len(fields)


def rows_of(text: str, *, delimiter: str) -> Iterator[Row | RowProblem]:
    """Read rows one by one; a problem of the table's form is the last that is read.

    Args:
        text: Without NUL.
        delimiter: Between cells.
    """
    shapeless = _shapeless(text)
    if shapeless is not None:
        yield shapeless
        return
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            yield RowProblem(line, 1, "quotes")
            return
        if cells is None:
            return
        row = _trimmed(cells)
        if not row:
            continue
        problem = _form_problem(line, row)
        if problem is not None:
            yield problem
            return
        yield Row(line, row)


def _shapeless(text: str) -> RowProblem | None:
    """Refuse a text with lines too long or too many to be taken apart."""
    for number, line in enumerate(StringIO(text, newline=""), start=1):
        if len(line) > LONGEST_LINE:
            return RowProblem(
                number, 1, "line-too-long", {"limit": f"{LONGEST_LINE:,}"}
            )
        if number > MOST_LINES:
            return RowProblem(number, 1, "too-many-lines", {"limit": f"{MOST_LINES:,}"})
    return None


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    """Take off spaces around cells, and empty cells at the end."""
    stripped = [cell.strip() for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return tuple(stripped)


def _form_problem(line: int, cells: tuple[str, ...]) -> RowProblem | None:
    if len(cells) > MOST_COLUMNS:
        return RowProblem(
            line, MOST_COLUMNS + 1, "too-many-columns", {"limit": str(MOST_COLUMNS)}
        )
    for column, cell in enumerate(cells, start=1):
        if len(cell) > LONGEST_CELL:
            facts = {"value": shown(cell), "limit": str(LONGEST_CELL)}
            return RowProblem(line, column, "cell-too-long", facts)
    return None
