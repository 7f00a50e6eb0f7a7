"""Lines of a draft on pages: a form without a script, and nothing that is lost."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Priority, Requirement, TrainingPlan
from conexx_learn.models.posts import Post
from tests.factories import NOW
from tests.institutions import (
    in_days,
    make_learner,
    make_plan,
    make_post,
    make_town,
    make_unit,
    requirement,
)
from tests.plan_pages import line_fields, lines_address, page, stored_lines


def options(html: str, name: str) -> list[str]:
    select_box = re.search(rf'<select[^>]*name="{name}".*?</select>', html)
    assert select_box
    return re.findall(r'<option (?:selected )?value="([^"]*)"', select_box[0])


def test_the_form_offers_whom_and_what_there_is(
    manager: FlaskClient, session: Session, town: Institution, two_lines: TrainingPlan
) -> None:
    closed = make_unit(session, town, "Archivo")
    make_post(session, closed, "FIN", title="Old", active_to=in_days(-1))
    make_learner(session, make_town(session, "izalpa"), "Foreign Person")
    priority = Priority(
        institution_id=town.id,
        rank=1,
        title="Water",
        political_owner="Mayor",
        source_document="Plan",
        created_at=NOW,
    )
    session.add(priority)
    session.commit()

    html = page(manager.get(f"{lines_address(two_lines)}/new"))

    audiences = options(html, "audience")
    assert audiences[:3] == ["institution:", "pmu:", "profile:PM"]
    kinds = [one.partition(":")[0] for one in audiences]
    assert (kinds.count("post"), kinds.count("unit"), kinds.count("person")) == (
        1,
        2,
        2,
    )
    assert options(html, "course") == ["budget", "design", "later"]
    assert options(html, "reason") == [f"priority:{priority.id}", "profile", "other"]
    assert "Foreign Person" not in html


def test_a_line_is_added(
    manager: FlaskClient, session: Session, two_lines: TrainingPlan, works: Post
) -> None:
    data = line_fields(audience=f"post:{works.id}", recert_months="12", min_holders="2")

    response = manager.post(lines_address(two_lines), data=data)

    assert response.status_code == 303
    line = stored_lines(session)[-1]
    assert (line.audience_kind, line.audience_key) == ("post", str(works.id))
    assert (line.weight, line.recert_months, line.min_holders) == (3, 12, 2)
    assert (line.due_on, line.reason_text) == (in_days(90), "The mayor said")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"due_on": ""}, "one of the two", id="no day"),
        pytest.param({"due_days": "30"}, "one of the two", id="two days"),
        pytest.param({"due_on": in_days(-1).isoformat()}, "has passed", id="yesterday"),
        pytest.param(
            {"due_on": in_days(331).isoformat()}, "after the end of the plan", id="late"
        ),
        pytest.param({"due_on": "2027-02-31"}, "There is no such day", id="31 Feb"),
        pytest.param({"reason_text": "  "}, "Write the reason", id="no reason"),
        pytest.param({"reason_text": "x" * 301}, "This is too long", id="long"),
        pytest.param({"weight": "4"}, "Not a valid choice", id="weight 4"),
        pytest.param({"recert_months": "121"}, "possible here", id="121 months"),
        pytest.param({"due_on": "", "due_days": "3651"}, "possible here", id="years"),
        pytest.param({"audience": "post:999999"}, "Choose one of", id="foreign post"),
        pytest.param({"audience": "fate:1"}, "Choose one of", id="unknown kind"),
        pytest.param({"course": "gone"}, "Choose one of", id="withdrawn"),
        pytest.param({"course": "nothing"}, "Choose one of", id="unknown course"),
        pytest.param({"reason": "priority:9"}, "Choose one of", id="no priority"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    manager: FlaskClient,
    session: Session,
    two_lines: TrainingPlan,
    changes: dict[str, str],
    said: str,
) -> None:
    typed = line_fields(**{"min_major": "7"} | changes)

    response = manager.post(lines_address(two_lines), data=typed)

    assert response.status_code == 422
    assert said in page(response)
    assert 'value="7"' in page(response)
    assert len(stored_lines(session)) == 2


def test_a_line_is_opened_as_it_is_stored_and_saved_unchanged(
    manager: FlaskClient, session: Session, town: Institution, two_lines: TrainingPlan
) -> None:
    gone = session.scalars(select(Course).where(Course.slug == "gone")).one()
    retired = Priority(
        institution_id=town.id,
        rank=1,
        title="Roads",
        political_owner="Mayor",
        source_document="Plan",
        created_at=NOW,
        retired_on=in_days(-1),
    )
    session.add(retired)
    session.flush()
    line = stored_lines(session)[0]
    line.course_id, line.due_on, line.weight = gone.id, in_days(-5), 1
    line.reason_kind, line.priority_id = "priority", retired.id
    line.reason_text = "Because of the bridge"
    session.commit()
    line_id = line.id

    html = page(manager.get(f"{lines_address(two_lines)}/{line_id}"))
    assert f'<option selected value="priority:{retired.id}"' in html
    assert '<option selected value="gone"' in html
    assert 'value="Because of the bridge"' in html
    response = manager.post(
        f"{lines_address(two_lines)}/{line_id}",
        data=line_fields(
            course="gone",
            due_on=in_days(-5).isoformat(),
            weight="1",
            reason=f"priority:{retired.id}",
            reason_text="Because of the bridge",
        ),
    )

    assert response.status_code == 303
    stored = session.get_one(Requirement, line_id)
    assert (stored.course_id, stored.due_on) == (gone.id, in_days(-5))
    assert (stored.priority_id, stored.reason_text) == (
        retired.id,
        "Because of the bridge",
    )


@pytest.mark.parametrize(
    ("direction", "order"),
    [
        pytest.param("down", ["design", "budget"], id="down"),
        pytest.param("up", ["budget", "design"], id="up at the top"),
        pytest.param("sideways", ["design", "budget"], id="anything else is down"),
    ],
)
def test_a_line_moves_without_a_script(
    manager: FlaskClient,
    session: Session,
    two_lines: TrainingPlan,
    direction: str,
    order: list[str],
) -> None:
    slugs = {row.id: row.slug for row in session.scalars(select(Course))}
    first = stored_lines(session)[0].id

    response = manager.post(
        f"{lines_address(two_lines)}/{first}/place",
        data={"revision": "1", "direction": direction},
    )

    assert response.status_code == 303
    assert response.headers["Location"].endswith(f"#line-{first}")
    assert [slugs[line.course_id] for line in stored_lines(session)] == order


def test_a_line_of_another_plan_or_institution_is_not_there(
    manager: FlaskClient, session: Session, town: Institution, two_lines: TrainingPlan
) -> None:
    budget = session.scalars(select(Course).where(Course.slug == "budget")).one()
    other = make_plan(session, town, requirement(budget), is_approved=False)
    foreign = make_plan(
        session, make_town(session, "izalpa"), requirement(budget), is_approved=False
    )
    ids = session.scalars(
        select(Requirement.id).where(Requirement.plan_id.in_((other.id, foreign.id)))
    ).all()

    for entry in (*ids, 0, 999999, 2**31, 2**63, "abc"):
        path = f"{lines_address(two_lines)}/{entry}"
        assert manager.get(path).status_code == 404, entry
        for revision in ("1", "0"):
            data = line_fields(revision=revision)
            assert manager.post(path, data=data).status_code == 404, entry
        for act in ("removal", "place"):
            response = manager.post(f"{path}/{act}", data={"revision": "1"})
            assert response.status_code == 404, entry


def test_a_line_of_a_plan_in_force_is_not_edited(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget))
    line_id = stored_lines(session)[0].id

    assert manager.get(f"{lines_address(plan)}/{line_id}").status_code == 409
    assert manager.get(f"{lines_address(plan)}/new").status_code == 409
    assert manager.post(lines_address(plan), data=line_fields()).status_code == 409
    assert len(stored_lines(session)) == 1
