"""`flask people`: lists of people, imported as real files come."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from conexx_learn.adapters.clock import now
from conexx_learn.cli.groups import LearnGroup
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.people_import import RowProblem
from conexx_learn.domain.people_import.changes import Coming, ImportPlan
from conexx_learn.domain.sentences.people_commands import people_command_sentence
from conexx_learn.domain.sentences.people_comparison import import_sentence
from conexx_learn.queries.institution_facts import institution_place
from conexx_learn.services.people_import import (
    ComparedList,
    compared,
    read_list,
    store_list,
)
from conexx_learn.services.unit_of_work import reading, unit_of_work

EXAMPLE = "Example: flask people import xaltepec people.csv --dry-run"


@click.group(cls=LearnGroup, epilog=EXAMPLE)
def people() -> None:
    """Take in people, with posts and appointments."""


@people.command("import", epilog=EXAMPLE)
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change; store nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def import_people(*, slug: str, file: Path, dry_run: bool, form: str) -> None:
    """Import the people of FILE, a CSV, into the institution SLUG; all or nothing.

    UTF-8 and CP1252, commas, semicolons and tabs are understood. The same file again
    changes nothing. Accounts from elsewhere are added too.
    """
    place = institution_place(reading(), slug=slug)
    if place is None:
        raise NotFoundError("institution-unknown", slug=slug[:60])
    done = compared(
        reading(),
        institution_id=place.id,
        reading=read_list(reading(), content=file.read_bytes()),
        now=now(),
        by=None,
    )
    if done.is_sound and not dry_run:
        with unit_of_work() as session:
            done = store_list(
                session, institution_id=place.id, seen=done, now=now(), by=None
            )
    if form == "json":
        click.echo(json.dumps(_as_json(done, dry_run), ensure_ascii=False, indent=2))
    else:
        _tell(done, dry_run)
    if not done.is_sound:
        sys.exit(1)


def _problems(done: ComparedList) -> list[RowProblem]:
    return sorted([*done.reading.problems, *done.plan.problems])


def _remarks(done: ComparedList) -> list[RowProblem]:
    return sorted([*done.reading.remarks, *done.plan.remarks])


def _counts(plan: ImportPlan) -> dict[str, int]:
    return {
        **{coming.value: plan.arrivals(coming) for coming in Coming},
        "mailboxes": sum(
            bool(person.email)
            for person in plan.people
            if person.coming is not Coming.NEW
        ),
        "units": len(plan.units),
        "posts": len(plan.posts),
        "begun": plan.begun,
        "corrected": plan.corrected,
        "unchanged": plan.unchanged,
    }


def _as_json(done: ComparedList, dry_run: bool) -> dict[str, Any]:
    return {
        "stored": done.is_sound and not dry_run,
        "rows": len(done.reading.rows),
        "changes": _counts(done.plan),
        "problems": _json_lines(_problems(done)),
        "remarks": _json_lines(_remarks(done)),
    }


def _json_lines(problems: Sequence[RowProblem]) -> list[dict[str, object]]:
    lang = shell_language()
    lines = []
    for problem in problems:
        message, hint = import_sentence(problem, lang)
        lines.append(
            {
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "message": message,
                "hint": hint,
            }
        )
    return lines


def _tell(done: ComparedList, dry_run: bool) -> None:
    problems = _problems(done)
    for problem in problems:
        _say_line(problem, err=True)
    if problems:
        _say("refused", err=True, count=len(problems))
        return
    for remark in _remarks(done):
        _say_line(remark)
    if done.plan.changes_nothing:
        _say("unchanged")
    else:
        for key in ("people", "posts", "appointments"):
            click.echo(
                people_command_sentence(key, shell_language(), **_counts(done.plan))
            )
    if dry_run:
        _say("dry-run")


def _say_line(problem: RowProblem, *, err: bool = False) -> None:
    message, hint = import_sentence(problem, shell_language())
    _say("line", err=err, line=problem.line, message=message, hint=hint)


def _say(key: str, *, err: bool = False, **facts: object) -> None:
    click.echo(people_command_sentence(key, shell_language(), **facts), err=err)
