"""Every error and every problem has its sentence, in Spanish and in English."""

import ast
import pkgutil
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from string import Formatter

import pytest

from conexx_learn.domain import errors, sentences
from conexx_learn.domain.errors import LearnError
from conexx_learn.domain.sentences import PROBLEMS
from conexx_learn.domain.sentences.errors import ERRORS
from tests.house.source_tree import (
    PACKAGE,
    called_name,
    calls,
    python_files,
    shown,
    syntax_tree,
)

PROBLEM_CODE = re.compile(r"[EW]\d{3}")
LANGUAGES = {"es", "en"}
FAMILIES = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, LearnError)
}


def error_codes() -> Iterator[tuple[str, str, set[str]]]:
    """List place, code and names of the facts of each error that can be raised."""
    for path in python_files():
        if not path.is_relative_to(PACKAGE):
            continue
        is_tree = path == PACKAGE / "domain" / "errors.py"
        for call in calls(syntax_tree(path)):
            if called_name(call) in FAMILIES or (
                is_tree and called_name(call) == "__init__"
            ):
                yield from _code_of(call, f"{shown(path)}:{call.lineno}")


def _code_of(call: ast.Call, place: str) -> Iterator[tuple[str, str, set[str]]]:
    match call.args:
        case [ast.Constant(value=str(code)), *_]:
            yield place, code, {word.arg for word in call.keywords if word.arg}


def default_codes() -> set[str]:
    """Read the codes that the families have when none is given."""
    return {
        node.value
        for function in ast.walk(syntax_tree(PACKAGE / "domain" / "errors.py"))
        if isinstance(function, ast.FunctionDef)
        for node in function.args.defaults
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def placeholders(text: str) -> set[str]:
    """Name the facts that a sentence asks for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def sentence_pairs(
    table: Mapping[str, object], path: str
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """List each `{"es": …, "en": …}` in a nested mapping, with its keys joined."""
    if LANGUAGES & set(table):
        yield path, table
        return
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from sentence_pairs(value, f"{path}.{key}")


def all_sentences() -> list[tuple[str, Mapping[str, object]]]:
    """List every sentence of `domain.sentences` with its name."""
    found = []
    for module in pkgutil.iter_modules(sentences.__path__):
        table = vars(import_module(f"{sentences.__name__}.{module.name}"))
        for name, value in table.items():
            if isinstance(value, Mapping) and not name.startswith("__"):
                found += list(sentence_pairs(value, f"{module.name}.{name}"))
    return found


def texts(value: object) -> list[str]:
    """Take a sentence as a list: message and hint, or one text."""
    return list(value) if isinstance(value, tuple) else [str(value)]


def test_every_error_has_a_sentence_that_its_facts_fill() -> None:
    missing = [
        f"{place}: {code}"
        for place, code, facts in error_codes()
        if code not in ERRORS or not placeholders(ERRORS[code]["en"]) <= facts
    ]
    missing += sorted(default_codes() - set(ERRORS))

    assert not missing, (
        "Write the sentence in domain/sentences/errors.py, with facts that the error "
        "has:\n" + "\n".join(missing)
    )


def test_no_sentence_is_left_of_an_error_that_nobody_raises() -> None:
    known = {code for _, code, _ in error_codes()} | default_codes()
    idle = sorted(set(ERRORS) - known)

    assert not idle, f"Remove from domain/sentences/errors.py: {idle}"


def test_every_problem_code_has_a_sentence() -> None:
    used = {
        node.value
        for path in python_files()
        if path.is_relative_to(PACKAGE)
        for node in ast.walk(syntax_tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and PROBLEM_CODE.fullmatch(node.value)
    }
    missing = sorted(used - {key.partition(".")[0] for key in PROBLEMS})

    assert used
    assert not missing, f"Write a sentence in domain/sentences for: {missing}"


@pytest.mark.parametrize("guide", ["README.md", "LEEME.md"])
def test_the_trainers_guide_names_only_codes_that_exist(guide: str) -> None:
    text = (PACKAGE.parent / "courses" / guide).read_text(encoding="utf-8")
    named = set(re.findall(r"\b[EW]\d{3}\b", text))
    unknown = sorted(named - {key.partition(".")[0] for key in PROBLEMS})

    assert named
    assert not unknown, f"Correct these codes in courses/{guide}: {unknown}"


def test_every_sentence_is_there_in_both_languages() -> None:
    missing = [name for name, pair in all_sentences() if set(pair) != LANGUAGES]

    assert len(all_sentences()) > len(PROBLEMS)
    assert not missing, "Add the other language:\n" + "\n".join(missing)


def test_both_languages_of_a_sentence_ask_for_the_same_facts() -> None:
    wrong = [
        name
        for name, pair in all_sentences()
        for spanish, english in zip(texts(pair["es"]), texts(pair["en"]), strict=True)
        if placeholders(spanish) != placeholders(english)
    ]

    assert not wrong, "Use the same placeholders in es and en:\n" + "\n".join(wrong)
