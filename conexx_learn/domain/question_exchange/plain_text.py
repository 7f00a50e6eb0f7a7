r"""Plain text as Markdown that shows it as it is, and Markdown as plain text.

`plain_of(escaped(text))` is the text again, spaces apart: a text that goes out and
comes back does not change.

Example:
    >>> escaped("2 * 3 = *six*"), plain_of(r"2 * 3 = \*six\* and **bold**")
    ('2 * 3 = \\*six\\*', '2 * 3 = *six* and bold')
"""

import re
from html import unescape

from conexx_learn.domain.quiz_source.markers import read_answer_line

_ESCAPABLE = r"\\`*_{}\[\]()>#+\-.!|"
_ESCAPED = re.compile(
    rf"(?P<slash>\\)(?=[{_ESCAPABLE}]|$)"
    r"|(?P<tick>`)"
    r"|(?P<entity>&(?=#?\w{1,32};))"
    r"|(?P<tag><(?=[A-Za-z/!?]))"
    r"|(?P<link>(?<=\])[(\[])"
    r"|(?P<star>\*+)"
    r"|(?P<low>_+)"
)
_RULE = re.compile(r"^[-=*_|: ]*$")
_NUMBERED = re.compile(r"^(?P<number>\d+)(?P<dot>[.)])(?=\s|$)")
_ABBREVIATION = re.compile(r"^\[[^\]]*\]:")
_ENTITY_STARTS = ("~~~", ":", "|")
_SLASH_STARTS = (">", "#", "!!!")
_LIST_STARTS = ("-", "+")

_LONGEST = 8 * 1024
_CODE = r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>[^`]+)(?P=ticks)(?!`)"
_IMAGE = r"!\[(?P<alt>[^\[\]\\]*)\]\([^()]*\)"
_LINK = r"(?<!\\)\[(?P<label>[^\[\]\\]*)\]\([^()]*\)"
_SPAN = re.compile(
    rf"(?P<escape>\\[{_ESCAPABLE}])|(?P<entity>&#?\w{{1,32}};)|{_CODE}|{_IMAGE}|{_LINK}"
)
_STRONG = re.compile(r"(\*{1,3})(?=[^\s*])([^*]+)(?<=[^\s*])\1(?!\*)")
_LOW = re.compile(r"(?<![\w_])(_{1,2})(?=[^\s_])([^_]+)(?<=[^\s_])\1(?![\w_])")
_KEPT = "\ue000"
"""Stands for a sign that means itself, while what dresses text is taken off."""


def escaped(text: str) -> str:
    """Write one line of plain text so that Markdown shows it as it is."""
    return line_start(_ESCAPED.sub(_shielded, text))


def escaped_inside(text: str) -> str:
    """Do the same for a piece of a line that does not begin it."""
    return _ESCAPED.sub(_shielded, text)


def _shielded(found: re.Match[str]) -> str:
    sign = found[0]
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    if found["entity"]:
        return "&amp;"
    if found["tag"]:
        return "&lt;"
    if found["star"] and _is_apart(before, after):
        return sign
    if found["low"] and _is_bare(sign, before, after):
        return sign
    return "".join(f"\\{one}" for one in sign)


def _is_apart(before: str, after: str) -> bool:
    return (not before or before.isspace()) and (not after or after.isspace())


def _is_bare(sign: str, before: str, after: str) -> bool:
    """Say whether underscores dress nothing: a gap to fill, or inside a word."""
    is_inside = before.isalnum() and after.isalnum()
    is_gap = len(sign) > len("__") and _is_apart(before, after.strip(".,;:?!)"))
    return is_inside or is_gap or _is_apart(before, after)


def line_start(line: str) -> str:
    """Shield the sign that would make a line a heading, a list, a rule or a table."""
    if not line.strip():
        return line
    if _RULE.match(line) or line.startswith(_ENTITY_STARTS):
        return f"&#{ord(line[0])};{line[1:]}"
    if line.startswith(_SLASH_STARTS) or _ABBREVIATION.match(line):
        return f"\\{line}"
    if line.startswith(_LIST_STARTS) and line[1:2].strip() == "":
        return f"\\{line}"
    if line.startswith("* "):
        return f"\\{line}"
    numbered = _NUMBERED.match(line)
    if numbered:
        return f"{numbered['number']}\\{line[numbered.end('number') :]}"
    if read_answer_line(line):
        return f"&#{ord(line[0])};{line[1:]}"
    return line


def plain_of(markdown: str) -> str:
    """Write one line of Markdown as a reader sees it, without its dress."""
    kept: list[str] = []

    def shielded(found: re.Match[str]) -> str:
        shown = _shown(found)
        if found["label"] is not None or found["alt"] is not None:
            return shown
        kept.append(shown)
        return _KEPT

    bare = _SPAN.sub(shielded, markdown[:_LONGEST].replace(_KEPT, ""))
    bare = _LOW.sub(r"\2", _STRONG.sub(r"\2", bare))
    pieces = iter(kept)
    text = "".join(next(pieces) if sign == _KEPT else sign for sign in bare)
    return " ".join(text.split())


def _shown(found: re.Match[str]) -> str:
    if found["escape"]:
        return found["escape"][1]
    if found["entity"]:
        return unescape(found["entity"])
    for name in ("code", "alt", "label"):
        if found[name] is not None:
            return found[name].strip()
    return found[0]


def is_dressed(markdown: str) -> bool:
    """Say whether plain text cannot say all that a line of Markdown says."""
    without = plain_of(markdown)
    return plain_of(escaped(without)) != without or bool(
        _STRONG.search(_SPAN.sub(_undressed, markdown[:_LONGEST]))
        or _LOW.search(_SPAN.sub(_undressed, markdown[:_LONGEST]))
        or any(
            found["code"] or found["alt"] is not None or found["label"] is not None
            for found in _SPAN.finditer(markdown[:_LONGEST])
        )
    )


def _undressed(found: re.Match[str]) -> str:
    return _KEPT if found["escape"] or found["entity"] else found[0]
