"""Codes on paper: who may hand them over, and to whom."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.models.institutions import Institution
from tests.factories import make_institution, make_membership
from tests.people import enter, make_person

PATH = "/institutions/xaltepec/people/codes"


@pytest.fixture
def xaltepec(session: Session) -> Institution:
    institution = make_institution(session)
    manager = make_person(session, email="manager@xaltepec.example")
    make_membership(session, manager, "manager", institution)
    session.commit()
    return institution


def make_learner(session: Session, institution: Institution, name: str) -> User:
    user = make_person(session, email=None, username=name, full_name=name.title())
    make_membership(session, user, "learner", institution)
    session.commit()
    return user


def codes(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AccessCode)) or 0


def test_a_manager_prints_codes_for_chosen_people(
    client: FlaskClient, session: Session, xaltepec: Institution
) -> None:
    chosen = make_learner(session, xaltepec, "ana")
    make_learner(session, xaltepec, "beto")
    enter(client, "manager@xaltepec.example")
    page = client.get(PATH).text
    assert "Ana" in page
    assert "Beto" in page
    answer = client.post(PATH, data={"person": str(chosen.id)})
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"
    assert codes(session) == 1


def test_nobody_chosen_is_told(
    client: FlaskClient, session: Session, xaltepec: Institution
) -> None:
    make_learner(session, xaltepec, "ana")
    enter(client, "manager@xaltepec.example")
    assert client.post(PATH).status_code == 422
    assert client.post(PATH, data={"person": "abc"}).status_code == 422
    assert codes(session) == 0


def test_people_of_elsewhere_are_not_there(
    client: FlaskClient, session: Session, xaltepec: Institution
) -> None:
    izalpa = make_institution(session, "izalpa", name="Izalpa")
    foreign = make_learner(session, izalpa, "eva")
    enter(client, "manager@xaltepec.example")
    assert "Eva" not in client.get(PATH).text
    assert client.post(PATH, data={"person": str(foreign.id)}).status_code == 422
    foreign_path = "/institutions/izalpa/people/codes"
    assert client.get(foreign_path).status_code == 404
    assert client.post(foreign_path, data={"person": "1"}).status_code == 404
    assert client.get("/institutions/nada/people/codes").status_code == 404


@pytest.mark.parametrize("role", ["learner", "observer", "trainer"])
def test_other_roles_find_no_such_page(
    client: FlaskClient, session: Session, xaltepec: Institution, role: str
) -> None:
    other = make_person(session, email="otra@xaltepec.example")
    make_membership(session, other, role, xaltepec)
    session.commit()
    enter(client, "otra@xaltepec.example")
    assert client.get(PATH).status_code == 404


def test_a_manager_opens_no_account_above_their_own(
    client: FlaskClient, session: Session, xaltepec: Institution
) -> None:
    coordinator = make_learner(session, xaltepec, "coco")
    make_membership(session, coordinator, "coordinator")
    session.commit()
    enter(client, "manager@xaltepec.example")
    assert client.post(PATH, data={"person": str(coordinator.id)}).status_code == 403
    assert codes(session) == 0


def test_a_coordinator_hands_over_everywhere(
    client: FlaskClient, session: Session, xaltepec: Institution
) -> None:
    learner = make_learner(session, xaltepec, "ana")
    coordinator = make_person(session, email="coordinator@conexx.example")
    make_membership(session, coordinator, "coordinator")
    session.commit()
    enter(client, "coordinator@conexx.example")
    answer = client.post(PATH, data={"person": str(learner.id)})
    assert answer.status_code == 200
