"""Tables as files that spreadsheets open: CSV line by line, XLSX as a whole."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

import xlsxwriter

from conexx_learn.domain.spreadsheet_cells import safe_cell

BYTE_ORDER_MARK = "\ufeff".encode()
"""Without it some spreadsheets misread accents."""

LINES_AT_ONCE = 64
LONGEST_SHEET_NAME = 31
REFUSED_IN_SHEET_NAMES = str.maketrans("", "", "[]:*?/\\'")
WIDE_COLUMN, NARROW_COLUMN = 28, 18


@dataclass(frozen=True, slots=True)
class Table:
    """What a file shows.

    Attributes:
        title: Name of the sheet.
        headings: One for each column.
        rows: Cells of text, as many in each as there are headings.
        wide_columns: How many columns from the left are wide, and stay in sight.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    wide_columns: int = 1


def csv_parts(table: Table) -> Iterator[bytes]:
    """Yield a table as CSV (RFC 4180, UTF-8 with its mark), some lines at a time."""
    yield BYTE_ORDER_MARK
    kept = StringIO()
    writer = csv.writer(kept)
    writer.writerow(map(safe_cell, table.headings))
    for number, row in enumerate(table.rows, start=1):
        writer.writerow(map(safe_cell, row))
        if number % LINES_AT_ONCE == 0:
            yield kept.getvalue().encode()
            kept.seek(0)
            kept.truncate()
    yield kept.getvalue().encode()


def xlsx_file(table: Table) -> bytes:
    """Return a table as a workbook with one sheet; nothing in it is calculated."""
    content = BytesIO()
    options = {"in_memory": True}
    with xlsxwriter.Workbook(content, options) as workbook:
        sheet = workbook.add_worksheet(_sheet_name(table.title))
        heading = workbook.add_format({"bold": True, "text_wrap": True})
        wide = table.wide_columns
        sheet.set_column(0, wide - 1, WIDE_COLUMN)
        sheet.set_column(wide, max(wide, len(table.headings) - 1), NARROW_COLUMN)
        sheet.freeze_panes(1, wide)
        for column, text in enumerate(table.headings):
            sheet.write_string(0, column, text, heading)
        for number, row in enumerate(table.rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return content.getvalue()


def _sheet_name(title: str) -> str:
    return title.translate(REFUSED_IN_SHEET_NAMES)[:LONGEST_SHEET_NAME] or "1"
