"""What an assessor gets of a file says nothing of who made it."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from conexx_learn.domain.graded_work.blinding import blinded
from conexx_learn.domain.graded_work.work_files import WorkKind
from conexx_learn.domain.text_documents import is_sound_docx, is_sound_xlsx

NAME = "Miren Ibarra Sola"


def parts(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_a_text_loses_its_author_and_who_commented() -> None:
    document = Document()
    said = document.add_paragraph("The pump").runs[0]
    document.add_comment(said, text="Sum again", author=NAME, initials="MIS")
    document.core_properties.author = NAME
    document.core_properties.last_modified_by = NAME
    file = BytesIO()
    document.save(file)

    found = blinded(file.getvalue(), WorkKind.DOCX)

    assert NAME.encode() in parts(file.getvalue())
    assert NAME.encode() not in parts(found)
    assert b"MIS" not in parts(found)
    assert is_sound_docx(found)
    opened = Document(BytesIO(found))
    assert opened.paragraphs[0].text == "The pump"
    assert [one.text for one in opened.comments] == ["Sum again"]


def test_a_spreadsheet_loses_its_author_and_who_commented() -> None:
    book = Workbook()
    book.properties.creator = NAME
    book.active["A1"] = 42
    book.active["A1"].comment = Comment("Sum again", NAME)
    file = BytesIO()
    book.save(file)

    found = blinded(file.getvalue(), WorkKind.XLSX)

    assert NAME.encode() in parts(file.getvalue())
    assert NAME.encode() not in parts(found)
    assert is_sound_xlsx(found)
    cell = load_workbook(BytesIO(found)).active["A1"]
    assert (cell.value, cell.comment.text) == (42, "Sum again")


@pytest.mark.parametrize(
    "said",
    [
        f"/Author ({NAME})",
        f"/Author({NAME} \\(Harribide\\))",
        f"/Author <{NAME.encode('utf-16').hex()}>",
        f"<dc:creator><rdf:Seq><rdf:li>{NAME}</rdf:li></rdf:Seq></dc:creator>",
        f"<pdf:Author>{NAME}</pdf:Author>",
    ],
)
def test_a_pdf_has_spaces_where_its_author_was(said: str) -> None:
    content = f"%PDF-1.7\n1 0 obj << {said} /Title (Water) >>\n%%EOF".encode()

    found = blinded(content, WorkKind.PDF)

    assert len(found) == len(content)
    assert b"Miren" not in found
    assert NAME.encode("utf-16").hex().encode() not in found
    assert b"/Title (Water)" in found
