"""My required courses: by due date, with their reasons, and one next step."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import CLAIMS_JSON
from conexx_learn.domain.readiness.facts import (
    Audience,
    AudienceKind,
    InstitutionFacts,
)
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.certification import Certificate
from conexx_learn.models.institutions import Membership
from conexx_learn.models.planning import Priority, Requirement
from tests.factories import NOW, make_membership, make_user, sign_in
from tests.institutions import appoint, make_plan, make_post, make_town, make_unit
from tests.sample_claims import make_claims
from tests.sample_institutions import Line, Sketch, san_jacinto, xaltepec
from tests.stored_institutions import Stored, store_institution

TODAY = datetime.now(UTC).astimezone().date()  # noqa: TID251 (the page asks the real clock)


@pytest.fixture
def stored(session: Session) -> Stored:
    return stored_town(session, xaltepec(TODAY))


def stored_town(
    session: Session, known: InstitutionFacts, slug: str = "xaltepec"
) -> Stored:
    """Write an institution whose certificates say what their holders see."""
    stored = store_institution(session, known, slug=slug)
    rows = session.execute(
        select(Certificate, Course.slug).join(
            Course, Course.id == Certificate.course_id
        )
    )
    for row, course in rows:
        claims = make_claims(
            number=row.number,
            course_slug=course,
            issued_on=row.issued_on,
            issued_at=row.issued_at,
            valid_until=row.valid_until,
        )
        row.claims = CLAIMS_JSON.dump_python(claims, mode="json")
    session.flush()
    return stored


def entering(
    client: FlaskClient, session: Session, stored: Stored, person: int
) -> User:
    user = session.get_one(User, stored.people[person])
    sign_in(client, session, user)
    return user


def page(client: FlaskClient, lang: str = "en") -> str:
    response = client.get(f"/me?lang={lang}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def required_list(html: str) -> list[str]:
    """Read the list of required courses back, one text for each."""
    body = html.partition('id="required"')[2].partition("</ol>")[0]
    return [" ".join(words(part)) for part in body.split("<li>")[1:]]


def words(part: str) -> Sequence[str]:
    text = ""
    inside = False
    for sign in part:
        inside = (inside or sign == "<") and sign != ">"
        text += " " if sign in "<>" else "" if inside else sign
    return text.split()


ANA, BETO, CARLA, DIEGO, GRACIELA, HUGO, INES, JACINTA = 1, 2, 3, 4, 7, 8, 9, 10


def test_what_is_unmet_comes_first_by_due_date(
    client: FlaskClient, session: Session, stored: Stored
) -> None:
    entering(client, session, stored, ANA)

    html = page(client)
    listed = required_list(html)

    assert "You still need 3 courses" in html
    assert "About 32 h in all." in html.replace("\xa0", " ")
    assert "PM, Ayuntamiento de Xaltepec de la Sierra" in html
    assert [
        title
        for text in listed
        for title in ("Course 03", "Course 04", "Course 08", "Course 10")
        if title in text.partition("Because")[0]
    ] == ["Course 04", "Course 08", "Course 10", "Course 03"]
    assert "in 29 days" in listed[0]
    assert "In progress, 60 %" in listed[0].replace("\xa0", " ")
    assert "Needs another course" in listed[2]
    assert "It opens when you have completed: Course 02, Course 04." in listed[2]
    assert "It is met until" in listed[3]


def test_each_course_says_why(
    client: FlaskClient, session: Session, stored: Stored
) -> None:
    ana = entering(client, session, stored, ANA)
    priority = Priority(
        institution_id=stored.institution.id,
        rank=2,
        title="Ecoturismo comunitario",
        political_owner="Regidora",
        source_document="Plan 2026",
        created_at=NOW,
    )
    session.add(priority)
    session.flush()
    line = session.scalars(
        select(Requirement).where(Requirement.id == stored.requirements[1201])
    ).one()
    line.priority_id, line.reason_kind, line.reason_text = priority.id, "priority", ""
    session.flush()

    listed = required_list(page(client))
    spanish = required_list(page(client, "es"))

    assert ana.full_name == "Ana"
    assert "Because your post is PM; Priority 2. Ecoturismo comunitario." in listed[0]
    assert "Porque su puesto es PM; Prioridad 2. Ecoturismo comunitario." in spanish[0]


def test_the_next_step_is_the_first_that_can_be_done(
    client: FlaskClient, session: Session, stored: Stored
) -> None:
    entering(client, session, stored, BETO)
    assert 'action="/courses/C3/enrolment"' in page(client)
    assert "Begin again" in page(client)

    entering(client, session, stored, CARLA)
    html = page(client)
    assert "No attempts are left: ask the trainer for another." in html
    assert 'action="/courses/C7/enrolment"' in html

    entering(client, session, stored, DIEGO)
    assert 'href="/courses/C6/module-11"' in page(client)


def test_an_exemption_and_a_suspension_are_told(
    client: FlaskClient, session: Session, stored: Stored
) -> None:
    entering(client, session, stored, GRACIELA)
    html = page(client)
    assert "You lack no required course" in html
    assert "You need not take it until" in html
    assert "On leave." in html

    entering(client, session, stored, HUGO)
    assert "Its certificate is suspended." in page(client)


def test_a_course_that_is_late_says_so(
    client: FlaskClient, session: Session, stored: Stored
) -> None:
    entering(client, session, stored, BETO)

    listed = required_list(page(client))

    assert "16 days late" in listed[0]
    assert "Has expired, overdue" in listed[0]
    assert "The first was due on" in page(client)


def test_who_has_left_owes_nothing(
    client: FlaskClient, session: Session, stored: Stored
) -> None:
    entering(client, session, stored, INES)

    assert "My required courses" not in page(client)


def test_without_a_plan_the_page_is_as_before(
    client: FlaskClient, session: Session
) -> None:
    stored = stored_town(session, san_jacinto(TODAY))
    entering(client, session, stored, 1)

    html = page(client)

    assert "My required courses" not in html
    assert "Begin your first course" in html


def test_two_institutions_ask_for_a_course_once_by_the_earlier_day(
    client: FlaskClient, session: Session, stored: Stored
) -> None:
    ana = entering(client, session, stored, ANA)
    second_home(session, ana, 7, 300)

    listed = required_list(page(client))

    (only,) = [text for text in listed if "Course 08" in text]
    assert "in 7 days" in only
    assert "Second home: Because everybody in a post takes it" in only
    assert "Ayuntamiento de Xaltepec de la Sierra: Because your post is PM" in only
    assert listed.index(only) == 0
    assert "You still need 4 courses" in page(client)


def second_home(session: Session, user: User, *days: int) -> None:
    """Let somebody belong to another institution, which asks C8 and C9 of all."""
    place = make_town(session, "second-home", name="Second home")
    make_membership(session, user, "learner", place)
    appoint(session, user, make_post(session, make_unit(session, place)))
    courses = session.scalars(
        select(Course).where(Course.slug.in_(["C8", "C9"])).order_by(Course.slug)
    )
    make_plan(
        session,
        place,
        *(
            Requirement(
                audience_kind="institution",
                audience_key="",
                course_id=course.id,
                due_on=TODAY + timedelta(days=day),
                weight=2,
                reason_kind="other",
                reason_text="The council wants it",
            )
            for course, day in zip(courses, days, strict=True)
        ),
    )


def test_what_one_learns_for_oneself_stands_apart(
    client: FlaskClient, session: Session
) -> None:
    town = Sketch(TODAY)
    ana = town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.learn(ana, "C9", 20)
    town.plan([Line(Audience(AudienceKind.PERSON, str(ana)), "C1", 30, 1)])
    entering(client, session, stored_town(session, town.facts()), ana)

    html = page(client)

    assert "Of my own interest" in html
    assert "Because it was asked of you in person" in html
    (listed,) = required_list(html)
    assert "Course 01" in listed


def test_fourteen_statements_however_much_is_owed_and_wherever(
    client: FlaskClient, session: Session, stored: Stored, statements: list[str]
) -> None:
    ana = entering(client, session, stored, ANA)
    one = count(client, statements)
    second_home(session, ana, 200, 300)

    assert "Second home" in page(client)
    assert count(client, statements) == one <= 14


def count(client: FlaskClient, statements: list[str]) -> int:
    page(client)
    statements.clear()
    page(client)
    return len(statements)


def test_who_belongs_nowhere_costs_nothing_more(
    client: FlaskClient, session: Session, stored: Stored, statements: list[str]
) -> None:
    sign_in(client, session, make_user(session))

    assert count(client, statements) <= 4


def test_the_plan_of_a_place_that_one_left_is_not_asked_for(
    client: FlaskClient, session: Session, stored: Stored
) -> None:
    ana = entering(client, session, stored, ANA)
    membership = session.scalars(
        select(Membership).where(Membership.user_id == ana.id)
    ).one()
    membership.to_on = TODAY - timedelta(days=1)
    session.flush()

    assert "My required courses" not in page(client)
