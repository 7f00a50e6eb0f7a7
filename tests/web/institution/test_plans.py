"""Plans on pages: listed, written by hand, read, amended, closed, given up."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import TrainingPlan
from tests.institutions import (
    appoint,
    enter,
    in_days,
    make_coordinator,
    make_learner,
    make_plan,
    make_post,
    make_unit,
    real_today,
    requirement,
)
from tests.plan_pages import PLANS, plan_fields, text


def test_an_institution_without_plans_is_led_to_the_proposal(
    manager: FlaskClient,
) -> None:
    page = text(manager, PLANS)

    assert "There is no plan yet" in page
    assert f'href="{PLANS}/proposal"' in page


def test_the_list_shows_what_is_in_force_and_what_is_being_written(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    old = make_plan(
        session, town, requirement(budget), series=7, superseded_on=real_today()
    )
    now_in_force = make_plan(session, town, requirement(budget), series=7, version=2)
    draft = make_plan(
        session, town, requirement(budget), series=7, version=3, is_approved=False
    )

    page = text(manager, PLANS)

    for plan, is_listed in ((old, False), (now_in_force, True), (draft, True)):
        assert (f'href="{PLANS}/{plan.id}"' in page) is is_listed
    assert "In force" in page
    assert "Draft" in page


def test_a_plan_is_begun_by_hand(manager: FlaskClient, session: Session) -> None:
    response = manager.post(PLANS, data=plan_fields(hours_budget="120"))

    plan = session.scalars(select(TrainingPlan)).one()
    assert response.status_code == 303
    assert response.headers["Location"] == f"{PLANS}/{plan.id}"
    assert (plan.title, plan.hours_budget, plan.target_bp) == ("Plan 2027", 120, 9000)
    assert "It requires nothing yet" in text(manager, f"{PLANS}/{plan.id}")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"title": "  "}, "Write what the plan is called", id="no title"),
        pytest.param(
            {"ends_on": in_days(-400).isoformat()}, "before it begins", id="reversed"
        ),
        pytest.param(
            {
                "starts_on": in_days(-20).isoformat(),
                "ends_on": in_days(-10).isoformat(),
            },
            "This period is over already",
            id="past",
        ),
        pytest.param({"ends_on": "2027-02-31"}, "There is no such day", id="31 Feb"),
        pytest.param({"ends_on": "20277-01-01"}, "There is no such day", id="20277"),
        pytest.param({"ends_on": "0207-01-01"}, "Check the year", id="the year 207"),
        pytest.param({"target_percent": "0"}, "from 1 to 100", id="no target"),
        pytest.param({"target_percent": "ninety"}, "whole number", id="a word"),
        pytest.param({"hours_budget": "-3"}, "whole number", id="negative hours"),
        pytest.param({"hours_budget": "٣"}, "whole number", id="another script"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    manager: FlaskClient, session: Session, changes: dict[str, str], said: str
) -> None:
    typed = plan_fields(**{"title": "Kept title"} | changes)

    response = manager.post(PLANS, data=typed)

    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert said in page
    for name in ("ends_on", "target_percent", "hours_budget"):
        assert f'value="{typed[name]}"' in page
    assert not session.scalars(select(TrainingPlan)).all()


def test_a_plan_says_whom_it_binds_and_what_it_costs(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    line = requirement(budget, weight=3, recert_months=12, reason_text="The mayor said")
    plan = make_plan(session, town, line, hours_budget=5)

    page = text(manager, f"{PLANS}/{plan.id}")

    for said in (
        "Everyone who has a post",
        "Curso BUDGET",
        "critical",
        "again every 12 months",
        "The mayor said",
        "Ana Robles",
        "1 person",
        "All of it together takes 10 h of the 5 h",
        "5 h too many",
        "In force since",
        "Acuerdo 1",
    ):
        assert said in page


def test_a_line_names_twenty_people_and_counts_the_others(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    post = make_post(session, make_unit(session, town, "Obras"), seats=30)
    for number in range(30):
        appoint(session, make_learner(session, town, f"Person {number:02}"), post)
    line = requirement(budget, audience_kind="post", audience_key=str(post.id))
    plan = make_plan(session, town, line)

    page = text(manager, f"{PLANS}/{plan.id}")

    assert "Person 19" in page
    assert "Person 20" not in page
    assert "and 10 more" in page


def test_the_coordination_reads_a_plan_and_does_not_approve_it(
    client: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)
    enter(client, session, make_coordinator(session))

    page = text(client, f"{PLANS}/{plan.id}")

    assert "The institution approves its own plan" in page
    assert "/approval" not in page
    data = {"revision": "1", "act_reference": "Acuerdo", "act_on": in_days(0)}
    response = client.post(f"{PLANS}/{plan.id}/approval", data=data)
    assert response.status_code == 403
    assert session.get_one(TrainingPlan, plan.id).approved_on is None


def test_name_and_period_of_a_draft_change(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    plan = make_plan(session, town, is_approved=False)
    assert 'value="Plan de capacitación"' in text(manager, f"{PLANS}/{plan.id}/edit")

    response = manager.post(f"{PLANS}/{plan.id}/edit", data=plan_fields(revision="1"))

    assert response.status_code == 303
    assert session.get_one(TrainingPlan, plan.id).title == "Plan 2027"


def test_a_period_does_not_end_before_a_line_is_due(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)
    shorter = plan_fields(revision="1", ends_on=in_days(100).isoformat())

    response = manager.post(f"{PLANS}/{plan.id}/edit", data=shorter)

    assert response.status_code == 422
    assert "due after that day" in response.get_data(as_text=True)


def test_the_second_editor_of_a_plan_sees_both_versions_and_may_save_theirs(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    plan_id = make_plan(session, town, is_approved=False).id
    address = f"{PLANS}/{plan_id}/edit"
    manager.post(address, data=plan_fields(revision="1", title="What the first wrote"))

    second = plan_fields(revision="1", title="What the second wrote", hours_budget="77")
    response = manager.post(address, data=second)

    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "Lucía changed this plan at" in page
    assert 'value="What the second wrote"' in page
    assert 'value="77"' in page
    assert "What the first wrote" in page
    assert 'name="revision" type="hidden" value="2"' in page
    assert session.get_one(TrainingPlan, plan_id).title == "What the first wrote"
    again = manager.post(address, data=second | {"revision": "2"})
    assert again.status_code == 303
    assert session.get_one(TrainingPlan, plan_id).title == "What the second wrote"


def test_who_edits_a_plan_that_was_approved_keeps_what_they_typed(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), revision=2)

    typed = plan_fields(revision="1", title="Typed for an hour")
    response = manager.post(f"{PLANS}/{plan.id}/edit", data=typed)

    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert 'value="Typed for an hour"' in page
    assert "stays on this page, to copy it" in page
    assert "Save mine" not in page


def test_a_plan_of_many_lines_and_people_runs_the_same_statements(
    manager: FlaskClient,
    session: Session,
    town: Institution,
    budget: Course,
    statements: list[str],
) -> None:
    plan_id = make_plan(session, town, requirement(budget)).id
    unit = make_unit(session, town, "Obras")

    def count(path: str) -> int:
        manager.get(path)
        statements.clear()
        assert manager.get(path).status_code == 200
        return len(statements)

    paths = (PLANS, f"{PLANS}/{plan_id}")
    few = [count(path) for path in paths]
    for number in range(40):
        post = make_post(session, unit)
        appoint(session, make_learner(session, town, f"Person {number}"), post)
        line = requirement(budget, audience_kind="post", audience_key=str(post.id))
        line.plan_id, line.ordinal = plan_id, number + 2
        session.add(line)
        make_plan(session, town, requirement(budget))
    session.commit()

    assert [count(path) for path in paths] == few
    assert max(few) <= 12
