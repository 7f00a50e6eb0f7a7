"""Plans of others, and ids of any size, are simply not there."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from tests.institutions import (
    enter,
    make_learner,
    make_plan,
    make_town,
    requirement,
)
from tests.plan_pages import PLANS, plan_fields

GETS = ("", "/edit", "/changes", "/amendment", "/end", "/cancellation")
POSTS = (
    "/edit",
    "/amendment",
    "/end",
    "/cancellation",
    "/approval",
    "/review",
    "/review/end",
    "/exceptions",
    "/requirements",
    "/requirements/1",
    "/requirements/1/removal",
    "/requirements/1/place",
)


@pytest.mark.parametrize(
    "entry", ["0", "-1", "999999", str(2**31), str(2**63), "abc", "%00", "٣"]
)
def test_a_plan_with_such_an_id_is_not_there(manager: FlaskClient, entry: str) -> None:
    for part in GETS:
        assert manager.get(f"{PLANS}/{entry}{part}").status_code == 404, part
    for part in POSTS:
        response = manager.post(
            f"{PLANS}/{entry}{part}", data=plan_fields(revision="1")
        )
        assert response.status_code == 404, part


def test_a_plan_of_another_institution_answers_like_a_missing_one(
    manager: FlaskClient, session: Session, budget: Course
) -> None:
    elsewhere = make_town(session, "izalpa")
    foreign = make_plan(session, elsewhere, requirement(budget), is_approved=False)

    for part in GETS:
        assert manager.get(f"{PLANS}/{foreign.id}{part}").status_code == 404, part
    for part in POSTS:
        response = manager.post(
            f"{PLANS}/{foreign.id}{part}", data=plan_fields(revision="1")
        )
        assert response.status_code == 404, part
    for path in ("", f"/{foreign.id}", "/new", "/proposal"):
        found = manager.get(f"/institutions/izalpa/plans{path}")
        assert found.status_code == 404, path


def test_a_learner_sees_no_plans(
    client: FlaskClient, session: Session, town: Institution
) -> None:
    enter(client, session, make_learner(session, town))

    assert client.get(PLANS).status_code == 404
