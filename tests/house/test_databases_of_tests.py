"""Which tests run on another database: those that ask for one in a way that is seen."""

from pathlib import Path

import pytest

from conexx_learn.config import Config
from tests.conftest import reaches_database
from tests.house.source_tree import (
    ROOT,
    called_name,
    calls,
    python_files,
    shown,
    syntax_tree,
)

OPENERS = {"create_app", "create_engine"}
OF_THEIR_OWN = {"tests/browser", "tests/bench"}
"""They serve the product in a process with settings of its own."""

SERVES_WHAT_IT_IS_TOLD = {"tests/mortal_server.py"}
"""Helpers that open a database which the settings of their test name."""


def own_files() -> list[Path]:
    """List the files of the tests that share the fixtures."""
    return [
        path
        for path in python_files()
        if path.is_relative_to(ROOT / "tests")
        and not any(shown(path).startswith(f"{place}/") for place in OF_THEIR_OWN)
    ]


def test_a_database_is_made_where_the_test_that_needs_it_is() -> None:
    found = {
        f"{shown(path)}:{call.lineno}"
        for path in own_files()
        if not path.name.startswith(("test_", "conftest"))
        for call in calls(syntax_tree(path))
        if called_name(call) == "empty_database"
    }

    assert not found, f"Call empty_database in the module of the test: {sorted(found)}"


def test_no_fixture_is_asked_for_in_secret() -> None:
    found = {
        f"{shown(path)}:{call.lineno}"
        for path in own_files()
        for call in calls(syntax_tree(path))
        if called_name(call) == "getfixturevalue"
    }

    assert not found, f"Take the fixture as an argument: {sorted(found)}"


def test_whoever_opens_a_database_takes_the_one_of_the_run() -> None:
    found = {
        f"{shown(path)}:{call.lineno}"
        for path in own_files()
        if shown(path) not in SERVES_WHAT_IT_IS_TOLD
        for call in calls(syntax_tree(path))
        if called_name(call) in OPENERS and not _is_told(path)
    }

    assert not found, f"Take `config`, or call empty_database: {sorted(found)}"


def _is_told(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return "empty_database" in text or "config: Config" in text


def test_a_test_with_a_database_reaches_it(
    config: Config, request: pytest.FixtureRequest
) -> None:
    assert config.database_url
    assert reaches_database(request.node)


def test_a_test_without_one_does_not(request: pytest.FixtureRequest) -> None:
    assert not reaches_database(request.node)
