"""From a draft to a plan in force: the act, and the coordination's advice."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import (
    TrainingPlan,
)
from tests.institutions import (
    enter,
    in_days,
    make_coordinator,
)
from tests.plan_pages import PLANS, approve, page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param(
            {"act_reference": " "}, "Write how your papers name the act", id="no act"
        ),
        pytest.param(
            {"act_on": in_days(1).isoformat()}, "still to come", id="of tomorrow"
        ),
        pytest.param({"act_on": "2026-02-30"}, "There is no such day", id="30 Feb"),
        pytest.param({"act_on": "0026-02-03"}, "Check the year", id="the year 26"),
    ],
)
def test_an_approval_needs_its_act(
    manager: FlaskClient,
    session: Session,
    draft: TrainingPlan,
    changes: dict[str, str],
    said: str,
) -> None:
    response = approve(manager, draft.id, **changes)

    assert response.status_code == 422
    assert said in page(response)
    assert session.get_one(TrainingPlan, draft.id).approved_on is None


def test_an_approval_of_what_changed_meanwhile_keeps_what_was_typed(
    manager: FlaskClient, session: Session, draft: TrainingPlan
) -> None:
    draft.revision = 2
    session.commit()

    response = approve(manager, draft.id)

    assert response.status_code == 409
    assert "while you had it open" in page(response)
    assert 'value="Acuerdo de Cabildo 14/2027"' in page(response)
    assert session.get_one(TrainingPlan, draft.id).approved_on is None
    assert approve(manager, draft.id, revision="2").status_code == 303


def test_a_plan_goes_to_the_coordination_and_comes_back_with_its_word(
    manager: FlaskClient, session: Session, draft: TrainingPlan, lucia: User
) -> None:
    address = f"{PLANS}/{draft.id}"
    assert manager.post(f"{address}/review", data={"revision": "1"}).status_code == 303
    assert "In review" in page(manager.get(address))
    assert manager.get(f"{address}/edit").status_code == 409
    note = {"note": "Plan for the new unit too.", "decision": "return"}
    assert manager.post(f"{address}/advice", data=note).status_code == 404
    enter(manager, session, make_coordinator(session))

    empty = manager.post(f"{address}/advice", data={"note": " ", "revision": "2"})
    stale = manager.post(f"{address}/advice", data=note | {"revision": "1"})
    done = manager.post(f"{address}/advice", data=note | {"revision": "2"})

    assert (empty.status_code, stale.status_code, done.status_code) == (422, 409, 303)
    assert "Plan for the new unit too." in page(stale)
    enter(manager, session, lucia)
    shown = page(manager.get(address))
    assert "Plan for the new unit too." in shown
    assert "about an earlier draft" in shown
    assert manager.get(f"{address}/edit").status_code == 200


def test_a_plan_is_taken_back_from_the_coordination(
    manager: FlaskClient, draft: TrainingPlan
) -> None:
    address = f"{PLANS}/{draft.id}"
    manager.post(f"{address}/review", data={"revision": "1"})

    stale = manager.post(f"{address}/review/end", data={"revision": "1"})
    done = manager.post(f"{address}/review/end", data={"revision": "2"})

    assert (stale.status_code, done.status_code) == (409, 303)
    assert "Draft" in page(manager.get(address))


def test_where_advice_is_obligatory_the_next_act_is_to_ask_for_it(
    manager: FlaskClient,
    session: Session,
    town: Institution,
    draft: TrainingPlan,
    lucia: User,
) -> None:
    town.review_is_obligatory = True
    session.commit()
    address = f"{PLANS}/{draft.id}"

    shown = page(manager.get(address))
    assert "Send it to the coordination" in shown
    assert "Approve the plan" not in shown
    assert approve(manager, draft.id).status_code == 409
    manager.post(f"{address}/review", data={"revision": "1"})
    enter(manager, session, make_coordinator(session))
    advised = {"note": "Good.", "decision": "approve", "revision": "2"}
    assert manager.post(f"{address}/advice", data=advised).status_code == 303

    enter(manager, session, lucia)
    assert "Approve the plan" in page(manager.get(address))
    assert approve(manager, draft.id, revision="3").status_code == 303
