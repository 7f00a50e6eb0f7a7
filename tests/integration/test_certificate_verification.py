"""`flask certificates verify`: a number or a file, and an exit code to rely on."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.sentences.verification_commands import verification_sentence
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuedPaper
from conexx_learn.services.certificate_erasure import forget_holder
from conexx_learn.services.presented_files import Outcome
from tests.factories import NOW
from tests.learning import complete_small_course, enrolled_user
from tests.published import publish_sample
from tests.signed_certificates import SignedCertificate, sign_stored
from tests.status_lists import add_event

PAPER = b"%PDF-1.7 the paper as it was handed out"


@pytest.fixture
def signed(session: Session, tmp_path: Path) -> SignedCertificate:
    """Issue and sign one certificate."""
    publish_sample(session)
    complete_small_course(session, enrolled_user(session), now=now())
    return sign_stored(session, tmp_path / "keys")


@pytest.fixture
def certificate(session: Session, signed: SignedCertificate) -> Certificate:
    return session.scalars(select(Certificate)).one()


def verify(app: Flask, *line: str | Path, lang: str = "en_GB.UTF-8") -> Result:
    environment = {"LANG": lang, "LC_ALL": "", "LC_MESSAGES": ""}
    words = ["certificates", "verify", *map(str, line)]
    return app.test_cli_runner().invoke(args=words, env=environment)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def badge(signed: SignedCertificate) -> str:
    space = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    inside = f'<openbadges:credential {space} verify="{signed.jws}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'


@pytest.mark.parametrize("form", ["json", "jwt", "svg"])
def test_a_file_that_was_handed_out_is_verified_with_its_certificate(
    app: Flask, signed: SignedCertificate, tmp_path: Path, form: str
) -> None:
    contents = {"json": signed.document, "jwt": signed.jws, "svg": badge(signed)}
    path = written(tmp_path, f"certificate.{form}", contents[form])

    result = verify(app, path)

    assert result.exit_code == 0, result.output
    assert "is the file that was handed out" in result.stdout
    assert f"{signed.number}: valid" in result.stdout


def test_a_paper_is_known_by_its_bytes(
    app: Flask,
    session: Session,
    signed: SignedCertificate,
    certificate: Certificate,
    tmp_path: Path,
) -> None:
    digest = sha256(PAPER).hexdigest()
    session.add(IssuedPaper(sha256=digest, certificate_id=certificate.id, made_at=NOW))
    session.commit()

    assert verify(app, written(tmp_path, "paper.pdf", PAPER)).exit_code == 0

    address = f"/verify/{signed.number}".encode()
    edited = verify(app, written(tmp_path, "edited.pdf", PAPER + address))
    assert edited.exit_code == 1
    assert "is not the PDF that was handed out" in edited.stdout
    assert signed.number in edited.stdout

    nameless = verify(app, written(tmp_path, "nameless.pdf", PAPER + b"!"))
    assert nameless.exit_code == 1
    assert "names no single certificate" in nameless.stdout


def test_an_altered_file_is_refused_and_what_changed_is_named(
    app: Flask, signed: SignedCertificate, tmp_path: Path
) -> None:
    document = json.loads(signed.document)
    document["name"] = "Another course"
    path = written(tmp_path, "certificate.json", json.dumps(document))

    result = verify(app, path, "--format", "json")

    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["file"]["outcome"] == "altered"
    assert answer["file"]["members"] == ["name"]
    assert (answer["number"], answer["state"]) == (signed.number, "valid")


def test_a_revoked_certificate_fails_though_its_file_is_the_true_one(
    app: Flask,
    session: Session,
    signed: SignedCertificate,
    certificate: Certificate,
    tmp_path: Path,
) -> None:
    add_event(session, certificate, EventKind.REVOKED, at=now())

    result = verify(app, written(tmp_path, "certificate.jwt", signed.jws))

    assert result.exit_code == 1
    assert "is the file that was handed out" in result.stdout
    assert f"{signed.number}: revoked" in result.stdout


def test_a_file_of_an_erased_holder_is_withdrawn(
    app: Flask,
    session: Session,
    signed: SignedCertificate,
    certificate: Certificate,
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "certificate.json", signed.document)
    forget_holder(session, user_id=certificate.user_id, now=now())
    session.commit()

    result = verify(app, path)

    assert result.exit_code == 1
    assert "its holder withdrew the certificate" in result.stdout
    assert f"{signed.number}: revoked" in result.stdout


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.OTHER_NUMBER}))
@pytest.mark.parametrize("lang", ["es", "en"])
def test_whatever_a_file_comes_to_is_told(outcome: Outcome, lang: str) -> None:
    """Another number is typed on the page alone."""
    assert verification_sentence(outcome, lang, members="name")


def test_a_register_that_was_tampered_with_is_not_believed(
    app: Flask,
    session: Session,
    signed: SignedCertificate,
    certificate: Certificate,
) -> None:
    certificate.claims = certificate.claims | {"holder": "Somebody Else"}
    session.commit()

    result = verify(app, signed.number)
    assert result.exit_code == 1
    assert "does not say what was signed" in result.stdout
    told = verify(app, signed.number, "--format", "json")
    assert json.loads(told.stdout)["state"] == "altered"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no PDF, JSON, JWT or SVG"),
        (b"hello", "is no PDF, JSON, JWT or SVG"),
        (b"\0" * 5_000_000, "is no PDF, JSON, JWT or SVG"),
        (b'{"id": "https://forger.example/credentials/1"}', ""),
        (b"[" * 500_000, "is no PDF, JSON, JWT or SVG"),
    ],
)
def test_anything_else_is_refused(
    app: Flask, signed: SignedCertificate, tmp_path: Path, content: bytes, said: str
) -> None:
    result = verify(app, written(tmp_path, "any.bin", content))

    assert result.exit_code == 1
    assert said in result.stdout
    assert signed.number not in result.stdout


@pytest.mark.parametrize("entry", ["missing.jwt", "x" * 5000, ".", "a\nb"])
def test_what_is_neither_file_nor_number_is_unknown(
    app: Flask, session: Session, entry: str
) -> None:
    result = verify(app, entry)

    assert result.exit_code == 1
    assert result.stderr


def test_a_hostile_name_cannot_write_on_the_terminal(
    app: Flask, signed: SignedCertificate, tmp_path: Path
) -> None:
    document = json.loads(signed.document) | {"\x1b[2Jwiped": 1}
    path = written(tmp_path, "certificate.json", json.dumps(document))

    result = verify(app, path)

    assert result.exit_code == 1
    assert "wiped" in result.stdout
    assert "\x1b" not in result.stdout


def test_the_command_speaks_spanish(
    app: Flask, signed: SignedCertificate, tmp_path: Path
) -> None:
    path = written(tmp_path, "constancia.jwt", signed.jws)

    result = verify(app, path, lang="es_MX.UTF-8")

    assert "es el archivo que se entregó" in result.stdout
    assert f"{signed.number}: vigente" in result.stdout
