"""Two managers at the lines of one plan: the second is told and loses nothing."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Requirement, TrainingPlan
from conexx_learn.models.posts import Post
from tests.institutions import (
    appoint,
    in_days,
    make_course,
    make_learner,
    make_plan,
    make_post,
    make_unit,
    requirement,
)


@pytest.fixture
def post(session: Session, town: Institution) -> Post:
    unit = make_unit(session, town, "Obras")
    post = make_post(session, unit, "PM", title="Project manager")
    appoint(session, make_learner(session, town, "Ana Robles"), post)
    return post


@pytest.fixture
def budget(session: Session) -> Course:
    make_course(session, "gone", is_live=False)
    make_course(session, "later", access="preparation")
    return make_course(session, "budget")


@pytest.fixture
def draft(
    session: Session, town: Institution, post: Post, budget: Course
) -> TrainingPlan:
    design = make_course(session, "design")
    return make_plan(
        session, town, requirement(budget), requirement(design), is_approved=False
    )


def address(plan: TrainingPlan) -> str:
    return f"/institutions/xaltepec/plans/{plan.id}/requirements"


def fields(**changes: str) -> dict[str, str]:
    return {
        "revision": "1",
        "audience": "institution:",
        "course": "budget",
        "due_on": in_days(90).isoformat(),
        "due_days": "",
        "weight": "3",
        "reason": "other",
        "reason_text": "The mayor said",
        "recert_months": "",
        "min_major": "",
        "min_holders": "",
    } | changes


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def lines(session: Session) -> list[Requirement]:
    return list(session.scalars(select(Requirement).order_by(Requirement.ordinal)))


def test_the_second_editor_sees_both_versions_and_may_save_theirs(
    manager: FlaskClient, session: Session, draft: TrainingPlan
) -> None:
    path = f"{address(draft)}/{lines(session)[0].id}"
    line_id = lines(session)[0].id
    manager.post(path, data=fields(reason_text="What the first wrote", weight="1"))

    second = fields(reason_text="What the second wrote", min_holders="5")
    response = manager.post(path, data=second)

    html = page(response)
    assert response.status_code == 409
    assert "Lucía changed this plan at" in html
    assert 'value="What the second wrote"' in html
    assert 'value="5"' in html
    assert "What the first wrote" in html
    assert 'name="revision" type="hidden" value="2"' in html
    assert session.get_one(Requirement, line_id).reason_text == "What the first wrote"
    assert manager.post(path, data=second | {"revision": "2"}).status_code == 303
    assert session.get_one(Requirement, line_id).reason_text == "What the second wrote"


def test_a_line_that_was_removed_meanwhile_can_be_added_anew(
    manager: FlaskClient, session: Session, draft: TrainingPlan
) -> None:
    path = f"{address(draft)}/{lines(session)[0].id}"
    assert manager.post(f"{path}/removal", data={"revision": "1"}).status_code == 303

    response = manager.post(path, data=fields(reason_text="Typed for an hour"))

    html = page(response)
    assert response.status_code == 409
    assert 'value="Typed for an hour"' in html
    assert "was removed" in html
    assert f'action="{address(draft)}"' in html
    again = fields(revision="2", reason_text="Typed for an hour")
    assert manager.post(address(draft), data=again).status_code == 303
    assert [line.reason_text for line in lines(session)][-1] == "Typed for an hour"


def test_who_adds_to_a_plan_that_was_approved_keeps_what_they_typed(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), revision=2)

    response = manager.post(address(plan), data=fields(reason_text="Typed long"))

    html = page(response)
    assert response.status_code == 409
    assert 'value="Typed long"' in html
    assert "to copy it" in html
    assert '<button class="button">Save' not in html
    assert len(lines(session)) == 1


@pytest.mark.parametrize("act", ["removal", "place"])
def test_a_click_on_an_old_page_is_told_and_does_nothing(
    manager: FlaskClient, session: Session, draft: TrainingPlan, act: str
) -> None:
    draft.revision = 2
    session.commit()
    before = [line.id for line in lines(session)]

    response = manager.post(
        f"{address(draft)}/{before[0]}/{act}",
        data={"revision": "1", "direction": "down"},
    )

    assert response.status_code == 409
    assert "What you wanted to do is not done" in page(response)
    assert [line.id for line in lines(session)] == before
