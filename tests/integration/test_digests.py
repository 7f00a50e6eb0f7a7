"""Digests: written with their mails, once, in the reader's language."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from conexx_learn.cli.reminding import due_at, remind, remind_in_the_morning
from conexx_learn.domain.readiness.facts import InstitutionFacts
from conexx_learn.models.accounts import OutboxMail, User
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import Requirement
from conexx_learn.models.posts import Appointment
from conexx_learn.models.reminders import Reminder
from conexx_learn.queries.reminders import (
    PlaceToRemind,
    every_place,
    people_to_tell,
)
from conexx_learn.services.mailboxes import confirm_email
from conexx_learn.services.reminders import Kept
from tests.factories import make_membership, make_user
from tests.mails import mails_to
from tests.sample_institutions import AS_OF, Line, Sketch, xaltepec
from tests.stored_institutions import Stored, store_institution

MONDAY = datetime(2026, 11, 16, 15, tzinfo=UTC)
"""Nine in the morning in Mexico, on the day of the samples."""
NOTHING = Kept(mailed=0, in_person=0, weekly=0)


def days_later(count: int) -> datetime:
    return MONDAY + timedelta(days=count)


def place(session: Session, slug: str = "xaltepec") -> PlaceToRemind:
    return next(one for one in every_place(session) if one.place.slug == slug)


def send(
    app: Flask, session: Session, *, now: datetime = MONDAY, slug: str = "xaltepec"
) -> Kept:
    session.commit()
    return remind(app, place(session, slug), now=now)


def ana_owes(due: int = 60, name: str = "Ana") -> InstitutionFacts:
    sketch = Sketch()
    sketch.seat(name, sketch.add_post("PM", sketch.add_unit("Projects")))
    sketch.plan([Line("PM", "C4", due, 3)], approved=-10)
    return sketch.facts()


def without_mailbox(known: InstitutionFacts, person_id: int) -> InstitutionFacts:
    people = [
        replace(one, has_mailbox=False, identity=one.name.lower())
        if one.id == person_id
        else one
        for one in known.people
    ]
    return replace(known, people=people)


def user(session: Session, stored: Stored, person: int = 1) -> User:
    return session.get_one(User, stored.people[person])


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_digest_is_one_mail_and_what_it_told(app: Flask, session: Session) -> None:
    stored = store_institution(session, xaltepec())

    kept = send(app, session)

    assert kept.mailed == count(session, OutboxMail) > 3
    beto = user(session, stored, 2)
    (mail,) = mails_to(session, beto.email or "")
    assert mail.key == f"digest.{beto.id}.2026-11-16"
    told = session.execute(
        select(Reminder.kind, Reminder.about_on).where(Reminder.user_id == beto.id)
    ).all()
    assert len(told) == 3
    assert ("expiry-60", AS_OF + timedelta(days=34)) in told
    # Its certificate ended before the due day: that day counts.
    assert ("overdue-7", AS_OF + timedelta(days=-16)) in told
    assert mail.unsubscribe is None


def test_again_on_the_same_day_nothing_is_written(app: Flask, session: Session) -> None:
    store_institution(session, xaltepec())
    send(app, session)
    before = count(session, OutboxMail), count(session, Reminder)

    assert send(app, session) == NOTHING
    assert send(app, session, now=days_later(1)) == NOTHING
    assert (count(session, OutboxMail), count(session, Reminder)) == before


def test_one_digest_a_day_at_most_and_nothing_is_lost(
    app: Flask, session: Session
) -> None:
    """A line that comes after the morning's digest is told the next morning."""
    stored = store_institution(session, ana_owes())
    send(app, session)
    moved = AS_OF + timedelta(days=69)
    session.execute(update(Requirement).values(due_on=moved))

    assert send(app, session) == NOTHING
    assert send(app, session, now=days_later(1)).mailed == 1
    assert len(mails_to(session, user(session, stored).email or "")) == 2


