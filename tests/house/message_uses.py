"""Where the source asks for a translated message: its place, texts and facts."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from tests.house.source_tree import (
    PACKAGE,
    called_name,
    calls,
    python_files,
    shown,
    syntax_tree,
    template_files,
)

SINGULAR = {"_", "_l", "gettext", "lazy_gettext"}
PLURAL = {"ngettext", "lazy_ngettext"}


@dataclass(frozen=True, slots=True)
class MessageUse:
    """One call for a message.

    Attributes:
        place: File and line.
        texts: The message, or singular and plural; empty where it is no literal.
        facts: Names of the placeholders that the call fills.
    """

    place: str
    texts: tuple[str, ...]
    facts: frozenset[str]

    @property
    def key(self) -> str:
        """Return the text that the catalogue knows the message by."""
        return self.texts[0] if self.texts else ""


def _wanted(name: str) -> int:
    """Say how many texts a call takes; 0 where it asks for no message."""
    return 1 if name in SINGULAR else 2 * (name in PLURAL)


def python_uses(path: Path) -> Iterator[MessageUse]:
    """List the messages that a Python file asks for."""
    for call in calls(syntax_tree(path)):
        wanted = _wanted(called_name(call))
        if wanted:
            texts = [
                part.value
                for part in call.args[:wanted]
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            facts = {word.arg for word in call.keywords if word.arg}
            yield _use(f"{shown(path)}:{call.lineno}", texts, facts, wanted)


def template_uses(path: Path, environment: Environment) -> Iterator[MessageUse]:
    """List the messages that a template asks for."""
    for call in environment.parse(path.read_text(encoding="utf-8")).find_all(
        nodes.Call
    ):
        wanted = _wanted(call.node.name) if isinstance(call.node, nodes.Name) else 0
        if wanted:
            texts = [
                part.value
                for part in call.args[:wanted]
                if isinstance(part, nodes.Const) and isinstance(part.value, str)
            ]
            facts = {word.key for word in call.kwargs}
            yield _use(f"{shown(path)}:{call.lineno}", texts, facts, wanted)


def _use(place: str, texts: list[str], facts: set[str], wanted: int) -> MessageUse:
    whole = tuple(texts) if len(texts) == wanted else ()
    counted = {"num"} if wanted > 1 else set()
    return MessageUse(place, whole, frozenset(facts | counted))


@cache
def message_uses() -> tuple[MessageUse, ...]:
    """List every message that the pages, mails and commands ask for."""
    environment = Environment(extensions=["jinja2.ext.loopcontrols"], autoescape=True)
    found = [
        use
        for path in python_files()
        if path.is_relative_to(PACKAGE)
        for use in python_uses(path)
    ]
    for path in template_files():
        found += list(template_uses(path, environment))
    return tuple(found)
