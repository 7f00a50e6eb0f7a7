"""The pages of plans: their addresses, what their forms send, what they say."""

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.models.planning import Requirement, TrainingPlan
from tests.institutions import in_days

PLANS = "/institutions/xaltepec/plans"
ACT = {"act_reference": "Acuerdo de Cabildo 14/2027", "act_on": in_days(0).isoformat()}


def page(response: Any) -> str:
    """Return what a page says, with one blank for any run of them."""
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def text(client: FlaskClient, path: str, status: int = 200) -> str:
    """Fetch a page and return what it says."""
    response = client.get(path)
    assert response.status_code == status
    return page(response)


def approve(client: FlaskClient, plan_id: int, **changes: str) -> TestResponse:
    """Send the form that approves a plan."""
    data = ACT | {"revision": "1"} | changes
    return client.post(f"{PLANS}/{plan_id}/approval", data=data)


def plan_fields(**changes: str) -> dict[str, str]:
    """Return what the form of a plan sends."""
    return {
        "title": "Plan 2027",
        "starts_on": in_days(0).isoformat(),
        "ends_on": in_days(365).isoformat(),
        "target_percent": "90",
        "hours_budget": "",
    } | changes


def lines_address(plan: TrainingPlan) -> str:
    """Return where the lines of a plan are added and changed."""
    return f"{PLANS}/{plan.id}/requirements"


def line_fields(**changes: str) -> dict[str, str]:
    """Return what the form of a line sends."""
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


def stored_lines(session: Session) -> list[Requirement]:
    """List the lines of all plans in their order."""
    return list(session.scalars(select(Requirement).order_by(Requirement.ordinal)))
