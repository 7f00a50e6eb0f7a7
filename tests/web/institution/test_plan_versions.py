"""New versions and their changes; closing and giving up after a question."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Requirement, TrainingPlan
from tests.institutions import (
    in_days,
    make_course,
    make_plan,
    real_today,
    requirement,
)
from tests.plan_pages import PLANS, text


def test_a_new_version_is_begun_once_and_shows_what_it_changes(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    design = make_course(session, "design", hours=4)
    kept = requirement(budget, due_on=in_days(100))
    gone = requirement(design)
    old = make_plan(session, town, kept, gone)
    assert "Begin version 2" in text(manager, f"{PLANS}/{old.id}/amendment")

    for _click in range(2):
        response = manager.post(f"{PLANS}/{old.id}/amendment")
    (new,) = session.scalars(
        select(TrainingPlan).where(TrainingPlan.version == 2)
    ).all()
    assert response.headers["Location"] == f"{PLANS}/{new.id}"
    lines = session.scalars(
        select(Requirement).where(Requirement.plan_id == new.id)
    ).all()
    lines[0].due_on, lines[1].course_id = in_days(50), make_course(session, "calls").id
    session.commit()

    page = text(manager, f"{PLANS}/{new.id}/changes")

    for said in ("More is asked", "New", "No longer required", "Ana Robles"):
        assert said in page
    assert "Less is asked" not in page
    assert "Today 0 % of what is required" in page
    assert "Version 2 is being written" in text(manager, f"{PLANS}/{old.id}")


def test_the_first_version_changes_nothing(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    plan = make_plan(session, town)

    page = text(manager, f"{PLANS}/{plan.id}/changes")

    assert "There is no version before this one" in page


def test_a_plan_is_closed_after_a_question(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget))
    assert "1 course that is not met yet" in text(manager, f"{PLANS}/{plan.id}/end")

    response = manager.post(f"{PLANS}/{plan.id}/end", data={"revision": "1"})

    assert response.status_code == 303
    assert session.get_one(TrainingPlan, plan.id).completed_on == real_today()
    assert "Closed on" in text(manager, f"{PLANS}/{plan.id}")


def test_a_draft_is_given_up_after_a_question(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)
    asked = text(manager, f"{PLANS}/{plan.id}/cancellation")
    assert "1 requirement and binds nobody" in asked

    response = manager.post(f"{PLANS}/{plan.id}/cancellation", data={"revision": "1"})

    assert response.status_code == 303
    assert "It had 1 requirement." in text(manager, f"{PLANS}/{plan.id}")


@pytest.mark.parametrize("act", ["end", "cancellation"])
def test_an_act_on_a_plan_that_changed_meanwhile_is_not_done(
    manager: FlaskClient, session: Session, town: Institution, budget: Course, act: str
) -> None:
    in_force = act == "end"
    plan = make_plan(
        session, town, requirement(budget), is_approved=in_force, revision=2
    )

    response = manager.post(f"{PLANS}/{plan.id}/{act}", data={"revision": "1"})

    assert response.status_code == 409
    assert "What you wanted to do is not done" in response.get_data(as_text=True)
    stored = session.get_one(TrainingPlan, plan.id)
    assert (stored.completed_on, stored.cancelled_on) == (None, None)
