"""The bytes of a file become text, in whatever encoding another system wrote them."""

import re

from conexx_learn.domain.question_exchange.remarks import MalformedFileError

MOST_BYTES = 8 * 1024 * 1024
"""A bank of five hundred questions fits, with a picture in every tenth."""

GUESSED = "cp1252"
"""What is left when a file is not UTF-8: the encoding of Windows in Latin America."""

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF16_STARTS = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"%PDF")
_DECLARED = re.compile(
    rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,30})"
)
_KNOWN = {
    **dict.fromkeys(("windows-1252", "cp1252", "windows1252"), GUESSED),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1"), "cp1252"),
    **dict.fromkeys(("iso-8859-15", "latin-9", "latin9"), "iso-8859-15"),
}
"""What files call encodings that are not UTF; Latin-1 is read as browsers do."""

_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
"""Signs that no text needs, and that this exchange uses as marks of its own."""


def decoded(data: bytes) -> tuple[str, str]:
    """Read a file as text with LF at its line ends.

    A mark at the begin decides, then what an XML file says of itself; otherwise it is
    UTF-8, or else CP1252.

    Returns:
        The text without a mark, and the name of its encoding.

    Raises:
        MalformedFileError: Too large, another kind of file, or no text in any of them.
    """
    if len(data) > MOST_BYTES:
        raise MalformedFileError(1, "too-large", limit=str(MOST_BYTES // 1024 // 1024))
    if data.startswith(_ARCHIVES):
        raise MalformedFileError(1, "no-text")
    line = 1
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
        else:
            return _tidy(text), encoding
    raise MalformedFileError(line, "no-encoding")


def writable(text: str) -> str:
    """Take out the signs that no quiz text and no XML file may hold."""
    return _UNWRITABLE.sub("", text)


def _tidy(text: str) -> str:
    found = text.find("\0")
    if found >= 0:
        raise MalformedFileError(text.count("\n", 0, found) + 1, "no-text")
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return writable(plain)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(_UTF8_MARK):
        return ("utf-8-sig",)
    if data.startswith(_UTF16_MARKS):
        return ("utf-16",)
    if data[:2] in _UTF16_STARTS:
        return (_UTF16_STARTS[data[:2]],)
    declared = _DECLARED.match(data)
    stated = _KNOWN.get(declared[1].decode().lower()) if declared else None
    return (stated, "utf-8") if stated else ("utf-8", GUESSED)
