"""Many who revoke and sign at the same moment: no revocation is ever lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.status_bits import encoded_list
from conexx_learn.models.registry import db
from conexx_learn.queries.status_lists import kept_list
from conexx_learn.services.status_lists import sign_status_lists
from conexx_learn.services.unit_of_work import unit_of_work
from tests.conftest import empty_database
from tests.factories import NOW
from tests.issuer_keys import PUBLIC_URL, install_keys
from tests.published import publish_sample
from tests.real_application import real_application
from tests.status_lists import event_row, placed_certificate

REVOKERS = 8


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    with real_application(
        config, empty_database(tmp_path_factory.mktemp("status"), "status")
    ) as app:
        with app.app_context():
            publish_sample(db.session())
        yield app


@pytest.fixture
def session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()


def test_the_list_holds_every_one_of_the_revocations_at_once(
    real_app: Flask, session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "keys"
    install_keys(session, folder, now=NOW)
    indexes = range(100, 100 + REVOKERS)
    ids = [placed_certificate(session, index).id for index in indexes]
    gate = Barrier(REVOKERS)

    def revoke(certificate_id: int) -> None:
        with real_app.app_context():
            gate.wait()
            with unit_of_work() as work:
                work.add(event_row(certificate_id, EventKind.REVOKED))
            sign_status_lists(public_url=PUBLIC_URL, folder=folder, now=NOW)

    with ThreadPoolExecutor(REVOKERS) as threads:
        list(threads.map(revoke, ids))

    session.rollback()
    kept = kept_list(session, number=1)
    assert kept is not None
    assert f'"{encoded_list(indexes)}"' in kept.json_body
