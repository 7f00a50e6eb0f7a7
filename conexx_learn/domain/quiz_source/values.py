"""The values of attributes: read with their type, or reported with what is allowed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from conexx_learn.domain.problems import Problem
from conexx_learn.domain.quiz_source.blocks import Attribute
from conexx_learn.domain.quiz_source.keys import UNLIMITED, VALUES, folded
from conexx_learn.domain.quiz_source.lines import excerpt

MOST_POINTS = 100
MOST_ATTEMPTS = 20
MOST_PERCENT = 100

_POINTS = re.compile(r"^\d{1,3}(?:\.\d{1,2})?$", re.ASCII)
_PERCENT = re.compile(r"^(\d{1,3}(?:\.\d{1,6})?)[ \xa0]?%?$", re.ASCII)
_INTEGER = re.compile(r"^\d{1,4}$", re.ASCII)
_DURATION = re.compile(r"^(?:\d{1,6}[ \xa0]?[a-z]+[ \xa0]*)+$", re.ASCII)
_SPAN = re.compile(r"(\d{1,6})[ \xa0]?([a-z]+)", re.ASCII)
_SECONDS = {
    "s": 1,
    "min": 60,
    "h": 3600,
    "d": 86400,
    "dia": 86400,
    "dias": 86400,
}
_LONGEST_SECONDS = 366 * 86400


@dataclass(slots=True)
class Values:
    """The attributes of one heading or front matter, and the problems of reading them.

    Attributes:
        attributes: English key to attribute.
        path: For the problems.
        problems: Where E104 goes.
    """

    attributes: Mapping[str, Attribute]
    path: str
    problems: list[Problem]

    def report(self, key: str, code: str, **facts: str) -> None:
        """Report a problem at the value of a key."""
        attribute = self.attributes[key]
        known = {"key": attribute.written, "value": excerpt(attribute.value), **facts}
        place = (attribute.line, attribute.column)
        self.problems.append(Problem(self.path, *place, code, known))

    def refuse(self, key: str, allowed: str) -> None:
        """Report a bad value (E104)."""
        self.report(key, "E104", allowed=allowed)

    def text(self, key: str) -> str:
        """Read plain text; empty where the key is absent."""
        attribute = self.attributes.get(key)
        if attribute is None:
            return ""
        if not attribute.value:
            self.refuse(key, "…")
        return attribute.value

    def choice(self, key: str, table: str | None = None) -> str | None:
        """Read one word of a closed list; None where absent or bad."""
        attribute = self.attributes.get(key)
        if attribute is None:
            return None
        known = VALUES[table or key]
        if folded(attribute.value) not in known:
            self.refuse(key, allowed_words(known))
            return None
        return known[folded(attribute.value)]

    def choices(self, key: str) -> set[str]:
        """Read several words of a closed list, parted by commas."""
        attribute = self.attributes.get(key)
        if attribute is None:
            return set()
        words = [folded(word) for word in attribute.value.split(",")]
        known = VALUES[key]
        if any(word not in known for word in words):
            self.refuse(key, allowed_words(known))
            return set()
        return {known[word] for word in words}

    def items(self, key: str) -> tuple[str, ...]:
        """Read a comma list; empty where absent."""
        attribute = self.attributes.get(key)
        if attribute is None:
            return ()
        items = tuple(item.strip() for item in attribute.value.split(","))
        if not all(items):
            self.refuse(key, "a, b, c")
        return tuple(item for item in items if item)

    def points(self, key: str) -> Fraction | None:
        """Read points: more than 0, at most 100, two decimals."""
        attribute = self.attributes.get(key)
        if attribute is None:
            return None
        good = _POINTS.match(attribute.value)
        points = Fraction(attribute.value) if good else Fraction(0)
        if not 0 < points <= MOST_POINTS:
            self.refuse(key, "0.01–100")  # noqa: RUF001  # A range reads best with its dash.
            return None
        return points

    def percent(self, key: str) -> Fraction | None:
        """Read a percentage from 1 to 100."""
        attribute = self.attributes.get(key)
        if attribute is None:
            return None
        found = _PERCENT.match(attribute.value)
        percent = Fraction(found[1]) if found else Fraction(0)
        if not 1 <= percent <= MOST_PERCENT:
            self.refuse(key, "1%–100%")  # noqa: RUF001  # A range reads best with its dash.
            return None
        return percent

    def integer(self, key: str, *, most: int, besides: str = "") -> int | None:
        """Read an integer from 1 to `most`; `besides` is what else is allowed."""
        attribute = self.attributes.get(key)
        if attribute is None:
            return None
        number = int(attribute.value) if _INTEGER.match(attribute.value) else 0
        if not 1 <= number <= most:
            self.refuse(key, f"1–{most}{besides}")  # noqa: RUF001  # A range reads best with its dash.
            return None
        return number

    def is_unlimited(self, key: str) -> bool:
        """Say whether the value is `unlimited`."""
        attribute = self.attributes.get(key)
        return attribute is not None and folded(attribute.value) in UNLIMITED

    def seconds(self, key: str, *, allows_zero: bool) -> int | None:
        """Read a duration such as `1 h 30 min`, in seconds."""
        attribute = self.attributes.get(key)
        if attribute is None:
            return None
        seconds = duration_seconds(attribute.value)
        if allows_zero and attribute.value == "0":
            return 0
        is_allowed = seconds is not None and (seconds > 0 or allows_zero)
        if not is_allowed or (seconds or 0) > _LONGEST_SECONDS:
            self.refuse(key, "40 min, 1 h 30 min, 2 d")
            return None
        return seconds


def duration_seconds(text: str) -> int | None:
    """Read a duration; None for anything else.

    Example:
        >>> duration_seconds("1 h 30 min"), duration_seconds("soon")
        (5400, None)
    """
    plain = folded(text).replace("-", " ")
    if not _DURATION.match(plain):
        return None
    spans = _SPAN.findall(plain)
    if any(unit not in _SECONDS for _, unit in spans):
        return None
    return sum(int(count) * _SECONDS[unit] for count, unit in spans)


def allowed_words(known: Mapping[str, str] | Iterable[str]) -> str:
    """List what may be written, both languages of one meaning together.

    Example:
        >>> allowed_words({"graded": "graded", "calificado": "graded"})
        'graded/calificado'
    """
    if not isinstance(known, Mapping):
        return ", ".join(known)
    meanings: dict[str, list[str]] = {}
    for word, meaning in known.items():
        meanings.setdefault(meaning, []).append(word)
    return ", ".join("/".join(words) for words in meanings.values())
