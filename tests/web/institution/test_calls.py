"""Calls: answered on one sheet and in a list, put aside, and nobody else's matter."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.competencies import PriorLearning
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import TrainingPlan
from conexx_learn.services.frameworks import load_standards
from tests.call_entries import ADDRESS, TODAY, enter, entries, in_days, sheet, text
from tests.factories import NOW, sign_in
from tests.institutions import make_learner, make_manager, make_town
from tests.sample_institutions import san_jacinto, xaltepec
from tests.stored_institutions import Stored, store_institution

GATES = {f"answer_G{number}": "yes" for number in range(1, 11)}
LONG_NAME = "María de los Ángeles Guadalupe Hernández-Villavicencio Montúfar"


@pytest.fixture
def stored(session: Session) -> Stored:
    load_standards(session, now=NOW)
    return store_institution(session, xaltepec(TODAY))


@pytest.fixture
def manager(session: Session, stored: Stored) -> User:
    return make_manager(session, stored.institution)


@pytest.fixture
def desk(client: FlaskClient, session: Session, manager: User) -> FlaskClient:
    """Give the manager's browser."""
    sign_in(client, session, manager)
    return client


# The sheet --------------------------------------------------------------------------


def test_the_sheet_says_the_verdict_who_starts_what_and_by_when(
    desk: FlaskClient,
) -> None:
    page = sheet(desk, answer_G7="yes", answer_G1="no")

    assert "<h1>Not yet: 0 of 1 functions</h1>" in page
    assert "It can only be reached if 1 thing starts, by" in page
    assert "1 are met, 1 are not and 8 are not known yet" in page
    assert "Give Beto 12 h for “Course 03”." in page
    assert "16:00 (Brussels)" in page
    assert "This sheet does not replace the text of the call" in page
    assert "funder.example/la-2027" in page


def test_what_is_not_in_the_plan_has_its_button(
    desk: FlaskClient, session: Session, stored: Stored
) -> None:
    address = enter(desk, role_0="Execution", competency_0="K7", holders_0="1")
    call_id = int(address.rpartition("/")[2])
    page = text(desk.get(f"{address}?lang=en"))
    assert "Put “Course 07” into the plan for Ana, 10 h." in page
    person = re.search(r'name="person" value="(\d+)"', page)
    assert person is not None

    response = desk.post(
        f"{address}/requirement", data={"person": person[1], "course": "C7"}
    )

    draft = session.scalars(
        select(TrainingPlan).where(TrainingPlan.approved_on.is_(None))
    ).one()
    assert response.status_code == 303
    location = response.headers["Location"]
    assert f"/plans/{draft.id}/requirements/new?" in location
    assert "course=C7" in location
    assert f"audience=person:{person[1]}" in location
    assert f"reason=call:{call_id}" in location
    assert f"due_on={in_days(46)}" in location
    form = text(desk.get(f"{location}&lang=en"))
    assert f'<option selected value="person:{person[1]}">' in form
    assert '<option selected value="C7">' in form
    assert f'<option selected value="call:{call_id}">' in form
    assert f'value="{in_days(46)}"' in form


@pytest.mark.parametrize(
    ("days", "is_put_aside"),
    [(60, True), (-3, True), (-3, False)],
    ids=["put aside", "past and put aside", "past"],
)
def test_a_call_that_is_put_aside_or_over_adds_nothing_to_the_plan(
    desk: FlaskClient, session: Session, days: int, is_put_aside: bool
) -> None:
    needs = {"role_0": "Execution", "competency_0": "K7", "holders_0": "1"}
    address = enter(desk, deadline_on=in_days(days), **needs)
    if is_put_aside:
        desk.post(f"{address}/archive")

    page = text(desk.get(f"{address}?lang=en"))
    response = desk.post(f"{address}/requirement", data={"course": "C7"})

    assert "Put “Course 07” into the plan for Ana" in page
    assert "Add it to the plan" not in page
    assert response.status_code == 409
    assert not session.scalars(
        select(TrainingPlan).where(TrainingPlan.approved_on.is_(None))
    ).all()


def test_without_any_plan_the_button_leads_to_the_proposal(
    client: FlaskClient, session: Session
) -> None:
    load_standards(session, now=NOW)
    place = store_institution(session, san_jacinto(TODAY), slug="san-jacinto")
    sign_in(client, session, make_manager(session, place.institution))
    made = client.post("/institutions/san-jacinto/calls/new", data=entries())

    response = client.post(f"{made.headers['Location']}/requirement", data={})

    assert response.headers["Location"].endswith("/plans/proposal")


def test_a_call_without_functions_says_that_only_the_conditions_count(
    desk: FlaskClient,
) -> None:
    page = sheet(desk, rows="0")

    assert "<h1>Not yet: 10 conditions are open</h1>" in page
    assert "The call has no functions yet" in page
    assert "Yes: the conditions are met" in sheet(desk, title="B", rows="0", **GATES)


def test_an_institution_of_one_person_is_told_that_one_is_missing(
    client: FlaskClient, session: Session
) -> None:
    load_standards(session, now=NOW)
    place = store_institution(session, san_jacinto(TODAY), slug="san-jacinto")
    sign_in(client, session, make_manager(session, place.institution))
    made = client.post("/institutions/san-jacinto/calls/new", data=entries(**GATES))

    page = text(client.get(f"{made.headers['Location']}?lang=en"))

    assert "<h1>Not yet: 0 of 1 functions</h1>" in page
    assert "There are not enough people in a post" in page
    assert "Design: 1 person more is needed, and nobody in a post can" in page
    assert "Different people fill 0 of 2 places." in page


