"""Small office files for tests: archives with the parts that they need."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
PARTS = {
    "docx": ("[Content_Types].xml", "word/document.xml"),
    "xlsx": ("[Content_Types].xml", "xl/workbook.xml"),
}


def office_file(kind: str, *more: str, text: bytes = b"<x/>") -> bytes:
    """Return a document or spreadsheet with further parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (*PARTS[kind], *more):
            archive.writestr(name, text)
    return file.getvalue()
