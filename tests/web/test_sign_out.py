"""Signing out: the session is dead, also in a copied cookie."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import UserSession
from tests.people import enter, make_person


def test_signing_out_ends_the_session(client: FlaskClient, session: Session) -> None:
    make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example")
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/account").status_code == 303
    assert session.scalar(select(func.count()).select_from(UserSession)) == 0


def test_a_copied_cookie_is_dead_after_signing_out(
    client: FlaskClient, session: Session, app: Flask
) -> None:
    make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example")
    copied = client.get_cookie("session")
    assert copied is not None
    client.post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("session", copied.value)
    assert thief.get("/account").status_code == 303


def test_a_link_signs_nobody_out(client: FlaskClient, session: Session) -> None:
    make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example")
    assert client.get("/sign-out").status_code == 405
    assert client.get("/account").status_code == 200


def test_a_visitor_may_sign_out_too(client: FlaskClient) -> None:
    assert client.post("/sign-out").status_code == 303


def test_a_shared_computer_forgets_what_it_kept(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example", shared="y")
    answer = client.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_ones_own_computer_keeps_what_it_has(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email="ana@xaltepec.example")
    enter(client, "ana@xaltepec.example")
    assert "Clear-Site-Data" not in client.post("/sign-out").headers
