"""Joining with a code: invitations and new passwords that need no mail."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.services.access_codes import (
    HandedCode,
    hand_over_code,
)
from tests.factories import make_institution, make_membership
from tests.people import NEW_PASSWORD, PASSWORD, enter, make_person


def test_an_invitation_shows_whose_it_is(
    client: FlaskClient, invitation: HandedCode
) -> None:
    page = client.get(f"/join/{invitation.code}").text
    assert "Ramón Méndez" in page
    assert "Ayuntamiento de Xaltepec de la Sierra" in page
    assert 'value="ramon.mendez"' in page


@pytest.mark.parametrize("username", ["ramon.mendez", "Moncho", ""])
def test_who_joins_is_signed_in_and_comes_back(
    client: FlaskClient, invitation: HandedCode, username: str
) -> None:
    fields = {"username": username, "password": PASSWORD}
    answer = client.post(f"/join/{invitation.code}", data=fields)
    assert (answer.status_code, answer.location) == (303, "/me")
    assert client.get("/account").status_code == 200
    client.post("/sign-out")
    assert enter(client, username or "ramon.mendez").status_code == 303


def test_an_invitation_works_once(client: FlaskClient, invitation: HandedCode) -> None:
    path = f"/join/{invitation.code}"
    client.post(path, data={"password": PASSWORD})
    client.post("/sign-out")
    assert client.get(path).status_code == 404
    answer = client.post(path, data={"password": NEW_PASSWORD})
    assert answer.status_code == 404
    assert enter(client, "ramon.mendez").status_code == 303


def test_an_invitation_runs_out(
    client: FlaskClient, session: Session, invitation: HandedCode
) -> None:
    past = now() - timedelta(seconds=1)
    session.execute(update(AccessCode).values(expires_at=past))
    session.commit()
    assert client.get(f"/join/{invitation.code}").status_code == 404


def test_a_typed_code_leads_to_its_page(
    client: FlaskClient, invitation: HandedCode
) -> None:
    typed = grouped(invitation.code).lower()
    assert client.get("/join").status_code == 200
    answer = client.get("/join", query_string={"code": f" {typed} "})
    assert answer.status_code == 303
    assert "Ramón Méndez" in client.get(answer.location).text


def test_an_unknown_code_may_be_typed_again(client: FlaskClient) -> None:
    answer = client.get("/join/0000-0000")
    assert answer.status_code == 404
    assert 'value="0000-0000"' in answer.text
    assert "mal escrito" in answer.text


def test_a_taken_username_keeps_the_invitation(
    client: FlaskClient, session: Session, invitation: HandedCode
) -> None:
    make_person(session, email=None, username="moncho")
    path = f"/join/{invitation.code}"
    answer = client.post(path, data={"username": "Moncho", "password": PASSWORD})
    assert answer.status_code == 422
    assert 'value="Moncho"' in answer.text
    assert client.post(path, data={"password": PASSWORD}).status_code == 303


def test_a_weak_password_keeps_the_invitation(
    client: FlaskClient, invitation: HandedCode
) -> None:
    path = f"/join/{invitation.code}"
    assert client.post(path, data={"password": "ramonmendez1"}).status_code == 422
    assert client.post(path, data={"password": PASSWORD}).status_code == 303


def test_a_handed_code_opens_an_account_without_a_mailbox(
    client: FlaskClient, session: Session
) -> None:
    institution = make_institution(session)
    user = make_person(session, email=None, username="ana.ruiz")
    make_membership(session, user, "learner", institution)
    manager = Actor(make_person(session).id, [Place(Role.MANAGER, institution.id)])
    handed = hand_over_code(session, user_id=user.id, now=now(), by=manager)
    session.commit()
    assert handed.expires_at - now() < timedelta(hours=24, minutes=1)
    answer = client.post(f"/join/{handed.code}", data={"password": NEW_PASSWORD})
    assert answer.status_code == 303
    client.post("/sign-out")
    assert enter(client, "ana.ruiz").status_code == 422
    assert enter(client, "ana.ruiz", NEW_PASSWORD).status_code == 303


def test_a_code_is_stored_as_its_hash(session: Session, invitation: HandedCode) -> None:
    row = session.query(AccessCode).one()
    assert invitation.code not in row.code_hash
    assert len(row.code_hash) == 64
    assert session.get_one(User, invitation.user_id).password is None
