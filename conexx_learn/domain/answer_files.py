"""The file that keeps the answers of an open attempt when nothing else helps.

A learner downloads it and gives it back on the page of the same attempt. It says whose
it is and of which attempt: letters of options mean nothing in any other. It is not
signed, since all it holds are answers that its owner may give anyway.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from conexx_learn.domain.attempt_saves import Save, read_save
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.errors import ShapeError

KIND = "conexx-learn-answers"
LARGEST_FILE = 1024 * 1024
"""Bytes: five hundred typed answers of two thousand characters."""


class FileRefusal(StrEnum):
    """Why a file is not taken."""

    UNREADABLE = "unreadable"
    ANOTHER_PERSON = "another-person"
    ANOTHER_ATTEMPT = "another-attempt"


def answers_file(found: Sitting, *, now: datetime) -> dict[str, Any]:
    """Write what is saved of an attempt as the values of a file."""
    return {
        "kind": KIND,
        "attempt": found.id,
        "person": found.user_id,
        "quiz": found.rules.title,
        "made_at": now.isoformat(timespec="seconds"),
        "responses": found.shown(set(found.responses)),
        "times": dict(found.ledger.times),
    }


def read_answers_file(content: object, found: Sitting) -> Save | FileRefusal:
    """Read a file that came back.

    Args:
        content: JSON value of the file; any value at all.
        found: The attempt on whose page it was given back.

    Returns:
        Its answers as a save in which each keeps its time, so that what was answered
        later stays; or why it is not taken.
    """
    if not isinstance(content, dict) or content.get("kind") != KIND:
        return FileRefusal.UNREADABLE
    if not _is(content.get("person"), found.user_id):
        return FileRefusal.ANOTHER_PERSON
    if not _is(content.get("attempt"), found.id):
        return FileRefusal.ANOTHER_ATTEMPT
    try:
        return _save(content, found)
    except ShapeError:
        return FileRefusal.UNREADABLE


def _is(value: object, key: int) -> bool:
    """Say whether a value is this key; to Python `true` equals 1."""
    return type(value) is int and value == key


def _save(content: Mapping[str, Any], found: Sitting) -> Save:
    responses, times = content.get("responses"), content.get("times", {})
    # A form and a file are never late: the number is that of no save.
    read = read_save({"number": 1, "responses": responses, "times": times})
    found.read(read.responses)
    unknown = dict.fromkeys(read.responses, 0)
    return Save(number=0, responses=read.responses, times={**unknown, **read.times})
