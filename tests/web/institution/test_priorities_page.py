"""Priorities on their page: ranked without a script, cited, given up."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Priority
from tests.institutions import (
    enter,
    make_course,
    make_learner,
    make_plan,
    make_town,
    requirement,
)

STRATEGY = "/institutions/xaltepec/strategy"


def add(client: FlaskClient, title: str = "Water", **changes: str) -> Any:
    data = {
        "title": title,
        "political_owner": "Mayor Ruiz",
        "source_document": "Development plan, page 3",
    }
    return client.post(STRATEGY, data=data | changes)


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def seen_in(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', page(client.get(path)))
    assert found
    return found[1]


def ids(session: Session) -> list[int]:
    return list(session.scalars(select(Priority.id).order_by(Priority.id)))


def order(client: FlaskClient) -> list[str]:
    listed = page(client.get(STRATEGY)).split('id="add"')[0]
    return re.findall(r"<h2>([^<]+)</h2>", listed)


def test_the_page_begins_with_what_to_do(manager: FlaskClient) -> None:
    assert "There is no priority yet" in page(manager.get(STRATEGY))


def test_priorities_are_added_and_moved(manager: FlaskClient, session: Session) -> None:
    for title in ("Water", "Roads", "Tourism"):
        assert add(manager, title).status_code == 303
    water, _roads, tourism = ids(session)

    up = manager.post(f"{STRATEGY}/{tourism}/rank", data={"direction": "up"})
    down = manager.post(f"{STRATEGY}/{water}/rank", data={"direction": "down"})

    assert (up.status_code, down.status_code) == (303, 303)
    assert up.headers["Location"] == f"{STRATEGY}#priority-{tourism}"
    assert order(manager) == ["Tourism", "Water", "Roads"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"title": " "}, "Write what the institution wants", id="title"),
        pytest.param({"title": "x" * 201}, "This is too long", id="long"),
        pytest.param({"political_owner": ""}, "Write who answers for it", id="owner"),
        pytest.param(
            {"source_document": ""}, "name or address of the document", id="source"
        ),
    ],
)
def test_what_is_missing_is_told_and_what_was_typed_stays(
    manager: FlaskClient, session: Session, changes: dict[str, str], said: str
) -> None:
    response = add(manager, **changes)

    assert response.status_code == 422
    assert said in page(response)
    kept = "Water" if "title" not in changes else "Mayor Ruiz"
    assert f'value="{kept}"' in page(response)
    assert not ids(session)


def test_a_priority_changes_its_words(manager: FlaskClient, session: Session) -> None:
    add(manager, "Water")
    path = f"{STRATEGY}/{ids(session)[0]}"
    assert 'value="Water"' in page(manager.get(path))
    seen = seen_in(manager, path)

    data = {"title": "Clean water", "political_owner": "A", "source_document": "B"}
    assert manager.post(path, data=data | {"seen": seen}).status_code == 303
    assert manager.post(path, data=data | {"title": ""}).status_code == 422

    assert order(manager) == ["Clean water"]


def test_the_second_editor_of_a_priority_is_told_and_keeps_what_was_typed(
    manager: FlaskClient, session: Session
) -> None:
    add(manager, "Water")
    path = f"{STRATEGY}/{ids(session)[0]}"
    data = {"political_owner": "A", "source_document": "B"}
    data["seen"] = seen_in(manager, path)
    first = manager.post(path, data=data | {"title": "Clean water"})

    second = manager.post(path, data=data | {"title": "Rain water"})

    assert (first.status_code, second.status_code) == (303, 409)
    assert "It says now" in page(second)
    assert "Clean water" in page(second)
    assert 'value="Rain water"' in page(second)
    assert order(manager) == ["Clean water"]


def test_a_priority_is_given_up_after_a_question_and_keeps_what_cites_it(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    add(manager, "Water")
    priority_id = ids(session)[0]
    line = requirement(
        make_course(session, "budget"),
        reason_kind="priority",
        reason_text="",
        priority_id=priority_id,
    )
    plan = make_plan(session, town, line, title="Plan 2027")
    cited = f'href="/institutions/xaltepec/plans/{plan.id}">Plan 2027, version 1</a>'
    assert f"{cited}: 1 requirement" in page(manager.get(STRATEGY))
    assert "1 plan or call rests on it" in page(
        manager.get(f"{STRATEGY}/{priority_id}/end")
    )

    response = manager.post(f"{STRATEGY}/{priority_id}/end")

    assert response.status_code == 303
    shown = page(manager.get(STRATEGY))
    assert "Given up" in shown
    assert cited in shown
    assert "There is no priority yet" in shown
    assert manager.get(f"{STRATEGY}/{priority_id}").status_code == 409
    shown = page(manager.get(f"/institutions/xaltepec/plans/{plan.id}"))
    assert "Priority 1. Water" in shown


def test_foreign_priorities_are_not_there(
    manager: FlaskClient, session: Session
) -> None:
    elsewhere = make_town(session, "izalpa")
    foreign = Priority(
        institution_id=elsewhere.id,
        rank=1,
        title="Foreign",
        political_owner="A",
        source_document="B",
        created_at=elsewhere.created_at,
    )
    session.add(foreign)
    session.commit()
    data = {"title": "X", "political_owner": "A", "source_document": "B"}

    for entry in (foreign.id, 0, 999999, 2**31, 2**63, "abc", "%00"):
        path = f"{STRATEGY}/{entry}"
        assert manager.get(path).status_code == 404, entry
        assert manager.get(f"{path}/end").status_code == 404, entry
        assert manager.post(path, data=data).status_code == 404, entry
        assert manager.post(f"{path}/end").status_code == 404, entry
        moved = manager.post(f"{path}/rank", data={"direction": "up"})
        assert moved.status_code == 404, entry
    assert manager.get("/institutions/izalpa/strategy").status_code == 404
    assert session.get_one(Priority, foreign.id).title == "Foreign"


def test_a_learner_sees_no_strategy(
    client: FlaskClient, session: Session, town: Institution
) -> None:
    enter(client, session, make_learner(session, town))

    assert client.get(STRATEGY).status_code == 404