def test_who_belongs_to_two_institutions_has_one_digest_a_day(
    app: Flask, session: Session
) -> None:
    stored = store_institution(session, ana_owes())
    ana = user(session, stored)
    sketch = Sketch()
    sketch.seat("Anita", sketch.add_post("PM", sketch.add_unit("Projects")))
    sketch.plan([Line("PM", "C8", 90, 3)], approved=-10)
    other = store_institution(session, sketch.facts(), slug="izalpa")
    stand_in = other.people[1]
    for column in (Membership.user_id, Appointment.user_id):
        session.execute(
            update(column.class_).where(column == stand_in).values(user_id=ana.id)
        )

    assert send(app, session).mailed == 1
    assert send(app, session, slug="izalpa") == NOTHING
    assert send(app, session, slug="izalpa", now=days_later(1)).mailed == 1
    assert len(mails_to(session, ana.email or "")) == 2


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        pytest.param("es", "Fecha límite: 15 de enero de 2027", id="Spanish"),
        pytest.param("en", "Due on 15 January 2027", id="English"),
        pytest.param(None, "Fecha límite: 15 de enero de 2027", id="the institution's"),
    ],
)
def test_a_digest_speaks_the_readers_language(
    app: Flask, session: Session, locale: str | None, said: str
) -> None:
    stored = store_institution(session, ana_owes())
    user(session, stored).locale = locale

    send(app, session)

    (mail,) = mails_to(session, user(session, stored).email or "")
    for part in (mail.subject, mail.text, mail.html):
        assert said in part
    assert f'lang="{locale or "es"}"' in mail.html
    assert "http://127.0.0.1:8000/courses/C4" in mail.text
    assert "10\xa0h" in mail.text


def test_long_names_and_markup_stay_what_they_are(app: Flask, session: Session) -> None:
    name = "María de los Ángeles <b>Hernández</b> & Xicoténcatl de la Sierra"
    known = ana_owes()
    long_title = "Presupuesto, cofinanciamiento y análisis financiero " * 3
    courses = {
        slug: replace(course, title=long_title.strip())
        for slug, course in known.courses.items()
    }
    stored = store_institution(session, replace(known, courses=courses))
    ana = user(session, stored)
    ana.full_name = name
    ana.locale = "es"

    send(app, session)

    (mail,) = mails_to(session, ana.email or "")
    assert len(name) > 60
    assert name in " ".join(mail.text.split())
    assert "<b>Hern" not in mail.html
    assert len(mail.subject) <= 200
    lines = [line for line in mail.text.splitlines() if "://" not in line]
    assert max(map(len, lines)) <= 72


def test_who_has_no_mailbox_is_put_on_the_list(app: Flask, session: Session) -> None:
    stored = store_institution(session, without_mailbox(ana_owes(), 1))

    assert send(app, session) == Kept(mailed=0, in_person=1, weekly=0)
    assert send(app, session) == NOTHING

    row = session.scalars(select(Reminder)).one()
    assert (row.user_id, row.told_in_person_at) == (stored.people[1], None)
    assert count(session, OutboxMail) == 0


def test_nothing_is_sent_to_an_address_that_nobody_confirmed(
    app: Flask, session: Session
) -> None:
    """What waited to be told in person is mailed once the address is confirmed."""
    stored = store_institution(session, ana_owes())
    ana, place_id = user(session, stored), stored.institution.id
    ana.confirmed_at = None

    assert send(app, session) == Kept(mailed=0, in_person=1, weekly=0)
    assert count(session, OutboxMail) == 0
    assert people_to_tell(session, institution_id=place_id, day=AS_OF) == {ana.id}

    confirm_email(session, user_id=ana.id, email=ana.email or "", now=MONDAY)

    assert not people_to_tell(session, institution_id=place_id, day=AS_OF)
    assert send(app, session, now=days_later(1)).mailed == 1
    assert len(mails_to(session, ana.email or "")) == 1


def test_a_letter_goes_to_a_confirmed_address_alone(
    app: Flask, session: Session
) -> None:
    stored = store_institution(session, ana_owes())
    lucia = make_user(session, "Lucía", confirmed_at=None)
    make_membership(session, lucia, "manager", stored.institution)

    assert send(app, session).weekly == 0


@pytest.mark.parametrize("change", ["left", "inactive"])
def test_who_is_gone_hears_nothing(app: Flask, session: Session, change: str) -> None:
    stored = store_institution(session, ana_owes())
    if change == "left":
        session.execute(update(Membership).values(to_on=AS_OF - timedelta(days=1)))
    else:
        user(session, stored).active = False

    assert send(app, session) == NOTHING


@pytest.mark.parametrize("wanted", [True, False])
def test_optional_mail_carries_the_way_out_of_it(
    app: Flask, session: Session, wanted: bool
) -> None:
    sketch = Sketch()
    person = sketch.add_person("Ana")
    sketch.certify(person, "C4", -300, until=20)
    stored = store_institution(session, sketch.facts())
    ana = user(session, stored)
    ana.wants_optional_mail = wanted

    assert send(app, session).mailed == int(wanted)

    for mail in mails_to(session, ana.email or ""):
        assert mail.unsubscribe
        assert mail.unsubscribe in mail.text
        assert mail.unsubscribe in mail.html


