"""`flask certificates bundle`: everything to verify with, and nobody's data."""

import hashlib
import io
import json
import re
import stat
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from flask import Flask
from joserfc import jwk, jws
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.verification_bundle import bundle_page, zipped
from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.sentences.verification_bundle import BUNDLE_PAGE
from conexx_learn.domain.status_bits import is_revoked, read_list
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuedPaper, SignedForm, StatusPlace
from conexx_learn.services.signing import sign_waiting
from conexx_learn.services.status_lists import sign_status_lists
from conexx_learn.services.verification_bundle import Bundle, verification_bundle
from tests.factories import NOW
from tests.issuer_keys import PUBLIC_URL, install_keys
from tests.published import publish_sample
from tests.status_lists import add_event, make_certificate

PAPER_HASH = hashlib.sha256(b"%PDF-1.7 a paper").hexdigest()


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    publish_sample(session)
    folder = tmp_path / "keys"
    install_keys(session, folder, now=NOW)
    session.commit()
    return folder


@pytest.fixture
def issued(session: Session, folder: Path) -> Certificate:
    """Issue a certificate in both forms, with a paper, and sign its list."""
    certificate = make_certificate(session)
    paper = IssuedPaper(sha256=PAPER_HASH, certificate_id=certificate.id, made_at=NOW)
    session.add(paper)
    session.commit()
    assert sign_waiting(public_url=PUBLIC_URL, folder=folder, demo=False, now=NOW) == 1
    sign_lists(folder)
    return certificate


def sign_lists(folder: Path, now: datetime = NOW) -> None:
    sign_status_lists(public_url=PUBLIC_URL, folder=folder, now=now)


def made(session: Session) -> Bundle:
    return verification_bundle(session, public_url=PUBLIC_URL, demo=False, now=NOW)


@pytest.fixture(autouse=True)
def _keys_here(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "ISSUER_KEYS", tmp_path / "keys")


def run(app: Flask, *line: str, lang: str = "en_GB.UTF-8") -> Result:
    environment = {"LANG": lang, "LC_ALL": "", "LC_MESSAGES": ""}
    runner = app.test_cli_runner()
    return runner.invoke(args=["certificates", "bundle", *line], env=environment)


def test_the_bundle_holds_all_that_verifies(
    session: Session, issued: Certificate
) -> None:
    files = made(session).files

    assert set(files) == {
        "LEEME.txt",
        "README.txt",
        "SHA256SUMS",
        "did.json",
        "index.html",
        "issued-files.txt",
        "jwks.json",
        "keys.json",
        "status/revocation-1.json",
        "status/revocation-1.jwt",
    }
    keys = jwk.KeySet.import_key_set(json.loads(files["jwks.json"]))
    opened = jws.deserialize_compact(
        files["status/revocation-1.jwt"].decode(), keys, algorithms=["RS256"]
    )
    assert json.loads(opened.payload)["id"].endswith("/status/revocation/1.jwt")
    assert json.loads(files["did.json"])["id"] == "did:web:learn.example.org"


def test_every_file_that_was_handed_out_is_named_by_its_hash(
    session: Session, issued: Certificate
) -> None:
    place = session.get_one(StatusPlace, issued.id)
    forms = session.scalars(select(SignedForm).order_by(SignedForm.form)).all()

    lines = made(session).files["issued-files.txt"].decode().splitlines()

    where = f"{place.list_number} {place.status_index}"
    assert lines == [
        *(f"{form.form} {form.sha256} {where}" for form in forms),
        f"pdf {PAPER_HASH} {where}",
    ]


def test_nobody_is_named_and_no_secret_is_in_it(
    session: Session, issued: Certificate, folder: Path
) -> None:
    content = b"\n".join(made(session).files.values())

    for secret in (issued.claims["holder"], issued.number, issued.uuid):
        assert secret.encode() not in content
    for path in folder.iterdir():
        assert path.read_bytes() not in content
    assert b"PRIVATE KEY" not in content
    assert not re.search(rb'"(?:d|p|q|dp|dq|qi)":', content)


def test_a_revocation_is_in_the_lists_of_the_bundle(
    session: Session, issued: Certificate, folder: Path
) -> None:
    add_event(session, issued, EventKind.REVOKED)
    sign_lists(folder)

    document = json.loads(made(session).files["status/revocation-1.json"])

    place = session.get_one(StatusPlace, issued.id)
    bits = read_list(document["credentialSubject"]["encodedList"])
    assert is_revoked(bits, place.status_index)


def test_the_same_data_give_the_same_bytes(
    session: Session, issued: Certificate
) -> None:
    assert zipped(made(session).files) == zipped(made(session).files)


def test_the_checksums_are_those_of_the_files(
    session: Session, issued: Certificate
) -> None:
    files = made(session).files

    lines = files["SHA256SUMS"].decode().splitlines()

    assert len(lines) == len(files) - 1
    for line in lines:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest


def test_without_a_list_there_is_no_bundle(session: Session, folder: Path) -> None:
    make_certificate(session)
    session.commit()
    sign_waiting(public_url=PUBLIC_URL, folder=folder, demo=False, now=NOW)

    with pytest.raises(RuleError, match="status-list-missing"):
        made(session)


def test_before_the_first_certificate_the_bundle_is_empty_and_sound(
    session: Session, folder: Path
) -> None:
    bundle = made(session)

    assert (bundle.issued_count, bundle.list_count) == (0, 0)
    assert bundle.files["issued-files.txt"] == b""


def test_the_page_asks_no_network_and_runs_nothing_else() -> None:
    data = {"did": "did:web:a.example", "issued": "</script><script>alert(1)</script>"}

    page = bundle_page(data, BUNDLE_PAGE).decode()

    assert page.count("<script") == 3
    assert "alert(1)</script>" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=|@import|url\(", page)
    assert "{{" not in page
    assert 'data-t="title"></' not in page


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en_GB.UTF-8", "files handed out, 3; status lists, 1."),
        ("es_MX.UTF-8", "archivos entregados, 3; listas de estado, 1."),
    ],
)
def test_the_command_writes_the_zip_and_says_its_hash(
    app: Flask, issued: Certificate, tmp_path: Path, lang: str, said: str
) -> None:
    target = tmp_path / "out.zip"

    result = run(app, str(target), lang=lang)

    assert result.exit_code == 0, result.output
    assert said in result.stdout
    assert hashlib.sha256(target.read_bytes()).hexdigest() in result.stdout
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    with ZipFile(io.BytesIO(target.read_bytes())) as archive:
        assert archive.testzip() is None
        assert "index.html" in archive.namelist()


def test_a_file_that_is_there_stays_unless_force_is_used(
    app: Flask, issued: Certificate, tmp_path: Path
) -> None:
    target = tmp_path / "out.zip"
    target.write_bytes(b"mine")

    refused = run(app, str(target))

    assert (refused.exit_code, target.read_bytes()) == (1, b"mine")
    assert "--force" in refused.stderr
    assert run(app, str(target), "--force").exit_code == 0
    assert target.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("target", ["missing/out.zip", "."])
def test_a_place_that_cannot_be_written_is_named(
    app: Flask, issued: Certificate, tmp_path: Path, target: str
) -> None:
    result = run(app, str(tmp_path / target), "--force")

    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr
    assert not (tmp_path / "missing").exists()


def test_without_keys_nothing_is_written(
    app: Flask,
    issued: Certificate,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "ISSUER_KEYS", tmp_path / "nowhere")

    result = run(app, str(tmp_path / "out.zip"))

    assert result.exit_code == 1
    assert "ISSUER_KEYS" in result.stderr
    assert not (tmp_path / "out.zip").exists()
