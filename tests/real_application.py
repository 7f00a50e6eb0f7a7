"""An application whose transactions are real ones, for tests of many at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier
from typing import Any, TypeVar

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.domain.errors import LearnError
from conexx_learn.factory import create_app
from conexx_learn.models.base import db
from conexx_learn.services.database_files import prepare_database
from conexx_learn.services.unit_of_work import unit_of_work

T = TypeVar("T")


@contextmanager
def real_application(
    config: Config, database_url: str, **changed: Any
) -> Iterator[Flask]:
    """Make an application with an empty database, migrate it, and let it go."""
    app = create_app(replace(config, database_url=database_url, **changed))
    with app.app_context():
        prepare_database()
        upgrade(directory=app.config["MIGRATIONS"])
    yield app
    with app.app_context():
        db.engine.dispose()


def together(app: Flask, count: int, act: Callable[[], T]) -> list[T]:
    """Run an act in many threads at the same moment, each with its own connection."""
    return _numbered(app, count, lambda _number: act())


def at_once(app: Flask, count: int, act: Callable[[Session, int], Any]) -> list[Any]:
    """Let many write at the same moment; a refusal is an outcome too."""

    def write(number: int) -> Any:
        try:
            with unit_of_work() as work:
                return act(work, number)
        except LearnError as refusal:
            return refusal.code

    return _numbered(app, count, write)


def _numbered(app: Flask, count: int, act: Callable[[int], T]) -> list[T]:
    gate = Barrier(count)

    def run(number: int) -> T:
        with app.app_context():
            gate.wait()
            return act(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))
