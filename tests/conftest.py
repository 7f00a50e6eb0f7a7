"""Fixtures: the application on a database of each worker, rolled back per test."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.factory import create_app
from conexx_learn.models.registry import db
from conexx_learn.services.database_files import prepare_database
from tests.page_checks import CheckedClient

ROOT = Path(__file__).parent.parent
COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


def empty_database(folder: Path, name: str = "test") -> str:
    """Make this worker's own database, a file or one on the given server."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgresql"):
        return f"sqlite:///{folder / name}.sqlite3"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"conexx_{name}_{worker}"
    engine = create_engine(given, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return given.rsplit("/", 1)[0] + f"/{name}"


def reaches_database(item: pytest.Item) -> bool:
    """Say whether a test can come to the database that it was started with.

    It comes there by the `config` of the tests, or by a database that it makes itself;
    every other test has no `DATABASE_URL` (see `_no_database_unasked`).
    """
    has_config = "config" in getattr(item, "fixturenames", ())
    return has_config or hasattr(getattr(item, "module", None), "empty_database")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that are the same on every database",
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out, if asked to, what another database cannot make fail."""
    if not config.getoption("--database-only"):
        return
    config.hook.pytest_deselected(
        items=[item for item in items if not reaches_database(item)]
    )
    items[:] = [item for item in items if reaches_database(item)]


@pytest.fixture(autouse=True)
def _no_database_unasked(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hide the database from tests that are left out where only databases differ."""
    if not reaches_database(request.node):
        monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    folder = tmp_path_factory.mktemp("instance")
    return Config.from_env(
        ROOT,
        {
            "INSTANCE_PATH": str(folder),
            "DATABASE_URL": empty_database(folder),
            "DEMO": "1",
            "DEMO_PASSWORD": "only for these tests 1",
        },
    )


@pytest.fixture(scope="session")
def migrated_app(config: Config) -> Iterator[Flask]:
    app = create_app(config)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        prepare_database()
        upgrade(directory=app.config["MIGRATIONS"])
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """Give the application in a context whose writes are rolled back."""
    with migrated_app.app_context():
        yield from _rolled_back(migrated_app)


def _rolled_back(app: Flask) -> Iterator[Flask]:
    engine = db.engine
    connection = engine.connect()
    outer = connection.begin()
    engines, session = db._app_engines[app], db.session  # noqa: SLF001 (pinned version)
    engines[None] = connection  # type: ignore[assignment] # a connection serves as well
    db.session = db._make_scoped_session(  # noqa: SLF001
        {
            "join_transaction_mode": "create_savepoint",
            "scopefunc": lambda: 1,
            "expire_on_commit": False,
        }
    )
    try:
        yield app
    finally:
        db.session.remove()
        outer.rollback()
        connection.close()
        engines[None], db.session = engine, session


@pytest.fixture
def session(app: Flask) -> Session:
    """Give the session of the test, whichever is open: a request ends its own."""
    return cast("Session", db.session)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    app.test_client_class = CheckedClient
    return app.test_client()


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Collect what is sent to the database: reads and writes, nothing else."""
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(COUNTED):
            sent.append(statement)

    connection = db.session().connection()
    event.listen(connection, "before_cursor_execute", note)
    yield sent
    event.remove(connection, "before_cursor_execute", note)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test talk to anything but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        assert host in {"127.0.0.1", "::1", "localhost"}, f"a test calls {host}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
