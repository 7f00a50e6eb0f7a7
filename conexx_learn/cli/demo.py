"""`flask demo load`: the demonstration without serving it."""

import sys

import click
from flask import current_app

from conexx_learn.cli.groups import LearnGroup
from conexx_learn.cli.keys import prepare_keys
from conexx_learn.cli.language import shell_language
from conexx_learn.cli.preparation import (
    load_demo_once,
    migrate,
    publish_changed_courses,
    say,
    tell_accounts,
)
from conexx_learn.domain.sentences.starting import starting_sentence


@click.group(cls=LearnGroup, epilog="Example: DEMO=1 flask demo load")
def demo() -> None:
    """Load the demonstration."""


@demo.command(epilog="Example: DEMO=1 flask demo load")
def load() -> None:
    """Load fictional people with real courses into a database without accounts."""
    if not current_app.config["DEMO"]:
        click.echo(starting_sentence("demo-off", shell_language()), err=True)
        sys.exit(1)
    migrate()
    prepare_keys()
    publish_changed_courses()
    if not load_demo_once():
        say("demo-there")
    tell_accounts()
