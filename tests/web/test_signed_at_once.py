"""A certificate is signed when the answer that issued it has left."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from conexx_learn.services.signing_requests import ask_for_signing, takes_request
from tests.issuer_keys import install_keys
from tests.learning import begin_attempt, pass_quiz, read_module
from tests.right_answers import right_responses, sitting_of, typed_fields
from tests.signed_certificates import is_handed_out


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "keys"
    monkeypatch.setitem(app.config, "ISSUER_KEYS", folder)
    return folder


@pytest.fixture
def _keys(session: Session, folder: Path) -> None:
    install_keys(session, folder, now=now())
    session.commit()


def finish(session: Session, client: FlaskClient, user: User) -> Certificate:
    """Pass the final quiz in the browser, and let its answer leave."""
    for module in ("the-well", "the-pump"):
        read_module(session, user, module)
    pass_quiz(session, user, "the-well")
    attempt_id = begin_attempt(session, user, None, now=now())
    takes_request(session)
    found = sitting_of(session, attempt_id, user.id)
    fields = typed_fields(found, right_responses(found))
    with client.post(f"/attempts/{attempt_id}/submission", data=fields) as response:
        assert response.status_code == 303
    return session.scalars(select(Certificate)).one()


@pytest.mark.usefixtures("_keys")
def test_the_last_quiz_leads_to_a_signed_certificate(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    certificate = finish(session, signed_in, ana)

    for form in ("json", "jwt"):
        assert is_handed_out(session, certificate.uuid, form)


def test_without_keys_the_learner_notices_nothing(
    session: Session, signed_in: FlaskClient, ana: User, folder: Path
) -> None:
    certificate = finish(session, signed_in, ana)

    assert not is_handed_out(session, certificate.uuid, "json")
    assert not folder.exists()


@pytest.mark.usefixtures("_keys")
def test_keys_that_cannot_be_read_are_logged_and_nobody_waits(
    session: Session,
    signed_in: FlaskClient,
    ana: User,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for path in folder.iterdir():
        path.write_text("no key")

    certificate = finish(session, signed_in, ana)

    assert not is_handed_out(session, certificate.uuid, "json")
    assert "certificates wait for signatures: key-file-damaged" in caplog.text


def test_a_request_for_signatures_is_taken_once(session: Session) -> None:
    ask_for_signing(session)

    assert takes_request(session)
    assert not takes_request(session)
