"""Certificates as PDF: archival (PDF/A-3a) and accessible (PDF/UA-1) in one file."""

import io
import json
import re
import threading
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import segno
import typst
from babel import Locale

from conexx_learn.domain.certificates import Claims
from conexx_learn.domain.errors import GlyphMissingError
from conexx_learn.domain.paper import paper_data

PAPER = Path(__file__).parent / "paper"
Standard = Literal["a-3a", "ua-1"]
ARCHIVAL: tuple[Standard, ...] = ("a-3a", "ua-1")
ACCESSIBLE: tuple[Standard, ...] = ("ua-1",)

_UNPRINTABLE = re.compile(r'the text `"(.*)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_JOINERS = re.compile("[\u200c\u200d\ufe0e\ufe0f]")
_thread = threading.local()


def certificate_pdf(
    claims: Claims,
    *,
    verify_url: str,
    show_score: bool = False,
    mark_svg: str | None = None,
    credential_json: str | None = None,
) -> bytes:
    """Typeset a certificate; the same arguments give the same bytes.

    Args:
        claims: As frozen at issue.
        verify_url: Absolute address of the public page, from the configured origin.
        show_score: Whether the holder agreed that the score is printed.
        mark_svg: The issuer's logo; a drawn mark without it.
        credential_json: The signed form's exact text, attached to the file.

    Raises:
        GlyphMissingError: A text holds a character that the faces lack.
    """
    data = paper_data(
        claims,
        verify_url=verify_url,
        country_names=country_names(
            claims.issuer.country, (claims.lang, claims.second_lang or claims.lang)
        ),
        show_score=show_score,
        mark_svg=mark_svg,
        credential_json=credential_json,
    )
    return typeset_certificate(data, timestamp=int(claims.issued_at.timestamp()))


def typeset_certificate(data: Mapping[str, object], *, timestamp: int) -> bytes:
    """Typeset the values of a paper.

    Args:
        data: As `domain.paper.paper_data` arranges them; used as values, never as
            markup, so that no text can run.
        timestamp: Seconds since 1970 of the issue, written into the file.

    Raises:
        GlyphMissingError: A text holds a character that the faces lack.
        ValueError: The template or the data are at fault.
    """
    complete = dict(data) | {"qr_svg": qr_svg(str(data["verify_url"]))}
    return typeset("certificate.typ", complete, standards=ARCHIVAL, timestamp=timestamp)


@cache
def template_fingerprint() -> str:
    """Say by a hash which template, words and typesetter make the papers."""
    digest = sha256(version("typst").encode())
    for name in ("certificate.typ", "words.json"):
        digest.update((PAPER / name).read_bytes())
    return digest.hexdigest()


def qr_svg(address: str) -> str:
    """Draw an address as a QR code, level M, without a border."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=0, dark="#000", light="#fff", xmldecl=False
    )
    return drawing.getvalue().decode()


def country_names(country: str, langs: Iterable[str]) -> dict[str, str]:
    """Name an ISO country in some languages; a language to the name."""
    return {
        lang: Locale.parse(lang).territories.get(country, country) for lang in langs
    }


def uncovered_characters(text: str) -> tuple[str, ...]:
    """List the characters of a text that the paper cannot print, in their order.

    Costs about a millisecond, and one more for each such character.
    """
    found: list[str] = []
    # Joiners have no picture of their own, and blur which neighbour is at fault.
    rest = _JOINERS.sub("", text)
    for _ in range(len(rest)):
        try:
            typeset("coverage.typ", {"text": rest}, standards=ACCESSIBLE, timestamp=0)
        except GlyphMissingError as error:
            found.append(error.character)
            rest = rest.replace(error.character, "")
        else:
            break
    return tuple(found)


def typeset(
    template: str,
    data: Mapping[str, object],
    *,
    standards: Iterable[Standard],
    timestamp: int,
) -> bytes:
    """Typeset a template of `paper/`; a warning is an error.

    Raises:
        GlyphMissingError: A text holds a character that the faces lack.
        ValueError: The template or the data are at fault.
    """
    try:
        pdf, warnings = _compiler(template).compile_with_warnings(
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            pdf_standards=list(standards),
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        raise _told(error) from error
    if warnings or not isinstance(pdf, bytes):
        raise ValueError("; ".join(warning.message for warning in warnings))
    return pdf


def _compiler(template: str) -> typst.Compiler:
    """Return this thread's compiler of a template: one cannot serve two threads.

    It reads nothing outside `paper/` and knows no faces but those in its own package.
    """
    compilers: dict[str, typst.Compiler] = _thread.__dict__.setdefault("compilers", {})
    if template not in compilers:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
        compilers[template] = typst.Compiler(
            PAPER / template, root=PAPER, font_paths=fonts
        )
    return compilers[template]


def _told(error: typst.TypstError) -> GlyphMissingError | ValueError:
    """Tell a character that no face has from a fault of ours."""
    match = _UNPRINTABLE.search(error.message)
    if match is None:
        return ValueError(error.message)
    shown = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), match[1])
    return GlyphMissingError(character=shown)
