"""Coverage of functions: who, with which evidence, until when; and what is needed."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.models.competencies import FunctionMinimum, PriorLearning
from conexx_learn.services.frameworks import load_standards
from tests.factories import NOW, sign_in
from tests.institutions import make_learner, make_manager, make_town
from tests.sample_institutions import san_jacinto, xaltepec
from tests.stored_institutions import Stored, store_institution

TODAY = datetime.now(UTC).astimezone().date()  # noqa: TID251 (the page asks the real clock)
ADDRESS = "/institutions/xaltepec/functions"


@pytest.fixture
def stored(session: Session) -> Stored:
    load_standards(session, now=NOW)
    return store_institution(session, xaltepec(TODAY))


@pytest.fixture
def desk(client: FlaskClient, session: Session, stored: Stored) -> FlaskClient:
    """Give a manager's browser."""
    sign_in(client, session, make_manager(session, stored.institution))
    return client


def text(response: TestResponse) -> str:
    return " ".join(response.get_data(as_text=True).split())


def minima(session: Session) -> list[tuple[str, int, int, bool]]:
    session.expire_all()
    rows = session.scalars(select(FunctionMinimum).order_by(FunctionMinimum.competency))
    return [(r.competency, r.level, r.holders, r.is_critical) for r in rows]


def read_as(desk: FlaskClient) -> str:
    page = text(desk.get(f"{ADDRESS}/edit?lang=en"))
    return page.partition('name="read_as" type="hidden" value="')[2].partition('"')[0]


# Coverage ---------------------------------------------------------------------------


def test_each_function_names_its_people_their_evidence_and_its_end(
    desk: FlaskClient,
) -> None:
    page = text(desk.get(f"{ADDRESS}?lang=en"))

    assert "2 people, trained, critical" in page
    assert "1 is missing" in page
    assert "certificate, trained" in page
    assert "End of the mandate" in page
    assert "Beto: expires on" in page


def test_who_alone_can_do_what_is_said(desk: FlaskClient) -> None:
    page = text(desk.get(f"{ADDRESS}?lang=en"))

    leaving = page.partition("If one person leaves")[2]
    assert "Beto" in leaving
    assert "K4, K8" in leaving


def test_any_day_can_be_asked_for(desk: FlaskClient) -> None:
    day = TODAY + timedelta(days=40)

    page = text(desk.get(f"{ADDRESS}?as_of={day.isoformat()}&lang=en"))

    assert f'value="{day.isoformat()}"' in page
    assert page.count("Beto: expires on") == 2


@pytest.mark.parametrize("entry", ["2027-02-30", "tomorrow", "0001-01-01", "9" * 400])
def test_a_day_that_is_none_shows_today_and_says_so(
    desk: FlaskClient, entry: str
) -> None:
    page = text(desk.get(f"{ADDRESS}?as_of={entry}&lang=en"))

    assert "This date could not be read, so today is shown." in page


def test_prior_learning_is_never_called_a_certificate(
    desk: FlaskClient, session: Session, stored: Stored
) -> None:
    until = TODAY + timedelta(days=900)
    session.add(
        PriorLearning(
            user_id=stored.people[4],
            institution_id=stored.institution.id,
            competency="K7",
            level=2,
            statement="",
            sent_at=NOW,
            decision="recognised",
            decided_at=NOW,
            decided_on=TODAY,
            valid_until=until,
            answer="",
        )
    )
    session.flush()

    page = text(desk.get(f"{ADDRESS}?lang=en"))

    assert "Diego (recognised prior learning)" in page
    assert "recognised prior learning, trained, until" in page


def test_the_page_runs_nine_statements(
    desk: FlaskClient, statements: list[str]
) -> None:
    desk.get(ADDRESS)
    statements.clear()

    desk.get(f"{ADDRESS}?as_of={TODAY + timedelta(days=40)}")

    assert len(statements) == 9


def test_an_institution_that_said_nothing_is_asked(
    client: FlaskClient, session: Session
) -> None:
    stored = store_institution(session, san_jacinto(TODAY), slug="san-jacinto")
    sign_in(client, session, make_manager(session, stored.institution))

    page = text(client.get("/institutions/san-jacinto/functions?lang=en"))
    form = text(client.get("/institutions/san-jacinto/functions/edit?lang=en"))

    assert "Nobody said yet what your functions need" in page
    assert "There are no competencies yet" in form


# What is needed ---------------------------------------------------------------------


def test_what_each_function_needs_is_set_as_a_whole(
    desk: FlaskClient, session: Session
) -> None:
    data = {"holders_K3": "3", "level_K3": "3", "critical_K3": "y", "holders_K10": "1"}

    response = desk.post(f"{ADDRESS}/edit", data={"read_as": read_as(desk), **data})

    assert response.status_code == 303
    assert minima(session) == [("K10", 2, 1, False), ("K3", 3, 3, True)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"holders_K3": "100"}, "Write how many people, 0 to 99."),
        ({"holders_K3": "-1"}, "Write a whole number."),
        ({"holders_K3": "2.5"}, "Write a whole number."),
        ({"holders_K3": "many"}, "Write a whole number."),
        ({"level_K3": "5"}, "level"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(
    desk: FlaskClient, session: Session, changed: dict[str, str], said: str
) -> None:
    before = minima(session)
    data = {"read_as": read_as(desk), "holders_K9": "7", **changed}

    response = desk.post(f"{ADDRESS}/edit?lang=en", data=data)

    assert response.status_code == 422
    assert said in text(response)
    assert 'value="7"' in text(response)
    assert minima(session) == before


def test_the_second_editor_is_told_and_loses_nothing(
    desk: FlaskClient, session: Session
) -> None:
    both_read = read_as(desk)
    desk.post(f"{ADDRESS}/edit", data={"read_as": both_read, "holders_K1": "4"})

    data = {"read_as": both_read, "holders_K2": "9"}
    response = desk.post(f"{ADDRESS}/edit?lang=en", data=data)

    page = text(response)
    assert response.status_code == 409
    assert "Somebody else changed this meanwhile" in page
    assert "4 people, trained" in page
    assert 'value="9"' in page
    assert minima(session) == [("K1", 2, 4, False)]
    again = {"read_as": read_as(desk), "holders_K2": "9"}
    assert desk.post(f"{ADDRESS}/edit", data=again).status_code == 303


# Who may ----------------------------------------------------------------------------


def test_nobody_else_finds_the_pages(
    client: FlaskClient, session: Session, stored: Stored
) -> None:
    other = make_town(session, "izalpa")
    for user in (
        make_manager(session, other),
        make_learner(session, stored.institution),
    ):
        sign_in(client, session, user)
        assert client.get(ADDRESS).status_code == 404
        assert client.get(f"{ADDRESS}/edit").status_code == 404
        assert client.post(f"{ADDRESS}/edit", data={}).status_code == 404
