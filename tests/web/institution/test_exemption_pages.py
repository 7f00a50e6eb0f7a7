"""Exemptions on pages: given, asked for, decided, ended; nothing foreign."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Exemption
from tests.institutions import (
    appoint,
    enter,
    in_days,
    make_coordinator,
    make_course,
    make_learner,
    make_manager,
    make_plan,
    make_post,
    make_town,
    make_unit,
    real_today,
    requirement,
)

EXEMPTIONS = "/institutions/xaltepec/exemptions"


@pytest.fixture
def town(session: Session) -> Institution:
    """A town whose plan asks an important and a critical course."""
    town = make_town(session)
    lines = [
        requirement(make_course(session, slug), weight=weight)
        for weight, slug in ((2, "important"), (3, "critical"))
    ]
    make_plan(session, town, *lines)
    return town


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    user = make_learner(session, town, "Ana Robles")
    appoint(session, user, make_post(session, make_unit(session, town)))
    return user


def fields(user: User, **changes: str) -> dict[str, str]:
    return {
        "person": str(user.id),
        "course": "important",
        "reason": "On leave",
        "from_on": in_days(0).isoformat(),
        "until_on": in_days(60).isoformat(),
    } | changes


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def test_nobody_is_exempt_at_first(manager: FlaskClient) -> None:
    assert "Nobody is exempt" in page(manager.get(EXEMPTIONS))


def test_a_manager_exempts_and_ends_it(
    manager: FlaskClient, session: Session, ana: User
) -> None:
    chosen = page(manager.get(f"{EXEMPTIONS}/new?person={ana.id}&course=important"))
    assert f'<option selected value="{ana.id}">Ana Robles' in chosen
    assert '<option selected value="important">' in chosen

    response = manager.post(EXEMPTIONS, data=fields(ana))

    assert response.status_code == 303
    shown = page(manager.get(EXEMPTIONS))
    for said in ("Ana Robles: Curso IMPORTANT", "On leave", "given by Lucía", "Exempt"):
        assert said in shown
    row = session.scalars(select(Exemption)).one()
    assert manager.post(f"{EXEMPTIONS}/{row.id}/end").status_code == 303
    assert manager.post(f"{EXEMPTIONS}/{row.id}/end").status_code == 409
    assert "Not given" in page(manager.get(EXEMPTIONS))


def test_what_is_critical_waits_for_the_coordination(
    manager: FlaskClient, session: Session, ana: User
) -> None:
    asked = page(manager.get(f"{EXEMPTIONS}/new?person={ana.id}&course=critical"))
    assert "This course is critical for this person" in asked
    manager.post(EXEMPTIONS, data=fields(ana, course="critical"))
    row_id = session.scalars(select(Exemption.id)).one()
    assert "Waits for the coordination" in page(manager.get(EXEMPTIONS))
    agree = {"decision": "agree"}
    assert (
        manager.post(f"{EXEMPTIONS}/{row_id}/decision", data=agree).status_code == 404
    )

    enter(manager, session, make_coordinator(session))
    assert "Agree" in page(manager.get(EXEMPTIONS))
    done = manager.post(f"{EXEMPTIONS}/{row_id}/decision", data=agree)

    assert done.status_code == 303
    assert "given by Clara" in page(manager.get(EXEMPTIONS))


def test_the_coordination_refuses(
    manager: FlaskClient, session: Session, ana: User
) -> None:
    manager.post(EXEMPTIONS, data=fields(ana, course="critical"))
    row_id = session.scalars(select(Exemption.id)).one()
    enter(manager, session, make_coordinator(session))

    manager.post(f"{EXEMPTIONS}/{row_id}/decision", data={"decision": "refuse"})

    row = session.get_one(Exemption, row_id)
    assert row.refused_at is not None
    assert row.approved_at is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"reason": " "}, "Write why", id="no reason"),
        pytest.param({"reason": "x" * 301}, "too long", id="long"),
        pytest.param(
            {"until_on": in_days(-1).isoformat()},
            "lies before the first",
            id="reversed",
        ),
        pytest.param(
            {"from_on": in_days(-2).isoformat()}, "begins today or later", id="past"
        ),
        pytest.param({"until_on": "2027-02-31"}, "There is no such day", id="31 Feb"),
        pytest.param(
            {"until_on": in_days(2000).isoformat()}, "five years at most", id="too long"
        ),
        pytest.param({"person": "999999"}, "Choose one of the list", id="foreign"),
        pytest.param({"person": "abc"}, "Choose one of the list", id="no number"),
        pytest.param({"course": "other"}, "Choose one of the list", id="unknown"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    manager: FlaskClient,
    session: Session,
    ana: User,
    changes: dict[str, str],
    said: str,
) -> None:
    typed = fields(ana, **changes)

    response = manager.post(EXEMPTIONS, data=typed)

    assert response.status_code == 422
    assert said in page(response)
    assert f'value="{typed["until_on"]}"' in page(response)
    assert not session.scalars(select(Exemption)).all()


def test_who_does_not_owe_the_course_is_not_exempt_from_it(
    manager: FlaskClient, session: Session, town: Institution, ana: User
) -> None:
    idle = make_learner(session, town, "Beto Lara")

    response = manager.post(EXEMPTIONS, data=fields(idle))

    assert response.status_code == 422
    assert "No plan asks this course of this person" in page(response)


def test_foreign_exemptions_are_not_there(
    manager: FlaskClient, session: Session, ana: User
) -> None:
    elsewhere = make_town(session, "izalpa")
    foreign = Exemption(
        institution_id=elsewhere.id,
        user_id=ana.id,
        course_id=session.scalars(select(Course.id)).first(),
        reason="Foreign reason",
        from_on=real_today(),
        until_on=in_days(9),
        asked_at=elsewhere.created_at,
        approved_at=elsewhere.created_at,
    )
    session.add(foreign)
    session.commit()

    assert "Foreign reason" not in page(manager.get(EXEMPTIONS))
    for entry in (foreign.id, 0, 999999, 2**31, 2**63, "abc"):
        assert manager.post(f"{EXEMPTIONS}/{entry}/end").status_code == 404, entry
    for path in ("", "/new"):
        assert manager.get(f"/institutions/izalpa/exemptions{path}").status_code == 404
    enter(manager, session, make_coordinator(session))
    decide = f"{EXEMPTIONS}/{foreign.id}/decision"
    assert manager.post(decide, data={"decision": "agree"}).status_code == 404


def test_without_a_plan_there_is_nothing_to_exempt_from(
    client: FlaskClient, session: Session
) -> None:
    empty = make_town(session, "izalpa")
    enter(client, session, make_manager(session, empty))

    shown = page(client.get("/institutions/izalpa/exemptions/new"))

    assert "There is nothing to exempt from" in shown
