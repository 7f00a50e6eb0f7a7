"""`flask courses publish`: from folders to what learners see."""

import sys
from dataclasses import replace
from pathlib import Path

import click
from flask import current_app

from conexx_learn.adapters.clock import now
from conexx_learn.cli.courses import courses
from conexx_learn.cli.language import shell_language
from conexx_learn.cli.problem_report import as_text
from conexx_learn.cli.repairs import applying, rehearsal_lines
from conexx_learn.domain.sentences.course_commands import course_command_sentence
from conexx_learn.services.course_checking import PROJECT_COURSES
from conexx_learn.services.course_publication import (
    FolderOutcome,
    publish_folder,
    rehearse_folder,
)
from conexx_learn.services.repair import apply_repairs

__all__ = ["courses", "outcome_lines", "publish"]


@courses.command()
@click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=False,
)
@click.option("--note-es", default="", help="What changed, for learners, in Spanish.")
@click.option("--note-en", default="", help="The same in English.")
@click.option(
    "--dry-run", is_flag=True, help="Say what it would do, and whose results rise."
)
def publish(folder: Path | None, note_es: str, note_en: str, dry_run: bool) -> None:
    r"""Publish new versions of the course in FOLDER, or of every course in it.

    A course with errors keeps its published version, and the others are published.
    Where a question is voided, results that are there rise; --dry-run says which, and
    writes nothing. Without FOLDER it publishes courses/. Exits 1 when something was
    refused.

    \b
    Example:
      flask courses publish courses/eu-financing-instruments --note-es "Nuevas fechas"
      flask courses publish courses/eu-financing-instruments --dry-run
    """
    if dry_run:
        sys.exit(_rehearse(folder or PROJECT_COURSES))
    note = {"es": note_es, "en": note_en} if note_es or note_en else {}
    outcomes = publish_folder(folder or PROJECT_COURSES, change_note=note, now=now())
    refused = False
    for outcome in outcomes:
        refused = refused or outcome.publication is None
        for line in outcome_lines(outcome, shell_language()):
            click.echo(line, err=outcome.publication is None)
    _repair()
    sys.exit(1 if refused else 0)


def _rehearse(folder: Path) -> int:
    """Print what publishing would do; return the code to exit with."""
    lang, refused = shell_language(), False
    for one in rehearse_folder(folder, now=now()):
        refused = refused or bool(one.problems)
        for line in rehearsal_lines(one, lang):
            click.echo(line, err=bool(one.problems))
    return 1 if refused else 0


def _repair() -> None:
    """Apply what the new versions void; the job would do it within a minute."""
    done = apply_repairs(applying(current_app), now=now())
    if done.corrected:
        click.echo(
            course_command_sentence(
                "repaired",
                shell_language(),
                corrected=done.corrected,
                passed=done.passed,
                certified=done.certified,
            )
        )


def outcome_lines(outcome: FolderOutcome, lang: str) -> list[str]:
    """Say what became of a course folder: one line, or each problem."""
    done = outcome.publication
    if done is None:
        return [
            as_text(replace(problem, path=f"{outcome.slug}/{problem.path}"), lang)
            for problem in outcome.problems
        ]
    key = "published" if done.changed else "published-already"
    return [
        course_command_sentence(
            key,
            lang,
            slug=done.slug,
            version=done.version,
            modules=done.module_count,
            quizzes=done.quiz_count,
        )
    ]
