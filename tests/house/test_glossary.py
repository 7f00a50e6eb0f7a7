"""GLOSSARY.md is kept: one word per concept, in every name that we define."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.source_tree import ROOT, python_files, shown, syntax_tree

CODE = re.compile(r"`([a-z_]+)`")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
ANTEROOMS = ("get_", "do_", "handle_", "process_", "manage_", "perform_")
NAMELESS = {"utils", "helpers", "common", "misc", "manager"}
DICTATED = {
    # html.parser calls these.
    "handle_starttag",
    "handle_endtag",
    "handle_startendtag",
    "handle_data",
    "handle_comment",
    "handle_decl",
    "handle_pi",
    "handle_charref",
    "handle_entityref",
    # Flask-Login and Flask-Security call these.
    "get_id",
    "get_auth_token",
    "get_security_payload",
    # Flask asks Jinja for a template by this.
    "get_template",
    # SQLAlchemy types and dialects call these.
    "process_bind_param",
    "process_result_value",
    # Gunicorn and logging call these.
    "handle_error",
    "process_formdata",
}
FORMAT_WORDS = {
    # The course format calls the place of a step in an ordering so.
    ("conexx_learn/domain/quiz.py", "position"),
    ("conexx_learn/domain/quiz.py", "POSITION"),
    ("conexx_learn/domain/partial_credit.py", "position"),
    ("tests/sample_questions.py", "position"),
}


@cache
def rejected_words() -> frozenset[str]:
    """Read the last column of the table."""
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line.startswith("| ")]
    return frozenset(word for row in rows for word in CODE.findall(row[3]))


@cache
def words(name: str) -> str:
    """Split a name into words between underscores: jobRole2 gives _job_role_2_."""
    return "_" + "_".join(WORD.findall(name)).lower() + "_"


@cache
def rejected_in(name: str) -> str:
    """Return the rejected word that a name has, also in the plural; else nothing."""
    joined = "|".join(sorted(rejected_words()))
    found = re.search(f"_({joined})s?_", words(name))
    return found[1] if found else ""


def defined_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """List each name that a file gives to something of ours, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr
            case ast.alias(asname=str(name)):
                yield getattr(node, "lineno", 0), name


def test_the_table_of_the_glossary_can_be_read() -> None:
    assert {"student", "job_role", "threshold"} <= rejected_words()


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("job_role", "_job_role_"),
        ("JobRole", "_job_role_"),
        ("HTMLLesson2", "_html_lesson_2_"),
        ("students", "_students_"),
    ],
)
def test_names_are_split_into_words(name: str, split: str) -> None:
    assert words(name) == split


def test_no_name_of_ours_uses_a_rejected_word() -> None:
    found = [
        f"{shown(path)}:{line}: {name} ({rejected_in(name)})"
        for path in python_files()
        for line, name in [*defined_names(syntax_tree(path)), (1, path.stem)]
        if rejected_in(name) and (shown(path), name) not in FORMAT_WORDS
    ]

    assert not found, "Use our word for it (GLOSSARY.md):\n" + "\n".join(found)


def test_no_function_begins_with_an_empty_verb() -> None:
    found = [
        f"{shown(path)}:{node.lineno}: {node.name}"
        for path in python_files()
        for node in ast.walk(syntax_tree(path))
        if isinstance(node, ast.FunctionDef)
        and node.name.lstrip("_").startswith(ANTEROOMS)
        and node.name not in DICTATED
    ]

    assert not found, "Say the act, or the noun for a read:\n" + "\n".join(found)


def test_every_file_is_named_after_a_noun_of_the_field() -> None:
    found = [
        shown(path)
        for path in python_files()
        if NAMELESS & set(path.relative_to(ROOT).with_suffix("").parts)
    ]

    assert not found, "Name the noun that these share:\n" + "\n".join(found)
