"""Where each key of a TOML file stands, so that a fault can name its line."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from conexx_learn.domain.problems import Problem

Location = tuple[str | int, ...]
"""The way to a value: keys, and the numbers of tables in an array, from 0."""

_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_TABLE_ENTRY = re.compile(r"\s*\[\[\s*([^\[\]]+?)\s*\]\]\s*(?:#.*)?")
_KEY = re.compile(
    r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*[\w\"'-]+)*)\s*="
)
_PLACE = re.compile(r"at line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A TOML file that could be read.

    Attributes:
        path: Name for problems.
        document: The whole content; decimals are exact.
        places: Location of a key or a table to its line and column, from 1.
    """

    path: str
    document: dict[str, object]
    places: dict[Location, tuple[int, int]]

    def place(self, location: Location) -> tuple[int, int]:
        """Tell the line and column of a value, or of the nearest thing around it."""
        for length in range(len(location), 0, -1):
            found = self.places.get(location[:length])
            if found:
                return found
        return 1, 1

    def problem(self, location: Location, code: str, /, **facts: str) -> Problem:
        """Report a problem at the place of a value."""
        line, column = self.place(location)
        return Problem(self.path, line, column, code, facts)


def read_toml(data: bytes, *, path: str) -> TomlFile | Problem:
    """Read a TOML file, or say on which line it stops being one (E001)."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Problem(path, line, 1, "E001", {"variant": "encoding"})
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        return _syntax_problem(text, str(error), path)
    places: dict[Location, tuple[int, int]] = {}
    for location, place in _places(text):
        for length in range(1, len(location) + 1):
            places.setdefault(location[:length], place)
    return TomlFile(path, document, places)


def _syntax_problem(text: str, message: str, path: str) -> Problem:
    lines = text.split("\n")
    stated = _PLACE.search(message)
    line = int(stated[1]) if stated else max(1, len(text.rstrip().split("\n")))
    column = int(stated[2]) if stated else 1
    shown = lines[line - 1].strip()[:60] if line <= len(lines) else ""
    return Problem(path, line, column, "E001", {"text": shown})


def _places(text: str) -> Iterator[tuple[Location, tuple[int, int]]]:
    table: Location = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        entry, heading = _TABLE_ENTRY.fullmatch(line), _TABLE.fullmatch(line)
        key = _KEY.match(line)
        if entry:
            name = entry[1]
            counts[name] = counts.get(name, -1) + 1
            table = (name, counts[name])
            yield table, (number, line.index("[") + 1)
        elif heading:
            table = tuple(heading[1].split("."))
            yield table, (number, line.index("[") + 1)
        elif key:
            parts = tuple(part.strip(" \t\"'") for part in key[1].split("."))
            yield (*table, *parts), (number, key.start(1) + 1)
