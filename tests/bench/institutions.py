"""`make bench`, second part: many institutions, on SQLite and on PostgreSQL.

Prints milliseconds of what a training manager, the coordination and the night ask for,
with few and with many institutions in the database: one institution's page must not
grow with the others.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402 (the path comes first)
from flask.testing import FlaskClient  # noqa: E402
from flask_migrate import upgrade  # noqa: E402
from sqlalchemy import create_engine, text  # noqa: E402
from sqlalchemy.exc import OperationalError  # noqa: E402

from conexx_learn.cli.reminding import due_at  # noqa: E402
from conexx_learn.config import Config  # noqa: E402
from conexx_learn.factory import create_app  # noqa: E402
from conexx_learn.models.accounts import User  # noqa: E402
from conexx_learn.models.base import db  # noqa: E402
from conexx_learn.queries.institution_facts import institution_place  # noqa: E402
from conexx_learn.queries.reminders import PlaceToRemind  # noqa: E402
from conexx_learn.services.database_files import prepare_database  # noqa: E402
from conexx_learn.services.reminders import LETTERS  # noqa: E402
from conexx_learn.services.unit_of_work import reading  # noqa: E402
from tests.bench.crowd import write_crowd  # noqa: E402
from tests.factories import make_membership, make_user, sign_in  # noqa: E402

FEW = 10
MANY = int(os.environ.get("BENCH_INSTITUTIONS", "1000"))
ROUNDS = 7
SERVER = os.environ.get(
    "BENCH_POSTGRESQL", "postgresql+psycopg://root@127.0.0.1:5432/test"
)
DATABASE = "conexx_bench"


def main() -> None:
    """Measure on both databases; without a PostgreSQL server, on one."""
    print(f"\n{'milliseconds':30}{f'{FEW} inst.':>12}{f'{MANY} inst.':>12}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        few, many = (
            _measured(f"sqlite:///{folder}/{count}.sqlite3", folder, count)
            for count in (FEW, MANY)
        )
        _print("SQLite", few, many)
        if not _server_answers():
            print(f"no PostgreSQL at {SERVER.partition('@')[2]}: not measured")
            return
        few, many = (_measured(_emptied(), folder, count) for count in (FEW, MANY))
        _print("PostgreSQL", few, many)


def _print(name: str, few: dict[str, float], many: dict[str, float]) -> None:
    for journey, took in many.items():
        before = few[journey]
        print(
            f"{name + ', ' + journey:30}{before:12.1f}{took:12.1f}{took / before:8.2f}"
        )


def _measured(database_url: str, folder: str, count: int) -> dict[str, float]:
    config = Config.from_env(
        ROOT, {"INSTANCE_PATH": f"{folder}/instance", "DATABASE_URL": database_url}
    )
    app = create_app(config)
    today = datetime.now(UTC).date()  # noqa: TID251 (the pages ask the real clock)
    with app.app_context():
        prepare_database()
        upgrade(directory=app.config["MIGRATIONS"])
        with db.engine.connect() as connection:
            write_crowd(connection, count, today)
            if connection.dialect.name == "postgresql":
                connection.execute(text("ANALYZE"))
                connection.commit()
        manager = _signed_in(app, db.session.get_one(User, 1))
        coordination = _signed_in(app, _coordinator())
    # Each request has its own context here: in a shared one the first to come would
    # stay signed in.
    found = {
        "one institution": _took(lambda: _get(manager, "/institutions/town-1")),
        "one matrix page": _took(
            lambda: _get(manager, "/institutions/town-1/readiness")
        ),
        "all institutions": _took(lambda: _get(coordination, "/institutions")),
    }
    with app.test_request_context():
        found["digest of one institution"] = _took(lambda: _digest(app))
        db.session.rollback()
        db.engine.dispose()
    return found


def _coordinator() -> User:
    # A key that no row of the crowd has: theirs were given, not counted by a sequence.
    user = make_user(
        db.session(), "Coordination", id=2_000_000_000, email="all@bench.example"
    )
    make_membership(db.session(), user, "coordinator")
    db.session.commit()
    return user


def _signed_in(app: Flask, user: User) -> FlaskClient:
    client = app.test_client()
    sign_in(client, db.session(), user)
    db.session.commit()
    return client


def _get(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")


def _took(act: Callable[[], None]) -> float:
    """Return the median of several rounds in milliseconds, after one to warm up."""
    act()
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)


def _digest(app: Flask) -> None:
    """Work out what one institution is to be told today, and write the mails."""
    now = datetime.now(UTC)  # noqa: TID251 (the job asks the real clock)
    place = institution_place(reading(), slug="town-1")
    assert place is not None
    due = due_at(PlaceToRemind(place, None), now=now)
    mails = app.extensions[LETTERS].digests(due)
    if not mails:
        raise SystemExit("nobody has anything to hear: the bench measures nothing")


def _server_answers() -> bool:
    try:
        with create_engine(SERVER).connect():
            return True
    except OperationalError:
        return False


def _emptied() -> str:
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {DATABASE}"))
    engine.dispose()
    return f"{SERVER.rpartition('/')[0]}/{DATABASE}"


if __name__ == "__main__":
    main()
