"""A forgotten password: one link, one hour, one use."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.adapters.clock import now
from tests.mails import link_in, mails_to
from tests.people import NEW_PASSWORD, PASSWORD, enter, make_person

ADDRESS = "ana@xaltepec.example"


def ask(client: FlaskClient, email: str = ADDRESS) -> TestResponse:
    return client.post("/account/forgot", data={"email": email})


@pytest.fixture
def link(client: FlaskClient, session: Session) -> str:
    make_person(session, email=ADDRESS)
    ask(client)
    return link_in(mails_to(session, ADDRESS)[0])


def test_a_link_by_mail_sets_a_new_password(
    client: FlaskClient, session: Session, link: str
) -> None:
    assert client.get(link).status_code == 200
    answer = client.post(link, data={"password": NEW_PASSWORD})
    assert answer.status_code == 303
    assert client.get("/account").status_code == 200
    client.post("/sign-out")
    assert enter(client, ADDRESS).status_code == 422
    assert enter(client, ADDRESS, NEW_PASSWORD).status_code == 303
    assert "password has changed" in mails_to(session, ADDRESS)[1].subject


def test_a_link_works_once(client: FlaskClient, link: str) -> None:
    client.post(link, data={"password": NEW_PASSWORD})
    assert client.get(link).status_code == 409
    answer = client.post(link, data={"password": "una frase distinta otra vez"})
    assert answer.status_code == 409


def test_a_link_dies_after_an_hour(
    client: FlaskClient, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = now() + timedelta(minutes=61)

    def clock(_signer: TimestampSigner) -> int:
        return int(later.timestamp())

    monkeypatch.setattr(TimestampSigner, "get_timestamp", clock)
    assert client.get(link).status_code == 409


@pytest.mark.parametrize("path", ["x", "a.b.c", "ñ"])
def test_a_link_that_is_not_ours_opens_nothing(client: FlaskClient, path: str) -> None:
    assert client.get(f"/account/reset/{path}").status_code == 409


def test_a_new_password_ends_every_other_session(
    client: FlaskClient, app: Flask, link: str
) -> None:
    thief = app.test_client()
    enter(thief, ADDRESS)
    assert thief.get("/account").status_code == 200
    client.post(link, data={"password": NEW_PASSWORD})
    assert thief.get("/account").status_code == 303


def test_the_answer_is_the_same_for_an_unknown_address(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email=ADDRESS)
    pages = []
    for email in (ADDRESS, "nadie@xaltepec.example"):
        answer = ask(client, email)
        assert (answer.status_code, answer.location) == (303, "/sign-in")
        pages.append(client.get("/sign-in").text.split("<main")[1])
    assert pages[0] == pages[1]
    assert mails_to(session, "nadie@xaltepec.example") == []


def test_asking_twice_in_a_row_sends_one_message(
    client: FlaskClient, session: Session, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: datetime = mails_to(session, ADDRESS)[0].created_at
    monkeypatch.setattr("conexx_learn.web.account.recovery.now", lambda: written)
    ask(client)
    assert len(mails_to(session, ADDRESS)) == 1


def test_a_weak_password_is_refused_and_the_link_still_works(
    client: FlaskClient, link: str
) -> None:
    assert client.post(link, data={"password": "corta"}).status_code == 422
    assert client.post(link, data={"password": NEW_PASSWORD}).status_code == 303


def test_the_link_comes_from_the_settings_never_from_the_host(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email=ADDRESS)
    client.post(
        "/account/forgot", data={"email": ADDRESS}, headers={"Host": "localhost:9999"}
    )
    assert "localhost:9999" not in mails_to(session, ADDRESS)[0].text


def test_who_still_waits_with_an_invitation_may_come_in_by_mail(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email=ADDRESS, password=None)
    ask(client)
    path = link_in(mails_to(session, ADDRESS)[0])
    assert client.post(path, data={"password": PASSWORD}).status_code == 303
