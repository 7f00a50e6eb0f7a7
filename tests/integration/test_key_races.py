"""Several processes that make or change keys at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete

from conexx_learn.adapters.key_folder import key_files
from conexx_learn.config import Config
from conexx_learn.domain.issuer_keys import KeyKind
from conexx_learn.factory import create_app
from conexx_learn.models.credentials import IssuerKey
from conexx_learn.models.registry import db
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.services.database_files import prepare_database
from conexx_learn.services.issuer_keys import (
    make_first_keys,
    mark_compromised,
    rotate_keys,
    signing_pair,
)
from conexx_learn.services.unit_of_work import reading, unit_of_work
from tests.conftest import empty_database
from tests.factories import NOW

T = TypeVar("T")
CROWD = 4
LATER = NOW + timedelta(days=365)


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    url = empty_database(tmp_path_factory.mktemp("threads"), "keys")
    app = create_app(replace(config, database_url=url))
    with app.app_context():
        prepare_database()
        upgrade(directory=app.config["MIGRATIONS"])
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def folder(real_app: Flask, tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "keys"
    with real_app.app_context(), unit_of_work() as session:
        session.execute(delete(IssuerKey))


def at_once(app: Flask, act: Callable[[], T]) -> list[T]:
    """Run an act several times at the same moment, each with its own connection."""
    gate = Barrier(CROWD)

    def run(_number: int) -> T:
        with app.app_context():
            gate.wait()
            return act()

    with ThreadPoolExecutor(CROWD) as threads:
        return list(threads.map(run, range(CROWD)))


def fragments(app: Flask) -> set[str]:
    with app.app_context():
        return {key.fragment for key in public_keys(reading())}


def test_the_first_pair_is_made_once(real_app: Flask, folder: Path) -> None:
    made = at_once(real_app, lambda: make_first_keys(folder=folder, now=NOW))

    assert sorted(made) == [False] * (CROWD - 1) + [True]
    assert len(fragments(real_app)) == len(KeyKind)
    assert key_files(folder) == fragments(real_app)


def test_another_pair_is_made_once(real_app: Flask, folder: Path) -> None:
    with real_app.app_context():
        make_first_keys(folder=folder, now=NOW)

    done = at_once(real_app, lambda: rotate_keys(folder=folder, now=LATER))

    assert sorted(one.is_new for one in done) == [False] * (CROWD - 1) + [True]
    assert len(fragments(real_app)) == 2 * len(KeyKind)
    assert key_files(folder) == fragments(real_app)


def test_a_lost_key_is_replaced_once(real_app: Flask, folder: Path) -> None:
    with real_app.app_context():
        make_first_keys(folder=folder, now=NOW)
        lost = public_keys(reading())[0].fragment

    done = at_once(real_app, lambda: mark_compromised(lost, folder=folder, now=LATER))

    assert sorted(one.is_new for one in done) == [False] * (CROWD - 1) + [True]
    assert len(fragments(real_app)) == len(KeyKind) + 1
    assert key_files(folder) == fragments(real_app)


def test_whoever_signs_in_the_middle_of_a_change_has_a_pair(
    real_app: Flask, folder: Path
) -> None:
    with real_app.app_context():
        make_first_keys(folder=folder, now=NOW)
        lost = public_keys(reading())[0].fragment
    gate = iter(range(CROWD))

    def act() -> bool:
        if next(gate) == 0:
            return mark_compromised(lost, folder=folder, now=LATER).is_new
        reading().rollback()
        pair = signing_pair(
            reading(), folder=folder, public_url="https://x.example", now=LATER
        )
        return bool(pair.rsa.pem and pair.ed25519.pem)

    assert all(at_once(real_app, act))
