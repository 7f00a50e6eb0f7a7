"""Whom to tell in person: listed by morning, ticked off once, never a foreign one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.cli.reminding import remind
from conexx_learn.domain.readiness.facts import InstitutionFacts
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Exemption
from conexx_learn.models.reminders import Reminder
from conexx_learn.queries.reminders import every_place
from tests.factories import (
    make_institution,
    make_membership,
    make_user,
    sign_in,
)
from tests.sample_institutions import Line, Sketch
from tests.stored_institutions import Stored, store_institution

NOW = datetime.now(UTC)  # noqa: TID251 (the page asks the real clock)
PATH = "/institutions/xaltepec/tell"


def town(people: int = 2) -> InstitutionFacts:
    """Make a town whose first person has a mailbox and whose others have none."""
    sketch = Sketch(NOW.date())
    post = sketch.add_post("PM", sketch.add_unit("Projects"), people)
    for number in range(people):
        sketch.seat(f"Persona {number}", post)
    sketch.plan([Line("PM", "C4", 5, 3), Line("PM", "C8", 90, 2)], approved=-10)
    known = sketch.facts()
    first, *others = known.people
    lone = [
        replace(one, has_mailbox=False, identity=f"persona.{one.id}") for one in others
    ]
    return replace(known, people=(first, *lone))


@pytest.fixture
def stored(session: Session) -> Stored:
    return store_institution(session, town())


@pytest.fixture
def manager(client: FlaskClient, session: Session, stored: Stored) -> FlaskClient:
    sign_in_as_manager(client, session, stored.institution)
    return client


def sign_in_as_manager(
    client: FlaskClient, session: Session, place: Institution
) -> None:
    user = make_user(session, "Lucía", locale="es")
    make_membership(session, user, "manager", place)
    sign_in(client, session, user)


def morning(app: Flask, session: Session) -> None:
    session.commit()
    for one in every_place(session):
        remind(app, one, now=NOW)


def ids(session: Session, user_id: int) -> list[int]:
    return list(session.scalars(select(Reminder.id).where(Reminder.user_id == user_id)))


def untold(session: Session) -> int:
    rows = session.scalars(
        select(Reminder.id).where(Reminder.told_in_person_at.is_(None))
    )
    return len(rows.all())


def test_it_lists_who_has_no_mailbox_and_nobody_else(
    app: Flask, session: Session, manager: FlaskClient
) -> None:
    morning(app, session)

    page = manager.get(PATH).text

    assert "Persona 1" in page
    assert "Persona 0" not in page
    assert page.index("Course 04") < page.index("Course 08")
    assert "Motivo: PM C4" in page


def test_it_lists_who_never_confirmed_their_address(
    app: Flask, session: Session, manager: FlaskClient, stored: Stored
) -> None:
    session.execute(
        update(User).where(User.id == stored.people[1]).values(confirmed_at=None)
    )
    morning(app, session)

    page = manager.get(PATH).text

    assert "Persona 0" in page
    assert page.count("El correo todavía no está confirmado.") == 1


def test_before_the_first_morning_it_is_empty(manager: FlaskClient) -> None:
    assert "No hay a quién avisar" in manager.get(PATH).text


def test_who_was_told_is_ticked_off_once(
    app: Flask, session: Session, manager: FlaskClient, stored: Stored
) -> None:
    morning(app, session)
    person = stored.people[2]
    chosen = {"reminder": ids(session, person)}

    for _ in range(2):
        assert manager.post(f"{PATH}/{person}", data=chosen).status_code == 303

    assert "Persona 1" not in manager.get(PATH).text
    rows = session.scalars(select(Reminder).where(Reminder.user_id == person)).all()
    assert len(rows) == 2
    assert all(row.told_in_person_at for row in rows)


def test_what_came_meanwhile_stays_on_the_list(
    app: Flask, session: Session, manager: FlaskClient, stored: Stored
) -> None:
    morning(app, session)
    first, _second = ids(session, stored.people[2])

    manager.post(f"{PATH}/{stored.people[2]}", data={"reminder": first})

    page = manager.get(PATH).text
    assert "Persona 1" in page
    assert ("Course 04" in page) is not ("Course 08" in page)


def test_what_is_no_longer_so_is_told_no_more(
    app: Flask, session: Session, manager: FlaskClient, stored: Stored
) -> None:
    morning(app, session)
    person = stored.people[2]
    courses = session.scalars(
        select(Reminder.course_id).where(Reminder.user_id == person)
    ).all()
    session.add_all(
        Exemption(
            institution_id=stored.institution.id,
            user_id=person,
            course_id=course_id,
            reason="On leave",
            from_on=NOW.date() - timedelta(days=1),
            until_on=NOW.date() + timedelta(days=300),
            asked_at=NOW,
            approved_at=NOW,
        )
        for course_id in courses
    )
    session.commit()

    assert len(courses) == 2
    assert "Persona 1" not in manager.get(PATH).text


def test_another_towns_people_and_pages_are_not_there(
    app: Flask, session: Session, client: FlaskClient, stored: Stored
) -> None:
    other = make_institution(session, "izalpa")
    sign_in_as_manager(client, session, other)
    morning(app, session)
    person = stored.people[2]
    before = untold(session)
    chosen = {"reminder": ids(session, person)}

    assert client.get(PATH).status_code == 404
    assert client.post(f"{PATH}/{person}", data=chosen).status_code == 404
    foreign = client.post(f"/institutions/izalpa/tell/{person}", data=chosen)

    assert foreign.status_code == 404
    assert untold(session) == before


def test_ids_of_others_in_the_form_change_nothing(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    stored = store_institution(session, town(3))
    sign_in_as_manager(client, session, stored.institution)
    morning(app, session)
    before = untold(session)
    others = ids(session, stored.people[3])

    client.post(f"{PATH}/{stored.people[2]}", data={"reminder": [*others, 0, "x"]})

    assert untold(session) == before


def test_the_page_runs_ten_statements_however_many_it_lists(
    app: Flask, session: Session, client: FlaskClient, statements: list[str]
) -> None:
    stored = store_institution(session, town(12))
    sign_in_as_manager(client, session, stored.institution)
    morning(app, session)
    client.get(PATH)
    statements.clear()

    page = client.get(PATH).text

    assert page.count("Persona") > 20
    assert len(statements) == 10, "\n".join(statements)
