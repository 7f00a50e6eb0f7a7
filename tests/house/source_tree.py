"""The source as the tests of the house read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "conexx_learn"
TEMPLATES = PACKAGE / "web" / "templates"
SPANISH = PACKAGE / "translations" / "es"
FOLDERS = ("conexx_learn", "tests")


@cache
def python_files() -> tuple[Path, ...]:
    """List our Python files, in reading order."""
    found = [path for name in FOLDERS for path in (ROOT / name).rglob("*.py")]
    return tuple(sorted([*found, ROOT / "app.py"]))


@cache
def syntax_tree(path: Path) -> ast.Module:
    """Parse a file; each is parsed once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def template_files() -> tuple[Path, ...]:
    """List every template."""
    kinds = ("*.html", "*.txt")
    return tuple(sorted(path for kind in kinds for path in TEMPLATES.rglob(kind)))


def shown(path: Path) -> str:
    """Write a path as a person of the project writes it."""
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    """Write a file as the name that Python imports it by."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Walk over every call."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called_name(call: ast.Call) -> str:
    """Name what is called: the last word of it."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
