"""Footnotes put into a .docx: the library that the tests write with has none."""

import re
import zipfile
from collections.abc import Sequence
from html import escape
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
MARK = re.compile(r"\{\{note:(\d+)\}\}")


def with_footnotes(data: bytes, notes: Sequence[str]) -> bytes:
    """Put a footnote where a text says `{{note:1}}`."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w") as to:
        for entry in source.infolist():
            to.writestr(entry, _changed(entry.filename, source.read(entry)))
        to.writestr("word/footnotes.xml", _footnotes(notes))
    return target.getvalue()


def _changed(path: str, content: bytes) -> bytes:
    text = content.decode("utf-8", "surrogateescape")
    if path == "word/document.xml":
        text = MARK.sub(
            r'</w:t></w:r><w:r><w:footnoteReference w:id="\1"/></w:r>'
            r'<w:r><w:t xml:space="preserve">',
            text,
        )
    if path == "word/_rels/document.xml.rels":
        relation = f'<Relationship Id="rIdNotes" Type="{KIND}" Target="footnotes.xml"/>'
        text = text.replace("</Relationships>", f"{relation}</Relationships>")
    if path == "[Content_Types].xml":
        override = f'<Override PartName="/word/footnotes.xml" ContentType="{CONTENT}"/>'
        text = text.replace("</Types>", f"{override}</Types>")
    return text.encode("utf-8", "surrogateescape")


def _footnotes(notes: Sequence[str]) -> str:
    written = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f"<w:r><w:t>{escape(note)}</w:t></w:r></w:p></w:footnote>"
        for number, note in enumerate(notes, start=1)
    )
    return f'<w:footnotes xmlns:w="{W}">{written}</w:footnotes>'
