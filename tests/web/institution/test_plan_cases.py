"""The worklist of a plan: every kind of case, its ways out, and its reasons."""

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import (
    AcceptedException,
    Requirement,
    TrainingPlan,
)
from tests.institutions import (
    appoint,
    in_days,
    make_course,
    make_learner,
    make_plan,
    make_post,
    make_unit,
    real_today,
    requirement,
)
from tests.plan_pages import PLANS, approve, page


@pytest.fixture
def blocked(session: Session, town: Institution, draft: TrainingPlan) -> TrainingPlan:
    """A draft with a line over an empty unit."""
    unit = make_unit(session, town, "Archivo")
    line = session.scalars(select(Requirement)).one()
    line.audience_kind, line.audience_key = "unit", str(unit.id)
    session.commit()
    return draft


def reason_field(html: str) -> str:
    """Name the only field of a reason on a page."""
    (name,) = {str(one) for one in re.findall(r'name="(accept [^"]+)"', html)}
    return name


def test_a_plan_over_an_empty_unit_is_not_approved_without_a_word(
    manager: FlaskClient, session: Session, blocked: TrainingPlan
) -> None:
    shown = page(manager.get(f"{PLANS}/{blocked.id}"))
    assert "The approval waits for 1 case." in shown
    assert "there is neither person nor seat" in shown

    response = approve(manager, blocked.id)

    assert response.status_code == 422
    assert "Settle this, or say why it stays as it is." in page(response)
    assert 'value="Acuerdo de Cabildo 14/2027"' in page(response)
    assert session.get_one(TrainingPlan, blocked.id).approved_on is None
    assert not session.scalars(select(AcceptedException)).all()


def test_the_reason_goes_with_the_approval(
    manager: FlaskClient, session: Session, blocked: TrainingPlan
) -> None:
    field = reason_field(page(manager.get(f"{PLANS}/{blocked.id}")))

    response = approve(manager, blocked.id, **{field: "The unit opens in May"})

    assert response.status_code == 303
    assert session.get_one(TrainingPlan, blocked.id).approved_on == real_today()
    assert "Accepted: The unit opens in May" in page(
        manager.get(f"{PLANS}/{blocked.id}")
    )


def test_one_case_is_accepted_by_its_own_button(
    manager: FlaskClient, session: Session, blocked: TrainingPlan
) -> None:
    address = f"{PLANS}/{blocked.id}/exceptions"
    field = reason_field(page(manager.get(f"{PLANS}/{blocked.id}")))

    without = manager.post(address, data={"only": field})
    accepted = manager.post(address, data={"only": field, field: "It opens in May"})

    assert without.status_code == 422
    assert "Settle this, or say why" in page(without)
    assert accepted.status_code == 303
    assert session.scalars(select(AcceptedException.reason)).one() == "It opens in May"
    assert "Nothing waits." in page(manager.get(f"{PLANS}/{blocked.id}"))


@pytest.mark.parametrize("name", ["", "accept", "accept empty_audience", "accept x y"])
def test_what_is_no_case_is_not_accepted(
    manager: FlaskClient, session: Session, blocked: TrainingPlan, name: str
) -> None:
    response = manager.post(
        f"{PLANS}/{blocked.id}/exceptions", data={"only": name, name: "A reason"}
    )

    assert response.status_code in {404, 422}
    assert not session.scalars(select(AcceptedException)).all()


def test_every_kind_of_case_is_listed_with_what_can_be_done(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    unit = make_unit(session, town, "Obras")
    undated = make_learner(session, town, "Jacinta Cruz")
    post = make_post(session, unit, "TECH", title="Technician", seats=2)
    appoint(session, undated, post, from_on=None)
    leaving = make_learner(session, town, "Beto Lara")
    appoint(session, leaving, make_post(session, unit, "FIN"), to_on=in_days(20))
    empty = make_unit(session, town, "Archivo")
    long_course = make_course(session, "long", hours=500)
    gone = make_course(session, "gone", is_live=False)
    person = {"audience_kind": "person", "audience_key": str(leaving.id)}
    plan = make_plan(
        session,
        town,
        requirement(budget),
        requirement(budget, **person),
        requirement(long_course, due_on=in_days(30), **person),
        requirement(gone, **person),
        requirement(budget, audience_kind="unit", audience_key=str(empty.id)),
    )

    for path in (f"{PLANS}/{plan.id}", "/institutions/xaltepec/exceptions"):
        shown = page(manager.get(path))
        for said in (
            "Nobody entered since when Jacinta Cruz has been “Technician”.",
            "Enter the date",
            "Beto Lara needs 500 h by",
            "Move the due date",
            "“Curso BUDGET” for “Unit and everything inside it: Archivo”",
            "Choose for whom",
            "nobody can begin this course now",
            "Choose another course",
            "owes “Curso BUDGET” once, though 2 requirements ask for it",
            "A seat of “Technician” is vacant",
            "Fill the seat",
            "Beto Lara is here until",
            "Look at the appointment",
            "Ask somebody else",
            "Exempt",
        ):
            assert said in shown, said
    assert f'href="{PLANS}/{plan.id}/amendment"' in shown


def test_the_ways_out_of_a_case_lead_somewhere(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    leaving = make_learner(session, town, "Beto Lara")
    post = make_post(session, make_unit(session, town, "Obras"), "FIN", seats=2)
    appoint(session, leaving, post, from_on=None, to_on=in_days(20))
    plan = make_plan(
        session,
        town,
        requirement(budget, due_on=in_days(30)),
        is_approved=False,
        ends_on=in_days(300),
    )

    shown = page(manager.get(f"{PLANS}/{plan.id}"))
    ways = re.findall(r'<p class="row no-print">(.*?)</p>', shown)
    addresses = {
        urlsplit(found.replace("&amp;", "&"))._replace(fragment="").geturl()
        for way in ways
        for found in re.findall(r'href="([^"]+)"', way)
    }

    assert len(addresses) >= 4
    for address in addresses:
        assert manager.get(address).status_code == 200, address


def test_a_case_is_accepted_from_the_list_of_all_and_comes_back_there(
    manager: FlaskClient, session: Session, blocked: TrainingPlan
) -> None:
    field = reason_field(page(manager.get("/institutions/xaltepec/exceptions")))

    response = manager.post(
        f"{PLANS}/{blocked.id}/exceptions",
        data={"only": field, field: "It opens in May", "from": "exceptions"},
    )

    assert response.headers["Location"] == "/institutions/xaltepec/exceptions"
    shown = page(manager.get("/institutions/xaltepec/exceptions"))
    assert "Accepted: It opens in May" in shown


def test_without_cases_the_list_says_so(manager: FlaskClient) -> None:
    shown = page(manager.get("/institutions/xaltepec/exceptions"))

    assert "Nothing to settle" in shown
