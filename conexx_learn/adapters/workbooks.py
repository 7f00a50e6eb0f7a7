"""The rows of a workbook: values only, of a file that was looked at before."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from xml.etree.ElementTree import tostring

from openpyxl import load_workbook

from conexx_learn.adapters.office_archive import WORKBOOK, read_office, rewritten
from conexx_learn.domain.refusals import refusal

MOST_ROWS = 5000
MOST_COLUMNS = 60

_READ = ("worksheets/sheet", "workbook.xml", "sharedStrings.xml", "styles.xml")
_NEEDED = ("[Content_Types].xml", "_rels/.rels")


def workbook_rows(data: bytes, *, name: str) -> list[tuple[int, list[str]]]:
    """Read the first sheet with anything on it; formulas as the values last shown.

    Args:
        data: The bytes of the .xlsx.
        name: Of the file, for the messages.

    Returns:
        Number of each row that is not blank, from 1, and its cells as text; at most one
        row more than `MOST_ROWS`, so that too many can be told.

    Raises:
        ContentError: The file is refused; its problem says why and what to do.
    """
    parts = read_office(data, name=name, kind=WORKBOOK)
    contents = {
        path: tostring(tree)
        for path, tree in parts.trees.items()
        if path in _NEEDED
        or path == "xl/_rels/workbook.xml.rels"
        or path.removeprefix("xl/").startswith(_READ)
    }
    try:
        book = load_workbook(
            rewritten(contents), read_only=True, data_only=True, keep_links=False
        )
        try:
            for sheet in book.worksheets:
                rows = [*_rows(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True))]
                if rows:
                    return rows
        finally:
            book.close()
    except Exception as error:
        raise refusal(name, "E009", "office-damaged", ending=WORKBOOK.ending) from error
    return []


def _rows(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    count = 0
    for number, values in enumerate(rows, start=1):
        if count > MOST_ROWS or number > MOST_ROWS * 20:
            return
        cells = [_shown(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            count += 1
            yield number, cells


def _shown(value: object) -> str:
    """Write a value as the person who typed it saw it, as far as that is known."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return f"{Decimal(repr(value)):f}"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value).strip()
