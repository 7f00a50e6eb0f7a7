"""Units and posts on pages: seats, vacancies, changes, closing, and who may not."""

import re
from collections.abc import Callable
from typing import TypeVar

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.base import Base
from conexx_learn.models.institutions import Institution
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.services.frameworks import load_standards
from tests.factories import NOW
from tests.institutions import (
    appoint,
    enter,
    in_days,
    make_learner,
    make_manager,
    make_post,
    make_town,
    make_unit,
)

T = TypeVar("T", Unit, Post, Appointment)
POSTS = "/institutions/xaltepec/posts"
UNITS = "/institutions/xaltepec/units"


@pytest.fixture
def town(session: Session) -> Institution:
    load_standards(session, now=NOW)
    return make_town(session)


@pytest.fixture
def manager(client: FlaskClient, session: Session, town: Institution) -> FlaskClient:
    return enter(client, session, make_manager(session, town))


@pytest.fixture
def works(session: Session, town: Institution) -> Unit:
    return make_unit(session, town, "Obras")


@pytest.fixture
def chief(session: Session, works: Unit) -> Post:
    return make_post(session, works, "HEAD", title="Jefatura", seats=2)


def text(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def reloaded(session: Session, row: T) -> T:
    """Read a row again: a request ends the session of the test."""
    return session.get_one(type(row), row.id)


def seen_in(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def post_fields(inside: Unit, /, **changes: str) -> dict[str, str]:
    values = {"title": "Jefatura", "unit": str(inside.id), "profile": "HEAD"}
    return values | {"seats": "1", "active_from": "2026-03-01"} | changes


def count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_institution_without_units_is_led_to_its_first_day(
    manager: FlaskClient,
) -> None:
    page = text(manager, POSTS)

    assert "There are no posts yet" in page
    assert 'href="/institutions/xaltepec/start"' in page


def test_units_are_listed_with_seats_and_vacancies(
    manager: FlaskClient, session: Session, town: Institution, works: Unit, chief: Post
) -> None:
    inner = make_unit(session, town, "Áreas verdes", parent_id=works.id, is_pmu=True)
    appoint(session, make_learner(session, town, "Ana"), chief)
    crowded = make_post(session, inner, "TECH", title="Jardinería")
    for name in ("Beto", "Carla"):
        appoint(session, make_learner(session, town, name), crowded)

    page = text(manager, POSTS)

    assert "3 seats, 1 of them vacant" in page
    assert "1 vacant seat" in page
    assert "1 holder too many" in page
    assert "inside of Obras" in page
    assert "runs projects" in page


def test_the_list_runs_five_statements_whatever_its_length(
    manager: FlaskClient, session: Session, town: Institution, statements: list[str]
) -> None:
    counts = []
    for number in (1, 12):
        for index in range(number):
            unit = make_unit(session, town, f"Área {number} {index}")
            appoint(session, make_learner(session, town), make_post(session, unit))
        manager.get(POSTS)
        statements.clear()
        assert manager.get(POSTS).status_code == 200
        counts.append(len(statements))

    assert counts == [5, 5]


def test_a_unit_is_added_changed_closed_and_opened_again(
    manager: FlaskClient, session: Session
) -> None:
    assert manager.post(UNITS, data={"name": "Agua", "parent": "0"}).status_code == 303
    unit = session.scalars(select(Unit)).one()
    page = text(manager, f"{UNITS}/{unit.id}/edit")

    changed = manager.post(
        f"{UNITS}/{unit.id}/edit",
        data={"name": "Agua y drenaje", "parent": "0", "seen": seen_in(page)},
    )
    closed = manager.post(f"{UNITS}/{unit.id}/closing")

    assert (changed.status_code, closed.status_code) == (303, 303)
    assert "Agua y drenaje · closed on" in text(manager, POSTS)
    assert manager.get(f"{UNITS}/{unit.id}/edit").status_code == 404
    assert manager.post(f"{UNITS}/{unit.id}/reopening").status_code == 303
    unit = reloaded(session, unit)
    assert (unit.name, unit.closed_on) == ("Agua y drenaje", None)


@pytest.mark.usefixtures("chief")
def test_a_unit_with_posts_stays_open(
    manager: FlaskClient, session: Session, works: Unit
) -> None:
    answer = manager.post(f"{UNITS}/{works.id}/closing")

    assert answer.status_code == 422
    assert "still has posts or units" in answer.text


def test_a_unit_inside_itself_is_refused_with_a_sentence(
    manager: FlaskClient, session: Session, town: Institution, works: Unit
) -> None:
    inner = make_unit(session, town, "Agua", parent_id=works.id)
    seen = seen_in(text(manager, f"{UNITS}/{works.id}/edit"))

    answer = manager.post(
        f"{UNITS}/{works.id}/edit",
        data={"name": "Obras", "parent": str(inner.id), "seen": seen},
    )

    assert answer.status_code == 422
    assert "cannot lie inside itself" in answer.text


def test_a_unit_of_another_institution_is_no_place(
    manager: FlaskClient, session: Session, works: Unit
) -> None:
    foreign = make_unit(session, make_town(session, "izalpa"), "Mar")
    seen = seen_in(text(manager, f"{UNITS}/{works.id}/edit"))

    answer = manager.post(
        f"{UNITS}/{works.id}/edit",
        data={"name": "Obras", "parent": str(foreign.id), "seen": seen},
    )

    assert answer.status_code == 422
    assert "Choose one of the list." in answer.text
    assert "Mar<" not in answer.text


def test_a_post_is_created_with_vacant_seats(
    manager: FlaskClient, session: Session, works: Unit
) -> None:
    answer = manager.post(POSTS, data=post_fields(works, seats="3"))

    post = session.scalars(select(Post)).one()
    assert answer.location == f"{POSTS}/{post.id}"
    page = text(manager, answer.location)
    assert "0 of 3 seats are taken." in page
    assert "3 vacant seats" in page
    assert "Reading and answering a call" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": ""}, "Write what the post is called."),
        ({"title": "x" * 121}, "This is too long."),
        ({"seats": "0"}, "Write a number from 1 to 999."),
        ({"seats": "1000"}, "Write a number from 1 to 999."),
        ({"seats": "1.5"}, "Write a whole number."),
        ({"profile": "BOSS"}, "Choose one of the list."),
        ({"unit": "999999"}, "Choose one of the list."),
        ({"active_from": ""}, "Write the whole date."),
        ({"active_from": "1900-01-01"}, "Check the dates"),
        ({"title": "jefatura de agua"}, "already has the post"),
    ],
)
def test_a_mistake_in_a_post_is_told_and_nothing_is_stored(
    manager: FlaskClient,
    session: Session,
    works: Unit,
    changes: dict[str, str],
    told: str,
) -> None:
    make_post(session, works, title="Jefatura de Agua")

    answer = manager.post(POSTS, data=post_fields(works, **changes))

    assert answer.status_code == 422
    assert told in answer.text
    assert count(session, Post) == 1


