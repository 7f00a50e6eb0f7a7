"""Sessions: what the cookie holds, how long they last, what they cost."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import UserSession
from tests.factories import make_institution, make_membership
from tests.people import enter, make_person


def test_the_cookie_names_nobody(client: FlaskClient, session: Session) -> None:
    make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example")
    with client.session_transaction() as kept:
        assert set(kept) <= {"sid", "_permanent", "csrf_token", "_flashes"}


def test_what_was_read_before_stays_after_signing_in(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email="ana@xaltepec.example")
    with client.session_transaction() as kept:
        kept["read"] = {"first-steps": ["01-how-to-learn-here"]}
    enter(client, "ana@xaltepec.example")
    with client.session_transaction() as kept:
        assert kept["read"] == {"first-steps": ["01-how-to-learn-here"]}


def test_every_sign_in_has_a_new_id(client: FlaskClient, session: Session) -> None:
    make_person(session, email="ana@xaltepec.example")
    ids = []
    for _ in range(2):
        enter(client, "ana@xaltepec.example")
        with client.session_transaction() as kept:
            ids.append(kept["sid"])
    assert ids[0] != ids[1]
    assert len(session.scalars(select(UserSession)).all()) == 1


@pytest.mark.parametrize(
    ("idle", "age", "shared", "status"),
    [
        pytest.param(59, 1, "", 200, id="used-an-hour-ago"),
        pytest.param(66, 1, "", 303, id="idle-too-long"),
        pytest.param(1, 12 * 60 + 1, "", 303, id="half-a-day-old"),
        pytest.param(26, 1, "y", 303, id="idle-on-a-shared-computer"),
        pytest.param(1, 121, "y", 303, id="two-hours-on-a-shared-computer"),
    ],
)
def test_a_session_runs_out(
    client: FlaskClient,
    session: Session,
    idle: int,
    age: int,
    shared: str,
    status: int,
) -> None:
    make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example", **({"shared": shared} if shared else {}))
    row = session.scalars(select(UserSession)).one()
    row.last_seen_at = now() - timedelta(minutes=idle)
    row.expires_at -= timedelta(minutes=age)
    session.commit()
    assert client.get("/account").status_code == status


def test_a_page_asks_for_the_person_once(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    user = make_person(session, email="ana@xaltepec.example")
    make_membership(session, user, "manager", make_institution(session))
    session.commit()
    enter(client, "ana@xaltepec.example")
    statements.clear()
    client.get("/help")
    assert len(statements) == 1


def test_the_last_use_is_written_at_most_every_five_minutes(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example")
    session.execute(update(UserSession).values(last_seen_at=now() - timedelta(hours=1)))
    session.commit()
    statements.clear()
    client.get("/help")
    assert [one.split()[0] for one in statements] == ["SELECT", "UPDATE"]
    statements.clear()
    client.get("/help")
    assert [one.split()[0] for one in statements] == ["SELECT"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_some_pages_look_nobody_up(
    client: FlaskClient, session: Session, statements: list[str], path: str
) -> None:
    make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example")
    statements.clear()
    client.get(path)
    assert not [one for one in statements if "user_session" in one]


def test_a_shared_computer_keeps_nothing(client: FlaskClient, session: Session) -> None:
    make_person(session, email="ana@xaltepec.example")
    answer = enter(client, "ana@xaltepec.example", shared="y")
    assert "Expires" not in answer.headers["Set-Cookie"]
    page = client.get("/help")
    assert page.headers["Cache-Control"] == "no-store"
    assert "data-shared" in page.text


def test_a_form_of_before_stays_good_for_who_comes_back(
    client: FlaskClient,
    session: Session,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    make_person(session, email="ana@xaltepec.example")
    make_person(session, email="otra@xaltepec.example")
    _enter_with_token(client, "ana@xaltepec.example")
    before = _token(client, "/help")
    session.execute(update(UserSession).values(expires_at=now() - timedelta(hours=1)))
    session.commit()
    _enter_with_token(client, "ana@xaltepec.example")
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 303


def _token(client: FlaskClient, path: str) -> str:
    page = client.get(path).text
    return page.split('name="csrf_token" value="')[1].split('"')[0]


def _enter_with_token(client: FlaskClient, email: str) -> None:
    answer = enter(client, email, csrf_token=_token(client, "/sign-in"))
    assert answer.status_code == 303
