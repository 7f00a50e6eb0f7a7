"""A file that somebody shows as a certificate: what it is, and which one it means.

Nothing is unpacked, no markup is interpreted: each form is searched for the one thing
that names a certificate of ours, in work that grows with the size of the file alone.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from conexx_learn.domain.identifiers import read_number
from conexx_learn.domain.strict_json import StrictJsonError, read_strict

MOST_BYTES = 1024 * 1024

_JWS = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_BAKED_JWS = re.compile(
    rb"<openbadges:credential\b[^<>]{0,4096}?\bverify\s{0,8}=\s{0,8}"
    rb"[\"']([A-Za-z0-9_.-]{1,262144})[\"']"
)
_BAKED_JSON = b"<openbadges:credential"
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_ADDRESS = re.compile(
    rb"/(?:verify|verificar|v)/([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})(?![0-9A-Z-])"
)
_CREDENTIAL_PATH = re.compile(r"https?://[^/\s]{1,255}/credentials/([0-9A-Fa-f-]{36})")
_MOST_NUMBERS = 64


class PresentedForm(StrEnum):
    """What a file is, by what stands in it; its name counts for nothing."""

    JSON = "json"
    JWT = "jwt"
    SVG = "svg"
    PDF = "pdf"


class UnreadableError(ValueError):
    """The file is none that we read; the message is a code, not a sentence."""


@dataclass(frozen=True, slots=True)
class PresentedFile:
    """What a file says of itself.

    Attributes:
        form: What it is.
        uuid: Of the credential that it names; None for a paper, or where none is.
        numbers: Certificate numbers that a paper names, in order, each once.
        document: The members of a JSON form.
        jws: The compact form, alone or inside a picture.
    """

    form: PresentedForm
    uuid: str | None = None
    numbers: tuple[str, ...] = ()
    document: object = None
    jws: str = ""


def read_presented(content: bytes) -> PresentedFile:
    """Read a file that somebody shows.

    Raises:
        UnreadableError: `empty`, `too-large`, `unknown-form`, `no-credential`, or a
            code of `read_strict`.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError("too-large")
    bare = content.strip(b"\xef\xbb\xbf \t\r\n")
    if not bare:
        raise UnreadableError("empty")
    if bare.startswith(b"%PDF-"):
        return PresentedFile(PresentedForm.PDF, numbers=_numbers(content))
    if bare.startswith(b"{"):
        return _json(PresentedForm.JSON, bare)
    if bare.startswith(b"<"):
        return _picture(bare)
    # Mail breaks a long word into lines; none of its characters is a space.
    word = b"".join(bare.split())
    if _JWS.fullmatch(word):
        return _jws(PresentedForm.JWT, word)
    raise UnreadableError("unknown-form")


def _numbers(content: bytes) -> tuple[str, ...]:
    """Find the numbers in the readable parts of a paper: its links, its metadata."""
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(content):
        number = read_number(match[1].decode("ascii"))
        if number is not None:
            found[number] = None
        if len(found) == _MOST_NUMBERS:
            break
    return tuple(found)


def _picture(content: bytes) -> PresentedFile:
    """Take the credential out of a baked picture, without reading it as markup."""
    match = _BAKED_JWS.search(content)
    if match:
        return _jws(PresentedForm.SVG, match[1])
    _, baked, rest = content.partition(_BAKED_JSON)
    _, opened, inside = rest.partition(_CDATA)
    document, closed, _ = inside.partition(_CDATA_END)
    if baked and opened and closed:
        return _json(PresentedForm.SVG, document)
    raise UnreadableError("no-credential")


def _json(form: PresentedForm, content: bytes) -> PresentedFile:
    document = _strict(content)
    named = document.get("id") if isinstance(document, dict) else None
    return PresentedFile(form, uuid=_uuid(named), document=document)


def _jws(form: PresentedForm, content: bytes) -> PresentedFile:
    jws = content.decode("ascii")
    payload = payload_of(jws)
    named = (
        payload.get("jti") or payload.get("id") if isinstance(payload, dict) else None
    )
    return PresentedFile(form, uuid=_uuid(named), document=payload, jws=jws)


def payload_of(jws: str) -> object:
    """Read what a compact form says, without looking at its signature.

    Raises:
        UnreadableError: It is none.
    """
    parts = jws.encode().split(b".")
    if len(parts) != 3:  # noqa: PLR2004 (header, payload, signature)
        raise UnreadableError("no-credential")
    return _strict(_unpadded(parts[1]))


def _unpadded(part: bytes) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))
    except binascii.Error as error:
        raise UnreadableError("no-credential") from error


def _strict(content: bytes) -> object:
    try:
        return read_strict(content)
    except StrictJsonError as error:
        raise UnreadableError(str(error)) from error


def _uuid(named: object) -> str | None:
    """Read the credential that an id names: its last part alone is asked for."""
    match = _CREDENTIAL_PATH.fullmatch(named) if isinstance(named, str) else None
    if match is None:
        return None
    try:
        return str(UUID(match[1]))
    except ValueError:
        return None
