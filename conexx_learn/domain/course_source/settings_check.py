"""`course.toml` as the check sees it: what it says, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from conexx_learn.domain.course_source.settings import (
    CourseTable,
    GrantTable,
    ModuleTable,
)
from conexx_learn.domain.course_source.toml_lines import Location, TomlFile, read_toml
from conexx_learn.domain.problems import Problem

SETTINGS_FILE = "course.toml"
_TABLES: dict[str, type[BaseModel]] = {"modules": ModuleTable, "grants": GrantTable}
_SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class SettingsCheck:
    """What `course.toml` gave.

    Attributes:
        source: The file with its lines, or None when it is not TOML.
        table: The checked content, or None when anything in it is wrong.
        problems: Everything wrong with its keys and values.
    """

    source: TomlFile | None
    table: CourseTable | None
    problems: tuple[Problem, ...]

    @property
    def module_slugs(self) -> list[str]:
        """List the slugs of `[[modules]]` in order, even from a faulty file."""
        modules = self.source.document.get("modules") if self.source else None
        entries = modules if isinstance(modules, list) else []
        slugs = [entry.get("slug") for entry in entries if isinstance(entry, dict)]
        return [slug for slug in slugs if isinstance(slug, str)]

    def text_of(self, key: str) -> str:
        """Return a text value even from a faulty file; empty where it is none."""
        value = self.source.document.get(key) if self.source else None
        return value if isinstance(value, str) else ""


def check_settings(data: bytes | None) -> SettingsCheck:
    """Read and check `course.toml`; None means that there is no such file."""
    if data is None:
        missing = Problem(SETTINGS_FILE, 1, 1, "E001", {"variant": "missing"})
        return SettingsCheck(None, None, (missing,))
    source = read_toml(data, path=SETTINGS_FILE)
    if isinstance(source, Problem):
        return SettingsCheck(None, None, (source,))
    try:
        table = CourseTable.model_validate(source.document)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=True)
        return SettingsCheck(source, None, tuple(_problems(source, faults)))
    except RecursionError:
        return SettingsCheck(source, None, (source.problem((), "E001"),))
    return SettingsCheck(source, table, tuple(_cross_checks(source, table)))


def _problems(source: TomlFile, faults: list[ErrorDetails]) -> Iterator[Problem]:
    seen: set[tuple[Location, str]] = set()
    for fault in faults:
        location = _own_location(fault["loc"])
        code = _CODES.get(fault["type"], "E004")
        if (location, code) not in seen:
            seen.add((location, code))
            yield _problem(source, location, code, fault)


_CODES = {"extra_forbidden": "E002", "missing": "E003"}


def _own_location(location: Location) -> Location:
    """Cut what pydantic adds inside a value: the place in a list of words."""
    depth = 3 if location[0] in _TABLES else 1
    return location[:depth]


def _problem(
    source: TomlFile, location: Location, code: str, fault: ErrorDetails
) -> Problem:
    key = str(location[-1])
    if code == "E002":
        return source.problem(location, code, **_unknown_key(location))
    if code == "E003":
        return source.problem(location, code, key=key)
    shown = _shown(fault["input"])
    if fault["type"] == "reserved":
        return source.problem(location, code, key=key, value=shown, variant="reserved")
    return source.problem(
        location, code, key=key, value=shown, variant=_variant(location)
    )


def _unknown_key(location: Location) -> dict[str, str]:
    table = _TABLES.get(str(location[0])) if len(location) > 1 else CourseTable
    known = list((table or CourseTable).model_fields)
    key = str(location[-1])[:_SHOWN_LENGTH]
    close = get_close_matches(key, known, n=1)
    variant = {"meant": close[0], "variant": "meant"} if close else {"variant": ""}
    return {"key": key, "known": ", ".join(known), **variant}


def _variant(location: Location) -> str:
    """Name the sentence that says what is allowed for a key."""
    named = [part for part in location if isinstance(part, str)]
    if len(named) == 1 and named[0] in _TABLES:
        return f"{named[0]}-list"
    return "-".join(named).replace("_", "-")


def _shown(value: object) -> str:
    """Write a faulty value briefly; only texts, whose length is known, are shown."""
    if isinstance(value, str):
        return value[:_SHOWN_LENGTH]
    return type(value).__name__ if isinstance(value, list | dict) else _number(value)


def _number(value: object) -> str:
    if isinstance(value, int) and abs(value) >= 10**_SHOWN_LENGTH:
        return "∞"
    return str(value)[:_SHOWN_LENGTH]


def _cross_checks(source: TomlFile, table: CourseTable) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, module in enumerate(table.modules):
        if module.slug in seen:
            facts = {"key": "slug", "value": module.slug, "variant": "repeated"}
            yield source.problem(("modules", index, "slug"), "E004", **facts)
        seen.add(module.slug)
        for outcome in module.outcomes:
            if outcome not in table.outcomes:
                facts = {"value": outcome, "variant": "outcome-unknown"}
                yield source.problem(("modules", index, "outcomes"), "E004", **facts)