def test_the_second_editor_of_a_post_sees_what_the_first_wrote(
    manager: FlaskClient, session: Session, works: Unit, chief: Post
) -> None:
    path = f"{POSTS}/{chief.id}/edit"
    seen = seen_in(text(manager, path))
    first = manager.post(path, data=post_fields(works, title="Primera", seen=seen))
    second = manager.post(path, data=post_fields(works, title="Segunda", seen=seen))

    assert (first.status_code, second.status_code) == (303, 409)
    assert "It says now" in second.text
    assert "Primera" in second.text
    assert "Segunda" in second.text
    chief = reloaded(session, chief)
    assert chief.title == "Primera"


def test_the_page_of_a_post_tells_holders_deputies_and_who_was_before(
    manager: FlaskClient, session: Session, town: Institution, chief: Post
) -> None:
    appoint(session, make_learner(session, town, "Ana Titular"), chief)
    appoint(session, make_learner(session, town, "Beto Suplente"), chief, kind="deputy")
    appoint(
        session, make_learner(session, town, "Carla Antes"), chief, to_on=in_days(-1)
    )
    appoint(
        session, make_learner(session, town, "Dora Luego"), chief, from_on=in_days(1)
    )

    page = text(manager, f"{POSTS}/{chief.id}")

    order = ["Ana Titular", "Beto Suplente", "Dora Luego", "Carla Antes"]
    places = [page.index(name) for name in order]
    assert places == sorted(places)
    assert "1 of 2 seats are taken." in page


