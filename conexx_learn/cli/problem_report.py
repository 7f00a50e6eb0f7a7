"""Problems as a shell shows them: text for people, JSON for programs, lines for CI."""

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.sentences import problem_sentence

FORMATS = ("text", "json", "github")


def report(
    problems: Sequence[Problem], *, form: str, lang: str, folder: Path
) -> Iterable[str]:
    """Write problems line by line.

    Args:
        problems: With paths relative to `folder`.
        form: One of `FORMATS`.
        lang: `es` or `en`.
        folder: What was checked; annotations for CI need paths from where one stands.
    """
    if form == "json":
        entries = [as_json(problem, lang) for problem in problems]
        return [json.dumps(entries, ensure_ascii=False, indent=2)]
    if form == "github":
        return [_annotation(problem, lang, folder) for problem in problems]
    return [as_text(problem, lang) for problem in problems]


def as_text(problem: Problem, lang: str) -> str:
    """Write `path:line:col: CODE message`, and the hint on a line of its own."""
    message, hint = problem_sentence(problem, lang)
    place = f"{problem.path}:{problem.line}:{problem.column}"
    return _one_screen(f"{place}: {problem.code} {message}") + f"\n    hint: {hint}"


def as_json(problem: Problem, lang: str) -> dict[str, object]:
    """Make the object that `--format json` prints for a problem."""
    message, hint = problem_sentence(problem, lang)
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": str(problem.severity),
        "message": message,
        "hint": hint,
    }


def _annotation(problem: Problem, lang: str, folder: Path) -> str:
    message, hint = problem_sentence(problem, lang)
    path = os.path.relpath(folder / problem.path)
    place = f"file={_property(path)},line={problem.line},col={problem.column}"
    title = f"title={problem.code}"
    return f"::{problem.severity} {place},{title}::{_escaped(f'{message}. {hint}')}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _one_screen(text: str) -> str:
    """Keep control signs of a file's content out of somebody's terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def error_count(problems: Iterable[Problem]) -> int:
    """Count the problems that block publication."""
    return sum(1 for problem in problems if problem.severity is Severity.ERROR)


def tell_refusal(problems: Iterable[Problem], lang: str) -> None:
    """Say on standard error why something was not done, a line each."""
    for problem in problems:
        if problem.severity is Severity.ERROR:
            message, hint = problem_sentence(problem, lang)
            place = f"{problem.path}:{problem.line}:{problem.column}"
            line = f"{place}: {problem.code} {message}. {hint}"
            click.echo(_one_screen(line), err=True)
