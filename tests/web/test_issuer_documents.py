"""The issuer's keys as verifiers fetch them: for everybody, and the same for all."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.credentials import IssuerKey
from tests.factories import sign_in
from tests.issuer_keys import install_keys

DID = "/.well-known/did.json"
JWKS = "/.well-known/jwks.json"


@pytest.fixture(autouse=True)
def _keys(session: Session, tmp_path: Path) -> None:
    install_keys(session, tmp_path / "keys", now=now() - timedelta(hours=1))
    session.commit()


def rsa_print(session: Session) -> str:
    return session.scalars(
        select(IssuerKey.fragment).where(IssuerKey.kind == "rsa")
    ).one()


@pytest.fixture(params=["did", "jwks", "key"])
def document(request: pytest.FixtureRequest, session: Session) -> tuple[str, str]:
    """Return address and media type of each of them."""
    return {
        "did": (DID, "application/did+json"),
        "jwks": (JWKS, "application/jwk-set+json"),
        "key": (
            f"/.well-known/keys/{rsa_print(session)}",
            "application/jwk+json",
        ),
    }[request.param]


def test_any_site_may_read_it_and_any_cache_keep_it(
    client: FlaskClient, document: tuple[str, str]
) -> None:
    address, media_type = document

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.get_json(force=True)
    head = client.head(address)
    assert head.status_code == 200
    assert head.headers["Content-Length"] == answer.headers["Content-Length"]
    assert head.data == b""


def test_a_copy_that_is_still_good_is_not_sent_again(
    client: FlaskClient, document: tuple[str, str]
) -> None:
    tag = client.get(document[0]).headers["ETag"]

    again = client.get(document[0], headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert again.headers["ETag"] == tag


def test_it_is_the_same_for_a_visitor_and_for_who_is_signed_in(
    client: FlaskClient, session: Session, ana: User, document: tuple[str, str]
) -> None:
    before = client.get(document[0])
    sign_in(client, session, ana)

    after = client.get(f"{document[0]}?lang=en", headers={"Accept-Language": "en"})

    assert after.data == before.data
    for answer in (before, after):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_it_costs_one_statement(
    client: FlaskClient,
    session: Session,
    ana: User,
    statements: list[str],
    document: tuple[str, str],
) -> None:
    sign_in(client, session, ana)
    statements.clear()

    client.get(document[0])

    assert len(statements) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
        {"Forwarded": "host=evil.example;proto=https"},
    ],
)
def test_the_name_asked_for_changes_nothing(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    answer = client.get(DID, headers=headers)

    assert answer.data == client.get(DID).data
    assert answer.get_json(force=True)["id"] == "did:web:127.0.0.1%3A8000"


def test_a_foreign_name_is_not_answered(client: FlaskClient) -> None:
    answer = client.get(DID, headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_the_key_set_holds_what_the_document_holds(client: FlaskClient) -> None:
    document = client.get(DID).get_json(force=True)
    (key,) = client.get(JWKS).get_json(force=True)["keys"]

    method = document["verificationMethod"][0]
    assert key["kid"] == method["id"]
    assert {name: key[name] for name in ("kty", "n", "e")} == {
        name: method["publicKeyJwk"][name] for name in ("kty", "n", "e")
    }


@pytest.mark.parametrize(
    "name", ["unknown", "..", "%2e%2e%2fkeys", "a" * 5000, "%00", "<script>"]
)
def test_an_unknown_key_is_not_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"/.well-known/keys/{name}").status_code == 404


def test_a_compromised_key_is_gone_from_all_three(
    client: FlaskClient, session: Session
) -> None:
    fragment = rsa_print(session)
    row = session.scalars(select(IssuerKey).where(IssuerKey.kind == "rsa")).one()
    row.compromised_at = now()
    session.commit()

    assert fragment not in client.get(DID).text
    assert client.get(JWKS).get_json(force=True) == {"keys": []}
    assert client.get(f"/.well-known/keys/{fragment}").status_code == 404


def test_an_issuer_without_keys_publishes_nothing(
    client: FlaskClient, session: Session
) -> None:
    for row in session.scalars(select(IssuerKey).order_by(IssuerKey.id)):
        session.delete(row)
    session.commit()

    answer = client.get(DID)

    assert answer.status_code == 404
    assert "public" not in answer.headers["Cache-Control"]
