"""`flask certificates sign` and `log`: what was done, refused, and changed."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.cli.certificate_signing import sign_by_the_clock
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.issuance_log import FIRST_HASH
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuanceEntry
from tests.issuer_keys import install_keys
from tests.learning import complete_small_course, enrolled_user
from tests.published import publish_sample


@pytest.fixture(autouse=True)
def _shell(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setitem(app.config, "ISSUER_KEYS", tmp_path / "keys")


@pytest.fixture
def certificate(session: Session) -> Certificate:
    publish_sample(session)
    complete_small_course(session, enrolled_user(session))
    return session.scalars(select(Certificate)).one()


@pytest.fixture
def _keys(app: Flask, session: Session) -> None:
    install_keys(session, app.config["ISSUER_KEYS"], now=now())
    session.commit()


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["certificates", *words])


@pytest.mark.usefixtures("_keys")
def test_what_waits_is_signed_and_counted(app: Flask, certificate: Certificate) -> None:
    assert certificate.id
    first, second = run(app, "sign"), run(app, "sign", "--format", "json")

    assert (first.exit_code, first.output) == (0, "Certificates signed: 1.\n")
    assert json.loads(second.output) == {"signed": 0, "signedAnew": 0, "refused": []}


@pytest.mark.usefixtures("_keys")
def test_what_cannot_be_signed_is_named_with_the_member(
    app: Flask, session: Session, certificate: Certificate
) -> None:
    certificate.claims = certificate.claims | {"hours": "many"}
    session.commit()

    result = run(app, "sign")

    assert result.exit_code == 1
    number = grouped(certificate.number)
    assert f"{number} cannot be signed: claims: hours\n" in result.output
    refused = json.loads(run(app, "sign", "--format", "json").output)["refused"]
    assert refused == [{"number": number, "reason": "claims: hours"}]
    assert sign_by_the_clock(app) == 0


def test_without_keys_the_command_says_how_to_make_them(
    app: Flask, certificate: Certificate
) -> None:
    assert certificate.id

    result = run(app, "sign")

    assert result.exit_code == 1
    assert "flask keys init" in result.output
    assert sign_by_the_clock(app) == 0


def test_an_empty_log_is_sound(app: Flask) -> None:
    result = run(app, "log")

    assert result.exit_code == 0
    assert FIRST_HASH in result.output


@pytest.mark.usefixtures("_keys")
def test_the_log_is_recomputed(app: Flask, certificate: Certificate) -> None:
    assert certificate.id
    assert sign_by_the_clock(app) == 1

    found = json.loads(run(app, "log", "--format", "json").output)

    assert (found["lines"], found["brokenAt"], found["changed"]) == (1, None, [])


@pytest.mark.usefixtures("_keys")
def test_a_line_is_compared_with_a_copy(
    app: Flask, session: Session, certificate: Certificate
) -> None:
    assert certificate.id
    sign_by_the_clock(app)

    kept, unknown = run(app, "log", "--line", "1"), run(app, "log", "--line", "2")

    assert kept.output.strip() == session.scalars(select(IssuanceEntry.hash)).one()
    assert unknown.exit_code == 1
    assert "has no line 2" in unknown.output


@pytest.mark.usefixtures("_keys")
def test_a_changed_line_and_a_changed_certificate_are_noticed(
    app: Flask, session: Session, certificate: Certificate
) -> None:
    sign_by_the_clock(app)
    certificate.claims = certificate.claims | {"holder": "Somebody Else"}
    session.commit()
    by_certificate = run(app, "log")
    line = session.scalars(select(IssuanceEntry)).one()
    line.payload = line.payload.replace(certificate.number, "000000000000")
    session.commit()
    by_line = run(app, "log")

    number = grouped(certificate.number)
    changed = f"{number} no longer says what it said when it was signed."
    assert by_certificate.exit_code == 1
    assert changed in by_certificate.output
    assert by_line.exit_code == 1
    assert "Line 1 does not follow" in by_line.output


@pytest.mark.usefixtures("_keys")
def test_an_erasure_is_no_tampering(
    app: Flask, session: Session, certificate: Certificate
) -> None:
    sign_by_the_clock(app)
    certificate.claims = certificate.claims | {"holder": "", "recipient": None}
    session.commit()

    assert run(app, "log").exit_code == 0
