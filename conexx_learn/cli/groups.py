"""How commands tell errors: one line on standard error, and exit code 1."""

import sys
from typing import Any

import click
from flask.cli import AppGroup

from conexx_learn.cli.language import shell_language
from conexx_learn.domain.errors import LearnError
from conexx_learn.domain.sentences.errors import error_sentence


class LearnGroup(AppGroup):
    """A group of commands that turns a LearnError into a line."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's signature)
        """Run the command; say what the house raised, in the shell's language."""
        try:
            return super().invoke(ctx)
        except LearnError as error:
            sentence = error_sentence(error.code, error.facts, shell_language())
            click.echo(sentence, err=True)
            sys.exit(1)
