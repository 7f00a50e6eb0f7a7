"""`flask serve`: everything between a fresh clone and a served page, step by step."""

import os
from hashlib import sha256
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from conexx_learn.adapters.clock import now
from conexx_learn.adapters.kept_files import replace_file
from conexx_learn.cli.gunicorn_server import run_server
from conexx_learn.cli.language import shell_language
from conexx_learn.cli.publication import outcome_lines
from conexx_learn.services.course_checking import PROJECT_COURSES
from conexx_learn.services.course_publication import publish_folder
from conexx_learn.services.database_files import prepare_database


@click.command()
@with_appcontext
def serve() -> None:
    r"""Migrate, publish the courses, load the demonstration when asked, and serve.

    \b
    Example:
      DEMO=1 flask serve
    """
    migrate()
    publish_changed_courses()
    if current_app.config["DEMO"]:
        load_demonstration()
    host = os.environ.get("HOST") or "127.0.0.1"
    port = os.environ.get("PORT") or "8000"
    click.echo(f"Conexx Learn: {current_app.config['PUBLIC_URL']}")
    run_server(current_app._get_current_object(), host, port)  # type: ignore[attr-defined] # noqa: SLF001 (the proxy's own way to its object)


def migrate() -> None:
    """Bring the database to the newest schema."""
    prepare_database()
    upgrade(directory=current_app.config["MIGRATIONS"])


def publish_changed_courses() -> None:
    """Publish the shipped courses; folders that did not change are not read again."""
    kept = Path(current_app.instance_path) / "published"
    fingerprint = _fingerprint(PROJECT_COURSES)
    if kept.is_file() and kept.read_text(encoding="ascii") == fingerprint:
        click.echo("courses: unchanged")
        return
    refused = False
    for outcome in publish_folder(PROJECT_COURSES, change_note={}, now=now()):
        refused = refused or outcome.publication is None
        for line in outcome_lines(outcome, shell_language()):
            click.echo(line, err=outcome.publication is None)
    if not refused:
        replace_file(kept, fingerprint.encode())


def _fingerprint(folder: Path) -> str:
    """Say by names, sizes and times whether anything in a folder was touched.

    The database is part of it: another one has published nothing yet.
    """
    database = current_app.config["SQLALCHEMY_DATABASE_URI"]
    digest = sha256(database.encode())
    for path in sorted(folder.rglob("*")):
        facts = path.stat()
        digest.update(f"{path}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demonstration() -> None:
    """Load the demonstration into an empty database, and say how to sign in."""
