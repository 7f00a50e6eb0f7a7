"""The calendar at a secret address: right days, sound form, an end to old addresses."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import update
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Membership
from conexx_learn.web.signed_links import calendar_path, optional_mail_path
from tests.factories import make_user, sign_in
from tests.sample_institutions import Line, Sketch, xaltepec
from tests.stored_institutions import Stored, store_institution

NOW = datetime.now(UTC)  # noqa: TID251 (the page asks the real clock)
TODAY = (NOW - timedelta(hours=6)).date()
"""In Mexico."""
LONGEST_LINE = 75
"""Octets, as RFC 5545 3.1 has it."""


def events(client: FlaskClient, path: str) -> list[Any]:
    response = client.get(path)
    assert response.status_code == 200
    assert response.mimetype == "text/calendar"
    return in_calendar(response.data)


def in_calendar(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def path_of(client: FlaskClient, user: User) -> str:
    with client.application.test_request_context():
        return calendar_path(user.id, user.calendar_edition)


def beto(session: Session, stored: Stored) -> User:
    user = session.get_one(User, stored.people[2])
    session.commit()
    return user


def days(found: list[Any]) -> list[tuple[str, date]]:
    return [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in found]


@pytest.mark.parametrize(
    ("locale", "due", "expiry"),
    [
        ("es", "Fecha límite: ", "Último día de la constancia: "),
        ("en", "Due date: ", "Certificate valid until today: "),
    ],
)
def test_it_holds_due_days_and_last_days_of_certificates(
    client: FlaskClient, session: Session, locale: str, due: str, expiry: str
) -> None:
    user = beto(session, store_institution(session, xaltepec(TODAY)))
    user.locale = locale
    session.commit()

    found = events(client, path_of(client, user))

    assert days(found)[:3] == [
        (f"{due}Course 03", TODAY - timedelta(days=16)),
        (f"{expiry}Course 04", TODAY + timedelta(days=34)),
        (f"{due}Course 10", TODAY + timedelta(days=150)),
    ]
    for one in found:
        assert type(one["DTSTART"].dt) is date
        assert one["DTEND"].dt - one["DTSTART"].dt == timedelta(days=1)
        assert one["URL"].startswith("http://127.0.0.1:8000/courses/C")
    assert len({str(one["UID"]) for one in found}) == len(found)


def test_a_day_that_moves_is_the_same_event(
    client: FlaskClient, session: Session
) -> None:
    user = beto(session, store_institution(session, xaltepec(TODAY)))
    path = path_of(client, user)

    first, again = ([str(one["UID"]) for one in events(client, path)] for _ in range(2))

    assert first == again


def test_titles_are_escaped_and_long_lines_are_folded(
    client: FlaskClient, session: Session
) -> None:
    sketch = Sketch(TODAY)
    sketch.seat("Ana", sketch.add_post("PM", sketch.add_unit("Projects")))
    sketch.plan([Line("PM", "C4", 20, 3)], approved=-10)
    known = sketch.facts()
    title = "Presupuesto, « análisis » y; riesgos\\ñ de " + "cooperación " * 8
    courses = {
        slug: replace(course, title=title) for slug, course in known.courses.items()
    }
    stored = store_institution(session, replace(known, courses=courses))
    user = session.get_one(User, stored.people[1])
    session.commit()

    content = client.get(path_of(client, user)).data

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= LONGEST_LINE for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    (only,) = in_calendar(content)
    assert str(only["SUMMARY"]).endswith(title)


@pytest.mark.parametrize("state", ["left", "nowhere"])
def test_who_belongs_nowhere_has_an_empty_calendar(
    client: FlaskClient, session: Session, state: str
) -> None:
    user = make_user(session)
    if state == "left":
        user = beto(session, store_institution(session, xaltepec(TODAY)))
        gone = TODAY - timedelta(days=2)
        session.execute(update(Membership).values(to_on=gone))
    session.commit()

    assert events(client, path_of(client, user)) == []


def test_a_new_address_ends_the_old_one(client: FlaskClient, session: Session) -> None:
    user = make_user(session)
    session.commit()
    old = path_of(client, user)
    sign_in(client, session, user)

    response = client.post("/account/calendar")

    assert response.status_code == 303
    assert client.get(old).status_code == 404
    new = path_of(client, session.get_one(User, user.id))
    assert new != old
    assert client.get(new).status_code == 200
    assert new in client.get("/account").text


@pytest.mark.parametrize("forged", ["x", "WzEsMF0", "WzEsMF0.aaaa", "a" * 500])
def test_a_forged_address_is_not_there(client: FlaskClient, forged: str) -> None:
    assert client.get(f"/calendar/{forged}.ics").status_code == 404


def test_an_address_of_a_mail_opens_no_calendar(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    session.commit()
    with client.application.test_request_context():
        signed = urlsplit(optional_mail_path(user.id)).path.rsplit("/", 1)[1]

    assert client.get(f"/calendar/{signed}.ics").status_code == 404


def test_a_closed_account_has_no_calendar(
    client: FlaskClient, session: Session
) -> None:
    user = make_user(session)
    user.active = False
    session.commit()

    assert client.get(path_of(client, user)).status_code == 404
