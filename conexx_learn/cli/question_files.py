"""Questions of other systems at the shell: looked at, then written as a quiz file."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click

from conexx_learn.cli.language import shell_language
from conexx_learn.domain.question_exchange import Arrival, Remark, Severity
from conexx_learn.domain.question_exchange.reading import stem_of
from conexx_learn.domain.sentences.quiz_exchange import exchange_sentence
from conexx_learn.domain.sentences.quiz_exchange_commands import (
    exchange_command_sentence,
)
from conexx_learn.services import question_exchange

_ENDINGS = (".xml", ".txt", ".gift")
_TAG = re.compile(r"\.([a-z]{2,3})\.md$")


def is_question_file(file: Path) -> bool:
    """Say whether a file is GIFT or Moodle XML, by its name; a course is a ZIP."""
    return file.suffix.lower() in _ENDINGS and not file.is_dir()


def bring_questions(
    file: Path, *, out: Path | None, title: str, dry_run: bool, overwrite: bool
) -> None:
    """Read a file of questions, tell what comes, and write it unless it is a trial."""
    target = out or Path(f"{stem_of(file.name) or 'quiz'}.quiz.{shell_language()}.md")
    if not question_exchange.is_quiz_name(target.name):
        _refuse("bad-name", target=target)
    lang = (_TAG.search(target.name) or ["", "es"])[1]
    try:
        arrival = question_exchange.read_question_file(file, title=title, lang=lang)
    except OSError as error:
        _refuse("unreadable", path=file, reason=error.strerror)
    _tell(arrival, file)
    if dry_run:
        say("not-written")
        return
    in_the_way = question_exchange.standing_in_the_way(arrival, target)
    if in_the_way and not overwrite:
        _refuse("exists", target=in_the_way)
    try:
        question_exchange.write_arrival(arrival, target)
    except OSError as error:
        _refuse("unwritable", path=target, reason=error.strerror)
    say("written", target=target)


def _tell(arrival: Arrival, file: Path) -> None:
    """Tell every remark; a file that brings nothing ends the command."""
    for remark in arrival.of(Severity.FAULT):
        _tell_remark("fault", remark, file)
    if arrival.is_malformed:
        sys.exit(1)
    tell_remarks(arrival.remarks, file, left_out="left-out")
    say(
        "counted",
        brought=len(arrival.brought),
        left_out=len(arrival.of(Severity.LEFT_OUT)),
        changed=len(arrival.of(Severity.CHANGED)),
    )
    if not arrival.brought:
        _refuse("nothing")


def tell_remarks(remarks: Iterable[Remark], file: Path, *, left_out: str) -> None:
    """Tell what stays behind and what changes, on standard error, by line."""
    for remark in remarks:
        key = left_out if remark.severity is Severity.LEFT_OUT else "changed"
        _tell_remark(key if remark.question else "changed-file", remark, file)


def _tell_remark(key: str, remark: Remark, file: Path) -> None:
    message = exchange_sentence(remark, shell_language())
    facts = {"line": remark.line, "question": remark.question, "message": message}
    line = exchange_command_sentence(key, shell_language(), path=file, **facts)
    shown = (sign if sign.isprintable() else "\ufffd" for sign in line)
    click.echo("".join(shown), err=True)


def say(key: str, *, err: bool = False, **facts: object) -> None:
    """Say what happened, in the shell's language."""
    click.echo(exchange_command_sentence(key, shell_language(), **facts), err=err)


def _refuse(key: str, **facts: object) -> NoReturn:
    say(key, err=True, **facts)
    sys.exit(1)
