"""Several processes that make or change keys at the same moment."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import delete

from conexx_learn.adapters.key_folder import key_files
from conexx_learn.config import Config
from conexx_learn.domain.issuer_keys import KeyKind
from conexx_learn.models.credentials import IssuerKey
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.services.issuer_keys import (
    make_first_keys,
    mark_compromised,
    rotate_keys,
    signing_pair,
)
from conexx_learn.services.unit_of_work import reading, unit_of_work
from tests.conftest import empty_database
from tests.factories import NOW
from tests.real_application import real_application, together

T = TypeVar("T")
CROWD = 4
LATER = NOW + timedelta(days=365)


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    with real_application(
        config, empty_database(tmp_path_factory.mktemp("threads"), "keys")
    ) as app:
        yield app


@pytest.fixture
def folder(real_app: Flask, tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "keys"
    with real_app.app_context(), unit_of_work() as session:
        session.execute(delete(IssuerKey))


def fragments(app: Flask) -> set[str]:
    with app.app_context():
        return {key.fragment for key in public_keys(reading())}


def test_the_first_pair_is_made_once(real_app: Flask, folder: Path) -> None:
    made = together(real_app, CROWD, lambda: make_first_keys(folder=folder, now=NOW))

    assert sorted(made) == [False] * (CROWD - 1) + [True]
    assert len(fragments(real_app)) == len(KeyKind)
    assert key_files(folder) == fragments(real_app)


def test_another_pair_is_made_once(real_app: Flask, folder: Path) -> None:
    with real_app.app_context():
        make_first_keys(folder=folder, now=NOW)

    done = together(real_app, CROWD, lambda: rotate_keys(folder=folder, now=LATER))

    assert sorted(one.is_new for one in done) == [False] * (CROWD - 1) + [True]
    assert len(fragments(real_app)) == 2 * len(KeyKind)
    assert key_files(folder) == fragments(real_app)


def test_a_lost_key_is_replaced_once(real_app: Flask, folder: Path) -> None:
    with real_app.app_context():
        make_first_keys(folder=folder, now=NOW)
        lost = public_keys(reading())[0].fragment

    done = together(
        real_app, CROWD, lambda: mark_compromised(lost, folder=folder, now=LATER)
    )

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

    assert all(together(real_app, CROWD, act))
