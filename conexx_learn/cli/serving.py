"""`flask serve`: everything between a fresh clone and a served page, step by step."""

import os

import click
from flask import current_app
from flask.cli import with_appcontext

from conexx_learn.cli.gunicorn_server import run_server
from conexx_learn.cli.preparation import (
    load_demo_once,
    migrate,
    publish_changed_courses,
    tell_accounts,
)


@click.command(epilog="Example: DEMO=1 flask serve")
@with_appcontext
def serve() -> None:
    """Migrate, publish the courses, load the demonstration when asked, and serve."""
    migrate()
    publish_changed_courses()
    is_demo = current_app.config["DEMO"]
    if is_demo:
        load_demo_once()
    host = os.environ.get("HOST") or "127.0.0.1"
    port = os.environ.get("PORT") or "8000"
    click.echo(f"Conexx Learn: {current_app.config['PUBLIC_URL']}")
    if is_demo:
        tell_accounts()
    run_server(current_app._get_current_object(), host, port)  # type: ignore[attr-defined] # noqa: SLF001 (the proxy's own way to its object)
