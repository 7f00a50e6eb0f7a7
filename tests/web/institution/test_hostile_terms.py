"""A person is in a post once at a time, by whatever door the days are changed."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.appointments import Term
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution
from conexx_learn.models.posts import Appointment, Post
from conexx_learn.services.appointments import term_of
from tests.institutions import (
    appoint,
    in_days,
    make_learner,
    make_post,
    make_unit,
)

PEOPLE = "/institutions/xaltepec/people"


@pytest.fixture
def chief(session: Session, town: Institution) -> Post:
    return make_post(session, make_unit(session, town), "HEAD", title="Jefatura")


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    return make_learner(session, town, "Ana Ruiz")


def terms(session: Session) -> list[Term]:
    rows = session.scalars(select(Appointment).order_by(Appointment.id))
    return [term_of(row) for row in rows]


def overlapping(session: Session) -> bool:
    first, second = terms(session)
    return first.overlaps(second)


def end(client: FlaskClient, ana: User, appointment_id: int, last_day: date) -> int:
    path = f"{PEOPLE}/{ana.id}/appointments/{appointment_id}/end"
    data = {"end-last_day": last_day.isoformat()}
    return client.post(path, data=data).status_code


def test_an_end_is_not_moved_into_the_next_time_in_the_same_post(
    manager: FlaskClient, session: Session, chief: Post, ana: User
) -> None:
    first = appoint(session, ana, chief, to_on=in_days(-100))
    appoint(session, ana, chief, from_on=in_days(-50))

    assert end(manager, ana, first.id, in_days(-10)) == 422
    assert not overlapping(session)


def test_nobody_stays_longer_than_their_post(
    manager: FlaskClient, session: Session, chief: Post, ana: User
) -> None:
    row = appoint(session, ana, chief, to_on=in_days(-100))
    chief.active_to = in_days(-90)
    session.commit()

    assert end(manager, ana, row.id, in_days(-10)) == 303
    assert [term.to_on for term in terms(session)] == [in_days(-90)]


def test_who_comes_back_is_not_in_a_post_twice(
    manager: FlaskClient, session: Session, chief: Post, ana: User
) -> None:
    appoint(session, ana, chief)
    leaving = {"last_day": in_days(5).isoformat()}
    assert manager.post(f"{PEOPLE}/{ana.id}/leaving", data=leaving).status_code == 303
    again = {"new-post": str(chief.id), "new-from_on": in_days(6).isoformat()}
    path = f"{PEOPLE}/{ana.id}/appointments"
    assert manager.post(path, data=again | {"new-kind": "holder"}).status_code == 303

    assert manager.post(f"{PEOPLE}/{ana.id}/return").status_code == 303
    assert not overlapping(session)


def test_who_comes_back_finds_a_closed_post_closed(
    manager: FlaskClient, session: Session, chief: Post, ana: User
) -> None:
    appoint(session, ana, chief)
    closing = {"last_day": in_days(5).isoformat()}
    manager.post(f"{PEOPLE}/{ana.id}/leaving", data=closing)
    path = f"/institutions/xaltepec/posts/{chief.id}/closing"
    assert manager.post(path, data=closing).status_code == 303

    assert manager.post(f"{PEOPLE}/{ana.id}/return").status_code == 303
    assert [term.to_on for term in terms(session)] == [in_days(5)]
