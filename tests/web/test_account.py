"""My account: what a person changes alone, and what asks for the password again."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User, UserSession
from conexx_learn.models.institutions import Membership
from tests.factories import make_membership
from tests.mails import link_in, mails_to
from tests.people import NEW_PASSWORD, PASSWORD, enter, make_person

ADDRESS = "ana@xaltepec.example"


@pytest.fixture
def ana(client: FlaskClient, session: Session) -> User:
    user = make_person(session, email=ADDRESS, full_name="Ana Ruiz")
    enter(client, ADDRESS)
    return user


def fresh(session: Session, user: User) -> User:
    return session.scalars(
        select(User).where(User.id == user.id),
        execution_options={"populate_existing": True},
    ).one()


def test_a_visitor_is_sent_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/account")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/account")


def test_the_page_is_never_kept(client: FlaskClient, ana: User) -> None:
    assert client.get("/account").headers["Cache-Control"] == "no-store"


def test_the_name_takes_its_accents(
    client: FlaskClient, session: Session, ana: User
) -> None:
    fields = {"name-full_name": "ANA RUÍZ"}
    assert client.post("/account/name", data=fields).status_code == 303
    assert fresh(session, ana).full_name == "ANA RUÍZ"


def test_another_name_is_for_the_manager(
    client: FlaskClient, session: Session, ana: User
) -> None:
    answer = client.post("/account/name", data={"name-full_name": "Eva Luna"})
    assert answer.status_code == 422
    assert "Eva Luna" in answer.text
    assert fresh(session, ana).full_name == "Ana Ruiz"


def test_the_language_is_kept(client: FlaskClient, session: Session, ana: User) -> None:
    answer = client.post("/account/language", data={"language-locale": "es"})
    assert (answer.status_code, answer.location) == (303, "/account?lang=es")
    assert fresh(session, ana).locale == "es"
    refused = client.post("/account/language", data={"language-locale": "xx"})
    assert refused.status_code == 422


def test_a_new_address_counts_once_it_is_confirmed(
    client: FlaskClient, session: Session, ana: User
) -> None:
    new = "ana.ruiz@izalpa.example"
    fields = {"email-email": new, "email-current_password": PASSWORD}
    assert client.post("/account/email", data=fields).status_code == 303
    assert fresh(session, ana).email == ADDRESS
    assert len(mails_to(session, ADDRESS)) == 1
    client.post(link_in(mails_to(session, new)[0]))
    assert fresh(session, ana).email == new
    assert fresh(session, ana).confirmed_at is not None


@pytest.mark.parametrize(
    "known",
    [
        {"email": None, "username": "ana.ruiz"},
        {"email": ADDRESS, "username": "ana.ruiz", "confirmed_at": None},
    ],
    ids=["no address", "not confirmed"],
)
def test_who_gets_no_reminders_by_mail_reads_who_tells_them(
    client: FlaskClient, session: Session, known: dict[str, str | None]
) -> None:
    make_person(session, **known)
    enter(client, "ana.ruiz")

    page = client.get("/account?lang=en").text

    assert "your training manager tells you in person" in page
    assert ("not confirmed yet" in page) is (known["email"] is not None)


def test_who_confirmed_an_address_reads_of_no_manager(
    client: FlaskClient, ana: User
) -> None:
    assert "tells you in person" not in client.get("/account?lang=en").text


def test_an_old_link_brings_no_old_address_back(
    client: FlaskClient, session: Session, ana: User
) -> None:
    first, second = "first@xaltepec.example", "second@xaltepec.example"
    for address in (first, second):
        fields = {"email-email": address, "email-current_password": PASSWORD}
        client.post("/account/email", data=fields)
    client.post(link_in(mails_to(session, second)[0]))

    answer = client.post(link_in(mails_to(session, first)[0]))

    assert answer.status_code == 409
    assert fresh(session, ana).email == second


def test_who_has_no_mailbox_may_add_one(client: FlaskClient, session: Session) -> None:
    user = make_person(session, email=None, username="ana.ruiz")
    enter(client, "ana.ruiz")
    fields = {"email-email": ADDRESS, "email-current_password": PASSWORD}
    client.post("/account/email", data=fields)
    client.post(link_in(mails_to(session, ADDRESS)[0]))
    assert fresh(session, user).email == ADDRESS


def test_somebody_elses_address_is_told_to_them_alone(
    client: FlaskClient, session: Session, ana: User
) -> None:
    make_person(session, email="otra@xaltepec.example")
    fields = {
        "email-email": "otra@xaltepec.example",
        "email-current_password": PASSWORD,
    }
    assert client.post("/account/email", data=fields).status_code == 303
    mail = mails_to(session, "otra@xaltepec.example")[0]
    assert "/account/confirm" not in mail.text


def test_a_new_password_goes_on_here_and_ends_the_others(
    client: FlaskClient, session: Session, app: Flask, ana: User
) -> None:
    other = app.test_client()
    enter(other, ADDRESS)
    fields = {
        "password-current_password": PASSWORD,
        "password-password": NEW_PASSWORD,
    }
    assert client.post("/account/password", data=fields).status_code == 303
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert enter(other, ADDRESS).status_code == 422
    assert enter(other, ADDRESS, NEW_PASSWORD).status_code == 303
    assert len(mails_to(session, ADDRESS)) == 1


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("email", {"email-email": "x@izalpa.example"}),
        ("password", {"password-password": NEW_PASSWORD}),
        ("erasure", {}),
    ],
    ids=["email", "password", "erasure"],
)
@pytest.mark.parametrize("typed", ["", "no es esta"], ids=["nothing", "wrong"])
def test_grave_changes_ask_for_the_password_again(
    client: FlaskClient,
    session: Session,
    ana: User,
    path: str,
    fields: dict[str, str],
    typed: str,
) -> None:
    proof = {f"{path}-current_password": typed}
    answer = client.post(f"/account/{path}", data=fields | proof)
    assert answer.status_code == 422
    now = fresh(session, ana)
    assert (now.email, now.active, now.password) == (ADDRESS, True, ana.password)


def test_one_ends_one_session_and_all_others(
    client: FlaskClient, session: Session, app: Flask, ana: User
) -> None:
    others = [app.test_client() for _ in range(2)]
    for other in others:
        enter(other, ADDRESS)
    with others[0].session_transaction() as kept:
        token = kept["sid"]
    page = client.get("/account").text
    stored = [
        row.token_hash
        for row in session.scalars(select(UserSession))
        if row.token_hash in page
    ]
    assert len(stored) == 2
    assert token not in page
    client.post("/account/sessions/end", data={"session": stored[0]})
    assert session.scalar(select(func.count()).select_from(UserSession)) == 2
    client.post("/account/sessions/end-others")
    assert client.get("/account").status_code == 200
    assert all(other.get("/account").status_code == 303 for other in others)


def test_nobody_ends_the_session_of_another(
    client: FlaskClient, session: Session, app: Flask, ana: User
) -> None:
    make_person(session, email="otra@xaltepec.example")
    other = app.test_client()
    enter(other, "otra@xaltepec.example")
    for row in session.scalars(select(UserSession)).all():
        if row.user_id != ana.id:
            client.post("/account/sessions/end", data={"session": row.token_hash})
    assert other.get("/account").status_code == 200


def test_erasure_forgets_who_it_was(
    client: FlaskClient, session: Session, ana: User
) -> None:
    fields = {"erasure-current_password": PASSWORD}
    assert client.post("/account/erasure", data=fields).status_code == 303
    gone = fresh(session, ana)
    assert (gone.email, gone.active, gone.password) == (None, False, None)
    assert "Ana" not in gone.full_name
    assert session.scalar(select(func.count()).select_from(UserSession)) == 0
    assert client.get("/account").status_code == 303
    assert enter(client, ADDRESS).status_code == 422


def test_the_last_coordinator_cannot_leave(
    client: FlaskClient, session: Session, ana: User
) -> None:
    make_membership(session, ana, "coordinator")
    session.commit()
    fields = {"erasure-current_password": PASSWORD}
    assert client.post("/account/erasure", data=fields).status_code == 409
    make_membership(session, make_person(session), "coordinator")
    session.commit()
    assert client.post("/account/erasure", data=fields).status_code == 303
    ended = select(Membership.to_on).where(Membership.user_id == ana.id)
    assert session.scalar(ended) is not None
