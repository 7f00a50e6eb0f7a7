"""What comes before the first page: the schema, the courses, the demonstration."""

import os
import secrets
import unicodedata
from hashlib import sha256
from pathlib import Path

import click
from flask import current_app
from flask_migrate import upgrade
from flask_security import hash_password

from conexx_learn.adapters.clock import now
from conexx_learn.adapters.kept_files import replace_file
from conexx_learn.cli.language import shell_language
from conexx_learn.cli.publication import outcome_lines
from conexx_learn.domain.markup import SANITISER_VERSION
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.sentences.starting import starting_sentence
from conexx_learn.queries.course_cards import course_list
from conexx_learn.services.certification import Issuing
from conexx_learn.services.course_checking import PROJECT_COURSES
from conexx_learn.services.course_offers import withdrawn_courses
from conexx_learn.services.course_publication import publish_folder
from conexx_learn.services.database_files import prepare_database
from conexx_learn.services.demo_people import ACCOUNTS, EVERYBODY
from conexx_learn.services.demonstration import is_empty, load_demonstration
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.unit_of_work import reading, unit_of_work

PASSWORD_FILE = "demo_password"  # noqa: S105 (a name of a file)
PASSWORD_BYTES = 9


def say(key: str, **facts: object) -> None:
    """Print a line in the language of the shell."""
    click.echo(starting_sentence(key, shell_language(), **facts))


def migrate() -> None:
    """Bring the database to the newest schema."""
    prepare_database()
    upgrade(directory=current_app.config["MIGRATIONS"])
    say("database")


def publish_changed_courses() -> None:
    """Publish the shipped courses; folders that did not change are not read again.

    Competencies and job profiles come first: the demonstration appoints people.
    """
    with unit_of_work() as session:
        load_standards(session, now=now())
    kept = Path(current_app.instance_path) / "published"
    fingerprint = _fingerprint(PROJECT_COURSES)
    is_known = kept.is_file() and kept.read_text(encoding="ascii") == fingerprint
    # A database that was emptied has the same name and nothing in it.
    if is_known and course_list(reading(), lang=shell_language()):
        say("courses-unchanged")
        return
    outcomes = list(
        publish_folder(
            PROJECT_COURSES,
            change_note={},
            now=now(),
            passed_over=_written_here() | withdrawn_courses(reading()),
        )
    )
    done = [each.publication for each in outcomes if each.publication is not None]
    names = ", ".join(f"{each.slug} {each.version}" for each in done)
    say("courses-published", names=names)
    for outcome in outcomes:
        if outcome.publication is None:
            for line in outcome_lines(outcome, shell_language()):
                click.echo(line, err=True)
    if len(done) == len(outcomes):
        replace_file(kept, fingerprint.encode())


def _written_here() -> frozenset[str]:
    """Name the courses that were published from the browser: they go on from there."""
    home = Path(current_app.config["COURSE_HOME"])
    return (
        frozenset(path.name for path in home.iterdir())
        if home.is_dir()
        else frozenset()
    )


def _fingerprint(folder: Path) -> str:
    """Say by names, sizes and times whether anything in a folder was touched.

    The database is part of it, since another one has published nothing yet; so is the
    cleaner of HTML, whose next version makes the stored HTML anew.
    """
    database = current_app.config["SQLALCHEMY_DATABASE_URI"]
    digest = sha256(f"{database} {SANITISER_VERSION}".encode())
    for path in sorted(folder.rglob("*")):
        facts = path.stat()
        digest.update(f"{path}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demo_once() -> bool:
    """Load the demonstration into a database without accounts.

    Returns:
        True when this call loaded it.
    """
    if not is_empty():
        return False
    password = _chosen_password()
    # Hashing takes long, so that it happens before the transaction begins.
    password_hash = hash_password(unicodedata.normalize("NFKD", password))
    loaded = load_demonstration(
        password_hash=password_hash,
        issuing=Issuing(issuer=current_app.config["ISSUER"], demo=True),
        instance=Path(current_app.instance_path),
        now=now(),
    )
    if loaded:
        _keep_password(password)
        say("demo-loaded", people=len(EVERYBODY))
    return loaded


def tell_missing_issuer() -> None:
    """Print a line where nobody certifies yet: courses go on, certificates wait."""
    if current_app.config["ISSUER"] is None:
        say("issuer-missing")


def tell_accounts() -> None:
    """Print the demo accounts by role, and their password where it is known."""
    path = _password_path()
    if not path.is_file():
        return
    say("password", password=path.read_text(encoding="utf-8"))
    for role in Role:
        names = [account.identity for account in ACCOUNTS if account.role is role]
        say(role.value, names=" · ".join(names))


def _chosen_password() -> str:
    given: str | None = current_app.config["DEMO_PASSWORD"]
    return given or secrets.token_urlsafe(PASSWORD_BYTES)


def _password_path() -> Path:
    return Path(current_app.instance_path) / PASSWORD_FILE


def _keep_password(password: str) -> None:
    """Keep it for the next start, readable by its owner alone."""
    draft = _password_path().with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(password)
    draft.replace(_password_path())
