"""The markers at the start of answer lines: `(x)`, `[ ]`, `[2]`, `[->]` and more.

A token that almost is a marker is told apart from ordinary Markdown, because a missing
space must not silently turn an option into prose.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

RIGHT = Fraction(1)
NONE_OF_IT = Fraction(0)


class Family(StrEnum):
    """Markers of one question belong to one family."""

    SINGLE = "( )"
    MULTIPLE = "[ ]"
    ORDER = "[1]"
    MATCH = "[->]"
    NUMBER = "[=]"
    WORDS = "[~]"


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker, understood.

    Attributes:
        family: What kind of answer line it begins.
        text: As `fmt` writes it.
        weight: The percentage as a fraction; 1 or 0 for `(x)`, `( )`, `[=]`, `[~]`;
            None for the others.
        right: `x`, a full percentage, or a positive one in `[ ]`.
        void: `!`.
        step: The number of an `order` line.
        is_weighted: Whether a percentage was written.
    """

    family: Family
    text: str
    weight: Fraction | None = None
    right: bool = False
    void: bool = False
    step: int | None = None
    is_weighted: bool = False


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A list item that is an answer, or should be.

    Attributes:
        marker: None where it is not understood.
        text: What follows the marker, trimmed.
        code: E201 to E204 where the line is malformed, else empty.
        proposal: The corrected line, for a malformed one.
        column: Of the marker, from 1.
        lookalikes: Pairs of found and expected signs (W901).
    """

    marker: Marker | None
    text: str
    code: str = ""
    proposal: str = ""
    column: int = 1
    lookalikes: tuple[tuple[str, str], ...] = ()


_LINE = re.compile(
    r"^(?P<dash>[-*+•\u2013\u2014])(?P<gap>[ \t\xa0]*)"
    r"(?P<token>[(\[](?P<inner>[^()\[\]]{0,16})[)\]])(?P<rest>.*)$",
    re.DOTALL,
)
_PERCENT = r"(?P<percent>\d{1,3}(?:\.\d{1,6})?)%"
_SINGLE_SHARE = re.compile(rf"^{_PERCENT}$", re.ASCII)
_MULTIPLE_SHARE = re.compile(rf"^(?P<sign>[+-]){_PERCENT}$", re.ASCII)
_ENTRY = re.compile(rf"^(?P<kind>[=~])(?: {_PERCENT})?$", re.ASCII)
_STEP = re.compile(r"^\d{1,4}$", re.ASCII)
_NEARLY = re.compile(
    r"^(?:.|\d{1,2}|\W\w|\w\W|[-+=~>.,x!✓✔→⇒ ]+|[-+=~\d., ]+%|[-+=~][\d., ]+)$"
)
_WORDS = frozenset(
    [
        "true",
        "false",
        "right",
        "wrong",
        "correct",
        "incorrect",
        "yes",
        "no",
        "ok",
        "verdadero",
        "falso",
        "correcto",
        "incorrecto",
        "correcta",
        "incorrecta",
        "bien",
        "mal",
    ]
)
_WRONG_WORDS = frozenset(
    ["false", "wrong", "incorrect", "no", "falso", "incorrecto", "incorrecta", "mal"]
)
_TICKS = {"X": "x", "✓": "x", "✔": "x"}
_ARROWS = {"→": "->", "⇒": "->", "=>": "->"}
_LINK_STARTS = ("(", "[")


def read_answer_line(line: str) -> AnswerLine | None:
    """Read a line at column 1 as an answer; None for ordinary Markdown.

    Example:
        >>> read_answer_line("- [x] Staff").marker.text
        '[x]'
        >>> read_answer_line("- [x]Staff").code
        'E202'
        >>> read_answer_line("- [guide](guide.pdf)") is None
        True
    """
    found = _LINE.match(line)
    if not found:
        return None
    token, rest = found["token"], found["rest"]
    is_square = token[0] == "["
    if is_square and rest.startswith(_LINK_STARTS) and found["inner"] != "->":
        return None
    dash, gap = found["dash"], found["gap"]
    marker, lookalikes = _exact(token)
    code = _spacing_code(dash, gap, rest)
    if not marker:
        code = "" if dash in "*+" else _near_code(token, found["inner"])
        if not code:
            return None
        marker = _repaired(token, found["inner"])
    if dash not in "-*+":
        lookalikes = ((dash, "-"), *lookalikes)
    if "\xa0" in gap + rest[:1]:
        lookalikes = (*lookalikes, ("\xa0", " "))
    text = rest.strip()
    shown = marker.text if marker else _guessed_token(token)
    return AnswerLine(
        marker=marker if code not in ("E201", "E203") else None,
        text=text,
        code=code,
        proposal=f"- {shown} {text}".rstrip() if code else "",
        column=found.start("token") + 1,
        lookalikes=lookalikes,
    )


def is_answer(line: str) -> bool:
    """Say whether a line at column 1 is an answer without any doubt."""
    answer = read_answer_line(line)
    return bool(answer and answer.marker and not answer.code)


def _spacing_code(dash: str, gap: str, rest: str) -> str:
    if dash in "*+":
        return "E201"
    if not gap:
        return "E204"
    return "E202" if rest and not rest[0].isspace() else ""


def _near_code(token: str, inner: str) -> str:
    """Say which mistake a token is: E203 or E201; empty for ordinary Markdown."""
    squeezed = "".join(inner.split())
    if squeezed != inner:
        marker, _ = _exact(token[0] + _entry_spaced(squeezed) + token[-1])
        if marker:
            return "E203"
    word = inner.strip().casefold()
    return "E201" if _NEARLY.match(inner) or word in _WORDS else ""


def _repaired(token: str, inner: str) -> Marker | None:
    """Guess the marker that a malformed token was meant to be."""
    squeezed = "".join(inner.split()).replace(",", ".").replace("\u00d7", "x")
    single, square = f"({_entry_spaced(squeezed)})", f"[{_entry_spaced(squeezed)}]"
    signed = f"[+{squeezed}]"
    unsigned = f"({squeezed.lstrip('+-')})"
    candidates = (
        (single, unsigned, square)
        if token[0] == "("
        else (square, signed, single, unsigned)
    )
    in_percent = [f"{token[:-1]}%{token[-1]}" for token in candidates]
    guesses = (_exact(candidate)[0] for candidate in (*candidates, *in_percent))
    return next((marker for marker in guesses if marker), None)


def _entry_spaced(squeezed: str) -> str:
    """Put the space of `= 50%` where it belongs."""
    is_entry = squeezed[:1] in ("=", "~") and squeezed[1:2].isdigit()
    return f"{squeezed[0]} {squeezed[1:]}" if is_entry else squeezed


def _guessed_token(token: str) -> str:
    sign = " " if token[1:-1].strip().casefold() in _WRONG_WORDS else "x"
    return f"[{sign}]" if token[0] == "[" else f"({sign})"


def _exact(token: str) -> tuple[Marker | None, tuple[tuple[str, str], ...]]:
    """Read a token by the grammar, look-alikes of its signs included."""
    inner, lookalikes = token[1:-1], []
    for sign, plain in ({**_TICKS, **_ARROWS}).items():
        if inner == sign:
            lookalikes.append((sign, plain))
            inner = plain
            break
    if "\xa0" in inner:
        lookalikes.append(("\xa0", " "))
        inner = inner.replace("\xa0", " ")
    readers = {"()": _round, "[]": _square}
    reader = readers.get(token[0] + token[-1])
    marker = reader(inner) if reader else None
    return marker, tuple(lookalikes) if marker else ()


def _round(inner: str) -> Marker | None:
    """Read the inside of `( )`."""
    if inner in ("", " "):
        return Marker(Family.SINGLE, "( )", NONE_OF_IT)
    if inner == "x":
        return Marker(Family.SINGLE, "(x)", RIGHT, right=True)
    if inner == "!":
        return Marker(Family.SINGLE, "(!)", RIGHT, void=True)
    found = _SINGLE_SHARE.match(inner)
    if not found:
        return None
    weight = _share(found["percent"])
    text = f"({_percent_text(found['percent'])}%)"
    return Marker(Family.SINGLE, text, weight, right=weight == 1, is_weighted=True)


def _square(inner: str) -> Marker | None:
    """Read the inside of `[ ]`."""
    if inner in ("", " "):
        return Marker(Family.MULTIPLE, "[ ]")
    if inner == "x":
        return Marker(Family.MULTIPLE, "[x]", right=True)
    if inner == "!":
        return Marker(Family.MULTIPLE, "[!]", void=True)
    if inner == "->":
        return Marker(Family.MATCH, "[->]")
    if _STEP.match(inner):
        return Marker(Family.ORDER, f"[{int(inner)}]", step=int(inner))
    return _weighted_option(inner) or _entry(inner)


def _weighted_option(inner: str) -> Marker | None:
    """Read `+50%` or `-25%`."""
    found = _MULTIPLE_SHARE.match(inner)
    if not found:
        return None
    share = _share(found["percent"])
    weight = -share if found["sign"] == "-" else share
    text = f"[{found['sign']}{_percent_text(found['percent'])}%]"
    return Marker(Family.MULTIPLE, text, weight, right=weight > 0, is_weighted=True)


def _entry(inner: str) -> Marker | None:
    """Read `=`, `= 50%`, `~` or `~ 50%`."""
    found = _ENTRY.match(inner)
    if not found:
        return None
    family = Family.NUMBER if found["kind"] == "=" else Family.WORDS
    if found["percent"] is None:
        return Marker(family, family.value, RIGHT, right=True)
    weight = _share(found["percent"])
    text = f"[{found['kind']} {_percent_text(found['percent'])}%]"
    return Marker(family, text, weight, right=weight == 1, is_weighted=True)


def _share(percent: str) -> Fraction:
    return Fraction(percent) / 100


def _percent_text(percent: str) -> str:
    return f"{Decimal(percent).normalize():f}"