def test_a_deadline_that_is_past_says_so(desk: FlaskClient) -> None:
    page = sheet(desk, deadline_on=in_days(-3), **GATES)

    assert "<h1>The deadline is over</h1>" in page


def test_sums_against_the_limits_answer_for_themselves(desk: FlaskClient) -> None:
    page = sheet(
        desk,
        grant_max="400,000",
        requested="500,000",
        own="100,000",
        cofinancing_min="20",
        **GATES,
    )

    assert "It is 100,000 EUR above the largest grant." in page
    assert "20,000 EUR more has to be brought." in page
    assert "8 are met, 2 are not and 0 are not known yet" in page


def test_a_name_of_sixty_letters_is_shown_whole(
    client: FlaskClient, session: Session
) -> None:
    facts = xaltepec(TODAY)
    people = [
        replace(one, name=LONG_NAME) if one.name == "Beto" else one
        for one in facts.people
    ]
    load_standards(session, now=NOW)
    stored = store_institution(session, replace(facts, people=people))
    sign_in(client, session, make_manager(session, stored.institution))

    assert f"Give {LONG_NAME} 12 h" in sheet(client)


def test_recognised_prior_learning_is_named_as_such(
    desk: FlaskClient, session: Session, stored: Stored
) -> None:
    session.add(
        PriorLearning(
            user_id=stored.people[4],
            institution_id=stored.institution.id,
            competency="K3",
            level=2,
            statement="",
            sent_at=NOW,
            decision="recognised",
            decided_at=NOW,
            decided_on=TODAY,
            valid_until=TODAY + timedelta(days=900),
            answer="",
        )
    )
    session.flush()

    page = sheet(desk)

    assert "Diego (recognised prior learning)" in page
    assert "Ana (recognised" not in page


# The list ---------------------------------------------------------------------------


def test_the_list_says_the_verdict_in_words(desk: FlaskClient) -> None:
    empty = text(desk.get(f"{ADDRESS}?lang=en"))
    assert "No call in hand yet" in empty
    enter(desk, title="Open")
    enter(desk, title="Over", deadline_on=in_days(-3))

    page = text(desk.get(f"{ADDRESS}?lang=en"))

    assert "Not yet: 0 of 1 functions" in page
    assert "The deadline is over" in page
    assert page.index("Open") < page.index("Over")


def test_pages_run_ten_statements_whatever_they_show(
    desk: FlaskClient, statements: list[str]
) -> None:
    address = enter(desk)

    def count(path: str) -> int:
        desk.get(path)
        statements.clear()
        assert desk.get(path).status_code == 200
        return len(statements)

    assert count(address) == 10
    assert count(ADDRESS) == 10
    for number in range(6):
        enter(desk, title=f"Call {number}")
    assert count(ADDRESS) == 10


def test_putting_aside_can_be_undone(desk: FlaskClient) -> None:
    address = enter(desk)

    response = desk.post(f"{address}/archive")
    page = text(desk.get(f"{response.headers['Location']}&lang=en"))

    assert "“LA-2027” is put aside." in page
    assert "Undo" in page
    back = desk.post(f"{address}/restoration")
    assert back.headers["Location"] == address
    assert "is put aside" not in text(desk.get(f"{ADDRESS}?lang=en"))


# Who may ----------------------------------------------------------------------------


def paths(address: str) -> list[tuple[str, str]]:
    return [
        ("GET", ADDRESS),
        ("GET", f"{ADDRESS}/new"),
        ("POST", f"{ADDRESS}/new"),
        ("GET", address),
        ("GET", f"{address}/edit"),
        ("POST", f"{address}/edit"),
        ("POST", f"{address}/archive"),
        ("POST", f"{address}/restoration"),
        ("POST", f"{address}/requirement"),
    ]


def test_managers_of_other_institutions_and_learners_find_nothing(
    desk: FlaskClient, session: Session, stored: Stored
) -> None:
    address = enter(desk)
    other: Institution = make_town(session, "izalpa")
    for user in (
        make_manager(session, other),
        make_learner(session, stored.institution),
    ):
        sign_in(desk, session, user)
        for method, path in paths(address):
            response = desk.open(path, method=method, data=entries(revision="1"))
            assert response.status_code == 404, path


def test_a_call_of_another_institution_is_not_there(
    desk: FlaskClient, session: Session, manager: User
) -> None:
    address = enter(desk)
    other = make_town(session, "izalpa")
    sign_in(desk, session, make_manager(session, other))
    foreign = address.replace("xaltepec", "izalpa")

    for method, path in paths(foreign)[3:]:
        response = desk.open(path, method=method, data=entries(revision="1"))
        assert response.status_code == 404, path


@pytest.mark.parametrize(
    "entry", ["0", "-1", "1.0", str(2**31), str(2**64), "abc", "%00", "9" * 4000]
)
def test_ids_that_no_call_has_are_not_there(desk: FlaskClient, entry: str) -> None:
    for method, path in paths(f"{ADDRESS}/{entry}")[3:]:
        response = desk.open(path, method=method, data=entries(revision="1"))
        assert response.status_code == 404, path


def test_visitors_are_asked_to_sign_in(client: FlaskClient, stored: Stored) -> None:
    response = client.get(ADDRESS)

    assert response.status_code == 303
    assert "/sign-in" in response.headers["Location"]
