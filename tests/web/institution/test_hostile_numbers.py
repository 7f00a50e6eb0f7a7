"""Numbers of any length, where a page sends a short one, break nothing."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.institutions import Institution
from tests.institutions import make_course, make_learner, make_plan, requirement

TOWN = "/institutions/xaltepec"
ENDLESS = "9" * 5000
"""More digits than Python reads."""


@pytest.mark.parametrize("number", [ENDLESS, "9" * 30, str(2**63), "-1", "\u0663"])
def test_a_revision_that_no_plan_has_is_an_old_one(
    manager: FlaskClient, session: Session, town: Institution, number: str
) -> None:
    line = requirement(make_course(session, "budget"))
    plan = make_plan(session, town, line, is_approved=False)

    for act in ("cancellation", "review", f"requirements/{line.id}/removal"):
        response = manager.post(
            f"{TOWN}/plans/{plan.id}/{act}", data={"revision": number}
        )
        assert response.status_code == 409, act


@pytest.mark.parametrize("number", [ENDLESS, "9" * 30, str(2**63), "-1", "\u0663"])
@pytest.mark.parametrize("name", ["post", "unit"])
def test_a_filter_by_a_number_that_no_row_has_finds_nothing(
    manager: FlaskClient, name: str, number: str
) -> None:
    for ending in ("", ".csv"):
        response = manager.get(f"{TOWN}/readiness{ending}?{name}={number}")
        assert response.status_code == 404


@pytest.mark.parametrize("number", [ENDLESS, "9" * 30, str(2**63), "-1", "abc"])
def test_what_nobody_was_to_be_told_is_passed_over(
    manager: FlaskClient, session: Session, town: Institution, number: str
) -> None:
    ana = make_learner(session, town)

    response = manager.post(f"{TOWN}/tell/{ana.id}", data={"reminder": number})

    assert response.status_code == 303