@pytest.mark.parametrize("sample", [ana_owes, xaltepec])
def test_the_number_of_statements_does_not_grow_with_the_people(
    app: Flask,
    session: Session,
    statements: list[str],
    sample: Callable[[], InstitutionFacts],
) -> None:
    store_institution(session, sample())
    one = place(session)
    session.commit()
    statements.clear()

    due_at(one, now=MONDAY)
    assert len(statements) == 10
    statements.clear()
    remind(app, one, now=MONDAY)

    # Ten to know, two to write, one to note the day.
    assert len(statements) == 13, "\n".join(statements)


# The training manager --------------------------------------------------------------


def manager_of(session: Session, stored: Stored, **values: str) -> User:
    lucia = make_user(session, "Lucía Armenta Cruz", **({"locale": "es"} | values))
    make_membership(session, lucia, "manager", stored.institution)
    return lucia


def test_the_manager_hears_on_mondays_how_it_stands(
    app: Flask, session: Session
) -> None:
    stored = store_institution(session, without_mailbox(xaltepec(), 1))
    lucia = manager_of(session, stored)

    assert send(app, session).weekly == 1

    (mail,) = mails_to(session, lucia.email or "")
    assert "En riesgo" in mail.subject
    flat = " ".join(mail.text.split())
    for said in (
        "el plan termina el 24 de julio de 2027",
        "HAGA ESTO PRIMERO",
        "casos por resolver",
        "Hay que avisar en persona a 1 persona",
        "/institutions/xaltepec/tell",
    ):
        assert said in flat, mail.text


@pytest.mark.parametrize(
    ("days", "letters"),
    [
        pytest.param([0, 0, 1, 6], 1, id="once a week"),
        pytest.param([0, 7], 2, id="every week"),
        pytest.param([1, 2], 0, id="not before the first Monday"),
        pytest.param([-3, 1, 2], 1, id="on Tuesday when Monday was missed"),
    ],
)
def test_a_weekly_letter_comes_once_a_week(
    app: Flask, session: Session, days: list[int], letters: int
) -> None:
    stored = store_institution(session, ana_owes())
    lucia = manager_of(session, stored)

    for offset in days:
        send(app, session, now=days_later(offset))

    assert len(mails_to(session, lucia.email or "")) == letters


def test_a_week_without_change_says_so(app: Flask, session: Session) -> None:
    stored = store_institution(session, ana_owes())
    lucia = manager_of(session, stored, locale="en")

    send(app, session)

    (mail,) = mails_to(session, lucia.email or "")
    assert "Nothing changed." in mail.text


# The clock ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour_in_utc", "written"),
    [
        pytest.param(11, 0, id="before six in Mexico"),
        pytest.param(12, 1, id="at six"),
        pytest.param(23, 1, id="later, after an outage"),
    ],
)
def test_the_clock_writes_in_the_morning_of_the_institution(
    app: Flask, session: Session, hour_in_utc: int, written: int
) -> None:
    store_institution(session, ana_owes())
    session.commit()

    now = MONDAY.replace(hour=hour_in_utc)

    assert remind_in_the_morning(app, now=now) == written
    assert remind_in_the_morning(app, now=now) == 0


def test_the_clock_asks_an_institution_once_a_day(
    app: Flask, session: Session, statements: list[str]
) -> None:
    store_institution(session, ana_owes())
    session.commit()
    remind_in_the_morning(app, now=MONDAY)
    assert session.scalar(select(Institution.reminded_on)) == date(2026, 11, 16)
    statements.clear()

    remind_in_the_morning(app, now=MONDAY + timedelta(hours=1))

    assert len(statements) == 1


def test_one_institution_that_fails_keeps_nobody_else_waiting(
    app: Flask, session: Session
) -> None:
    broken = store_institution(session, ana_owes(), slug="broken")
    broken.institution.default_locale = "xx"
    user(session, broken).locale = "zz"
    healthy = store_institution(session, ana_owes(name="Berta"))
    session.commit()

    with pytest.raises(ExceptionGroup):
        remind_in_the_morning(app, now=MONDAY)

    assert len(mails_to(session, user(session, healthy).email or "")) == 1
    assert session.get_one(Institution, broken.institution.id).reminded_on is None
