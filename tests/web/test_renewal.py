"""Renewing: offered when it is time, a new cycle each time, nothing reset."""

import io
import json
import re
import zipfile
from datetime import UTC, date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course, LiveVersion
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.services.enrolment import enrol
from tests.factories import make_membership
from tests.institutions import (
    appoint,
    make_plan,
    make_post,
    make_town,
    make_unit,
    requirement,
)
from tests.learning import SMALL, complete_small_course

MONTHS_OF_THE_COURSE = 24


def page(client: FlaskClient) -> str:
    html = client.get("/me/certificates").get_data(as_text=True)
    return re.sub(r"\s+", " ", html)


def certified(session: Session, user: User, *, ends_in: int) -> Certificate:
    """Let somebody complete the course so that its certificate ends in some days."""
    today = now().astimezone(UTC).date()
    end = today + timedelta(days=ends_in)
    year, month = divmod(end.month - 1 - MONTHS_OF_THE_COURSE, 12)
    issued = date(end.year + year, month + 1, min(end.day, 28))
    moment = now().replace(year=issued.year, month=issued.month, day=issued.day)
    complete_small_course(session, user, now=moment)
    row = session.scalars(select(Certificate)).one()
    # The day of the month was cut at 28: the end is what the test is about.
    row.claims = row.claims | {"valid_until": end.isoformat()}
    row.valid_until = end
    session.commit()
    return row


@pytest.mark.parametrize(
    ("ends_in", "is_offered"),
    [
        pytest.param(61, False, id="61 days before"),
        pytest.param(60, True, id="60 days before"),
        pytest.param(0, True, id="the last day"),
        pytest.param(-1, True, id="expired since yesterday"),
    ],
)
def test_a_renewal_is_offered_from_sixty_days_before_the_end(
    signed_in: FlaskClient, session: Session, ana: User, ends_in: int, is_offered: bool
) -> None:
    certified(session, ana, ends_in=ends_in)

    shown = page(signed_in)

    assert ("Renew: Clean water" in shown) is is_offered
    assert ("no time is lost" in shown) is (is_offered and ends_in >= 0)


def test_the_button_begins_a_new_cycle_and_nothing_is_reset(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    row = certified(session, ana, ends_in=30)
    number, until = grouped(row.number), row.valid_until
    action = re.search(r'action="(/courses/[^"]+/enrolment)"', page(signed_in))
    assert action

    assert signed_in.post(action[1]).status_code == 303
    assert signed_in.post(action[1]).status_code == 303

    cycles = session.scalars(select(Enrolment).order_by(Enrolment.cycle)).all()
    assert [(one.cycle, one.ended_at is None) for one in cycles] == [
        (1, False),
        (2, True),
    ]
    shown = page(signed_in)
    assert "Go on with the renewal" in shown
    assert "Renew: Clean water" not in shown
    assert number in shown
    assert session.scalars(select(Certificate.valid_until)).one() == until


def test_done_in_the_window_the_new_one_counts_from_the_old_end(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    old_end = certified(session, ana, ends_in=30).valid_until
    assert old_end is not None
    enrol(session, slug=SMALL, user_id=ana.id, lang="en", now=now())
    complete_small_course(session, ana, now=now())

    newest = session.scalars(
        select(Certificate).order_by(Certificate.id.desc()).limit(1)
    ).one()

    assert newest.valid_until is not None
    assert (newest.valid_until.year, newest.valid_until.month) == (
        old_end.year + 2,
        old_end.month,
    )
    shown = page(signed_in)
    assert "Renew: Clean water" not in shown
    assert shown.count("Certificate number") == 2
    assert "Time 2" in shown


@pytest.mark.parametrize("what", ["revoked", "withdrawn"])
def test_what_was_taken_back_is_not_renewed(
    signed_in: FlaskClient, session: Session, ana: User, what: str
) -> None:
    row = certified(session, ana, ends_in=10)
    if what == "revoked":
        event = CertificateEvent(
            certificate_id=row.id, kind="revoked", at=now(), reason="fraud", note=""
        )
        session.add(event)
    else:
        session.delete(session.scalars(select(LiveVersion)).one())
    session.commit()

    assert "Renew: Clean water" not in page(signed_in)


def test_a_certificate_names_the_plan_that_it_satisfied(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    town = make_town(session)
    make_membership(session, ana, "learner", town)
    appoint(session, ana, make_post(session, make_unit(session, town)))
    course = session.scalars(select(Course)).one()
    lines = requirement(course), requirement(course)
    make_plan(session, town, *lines, title="Plan 2027")
    complete_small_course(session, ana, now=now())

    shown = page(signed_in)

    assert shown.count("Satisfied “Plan 2027”, version 1, of Ayuntamiento") == 1


def test_every_cycle_and_what_it_satisfied_is_in_the_export(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    town = make_town(session)
    make_membership(session, ana, "learner", town)
    appoint(session, ana, make_post(session, make_unit(session, town)))
    course = session.scalars(select(Course)).one()
    make_plan(session, town, requirement(course), title="Plan 2027")
    complete_small_course(session, ana, now=now())
    enrol(session, slug=SMALL, user_id=ana.id, lang="en", now=now())
    complete_small_course(session, ana, now=now())

    response = signed_in.get("/me/data")
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        data = json.loads(archive.read("data.json"))

    numbers = set(session.scalars(select(Certificate.number)))
    cycles = {(row["cycle"], row["certificate"]) for row in data["enrolments"]}
    assert {cycle for cycle, _number in cycles} == {1, 2}
    assert {number for _cycle, number in cycles} == numbers
    assert {row["cycle"] for row in data["modules_read"]} == {1, 2}
    assert {row["course"] for row in data["modules_read"]} == {SMALL}
    assert {row["cycle"] for row in data["attempts"]} == {1, 2}
    satisfied = data["requirements_satisfied"]
    assert {row["number"] for row in satisfied} == numbers
    assert {row["plan"] for row in satisfied} == {"Plan 2027"}
    assert data["exemptions"] == []
