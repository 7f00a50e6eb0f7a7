"""Signing in: who comes in, who does not, and where one lands."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import PRIVACY_VERSION
from conexx_learn.models.accounts import User, UserSession
from conexx_learn.models.audit import AuditEntry
from tests.people import PASSWORD, enter, make_person


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("ana@xaltepec.example", id="address"),
        pytest.param(" Ana@Xaltepec.EXAMPLE ", id="address-with-capitals-and-spaces"),
        pytest.param("ana.ruiz", id="username"),
        pytest.param("Ána.Ruíz", id="username-with-accents"),
    ],
)
def test_a_person_signs_in_with_an_address_or_a_username(
    client: FlaskClient, session: Session, typed: str
) -> None:
    make_person(session, email="ana@xaltepec.example", username="ana.ruiz")
    answer = enter(client, typed)
    assert answer.status_code == 303
    assert answer.location == "/me"
    assert client.get("/account").status_code == 200


def test_the_header_says_who_is_signed_in(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, full_name="Ana Ruiz", email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example")
    assert "Ana Ruiz" in client.get("/account").text


@pytest.mark.parametrize(
    ("email", "password"),
    [
        pytest.param("ana@xaltepec.example", "no es esta", id="wrong-password"),
        pytest.param("nadie@xaltepec.example", PASSWORD, id="unknown-address"),
        pytest.param("nadie", PASSWORD, id="unknown-username"),
        pytest.param("ana@xaltepec.example", "x" * 5000, id="endless-password"),
        pytest.param("invitada@xaltepec.example", PASSWORD, id="invitation-waits"),
        pytest.param("cerrada@xaltepec.example", PASSWORD, id="inactive"),
    ],
)
def test_a_refusal_does_not_tell_whether_the_account_exists(
    client: FlaskClient, session: Session, email: str, password: str
) -> None:
    make_person(session, email="ana@xaltepec.example")
    make_person(session, email="invitada@xaltepec.example", password=None)
    make_person(session, email="cerrada@xaltepec.example", active=False)
    answer = enter(client, email, password)
    assert answer.status_code == 422
    assert "no coinciden" in answer.text
    assert f'value="{email}"' in answer.text
    assert client.get("/account").status_code == 303


def test_an_empty_form_says_what_is_missing(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={})
    assert answer.status_code == 422
    assert "email-error" in answer.text
    assert "password-error" in answer.text


@pytest.mark.parametrize(
    ("wanted", "landing"),
    [
        pytest.param("/courses?q=agua", "/courses?q=agua", id="local"),
        pytest.param("//evil.example", "/", id="two-slashes"),
        pytest.param("/\\evil.example", "/", id="backslash"),
        pytest.param("/\t/evil.example", "/", id="tab"),
        pytest.param("https://evil.example/me", "/", id="absolute"),
        pytest.param("javascript:alert(1)", "/", id="script"),
    ],
)
def test_one_lands_inside_this_site_alone(
    client: FlaskClient, session: Session, wanted: str, landing: str
) -> None:
    make_person(session, email="ana@xaltepec.example")
    answer = enter(client, "ana@xaltepec.example", next=wanted)
    assert answer.location == landing


def test_the_way_back_survives_a_mistyped_password(client: FlaskClient) -> None:
    page = enter(client, "ana", "x", path="/sign-in?next=/courses").text
    assert 'action="/sign-in?next=/courses"' in page


def test_who_is_signed_in_is_not_asked_again(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example")
    answer = client.get("/sign-in?next=/courses")
    assert (answer.status_code, answer.location) == (303, "/courses")


def test_signing_in_notes_the_privacy_notice_that_was_accepted(
    client: FlaskClient, session: Session
) -> None:
    user = make_person(
        session,
        email="ana@xaltepec.example",
        privacy_version=date(2020, 1, 1),
    )
    enter(client, "ana@xaltepec.example")
    row = session.get_one(User, user.id, populate_existing=True)
    assert row.privacy_version == PRIVACY_VERSION


def test_the_audit_trail_tells_good_and_refused_sign_ins(
    client: FlaskClient, session: Session
) -> None:
    user = make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example", "no es esta")
    enter(client, "ana@xaltepec.example")
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    told = [(entry.act, entry.thing, entry.user_id) for entry in entries]
    thing = f"user:{user.id}"
    assert told == [
        ("sign-in-refused", thing, None),
        ("sign-in", thing, user.id),
    ]
    assert all(entry.address == "127.0.0.1" for entry in entries)
    assert all(len(entry.request_id) == 16 for entry in entries)


def test_a_visit_without_an_account_asks_and_writes_nothing(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    client.get("/sign-in")
    assert statements == []
    assert session.scalar(select(func.count()).select_from(UserSession)) == 0


def test_a_form_without_its_token_is_refused(
    client: FlaskClient,
    session: Session,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    make_person(session, email="ana@xaltepec.example")
    assert enter(client, "ana@xaltepec.example").status_code == 400
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = enter(client, "ana@xaltepec.example", csrf_token=token)
    assert answer.status_code == 303
