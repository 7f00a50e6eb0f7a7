"""A certificate as a picture to show elsewhere, with its signed form inside."""

import textwrap
from xml.sax.saxutils import escape

from conexx_learn.domain.certificates import Claims
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.sentences.badge_words import BADGE

INK, PAPER, ACCENT, LINE, SOFT, BAD = (
    "#1b2430",
    "#fbfaf7",
    "#0b5563",
    "#d9d5cb",
    "#5b6470",
    "#9a2f1c",
)
SERIF = "Charter, 'Bitstream Charter', Cambria, Georgia, serif"
SANS = "system-ui, 'Segoe UI', Roboto, Arial, sans-serif"
SIDE = 600
SIZES = ((44, 22, 3), (36, 27, 4), (30, 32, 5))
"""Of the title: height of a line of text, characters on it, and lines at most."""

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"


def badge_picture(claims: Claims, *, jws: str, verify_url: str) -> str:
    """Draw a certificate, and bake its compact form in (Open Badges 3.0, SVG).

    It names the course, the issuer and the number, never the holder.

    Args:
        claims: As frozen at issue.
        jws: The compact form; letters, digits, `-`, `_` and `.` only.
        verify_url: Absolute address of the public page.

    Returns:
        An SVG document without scripts, links or anything to load.
    """
    lang = claims.lang if claims.lang in BADGE["what"] else "en"
    words = {name: pair[lang] for name, pair in BADGE.items()}
    number = grouped(claims.number)
    title = claims.titles.get(claims.lang) or next(iter(claims.titles.values()), "")
    about = words["about"].format(number=number, address=verify_url)
    if claims.demo:
        about = f"{words['demo']}. {about}"
    return "".join(
        (
            _opening(claims.lang),
            f'<openbadges:credential verify="{_text(jws)}"/>',
            f'<title id="t">{_text(words["what"])}: {_text(title)}</title>',
            f'<desc id="d">{_text(about)}</desc>',
            _ground(),
            _line(words["what"], 150, 22, ACCENT, SANS, weight=600),
            _title(title),
            _line(claims.issuer.name, 452, 20, INK, SANS, longest=48),
            _foot(claims, words, number),
            _overprint(words["demo"]) if claims.demo else "",
            "</svg>",
        )
    )


def _opening(lang: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{NAMESPACE}"'
        f' viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}" role="img"'
        f' aria-labelledby="t d" lang="{_text(lang)}">'
    )


def _text(value: str) -> str:
    """Write a text where only text may stand; XML knows no control characters."""
    plain = "".join(sign for sign in value if _is_writable(sign))
    return escape(plain, {'"': "&quot;"})


def _is_writable(sign: str) -> bool:
    return (
        sign >= " " and sign not in "\ufffe\uffff" and not "\ud800" <= sign <= "\udfff"
    )


def _ground() -> str:
    """Draw the paper, its frame and the mark of the house."""
    return (
        f'<rect width="{SIDE}" height="{SIDE}" rx="28" fill="{PAPER}"/>'
        f'<rect x="14" y="14" width="572" height="572" rx="18" fill="none"'
        f' stroke="{ACCENT}" stroke-width="5"/>'
        f'<rect x="26" y="26" width="548" height="548" rx="10" fill="none"'
        f' stroke="{LINE}" stroke-width="2"/>'
        f'<path transform="translate(268 50) scale(2)" fill="none" stroke="{ACCENT}"'
        ' stroke-width="3.8" stroke-linejoin="round"'
        ' d="M2 6 16 26l5-7.14M25 13.14 30 6M2 26l5-7.14M11 13.14 16 6l14 20"/>'
        f'<path d="M120 420h360M120 480h360" stroke="{LINE}" stroke-width="2"/>'
    )


def _title(title: str) -> str:
    """Set the title in the largest letters in which it fits."""
    fitting = [
        (size, lines)
        for size, width, most in SIZES
        if len(lines := textwrap.wrap(title, width)) <= most
    ]
    smallest, width, most = SIZES[-1]
    cut = textwrap.wrap(title, width, max_lines=most, placeholder=" …")
    size, lines = fitting[0] if fitting else (smallest, cut)
    leading = size * 1.22
    top = 290 - leading * (len(lines) - 1) / 2
    return "".join(
        _line(line, round(top + leading * place), size, INK, SERIF, weight=600)
        for place, line in enumerate(lines)
    )


def _foot(claims: Claims, words: dict[str, str], number: str) -> str:
    until = claims.valid_until
    lines = [f"{words['number']} {number}"]
    lines += [f"{words['until']} {until.isoformat()}"] if until else []
    return "".join(
        _line(line, 514 + 28 * place, 19, SOFT, SANS)
        for place, line in enumerate(lines)
    )


def _line(
    text: str,
    height: int,
    size: int,
    colour: str,
    face: str,
    *,
    weight: int = 400,
    longest: int = 64,
) -> str:
    shown = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return (
        f'<text x="300" y="{height}" text-anchor="middle" font-family="{face}"'
        f' font-size="{size}" font-weight="{weight}" fill="{colour}">'
        f"{_text(shown)}</text>"
    )


def _overprint(words: str) -> str:
    """Say across the picture that it proves nothing."""
    return (
        f'<g transform="rotate(-24 300 300)" opacity=".82">'
        f'<rect x="20" y="268" width="560" height="66" fill="none" stroke="{BAD}"'
        f' stroke-width="4"/>{_line(words, 313, 38, BAD, SANS, weight=700)}</g>'
    )
