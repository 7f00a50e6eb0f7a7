"""JSON of a request, read without falling for its depth."""

import codecs
import json
import re

from flask import request

from conexx_learn.domain.errors import ShapeError

DEEPEST = 20
"""Levels of lists and objects; the parser itself gives up at some thousand."""

TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
OPENING = frozenset(b"[{")
BRACKETS = frozenset(b"[]{}")
OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How UTF-16 and UTF-32 may begin; without a mark their first signs hold NUL."""

REST = bytes(set(range(256)) - BRACKETS)


def json_body() -> object:
    """Return the JSON value of the request; None where it is none.

    Raises:
        ShapeError: It is nested deeper than anything of ours, or not UTF-8.
    """
    data = request.get_data()
    # The parser reads UTF-16 and UTF-32 too, where the bytes of a sign may look like
    # brackets and quotes; JSON between systems is UTF-8 (RFC 8259, 8.1).
    if not _is_utf8(data) or _depth(data) > DEEPEST:
        raise ShapeError
    return request.get_json(silent=True)


def parsed_json(data: bytes) -> object:
    """Return the JSON value of a file or field; None where it is none of ours."""
    if not _is_utf8(data) or _depth(data) > DEEPEST:
        return None
    try:
        return json.loads(data)
    except ValueError:
        return None


def _is_utf8(data: bytes) -> bool:
    """Say whether the JSON parser will read the bytes as UTF-8."""
    return b"\x00" not in data and not data.startswith(OTHER_MARKS)


def _depth(data: bytes) -> int:
    """Count the levels of lists and objects, those inside of texts left out."""
    deepest = depth = 0
    for bracket in TEXT.sub(b"", data).translate(None, REST):
        depth += 1 if bracket in OPENING else -1
        deepest = max(deepest, depth)
    return deepest
