"""A work as its assessor gets it: without what the file itself says of its maker.

Programs write the name of whoever is signed in beside the text: as author, as the last
to save, on each comment. Nobody who hands in sees it there. The file that was handed in
stays as it is; only the copy for an assessor loses these names. A PDF keeps what it
holds in compressed objects.
"""

import re
import zipfile
from io import BytesIO

from conexx_learn.domain.graded_work.work_files import WorkKind

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = b"http://schemas.openxmlformats.org"
_BLANK = {
    "docprops/core.xml": b'%s<cp:coreProperties xmlns:cp="%s/package/2006/metadata/'
    b'core-properties"/>' % (_HEAD, _OFFICE),
    "docprops/app.xml": b'%s<Properties xmlns="%s/officeDocument/2006/'
    b'extended-properties"/>' % (_HEAD, _OFFICE),
    "docprops/custom.xml": b'%s<Properties xmlns="%s/officeDocument/2006/'
    b'custom-properties"/>' % (_HEAD, _OFFICE),
}
"""Parts that hold nothing else than facts about the file."""

_NAMED = re.compile(
    rb"(\b(?:w\d*:(?:author|initials|userId|providerId)|userName|displayName|userId)=)"
    rb"(?:\"[^\"]*\"|'[^']*')"
)
"""Who changed or commented a place, in a text or a spreadsheet."""

_COMMENTERS = re.compile(rb"(<author>)[^<]*(</author>)")
_OWN_PATH = re.compile(rb"(absPath\b[^>]*\burl=)\"[^\"]*\"")
_PEOPLE = ("word/", "xl/comments", "xl/persons/", "xl/workbook.xml")

_PDF_AUTHOR = re.compile(
    rb"/Author\s*(\((?:\\.|[^\\()]){0,1000}\)|<[0-9A-Fa-f\s]{0,4000}>)", re.DOTALL
)
_PDF_CREATOR = re.compile(
    rb"<(dc:creator|pdf:Author)>((?:(?!</\1>).){0,4000})</\1>", re.DOTALL
)
_XML_TEXT = re.compile(rb">([^<]+)<")


def blinded(content: bytes, mime: str) -> bytes:
    """Return a work that was found sound, without the names of who made its file.

    Args:
        content: As it was handed in.
        mime: Its kind.
    """
    if mime == WorkKind.PDF:
        return _blinded_pdf(content)
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry, _blinded_part(entry.filename.lower(), old.read(entry)))
    return packed.getvalue()


def _blinded_part(name: str, content: bytes) -> bytes:
    if name in _BLANK:
        return _BLANK[name]
    if not name.endswith(".xml") or not name.startswith(_PEOPLE):
        return content
    content = _NAMED.sub(rb'\1""', content)
    content = _COMMENTERS.sub(rb"\1\2", content)
    return _OWN_PATH.sub(rb'\1""', content)


def _blinded_pdf(content: bytes) -> bytes:
    """Write spaces over names: a PDF counts its bytes."""
    content = _PDF_AUTHOR.sub(_spaced_string, content)
    return _PDF_CREATOR.sub(_spaced_texts, content)


def _spaced_string(found: re.Match[bytes]) -> bytes:
    whole, value = found.group(), found.group(1)
    blank = value[:1] + b" " * (len(value) - 2) + value[-1:]
    return whole[: len(whole) - len(value)] + blank


def _spaced_texts(found: re.Match[bytes]) -> bytes:
    return _XML_TEXT.sub(
        lambda text: b">" + b" " * len(text.group(1)) + b"<", found.group()
    )
