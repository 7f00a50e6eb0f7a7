"""Who writes a course: added, let go, and what others may not."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.queries.course_authors import authors_of
from tests.factories import make_membership, make_user, sign_in

COURSE = "agua-segura"
AT = f"/trainer/courses/{COURSE}/authors"


@pytest.fixture
def nerea(session: Session) -> User:
    person = make_user(session, "Nerea Otxoa")
    make_membership(session, person, "trainer")
    return person


@pytest.fixture
def desk(client: FlaskClient, session: Session, app: Flask) -> FlaskClient:
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    session.commit()
    client.post("/trainer/courses/new", data={"title": "Agua segura", "language": "es"})
    return client


def names(session: Session) -> list[str]:
    return [author.full_name for author in authors_of(session, COURSE)]


def test_another_trainer_writes_too(
    desk: FlaskClient, session: Session, nerea: User
) -> None:
    answer = desk.post(AT, data={"identity": f" {str(nerea.email).upper()} "})

    assert answer.status_code == 303
    assert names(session) == ["Iker Zabala", "Nerea Otxoa"]
    desk.post(AT, data={"identity": str(nerea.email)})
    assert len(names(session)) == 2


@pytest.mark.parametrize("identity", ["", "nobody@xaltepec.example", "x" * 400])
def test_only_a_trainer_can_be_added(
    desk: FlaskClient, session: Session, identity: str
) -> None:
    answer = desk.post(f"{AT}?lang=en", data={"identity": identity})

    assert answer.status_code == 422
    assert "No trainer has this" in answer.text
    assert names(session) == ["Iker Zabala"]


def test_a_learner_cannot_be_made_an_author(
    desk: FlaskClient, session: Session
) -> None:
    learner = make_user(session, "Ana")
    session.commit()

    assert desk.post(AT, data={"identity": str(learner.email)}).status_code == 422


def test_an_author_goes_but_never_the_last_one(
    desk: FlaskClient, session: Session, nerea: User
) -> None:
    desk.post(AT, data={"identity": str(nerea.email)})
    desk.post(f"{AT}/{nerea.id}/removal")
    assert names(session) == ["Iker Zabala"]

    me = authors_of(session, COURSE)[0].user_id
    page = desk.post(f"{AT}/{me}/removal?lang=en", follow_redirects=True).text
    assert "only one who writes" in page
    assert names(session) == ["Iker Zabala"]


def test_who_writes_something_else_sees_no_team(
    client: FlaskClient, desk: FlaskClient, session: Session, nerea: User
) -> None:
    sign_in(client, session, nerea)

    assert client.get(AT).status_code == 404
    assert client.post(AT, data={"identity": str(nerea.email)}).status_code == 404
    assert client.post(f"{AT}/{nerea.id}/removal").status_code == 404
