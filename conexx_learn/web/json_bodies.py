"""JSON of a request, read without falling for its depth."""

import re

from flask import request

from conexx_learn.domain.errors import ShapeError

DEEPEST = 20
"""Levels of lists and objects; the parser itself gives up at some thousand."""

TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
OPENING = frozenset(b"[{")
BRACKETS = frozenset(b"[]{}")
REST = bytes(set(range(256)) - BRACKETS)


def json_body() -> object:
    """Return the JSON value of the request; None where it is none.

    Raises:
        ShapeError: It is nested deeper than anything of ours.
    """
    if _depth(request.get_data()) > DEEPEST:
        raise ShapeError
    return request.get_json(silent=True)


def _depth(data: bytes) -> int:
    """Count the levels of lists and objects, those inside of texts left out."""
    deepest = depth = 0
    for bracket in TEXT.sub(b"", data).translate(None, REST):
        depth += 1 if bracket in OPENING else -1
        deepest = max(deepest, depth)
    return deepest
