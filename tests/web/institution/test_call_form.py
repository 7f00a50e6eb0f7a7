"""The form of a call: five minutes, sums as people type them, and nothing lost."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.calls import CallCheck, CallNeed
from conexx_learn.services.frameworks import load_standards
from tests.call_entries import ADDRESS, TODAY, edit, enter, entries, in_days, text
from tests.factories import NOW, sign_in
from tests.institutions import make_manager
from tests.sample_institutions import xaltepec
from tests.stored_institutions import Stored, store_institution


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


# The form ---------------------------------------------------------------------------


def test_the_form_comes_with_what_calls_usually_ask_for(desk: FlaskClient) -> None:
    page = text(desk.get(f"{ADDRESS}/new?lang=en"))

    for code in ("K3", "K4", "K7", "K8"):
        assert re.search(rf'<option selected value="{code}">', page)
    assert 'value="Project design"' in page
    assert page.count("Not known yet</option>") == 10


def test_a_call_is_entered_with_sums_as_people_type_them(
    desk: FlaskClient, session: Session, manager: User
) -> None:
    enter(
        desk,
        grant_min="300.000,00",
        grant_max="1,700,000.50",
        cofinancing_min="12,5 %",
        requested="500 000",
        own="",
        answer_G7="yes",
        note_G7="page 12",
    )

    call = session.scalars(select(CallCheck)).one()
    assert (call.grant_min_cents, call.grant_max_cents) == (30_000_000, 170_000_050)
    assert (call.cofinancing_min_bp, call.cofinancing_max_bp) == (1250, None)
    assert (call.requested_cents, call.own_cents) == (50_000_000, None)
    assert call.created_by == manager.id
    assert call.gates["G7"] == {"answer": "yes", "note": "page 12"}
    assert call.gates["G1"] == {"answer": "unknown", "note": ""}
    need = session.scalars(select(CallNeed)).one()
    assert (need.competency, need.level, need.holders, need.role) == (
        "K3",
        2,
        2,
        "Design",
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": " "}, "Write what the call is named."),
        ({"title": "x" * 201}, "This is too long."),
        ({"funder": ""}, "Write who gives the money."),
        ({"link": "javascript:alert(1)"}, "Write the whole address"),
        ({"deadline_on": ""}, "Write the day it closes."),
        ({"deadline_on": "2027-02-30"}, "There is no such day"),
        ({"deadline_on": "9999-12-31"}, "Check the year"),
        ({"deadline_on": " "}, "Write the day it closes."),
        ({"deadline_at": "25:00"}, "Write the hour as 17:00."),
        (
            {"deadline_on": "2027-03-28", "deadline_at": "02:30"},
            "The clocks there are put forward",
        ),
        ({"timezone": "Mars/Olympus"}, "Choose one of the list."),
        ({"currency": "XXX"}, "Choose one of the list."),
        ({"grant_min": "-5"}, "Write a sum such as"),
        ({"requested": "half a million"}, "Write a sum such as"),
        ({"own": "1e30"}, "Write a sum such as"),
        ({"cofinancing_min": "120"}, "Write a percentage"),
        ({"grant_min": "500", "grant_max": "499.99"}, "below the smallest one"),
        ({"cofinancing_min": "20", "cofinancing_max": "10"}, "below the smallest one"),
        ({"priority": "999999"}, "Choose one of the list."),
        ({"holders_0": "0"}, "Write how many people, 1 to 99."),
        ({"holders_0": "100"}, "Write how many people, 1 to 99."),
        ({"holders_0": "two"}, "Write a whole number."),
        ({"competency_0": ""}, "Choose what they have to be able to do."),
        ({"competency_0": "K99"}, "Choose one of the list."),
        ({"level_0": "5"}, "Choose one of the list."),
        ({"answer_G1": "perhaps"}, "Choose one of the list."),
        ({"note_G1": "x" * 301}, "This is too long."),
        (
            {
                "rows": "2",
                "role_1": "Again",
                "competency_1": "K3",
                "level_1": "2",
                "holders_1": "1",
            },
            "This competency and level stand above already",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(
    desk: FlaskClient, session: Session, changed: dict[str, str], said: str
) -> None:
    data = entries(note_G2="kept", **changed)

    response = desk.post(f"{ADDRESS}/new?lang=en", data=data)

    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert 'value="kept"' in page
    assert session.scalars(select(CallCheck)).all() == []


def test_everything_that_is_wrong_is_said_at_once(desk: FlaskClient) -> None:
    data = entries(title="", link="hello", holders_0="0", grant_min="5", grant_max="4")

    page = text(desk.post(f"{ADDRESS}/new?lang=en", data=data))

    assert "There are 4 things to correct" in page


def test_a_name_shows_nothing_that_turns_its_letters_around(
    desk: FlaskClient, session: Session
) -> None:
    enter(desk, title="LA\u202e-7202\x07")

    assert session.scalars(select(CallCheck.title)).one() == "LA-7202"


def test_a_row_is_added_without_a_script(desk: FlaskClient, session: Session) -> None:
    response = desk.post(f"{ADDRESS}/new?lang=en", data=entries(add="1"))

    page = text(response)
    assert response.status_code == 200
    assert 'name="holders_1"' in page
    assert 'name="holders_2"' not in page
    assert 'value="Design"' in page
    assert session.scalars(select(CallCheck)).all() == []


def test_a_row_is_removed_and_those_below_move_up(desk: FlaskClient) -> None:
    second = {"role_1": "Budget", "competency_1": "K4", "level_1": "3"}
    data = entries(rows="2", remove="0", holders_1="7", **second)

    page = text(desk.post(f"{ADDRESS}/new?lang=en", data=data))

    assert re.search(r'name="role_0"[^>]*value="Budget"', page)
    assert re.search(r'name="holders_0"[^>]*value="7"', page)
    assert 'name="role_1"' not in page
    assert 'value="Design"' not in page


@pytest.mark.parametrize("rows", ["", "-1", "9" * 5000, "1e3", "٣"])
def test_a_number_of_rows_that_no_page_sends_makes_no_trouble(
    desk: FlaskClient, rows: str
) -> None:
    response = desk.post(f"{ADDRESS}/new?lang=en", data=entries(rows=rows, add="1"))

    assert response.status_code == 200
    assert 1 <= text(response).count('name="remove"') <= 12


# Two editors ------------------------------------------------------------------------


def test_the_second_editor_is_told_and_loses_nothing(
    desk: FlaskClient, session: Session
) -> None:
    address = enter(desk)
    assert edit(desk, address, revision="1", funder="First").status_code == 303

    response = edit(desk, address, revision="1", title="Second", requested="1.000,00")

    page = text(response)
    assert response.status_code == 409
    assert "Somebody else changed this call meanwhile" in page
    assert "Who gives the money: <b>First</b>" in page
    assert 'value="Second"' in page
    assert 'value="1.000,00"' in page
    assert session.scalars(select(CallCheck.funder)).one() == "First"
    assert 'name="revision" type="hidden" value="2"' in page
    again = edit(desk, address, revision="2", title="Second")
    assert again.status_code == 303
    session.expire_all()
    assert session.scalars(select(CallCheck.title)).one() == "Second"


def test_the_same_sum_typed_another_way_is_no_difference(desk: FlaskClient) -> None:
    address = enter(desk, requested="1,000.00")
    edit(desk, address, revision="1", requested="1,000.00", funder="First")

    page = text(edit(desk, address, revision="1", requested="1.000,00"))

    assert "We would ask for: <b>" not in page


def test_a_form_is_filled_with_what_is_stored(desk: FlaskClient) -> None:
    address = enter(desk, requested="1700000,5", cofinancing_min="12,5", note_G3="Ana")

    page = text(desk.get(f"{address}/edit?lang=en"))

    for value in ("LA-2027", "1,700,000.50", "12.50", "16:00", in_days(60), "Ana"):
        assert f'value="{value}"' in page
    assert '<option selected value="Europe/Brussels">' in page
