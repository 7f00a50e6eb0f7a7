"""Many at once, and a process that dies while it signs: each once, and whole."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.config import Config
from conexx_learn.domain.certificates import EventKind, RevocationReason
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.credentials import IssuanceEntry, SignedForm, StatusPlace
from conexx_learn.models.registry import db
from conexx_learn.services.certificate_acts import revoke_certificate
from conexx_learn.services.issuance_log import examine
from conexx_learn.services.progress import complete_module
from conexx_learn.services.unit_of_work import unit_of_work
from tests.conftest import ROOT, empty_database
from tests.factories import make_user
from tests.interop.opinions import opinions
from tests.interop.product_issuer import Place, fetch_with, sign_everything
from tests.issuer_keys import install_keys
from tests.learning import (
    ISSUING,
    SMALL,
    complete_small_course,
    enrolled_user,
    pass_quiz,
    read_module,
)
from tests.published import publish_sample
from tests.real_application import real_application, together

LEARNERS = 12
SIGNERS = 8
COMPLETIONS = 50
PATIENCE_SECONDS = 60


@pytest.fixture
def real_app(config: Config, tmp_path: Path) -> Iterator[Flask]:
    """Make an application whose transactions are real ones, with keys."""
    keys = tmp_path / "keys"
    with real_application(
        config, empty_database(tmp_path, "crowds"), issuer_keys=keys
    ) as app:
        with app.app_context():
            publish_sample(db.session())
            install_keys(db.session(), keys, now=now())
            db.session.commit()
        yield app


@pytest.fixture
def session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()


def place_of(app: Flask) -> Place:
    keys: Path = app.config["ISSUER_KEYS"]
    return Place(app.config["PUBLIC_URL"], fetch_with(app.test_client()), keys)


def counts(session: Session) -> dict[str, int]:
    session.rollback()
    tables = (Certificate, SignedForm, IssuanceEntry, StatusPlace)
    return {
        table.__tablename__: session.scalar(select(func.count()).select_from(table))
        or 0
        for table in tables
    }


def complete(user_id: int) -> bool:
    with unit_of_work() as work:
        return complete_module(
            work,
            course=SMALL,
            module="the-pump",
            user_id=user_id,
            lang="en",
            issuing=ISSUING,
            now=now(),
        )


def test_fifty_completions_make_one_certificate_with_one_set_of_forms(
    real_app: Flask, session: Session
) -> None:
    learner = enrolled_user(session, now=now())
    read_module(session, learner, "the-well", now=now())
    pass_quiz(session, learner, "the-well", now=now())
    pass_quiz(session, learner, None, now=now())
    user_id, place = learner.id, place_of(real_app)

    def complete_and_sign() -> tuple[bool, int]:
        is_issued = complete(user_id)
        return is_issued, sign_everything(place).count

    outcomes = together(real_app, COMPLETIONS, complete_and_sign)

    assert [sum(each) for each in zip(*outcomes, strict=True)] == [1, 1]
    assert counts(session) == {
        "certificate": 1,
        "signed_form": 2,
        "issuance_entry": 1,
        "status_place": 1,
    }
    accept_all(real_app, session)


def accept_all(app: Flask, session: Session) -> None:
    """Have every certificate accepted by the second opinion, in both forms."""
    place = place_of(app)
    for uuid in session.scalars(select(Certificate.uuid).order_by(Certificate.id)):
        issued = place.issued(uuid, at=now(), email="")
        assert opinions(place, issued) == {"json": "", "jwt": ""}
    assert examine(session).is_sound


def test_signers_at_once_give_each_certificate_a_place_of_its_own(
    real_app: Flask, session: Session
) -> None:
    for _ in range(LEARNERS):
        complete_small_course(session, enrolled_user(session, now=now()), now=now())
    place = place_of(real_app)

    signed = together(real_app, SIGNERS, lambda: sign_everything(place).count)

    assert sum(signed) == LEARNERS
    assert counts(session)["issuance_entry"] == LEARNERS
    accept_all(real_app, session)


def signer(app: Flask) -> "subprocess.Popen[bytes]":
    """Begin `flask certificates sign` in a process of its own."""
    settings = {
        "PATH": os.environ["PATH"],
        "INSTANCE_PATH": str(app.config["ISSUER_KEYS"].parent / "instance"),
        "DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
        "ISSUER_KEYS": str(app.config["ISSUER_KEYS"]),
        "DEMO": "1",
    }
    command = [sys.executable, "-m", "flask", "certificates", "sign"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def test_a_signer_that_is_killed_leaves_nothing_half_done(
    real_app: Flask, session: Session
) -> None:
    for _ in range(LEARNERS):
        complete_small_course(session, enrolled_user(session, now=now()), now=now())
    process = signer(real_app)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not counts(session)["signed_form"]:
        assert process.poll() is None or counts(session)["signed_form"]
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = counts(session)

    assert left["signed_form"] == 2 * left["issuance_entry"]

    sign_everything(place_of(real_app))

    assert counts(session)["signed_form"] == 2 * LEARNERS
    assert counts(session)["issuance_entry"] == LEARNERS
    accept_all(real_app, session)


def test_two_coordinators_who_revoke_many_times_revoke_once(
    real_app: Flask, session: Session
) -> None:
    complete_small_course(session, enrolled_user(session, now=now()), now=now())
    sign_everything(place_of(real_app))
    number = session.scalars(select(Certificate.number)).one()
    people = [make_user(session, "Coordinator").id for _ in range(2)]
    session.commit()

    def revoke() -> list[bool]:
        return [revoke_as(number, each) for each in people]

    together(real_app, SIGNERS, revoke)
    sign_everything(place_of(real_app))

    session.rollback()
    revoked = select(func.count()).where(CertificateEvent.kind == EventKind.REVOKED)
    assert session.scalar(revoked) == 1
    place = place_of(real_app)
    uuid = session.scalars(select(Certificate.uuid)).one()
    issued = place.issued(uuid, at=now(), email="")
    assert opinions(place, issued) == {"json": "revoked", "jwt": "revoked"}


def revoke_as(number: str, by: int) -> bool:
    with unit_of_work() as work:
        return revoke_certificate(
            work,
            number=number,
            reason=RevocationReason.FRAUD,
            note="",
            by=by,
            now=now(),
        ).is_complete
