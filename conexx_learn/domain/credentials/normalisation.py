"""Values of a document in the one form that every reader gets back unchanged."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LAST_SECOND = time(23, 59, 59, tzinfo=UTC)


def moment(at: datetime) -> str:
    """Write a moment in whole seconds of UTC.

    Example:
        >>> moment(datetime(2026, 11, 16, 9, 0, 0, 5, tzinfo=UTC))
        '2026-11-16T09:00:00Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def last_moment(day: date) -> str:
    """Write the last second of a day that still counts."""
    return moment(datetime.combine(day, _LAST_SECOND))


def normalise(value: object) -> object:
    r"""Return a value as it is signed.

    Text is NFC without control characters and halves of characters, its lines end in
    `\n`; numbers without a fraction are whole; members that say nothing (None, empty
    text, list or object) are left out.

    Args:
        value: JSON values, decimals and moments, however deep.

    Raises:
        TypeError: Something else is in it.

    Example:
        >>> normalise({"a": "x\r\ny" + chr(0), "b": None, "c": [1.0, ""], "d": {}})
        {'a': 'x\ny', 'c': [1]}
    """
    match value:
        case str():
            return _text(value)
        case bool() | int() | None:
            return value
        case float() | Decimal():
            return int(value) if value == int(value) else float(value)
        case datetime():
            return moment(value)
        case Mapping():
            members = {str(key): normalise(member) for key, member in value.items()}
            return {key: each for key, each in members.items() if not _is_empty(each)}
        case list() | tuple():
            entries = [normalise(entry) for entry in value]
            return [entry for entry in entries if not _is_empty(entry)]
    raise TypeError(type(value).__name__)


def _text(value: str) -> str:
    plain = _CONTROLS.sub("", value.replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", plain)


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [], {})
