"""What an attacker sends, and what stands beside it: found by attacking, kept so."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.config import Config
from conexx_learn.factory import create_app
from conexx_learn.models.accounts import User
from conexx_learn.models.registry import db
from conexx_learn.services.access_codes import HandedCode
from tests.learning import begin_attempt
from tests.people import PASSWORD

DEEP = '["\u2200",' + "[" * 50_000 + "]" * 50_000 + ',"]'
"""U+2200 is written with the byte of a quotation mark, which hides the brackets."""


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
def test_deep_json_in_another_coding_is_refused(
    session: Session, signed_in: FlaskClient, ana: User, coding: str
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())

    response = signed_in.post(
        f"/attempts/{attempt_id}/responses",
        data=DEEP.encode(coding),
        content_type="application/json",
    )

    assert response.status_code == 422


class _BreakingBody:
    """A body that the network, or a chunk without a size, breaks off."""

    def read(self, _size: int = -1) -> bytes:
        raise OSError("invalid chunk")

    def readline(self, _size: int = -1) -> bytes:
        raise OSError("invalid chunk")


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "application/json", "text/plain"]
)
def test_a_body_that_breaks_off_is_refused(client: FlaskClient, kind: str) -> None:
    response = client.open(
        "/sign-in",
        method="POST",
        content_type=kind,
        environ_overrides={
            "wsgi.input": _BreakingBody(),
            "wsgi.input_terminated": True,
        },
    )

    assert response.status_code == 400


@pytest.mark.parametrize("path", ["/%5Cevil.example", "/%5C%5Cevil.example/x"])
def test_no_page_links_to_another_site_by_a_backslash(
    client: FlaskClient, path: str
) -> None:
    html = client.get(path).get_data(as_text=True)

    assert "evil.example" in html
    assert "\\" not in html


def test_a_right_code_does_not_stand_out_among_refused_guesses(
    client: FlaskClient, invitation: HandedCode
) -> None:
    for number in range(30):
        assert client.get(f"/join/0000-{number:04}").status_code == 404

    read = client.get(f"/join/{invitation.code}")
    taken = client.post(f"/join/{invitation.code}", data={"password": PASSWORD})

    assert (read.status_code, taken.status_code) == (429, 429)
    assert int(read.headers["Retry-After"]) > 0


def test_static_files_are_offered_to_no_other_origin(client: FlaskClient) -> None:
    with client.get("/static/no-such.css") as missing:
        assert "Access-Control-Allow-Origin" not in missing.headers
    page = client.get("/").get_data(as_text=True)
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    with client.get(address) as found:
        assert found.status_code == 200
        assert "Access-Control-Allow-Origin" not in found.headers


class _ReadOnlyError(Exception):
    sqlstate = "25006"


AWAY = [
    OperationalError("SELECT 1", {}, Exception("gone")),
    PoolTimeoutError("no connection is free"),
]


@pytest.fixture(scope="module", params=AWAY, ids=lambda error: type(error).__name__)
def without_database(config: Config, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """Give an application whose database refuses every statement."""
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        engine = db.engine

    def refuse(*_given: object) -> None:
        raise request.param

    event.listen(engine, "before_cursor_execute", refuse)
    yield app
    event.remove(engine, "before_cursor_execute", refuse)
    with app.app_context():
        engine.dispose()


@pytest.mark.parametrize(
    "path", ["/", "/me", "/courses", "/no-such-page", "/attempts/1", "/verify/0000"]
)
def test_without_a_database_every_page_asks_to_wait(
    without_database: Flask, path: str
) -> None:
    browser = without_database.test_client()
    with browser.session_transaction() as kept:
        kept["sid"] = "x" * 43

    response = browser.get(path)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert response.headers["Cache-Control"] == "no-store"


def test_without_a_database_a_save_is_told_to_wait(without_database: Flask) -> None:
    browser = without_database.test_client()
    with browser.session_transaction() as kept:
        kept["sid"] = "x" * 43

    response = browser.post(
        "/attempts/1/responses", json={"number": 1, "responses": {}}
    )

    assert response.status_code == 503
    assert response.is_json
    assert response.headers["Retry-After"] == "5"


def test_a_database_that_takes_no_writes_asks_to_wait(config: Config) -> None:
    app = create_app(config)

    def write() -> str:
        raise InternalError("INSERT", {}, _ReadOnlyError("read-only"))

    app.add_url_rule("/write", "write", write)

    assert app.test_client().get("/write").status_code == 503


def test_a_connection_lost_after_the_answer_spoils_it_not(config: Config) -> None:
    app = create_app(config)
    with app.app_context():
        engine = db.engine

    def lose(_connection: object) -> None:
        raise OperationalError("ROLLBACK", {}, Exception("gone"))

    event.listen(engine, "rollback", lose)
    try:
        assert app.test_client().get("/courses").status_code == 200
    finally:
        event.remove(engine, "rollback", lose)
        engine.dispose()
