"""How commands tell errors: one line on standard error, and exit code 1."""

import sys
from typing import Any, NoReturn

import click
from flask.cli import AppGroup

from conexx_learn.cli.language import shell_language
from conexx_learn.domain.errors import LearnError
from conexx_learn.domain.sentences.errors import error_sentence

KEPT_AS_WRITTEN = "\b"
"""What click reads as: do not fold the lines that follow."""


class LearnGroup(AppGroup):
    """A group of commands that turns a LearnError into a line.

    A docstring with a backslash is a raw one, so that the mark before its example
    arrives as two signs; here they become the one that click knows.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (click's signature)
        super().__init__(*args, **kwargs)
        _mark_example(self)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, the example in its help kept as written."""
        _mark_example(cmd)
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's signature)
        """Run the command; say what the house raised, in the shell's language."""
        try:
            return super().invoke(ctx)
        except LearnError as error:
            _tell(error)


class LearnCommand(click.Command):
    """A command that stands alone, with the same way to tell an error."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's signature)
        """Run the command; say what the house raised, in the shell's language."""
        try:
            return super().invoke(ctx)
        except LearnError as error:
            _tell(error)


def _tell(error: LearnError) -> NoReturn:
    sentence = error_sentence(error.code, error.facts, shell_language())
    click.echo(sentence, err=True)
    sys.exit(1)


def _mark_example(command: click.Command) -> None:
    if command.help:
        command.help = command.help.replace(r"\b", KEPT_AS_WRITTEN)
