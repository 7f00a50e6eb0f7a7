"""The bytes of a file become text, in whatever encoding a spreadsheet wrote them."""

from conexx_learn.domain.people_import.row_problems import RowProblem

MOST_BYTES = 8 * 1024 * 1024
"""Twenty thousand people with long names fit twice, even in UTF-16."""

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .ods, and how .xls begin."""

GUESSED = "cp1252"
"""What is left when a file is not UTF-8: the encoding of Windows in Latin America."""


def decoded(data: bytes) -> tuple[str, str] | RowProblem:
    """Read a file as text.

    A mark at the begin decides; otherwise it is UTF-8, or else CP1252.

    Returns:
        The text without a mark and the name of its encoding, or why there is none.
    """
    if len(data) > MOST_BYTES:
        limit = str(MOST_BYTES // 1024 // 1024)
        return RowProblem(1, 1, "file-too-large", {"limit": limit})
    if data.startswith(_WORKBOOKS):
        return RowProblem(1, 1, "file-is-workbook")
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
        else:
            return nul_problem(text) or (text, encoding)
    return RowProblem(line, 1, "file-encoding")


def nul_problem(text: str) -> RowProblem | None:
    """Refuse a text with the sign that no text has; None where it is not there."""
    place = text.find("\0")
    if place < 0:
        return None
    return RowProblem(text.count("\n", 0, place) + 1, 1, "file-nul")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(_UTF8_MARK):
        return ("utf-8-sig",)
    if data.startswith(_UTF16_MARKS):
        return ("utf-16",)
    return ("utf-8", GUESSED)
