"""Two managers at the lines of one plan: the second is told and loses nothing."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Requirement, TrainingPlan
from tests.institutions import (
    make_plan,
    requirement,
)
from tests.plan_pages import line_fields, lines_address, page, stored_lines


def test_the_second_editor_sees_both_versions_and_may_save_theirs(
    manager: FlaskClient, session: Session, two_lines: TrainingPlan
) -> None:
    path = f"{lines_address(two_lines)}/{stored_lines(session)[0].id}"
    line_id = stored_lines(session)[0].id
    manager.post(path, data=line_fields(reason_text="What the first wrote", weight="1"))

    second = line_fields(reason_text="What the second wrote", min_holders="5")
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
    manager: FlaskClient, session: Session, two_lines: TrainingPlan
) -> None:
    path = f"{lines_address(two_lines)}/{stored_lines(session)[0].id}"
    assert manager.post(f"{path}/removal", data={"revision": "1"}).status_code == 303

    response = manager.post(path, data=line_fields(reason_text="Typed for an hour"))

    html = page(response)
    assert response.status_code == 409
    assert 'value="Typed for an hour"' in html
    assert "was removed" in html
    assert f'action="{lines_address(two_lines)}"' in html
    again = line_fields(revision="2", reason_text="Typed for an hour")
    assert manager.post(lines_address(two_lines), data=again).status_code == 303
    assert stored_lines(session)[-1].reason_text == "Typed for an hour"


def test_who_adds_to_a_plan_that_was_approved_keeps_what_they_typed(
    manager: FlaskClient, session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), revision=2)

    response = manager.post(
        lines_address(plan), data=line_fields(reason_text="Typed long")
    )

    html = page(response)
    assert response.status_code == 409
    assert 'value="Typed long"' in html
    assert "to copy it" in html
    assert '<button class="button">Save' not in html
    assert len(stored_lines(session)) == 1


@pytest.mark.parametrize("act", ["removal", "place"])
def test_a_click_on_an_old_page_is_told_and_does_nothing(
    manager: FlaskClient, session: Session, two_lines: TrainingPlan, act: str
) -> None:
    two_lines.revision = 2
    session.commit()
    before = [line.id for line in stored_lines(session)]

    response = manager.post(
        f"{lines_address(two_lines)}/{before[0]}/{act}",
        data={"revision": "1", "direction": "down"},
    )

    assert response.status_code == 409
    assert "What you wanted to do is not done" in page(response)
    assert [line.id for line in stored_lines(session)] == before
