"""JSON from strangers: read in bounded work, and compared member by member.

Nothing here follows a reference or a context: a document is only its members.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

MOST_BYTES = 256 * 1024
DEEPEST = 32
LONGEST_NUMBER = 64
MOST_NAMED = 12
"""How many differing members are named; the others differ too."""

_LONGEST_NAME = 60
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
"""A string, whole or cut off, or a bracket; it never reads a character twice."""


class StrictJsonError(ValueError):
    """The text is no JSON that we read; the message is a code, not a sentence."""


def read_strict(content: bytes) -> object:
    """Read JSON that is small, shallow and says each member once.

    Args:
        content: UTF-8, at most 256 kB.

    Returns:
        Objects, arrays, texts, booleans, None, and every number as a Decimal.

    Raises:
        StrictJsonError: `too-large`, `not-text`, `too-deep`, `twice`, `not-json`.
    """
    if len(content) > MOST_BYTES:
        raise StrictJsonError("too-large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StrictJsonError("not-text") from error
    if _depth(text) > DEEPEST:
        raise StrictJsonError("too-deep")
    try:
        document: object = json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        raise StrictJsonError("not-json") from error
    return document


def _depth(text: str) -> int:
    """Count how deep the brackets go, without going there."""
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in "]}":
            depth -= 1
    return deepest


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise StrictJsonError("twice")
    return found


def _number(text: str) -> Decimal:
    if len(text) > LONGEST_NUMBER:
        raise StrictJsonError("not-json")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise StrictJsonError("not-json") from error


def _no_number(_name: str) -> Decimal:
    raise StrictJsonError("not-json")


def differing_members(issued: object, shown: object) -> tuple[str, ...]:
    """Name the members in which two documents differ, never what stands in them.

    Args:
        issued: As `read_strict` gives it; its names come first.
        shown: Likewise.

    Returns:
        Paths such as `credentialSubject.achievement.name`, the first ones only.

    Example:
        >>> differing_members({"a": {"b": "1"}, "c": []}, {"a": {"b": "2"}, "c": []})
        ('a.b',)
    """
    found: list[str] = []
    for path in _differences(issued, shown, ""):
        found.append(path or "{}")
        if len(found) == MOST_NAMED:
            break
    return tuple(found)


def _differences(issued: object, shown: object, path: str) -> Iterator[str]:
    if isinstance(issued, dict) and isinstance(shown, dict):
        for name in [*issued, *(name for name in shown if name not in issued)]:
            below = f"{path}.{_shown(name)}" if path else _shown(name)
            if name in issued and name in shown:
                yield from _differences(issued[name], shown[name], below)
            else:
                yield below
    elif isinstance(issued, list) and isinstance(shown, list):
        if len(issued) != len(shown):
            yield path
        else:
            for place, pair in enumerate(zip(issued, shown, strict=True), start=1):
                yield from _differences(*pair, f"{path}[{place}]")
    elif type(issued) is not type(shown) or issued != shown:
        # A Decimal 1 equals True, but no document means the one by the other.
        yield path


def _shown(name: str) -> str:
    """Cut a name, which may be anybody's text, to what a line can show."""
    plain = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name
    )
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[:_LONGEST_NAME]}…"
