"""Registering: for who has a mailbox, for who has none, and what is not told."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.domain.accounts import PRIVACY_VERSION
from conexx_learn.models.accounts import User
from tests.mails import link_in, mails_to
from tests.people import PASSWORD, enter, make_person

ADDRESS = "rosa@xaltepec.example"


def register(client: FlaskClient, **fields: str) -> TestResponse:
    values = {"full_name": "Rosa Díaz", "email": ADDRESS, "password": PASSWORD}
    return client.post("/account/register", data=values | fields)


def account_of(session: Session, email: str = ADDRESS) -> User:
    return session.scalars(select(User).where(User.email == email)).one()


def test_a_person_registers_and_signs_in(client: FlaskClient, session: Session) -> None:
    assert client.get("/account/register").status_code == 200
    answer = register(client)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert enter(client, ADDRESS).status_code == 303
    made = account_of(session)
    assert made.full_name == "Rosa Díaz"
    assert made.privacy_version == PRIVACY_VERSION
    assert made.password is not None
    assert made.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_way_back_goes_on_to_signing_in(client: FlaskClient) -> None:
    answer = register(client, next="/courses/first-steps")
    assert answer.location == "/sign-in?next=/courses/first-steps"


def test_somebody_without_a_mailbox_chooses_a_username(
    client: FlaskClient, session: Session
) -> None:
    assert register(client, email="Rosa.Díaz").status_code == 303
    assert enter(client, "rosa.diaz").status_code == 303
    assert client.get("/account").status_code == 200


def test_an_unconfirmed_address_keeps_nobody_out(
    client: FlaskClient, session: Session
) -> None:
    register(client)
    enter(client, ADDRESS)
    page = client.get("/account").text
    assert "todavía no está confirmado" in page


def test_an_address_is_confirmed_by_a_button_not_by_a_visit(
    client: FlaskClient, session: Session
) -> None:
    register(client)
    path = link_in(mails_to(session, ADDRESS)[0])
    assert client.get(path).status_code == 200
    assert account_of(session).confirmed_at is None
    session.expire_all()
    assert client.post(path).status_code == 303
    session.expire_all()
    assert account_of(session).confirmed_at is not None


def test_a_known_address_is_told_by_mail_alone(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email=ADDRESS)
    known = register(client)
    unknown = register(client, email="nueva@xaltepec.example")
    assert known.status_code == unknown.status_code
    assert known.location == unknown.location
    mail = mails_to(session, ADDRESS)[0]
    assert "already" in mail.subject
    assert account_of(session).full_name == "Ana"


def test_a_taken_username_asks_for_another(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email=None, username="rosa.diaz")
    answer = register(client, email="rosa.diaz")
    assert answer.status_code == 422
    assert "Elija otro" in answer.text
    assert "Rosa Díaz" in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("email", "", id="no-identity"),
        pytest.param("email", "ro@", id="half-an-address"),
        pytest.param("email", "a b", id="spaces"),
        pytest.param("email", "x" * 300, id="endless"),
        pytest.param("full_name", "\u202e", id="invisible-name"),
        pytest.param("password", "corta", id="short-password"),
        pytest.param("password", "passwordpassword", id="guessed-password"),
        pytest.param("password", "rosadiaz2026", id="name-as-password"),
        pytest.param("password", "conexxlearn1", id="product-as-password"),
        pytest.param("password", "ñ" * 129, id="endless-password"),
    ],
)
def test_a_refused_form_keeps_what_was_written(
    client: FlaskClient, session: Session, field: str, value: str
) -> None:
    answer = register(client, **{field: value})
    assert answer.status_code == 422
    assert PASSWORD not in answer.text
    if field != "full_name":
        assert "Rosa Díaz" in answer.text
    assert session.scalar(select(User.id)) is None


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("lluvia sobre tejados azules", id="spaces"),
        pytest.param("пароль из четырёх слов", id="another-script"),
        pytest.param("🌊🌲🚲🍋 mañana temprano", id="pictures"),
        pytest.param("tejado lluvia rana " * 6, id="long"),
    ],
)
def test_any_character_may_stand_in_a_password(
    client: FlaskClient, session: Session, password: str
) -> None:
    assert register(client, password=password).status_code == 303
    assert enter(client, ADDRESS, password).status_code == 303


def test_closed_registration_is_not_there(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "REGISTRATION_OPEN", False)
    assert client.get("/account/register").status_code == 404
    assert register(client).status_code == 404
    assert "/account/register" not in client.get("/sign-in").text
