"""Many signers at once, on a database that commits: one set of forms, one chain."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuanceEntry, SignedForm, StatusPlace
from conexx_learn.models.registry import db
from conexx_learn.services.issuance_log import append, examine
from conexx_learn.services.signing import Signed, sign_all
from conexx_learn.services.status_places import status_place
from conexx_learn.services.unit_of_work import unit_of_work
from tests.conftest import empty_database
from tests.factories import NOW
from tests.issuer_keys import PUBLIC_URL, install_keys
from tests.learning import complete_small_course, enrolled_user
from tests.published import publish_sample
from tests.real_application import real_application, together

CERTIFICATES = 4


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones, with certificates."""
    keys = tmp_path_factory.mktemp("keys") / "keys"
    with real_application(
        config,
        empty_database(tmp_path_factory.mktemp("signers"), "signers"),
        issuer_keys=keys,
    ) as app:
        with app.app_context():
            session = db.session()
            publish_sample(session)
            install_keys(session, keys, now=NOW)
            for _ in range(CERTIFICATES):
                complete_small_course(session, enrolled_user(session))
        yield app


@pytest.fixture
def session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()


@pytest.fixture
def _all_signed(real_app: Flask, session: Session) -> None:
    sign_all(
        public_url=PUBLIC_URL, folder=real_app.config["ISSUER_KEYS"], demo=True, now=NOW
    )
    session.rollback()


def signed_together(app: Flask, count: int, folder: Path) -> list[Signed]:
    return together(
        app,
        count,
        lambda: sign_all(public_url=PUBLIC_URL, folder=folder, demo=True, now=NOW),
    )


def test_signers_at_once_make_one_set_and_one_chain(
    real_app: Flask, session: Session
) -> None:
    ids = session.scalars(select(Certificate.id).order_by(Certificate.id)).all()
    session.rollback()

    outcomes = signed_together(real_app, 4, real_app.config["ISSUER_KEYS"])

    stored = [each for outcome in outcomes for each in outcome.first]
    assert sorted(stored) == list(ids)
    assert session.scalar(select(func.count()).select_from(SignedForm)) == 2 * len(ids)
    assert session.scalar(select(func.count()).select_from(StatusPlace)) == len(ids)
    found = examine(session)
    assert found.is_sound
    assert found.head.lines == len(ids)


@pytest.mark.usefixtures("_all_signed")
def test_lines_that_are_added_at_once_never_fork_the_chain(
    real_app: Flask, session: Session
) -> None:
    session.execute(delete(IssuanceEntry))
    session.commit()
    ids = session.scalars(select(Certificate.id).order_by(Certificate.id)).all()
    session.rollback()
    gate = Barrier(2 * len(ids))

    def add(certificate_id: int) -> bool:
        with real_app.app_context():
            gate.wait()
            with unit_of_work() as work:
                return append(
                    work, certificate_id=certificate_id, payload="{}", now=NOW
                )

    with ThreadPoolExecutor(2 * len(ids)) as threads:
        added = list(threads.map(add, [*ids, *ids]))

    assert sum(added) == len(ids)
    assert examine(session).broken_at is None


@pytest.mark.usefixtures("_all_signed")
def test_a_taken_place_is_drawn_again(session: Session) -> None:
    taken = session.scalars(
        select(StatusPlace.status_index).order_by(StatusPlace.certificate_id)
    ).all()
    certificate_id = session.scalars(select(func.min(Certificate.id))).one()
    session.execute(
        delete(StatusPlace).where(StatusPlace.certificate_id == certificate_id)
    )
    draws = iter([*taken[1:], 5, 6])

    found = status_place(
        session, certificate_id=certificate_id, draw=lambda _most: next(draws)
    )

    assert found == (1, 5)
    assert status_place(session, certificate_id=certificate_id) == (1, 5)
    session.rollback()


@pytest.mark.usefixtures("_all_signed")
def test_a_full_list_is_followed_by_another(session: Session) -> None:
    certificate_id = session.scalars(select(func.min(Certificate.id))).one()
    session.execute(
        delete(StatusPlace).where(StatusPlace.certificate_id == certificate_id)
    )

    number, _index = status_place(
        session, certificate_id=certificate_id, most_taken=CERTIFICATES - 1
    )

    assert number == 2
    session.rollback()
