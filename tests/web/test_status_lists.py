"""The addresses of the status lists: open to every verifier, and never a false calm."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.status_documents import LIST_WINDOW
from conexx_learn.models.credentials import IssuerKey, StatusList
from conexx_learn.queries.status_lists import kept_list
from conexx_learn.services.status_lists import sign_status_lists
from tests.factories import NOW
from tests.issuer_keys import install_keys
from tests.published import publish_sample
from tests.status_lists import add_event, placed_certificate

LIST = "/status/revocation/1"


@pytest.fixture
def keys(session: Session, tmp_path: Path) -> Path:
    publish_sample(session)
    install_keys(session, tmp_path / "keys", now=NOW)
    placed_certificate(session, 7)
    return tmp_path / "keys"


@pytest.fixture
def signed(app: Flask, session: Session, keys: Path) -> Path:
    """Sign the list with one certificate; the keys lie in the given folder."""
    sign(app, keys)
    return keys


def sign(app: Flask, keys: Path) -> None:
    sign_status_lists(public_url=app.config["PUBLIC_URL"], folder=keys, now=now())


@pytest.mark.parametrize(
    ("address", "mime"),
    [(LIST, "application/vc+ld+json"), (f"{LIST}.jwt", "application/jwt")],
)
def test_a_list_is_given_to_any_verifier(
    client: FlaskClient, session: Session, signed: Path, address: str, mime: str
) -> None:
    answer = client.get(address)

    kept = kept_list(session, number=1)
    assert kept is not None
    assert answer.text == kept.body("jwt" if address.endswith("jwt") else "json")
    assert answer.mimetype == mime
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "mime"),
    [
        ("application/vc", "application/vc"),
        ("application/vc+ld+json, application/vc", "application/vc+ld+json"),
        ("application/json", "application/vc+ld+json"),
        ("*/*", "application/vc+ld+json"),
        ("", "application/vc+ld+json"),
    ],
)
def test_the_media_type_is_what_was_asked_for(
    client: FlaskClient, signed: Path, accept: str, mime: str
) -> None:
    answer = client.get(LIST, headers={"Accept": accept})

    assert answer.mimetype == mime
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("address", [LIST, f"{LIST}.jwt"])
def test_an_unchanged_list_is_not_sent_twice(
    client: FlaskClient, signed: Path, address: str
) -> None:
    tag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(address)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)


def test_a_revocation_changes_the_list_and_its_tag(
    client: FlaskClient, session: Session, app: Flask, signed: Path
) -> None:
    before = client.get(LIST)
    add_event(session, placed_certificate(session, 8), EventKind.REVOKED)
    sign(app, signed)

    after = client.get(LIST, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert after.text != before.text


@pytest.mark.parametrize(
    "address",
    [
        "/status/revocation/2",
        "/status/revocation/2.jwt",
        "/status/revocation/0",
        "/status/revocation/99999999999999999999",
        "/status/revocation/x",
        "/status/suspension/1",
    ],
)
def test_an_unknown_list_is_not_found(
    client: FlaskClient, signed: Path, address: str
) -> None:
    assert client.get(address).status_code == 404


def unsigned(session: Session) -> None:
    session.delete(session.scalars(select(StatusList)).one())


def lapsed(session: Session) -> None:
    row = session.scalars(select(StatusList)).one()
    row.signed_at = now() - LIST_WINDOW


def signed_by_a_lost_key(session: Session) -> None:
    row = session.scalars(select(IssuerKey).where(IssuerKey.kind == "ed25519")).one()
    row.compromised_at = now()


@pytest.mark.parametrize("spoil", [unsigned, lapsed, signed_by_a_lost_key])
@pytest.mark.parametrize("address", [LIST, f"{LIST}.jwt"])
def test_a_list_that_does_not_count_is_refused_loudly(
    client: FlaskClient, session: Session, signed: Path, address: str, spoil: object
) -> None:
    assert callable(spoil)
    spoil(session)
    session.commit()

    answer = client.get(address)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "encodedList" not in answer.text


def test_a_list_is_read_in_one_statement(
    client: FlaskClient, signed: Path, statements: list[str]
) -> None:
    client.get(LIST)
    statements.clear()

    client.get(LIST)

    assert len(statements) == 1


def test_the_host_header_changes_nothing(client: FlaskClient, signed: Path) -> None:
    spoofed = client.get(LIST, headers={"X-Forwarded-Host": "evil.example"})

    assert "evil.example" not in spoofed.text