def test_a_post_is_closed_after_a_confirmation_and_opened_again(
    manager: FlaskClient, session: Session, town: Institution, chief: Post
) -> None:
    row = appoint(session, make_learner(session, town, "Ana Ruiz"), chief)
    assert "Ana Ruiz" in text(manager, f"{POSTS}/{chief.id}/closing")

    closed = manager.post(
        f"{POSTS}/{chief.id}/closing", data={"last_day": in_days(-1).isoformat()}
    )

    assert closed.status_code == 303
    row = reloaded(session, row)
    assert row.to_on == in_days(-1)
    assert "This post is closed." in text(manager, f"{POSTS}/{chief.id}")
    assert manager.post(f"{POSTS}/{chief.id}/reopening").status_code == 303
    chief = reloaded(session, chief)
    assert chief.active_to is None


@pytest.mark.parametrize("day", ["", "2026-02-31", "2001-01-01"])
def test_a_post_closes_on_a_possible_day_only(
    manager: FlaskClient, session: Session, chief: Post, day: str
) -> None:
    answer = manager.post(f"{POSTS}/{chief.id}/closing", data={"last_day": day})

    assert answer.status_code == 422
    chief = reloaded(session, chief)
    assert chief.active_to is None


@pytest.fixture
def addresses(chief: Post, works: Unit) -> Callable[[], list[tuple[str, str]]]:
    """List every address of these pages with a real id in it."""
    one, unit = f"{POSTS}/{chief.id}", f"{UNITS}/{works.id}"
    found = [
        *(("GET", path) for path in (POSTS, f"{POSTS}/new", one, f"{UNITS}/new")),
        *(("GET", f"{one}/{act}") for act in ("edit", "closing")),
        ("GET", f"{unit}/edit"),
        *(("POST", path) for path in (POSTS, UNITS)),
        *(("POST", f"{one}/{act}") for act in ("edit", "closing", "reopening")),
        *(("POST", f"{unit}/{act}") for act in ("edit", "closing", "reopening")),
    ]
    return lambda: found


def test_others_find_no_such_page(
    client: FlaskClient,
    session: Session,
    town: Institution,
    addresses: Callable[[], list[tuple[str, str]]],
) -> None:
    strangers = [
        make_manager(session, make_town(session, "izalpa")),
        make_learner(session, town),
    ]
    for stranger in strangers:
        enter(client, session, stranger)
        for method, path in addresses():
            assert client.open(path, method=method).status_code == 404, path


def test_ids_of_other_institutions_are_not_there(
    client: FlaskClient,
    session: Session,
    town: Institution,
    addresses: Callable[[], list[tuple[str, str]]],
    chief: Post,
) -> None:
    izalpa = make_town(session, "izalpa")
    enter(client, session, make_manager(session, izalpa))

    for method, path in addresses():
        if any(sign.isdigit() for sign in path):
            foreign = path.replace("/xaltepec/", "/izalpa/")
            assert client.open(foreign, method=method).status_code == 404, path
    chief = reloaded(session, chief)
    assert chief.active_to is None


@pytest.mark.parametrize("entry", ["0", "-1", str(2**31), str(2**63), "abc", "%00"])
def test_ids_that_no_row_has_are_not_there(manager: FlaskClient, entry: str) -> None:
    for path in (f"{POSTS}/{entry}", f"{POSTS}/{entry}/edit", f"{UNITS}/{entry}/edit"):
        assert manager.get(path).status_code == 404, path
