"""Text that a spreadsheet would calculate with is kept text, and can be read back."""

import csv
import io
from zipfile import ZipFile

import pytest

from conexx_learn.adapters.spreadsheets import Table, csv_parts, xlsx_file
from conexx_learn.domain.people_import.cells import unescaped
from conexx_learn.domain.spreadsheet_cells import FORMULA_SIGNS, safe_cell


@pytest.mark.parametrize("sign", sorted(FORMULA_SIGNS))
def test_a_formula_becomes_text(sign: str) -> None:
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("text", ["", "Ana", "1-1", "a=b", "'quoted"])
def test_other_text_stays(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize("text", ["=1", "+Agua", "-", "@x", "\uff1d1", "Ana", "'Ana"])
def test_what_we_wrote_is_read_back(text: str) -> None:
    assert unescaped(safe_cell(text)) == text


def test_csv_is_streamed_with_its_mark_and_read_back() -> None:
    rows = [[f"Ana {number}", 'says "no", then\nleaves'] for number in range(200)]
    parts = list(csv_parts(Table("Title", ["Name", "=Note"], rows)))
    text = b"".join(parts).decode("utf-8-sig")

    assert parts[0] == b"\xef\xbb\xbf"
    assert len(parts) > 3
    assert list(csv.reader(io.StringIO(text))) == [["Name", "'=Note"], *rows]


def test_a_sheet_has_a_name_whatever_the_title() -> None:
    for title in ("[all]: a/b*c?'" * 9, "", "Preparación"):
        content = xlsx_file(Table(title, ["Name"], [["=1+1"]]))
        with ZipFile(io.BytesIO(content)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
            assert b"=1+1" in archive.read("xl/sharedStrings.xml")
