"""`flask reminders`: the digests that are due, written now."""

import json

import click
from flask import current_app

from conexx_learn.adapters.clock import now
from conexx_learn.cli.groups import LearnGroup
from conexx_learn.cli.language import shell_language
from conexx_learn.cli.reminding import due_at, remind
from conexx_learn.cli.teaching import letters_due, write_to_trainers
from conexx_learn.domain.sentences.reminder_commands import reminder_command_sentence
from conexx_learn.queries.reminders import PlaceToRemind, every_place
from conexx_learn.services.reminders import DigestsDue
from conexx_learn.services.unit_of_work import reading

EXAMPLE = "Example: flask reminders send --dry-run"
Row = dict[str, str | int]


@click.group(cls=LearnGroup, epilog=EXAMPLE)
def reminders() -> None:
    """Remind people of what is due."""


@reminders.command(epilog=EXAMPLE)
@click.option("--dry-run", is_flag=True, help="Say what is due and write nothing.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
def send(*, dry_run: bool, output: str) -> None:
    """Write the digests that are due at every institution; safe to repeat.

    Mails go to the outbox, from where the worker sends them. Who has no mailbox is
    put on the list of those to be told in person.
    """
    rows = [
        row for one in every_place(reading()) for row in _rows(one, dry_run=dry_run)
    ]
    rows += _teaching_rows(dry_run=dry_run)
    if output == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(_say(_key(row, dry_run=dry_run), **row))
    if not rows:
        click.echo(_say("nothing-due"))


def _key(row: Row, *, dry_run: bool) -> str:
    if "trainers" in row or "trainer" in row:
        return "would-write" if dry_run else "written"
    return "would-tell" if dry_run else "told"


def _teaching_rows(*, dry_run: bool) -> list[Row]:
    """Say which trainers have a letter this week, or how many were written."""
    if not dry_run:
        count = write_to_trainers(current_app, now=now())
        return [{"trainers": count}] if count else []
    return [
        {"trainer": letter.full_name, "course": week.course.slug}
        for letter in letters_due(current_app, now=now())
        for week in letter.courses
    ]


def _rows(one: PlaceToRemind, *, dry_run: bool) -> list[Row]:
    """Say what is due, person by person, or how many were told."""
    if dry_run:
        return _due_rows(due_at(one, now=now()))
    kept = remind(current_app, one, now=now())
    if not (kept.mailed or kept.in_person or kept.weekly):
        return []
    return [
        {
            "institution": one.place.slug,
            "mailed": kept.mailed,
            "in_person": kept.in_person,
            "weekly": kept.weekly,
        }
    ]


def _due_rows(due: DigestsDue) -> list[Row]:
    return [
        {
            "institution": due.place.slug,
            "person": digest.person.full_name,
            "by": "mail" if digest.has_mailbox else "in person",
            "course": matter.course,
            "kind": matter.kind.value,
            "about_on": matter.about_on.isoformat(),
        }
        for digest in due.digests
        for matter in digest.matters
    ]


def _say(key: str, **facts: object) -> str:
    return reminder_command_sentence(key, shell_language(), **facts)
