"""The tables of a course, with their numbers as they are written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest

from conexx_learn.services.course_checking import PROJECT_COURSES

RISKS = "budget-and-cofinancing/01-risks-and-budget-logic"
GRANT = "budget-and-cofinancing/02-eu-grant-budget"
ANALYSIS = "budget-and-cofinancing/03-financial-analysis"
FINANCES = "budget-and-cofinancing/04-municipal-creditworthiness"
PERCENT = Decimal(100)
NUMBER = re.compile(r"[+−-]?\d[\d,]*(?:\.\d+)?")  # noqa: RUF001 (a minus sign)
LANGUAGES = pytest.mark.parametrize("lang", ["es", "en"])


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a text: its head, and the cells of each row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def row(self, label: str) -> tuple[str, ...]:
        """Return the row that a label in either language begins."""
        (found,) = (row for row in self.rows if re.match(label, row[0]))
        return found

    def value(self, label: str) -> Decimal:
        """Return the number beside a label."""
        return number(self.row(label)[-1])

    def column(self, place: int) -> list[Decimal]:
        """Return the numbers of a column, as far as its cells have one."""
        return [number(row[place]) for row in self.rows if NUMBER.search(row[place])]


def number(cell: str) -> Decimal:
    """Read the first number of a cell, with the decimals that are written."""
    found = NUMBER.search(cell)
    assert found, f"no number in {cell!r}"
    return Decimal(found[0].replace(",", "").replace("\N{MINUS SIGN}", "-"))


def text_of(module: str, lang: str) -> str:
    """Read a module, named by its course and its file, in a language."""
    text = (PROJECT_COURSES / f"{module}.{lang}.md").read_text(encoding="utf-8")
    return text.replace("\N{NO-BREAK SPACE}", " ")


def tables(text: str) -> list[Table]:
    """List the tables of a text."""
    blocks = re.findall(r"(?:^\|.*\|[ \t]*\n?)+", text, re.MULTILINE)
    return [_table(block.strip().split("\n")) for block in blocks]


def _table(lines: Sequence[str]) -> Table:
    cells = [
        tuple(
            cell.replace("*", "").strip() for cell in line.strip().strip("|").split("|")
        )
        for line in lines
    ]
    return Table(cells[0], tuple(cells[2:]))


def table(module: str, lang: str, head: str, label: str = "") -> Table:
    """Return the one table of a module whose head, and a row of which, say so."""
    found = [
        each
        for each in tables(text_of(module, lang))
        if re.search(head, " | ".join(each.head))
        and any(re.match(label, row[0]) for row in each.rows)
    ]
    assert len(found) == 1, f"{module} ({lang}): {len(found)} tables for {head}"
    return found[0]


def is_written(exact: Decimal, written: Decimal) -> bool:
    """Say whether a result, rounded to the decimals that are written, is the same."""
    return exact.quantize(written, ROUND_HALF_UP) == written
