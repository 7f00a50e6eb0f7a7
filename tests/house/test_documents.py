"""What can be set, called or decided is written down."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from conexx_learn.cli import commands
from tests.house.source_tree import PACKAGE, ROOT, shown

SETTING = re.compile(r'"([A-Z][A-Z]+(?:_[A-Z]+)*)"')
READS_ENVIRONMENT = re.compile(r'environ(?:\.get\(|\[)\s*"([A-Z_]+)"')
TARGET = re.compile(r"^([a-z0-9-]+):.*?(?:## (.*))?$", re.MULTILINE)
PHONY = re.compile(r"^\.PHONY: (.*)$", re.MULTILINE)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DECISION_PARTS = (
    "## Context",
    "## Decision",
    "## Consequences",
    "## Rejected alternatives",
)
PAGE = 80
README = ROOT / "README.md"


def settings() -> set[str]:
    """Name every setting that the product reads."""
    config = (PACKAGE / "config.py").read_text(encoding="utf-8")
    found = set(SETTING.findall(config))
    for path in PACKAGE.rglob("*.py"):
        found |= set(READS_ENVIRONMENT.findall(path.read_text(encoding="utf-8")))
    return found


def command_names() -> Iterator[str]:
    """Write every command of ours as one types it."""
    app = Flask("documents")
    before = set(app.cli.commands)
    commands.init_app(app)
    for name, command in app.cli.commands.items():
        if name not in before:
            yield from _names_below(f"flask {name}", command)


def _names_below(name: str, command: click.Command) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield name
        return
    for below, inner in command.commands.items():
        yield from _names_below(f"{name} {below}", inner)


def make_targets() -> dict[str, str]:
    """Read the targets that one can ask for: name to its line of help."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(" ".join(PHONY.findall(text)).split())
    return {name: help_ for name, help_ in TARGET.findall(text) if name in phony}


@pytest.mark.parametrize("name", sorted(settings()))
def test_the_readme_explains_every_setting(name: str) -> None:
    assert f"`{name}`" in README.read_text(encoding="utf-8"), (
        f"Add `{name}` to the settings in README.md"
    )


@pytest.mark.parametrize("name", sorted(command_names()))
def test_the_readme_names_every_command(name: str) -> None:
    assert f"`{name}" in README.read_text(encoding="utf-8"), (
        f"Add `{name}` to the commands in README.md"
    )


def test_the_readme_names_only_commands_that_exist() -> None:
    named = re.findall(r"`(flask [a-z]+ [a-z-]+)\b", README.read_text(encoding="utf-8"))
    gone = sorted({name for name in named if name not in set(command_names())})

    assert named
    assert not gone, f"Remove from README.md, or register in cli/commands.py: {gone}"


@pytest.mark.parametrize("name", sorted(make_targets()))
def test_every_target_has_a_line_of_help_and_is_in_the_readme(name: str) -> None:
    assert make_targets()[name], f"Makefile: end the line of {name} with ## and a help"
    assert f"`make {name}" in README.read_text(encoding="utf-8") or name == "help", (
        f"Add `make {name}` to README.md"
    )


def test_every_phony_target_exists() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(" ".join(PHONY.findall(text)).split())

    assert not phony - set(make_targets()), "Remove what is gone from .PHONY"


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_was_rejected_on_one_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    missing = [part for part in DECISION_PARTS if part not in text]

    assert not missing, f"{shown(path)}: write {missing}"
    assert len(text.splitlines()) <= PAGE, f"{shown(path)}: one page, {PAGE} lines"


def test_the_documents_of_the_house_are_there() -> None:
    names = ["ARCHITECTURE", "CHANGELOG", "CONTRIBUTING", "GLOSSARY", "README"]
    missing = [name for name in names if not (ROOT / f"{name}.md").is_file()]

    assert not missing, f"Write {missing}"
    assert "SPDX-License-Identifier: EUPL-1.2" in (ROOT / "LICENSE").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("*.md"), *DECISIONS]), ids=lambda path: path.name
)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    broken = [link for link in links if not (path.parent / link).exists()]

    assert not broken, f"{shown(path)}: these lead nowhere: {broken}"
