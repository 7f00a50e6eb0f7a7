"""`course.toml` with some values changed: comments and order stay as they were."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from conexx_learn.domain.course_source.settings_check import SETTINGS_FILE
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.problems import Problem

Value = str | int | bool | Decimal | date | list[str] | list[dict[str, object]] | None
"""What a key may hold; None takes the key away."""


_BEFORE_TABLE = re.compile(r"\n+\[\[modules\]\]")


def with_values(text: str, values: Mapping[str, Value]) -> str:
    """Set keys of the course.

    Raises:
        ContentError: The text is not TOML; nothing can be set in it.

    Example:
        >>> with_values('version = "1.0" # first', {"version": "1.1"})
        'version = "1.1" # first'
    """
    document = _document(text)
    _set(document, values)
    return tomlkit.dumps(document)


def with_module_values(text: str, slug: str, values: Mapping[str, Value]) -> str:
    """Set keys of one module; a slug that is not there changes nothing.

    Raises:
        ContentError: The text is not TOML.
    """
    document = _document(text)
    for table in _modules(document):
        if table.get("slug") == slug:
            _set(table, values)
    return tomlkit.dumps(document)


def with_module_order(
    text: str, slugs: Iterable[str], *, renamed: Mapping[str, str] | None = None
) -> str:
    """Put the tables of the modules into an order; those not named are left out.

    Args:
        text: Of `course.toml`.
        slugs: As they are called now, in the wanted order.
        renamed: Slug to new slug.

    Raises:
        ContentError: The text is not TOML.
    """
    document = _document(text)
    tables = {str(table.get("slug")): table for table in _modules(document)}
    wanted = [slug for slug in slugs if slug in tables]
    ordered = tomlkit.aot()
    for slug in wanted:
        table = tables[slug]
        if renamed and slug in renamed:
            table["slug"] = renamed[slug]
        ordered.append(table)
    if not wanted:
        document.pop("modules", None)
    elif "modules" in document:
        document["modules"] = ordered
    return _spaced(tomlkit.dumps(document))


def with_new_module(text: str, values: Mapping[str, Value]) -> str:
    """Add the table of a module after the others.

    Raises:
        ContentError: The text is not TOML.
    """
    document = _document(text)
    table = tomlkit.table()
    _set(table, values)
    if "modules" not in document:
        document["modules"] = tomlkit.aot()
    document["modules"].append(table)
    return _spaced(tomlkit.dumps(document))


def _document(text: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        line = getattr(error, "line", 1)
        problem = Problem(SETTINGS_FILE, line, 1, "E001", {"variant": "closed-form"})
        raise ContentError("content-refused", problems=(problem,)) from error


def _modules(document: tomlkit.TOMLDocument) -> list[Table]:
    found = document.get("modules")
    return list(found) if isinstance(found, AoT) else []


def _set(table: Any, values: Mapping[str, Value]) -> None:  # noqa: ANN401 (a document or a table)
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        elif table.get(key) != _plain(value):
            table[key] = _item(value)


def _plain(value: Value) -> object:
    return float(value) if isinstance(value, Decimal) else value


def _item(value: Value) -> Any:  # noqa: ANN401 (one of the library's items)
    if isinstance(value, Decimal):
        is_whole = value == value.to_integral_value()
        return tomlkit.item(int(value) if is_whole else float(value))
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _grants(value)
    return tomlkit.item(value)


def _grants(values: list[Any]) -> Any:  # noqa: ANN401 (one of the library's items)
    array = tomlkit.array()
    for one in values:
        inner = tomlkit.inline_table()
        inner.update(one)
        array.append(inner)
    return array


def _spaced(text: str) -> str:
    """Part the tables of the modules by one empty line each."""
    return _BEFORE_TABLE.sub("\n\n[[modules]]", text).rstrip("\n") + "\n"
