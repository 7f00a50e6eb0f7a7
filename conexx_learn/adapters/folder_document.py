"""A project folder as a Word document."""

from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from conexx_learn.domain.folder import Folder, passages

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD_LANGUAGES = {"es": "es-MX", "en": "en-GB"}


def folder_document(
    folder: Folder, *, lang: str, title: str, subtitle: str, nothing: str
) -> bytes:
    """Return a folder as the bytes of a `.docx`, with headings by course and sheet.

    Args:
        folder: What was written.
        lang: In which the reader's program checks the spelling.
        title: Of the document.
        subtitle: Whose it is, and of when.
        nothing: What stands under a sheet without a text.
    """
    document = Document()
    _speak(document, WORD_LANGUAGES.get(lang, lang))
    document.core_properties.title = title
    document.core_properties.author = folder.owner
    document.core_properties.comments = ""
    document.add_heading(title, level=0)
    document.add_paragraph(subtitle)
    for course in folder.courses:
        document.add_heading(course.title, level=1)
        for sheet in course.sheets:
            document.add_heading(f"{sheet.ordinal}. {sheet.title}", level=2)
            _write(document, sheet.text, nothing)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document: WordDocument, text: str, nothing: str) -> None:
    """Add the paragraphs and lists of a text; an empty one says so in italics."""
    if not text:
        document.add_paragraph().add_run(nothing).italic = True
        return
    for passage in passages(text):
        if passage.is_list:
            for line in passage.lines:
                document.add_paragraph(line, style="List Bullet")
            continue
        document.add_paragraph("\n".join(passage.lines))


def _speak(document: WordDocument, language: str) -> None:
    """Set the language of every text, which the library has no word for."""
    properties = document.styles.element.find(
        f".//{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}"
    )
    if properties is not None:
        properties.set(qn("w:val"), language)
