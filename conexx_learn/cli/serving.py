"""`flask serve`: everything between a fresh clone and a served page, step by step."""

import os
import socket

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from conexx_learn.cli.groups import LearnCommand
from conexx_learn.cli.keys import prepare_keys
from conexx_learn.cli.preparation import (
    load_demo_once,
    migrate,
    publish_changed_courses,
    tell_accounts,
    tell_missing_issuer,
)


@click.command(cls=LearnCommand, epilog="Example: DEMO=1 flask serve")
@with_appcontext
def serve() -> None:
    """Migrate, make keys where none are, publish the courses, and serve.

    With DEMO=1 the demonstration is loaded too.
    """
    host = os.environ.get("HOST") or "127.0.0.1"
    port = os.environ.get("PORT") or "8000"
    _refuse_taken_address(host, int(port))
    _migrate_or_stop()
    prepare_keys()
    publish_changed_courses()
    is_demo = current_app.config["DEMO"]
    if is_demo:
        load_demo_once()
    tell_missing_issuer()
    click.echo(f"Conexx Learn: {current_app.config['PUBLIC_URL']}")
    if is_demo:
        tell_accounts()
    # The library reads WEB_CONCURRENCY while it is imported, before that is checked.
    from conexx_learn.cli.gunicorn_server import run_server  # noqa: PLC0415 (see above)

    run_server(current_app._get_current_object(), host, port)  # type: ignore[attr-defined] # noqa: SLF001 (the proxy's own way to its object)


def _migrate_or_stop() -> None:
    """Bring the schema up, or say in one line that the database is not there."""
    try:
        migrate()
    except OperationalError as error:
        raise click.ClickException("DATABASE_URL: no database answers there") from error


def _refuse_taken_address(host: str, port: int) -> None:
    """Stop where another program listens, or the address is not of this machine.

    A second server of ours may: it takes over while the first one ends.
    """
    try:
        family, kind, number, _name, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, number) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            tried.bind(place)
    except OSError as error:
        message = f"HOST, PORT: {host}:{port} is taken or not of this machine"
        raise click.ClickException(message) from error
