"""Two at once that repair the same results, on a database that commits."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from conexx_learn.config import Config
from conexx_learn.factory import create_app
from conexx_learn.models.accounts import OutboxMail
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.registry import db
from conexx_learn.models.repairs import Correction
from conexx_learn.services.database_files import prepare_database
from conexx_learn.services.repair import Repaired, apply_repairs
from tests.conftest import empty_database
from tests.factories import NOW
from tests.learning import begin_attempt, enrolled_user, submit
from tests.published import publish_sample
from tests.voids import APPLYING, publish_voided

PEOPLE = 12
AT_ONCE = 4


@pytest.fixture
def real_app(config: Config, tmp_path: Path) -> Iterator[Flask]:
    """Make an application whose transactions are real ones, with results in it."""
    app = create_app(replace(config, database_url=empty_database(tmp_path, "repairs")))
    with app.app_context():
        prepare_database()
        upgrade(directory=app.config["MIGRATIONS"])
        session = db.session()
        publish_sample(session)
        for _ in range(PEOPLE):
            user = enrolled_user(session)
            submit(session, user, begin_attempt(session, user, "the-well"))
        publish_voided(session, tmp_path / "voided")
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


def test_several_at_once_correct_each_result_once(real_app: Flask) -> None:
    gate = Barrier(AT_ONCE)

    def repair(_number: int) -> Repaired:
        with real_app.app_context():
            gate.wait()
            return apply_repairs(APPLYING, now=NOW)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(repair, range(AT_ONCE)))

    assert sum(one.corrected for one in done) == PEOPLE
    with real_app.app_context():
        session = db.session()
        assert session.scalar(select(func.count(Correction.id))) == PEOPLE
        assert session.scalar(select(func.count(OutboxMail.id))) == PEOPLE
        entries = select(func.count(AuditEntry.id)).where(
            AuditEntry.act == "correct-result"
        )
        assert session.scalar(entries) == PEOPLE
