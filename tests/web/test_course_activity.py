"""What learners do: figures from five people on, names of one's own people only."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.drafts import CourseAuthor
from conexx_learn.models.institutions import Institution
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.learning import (
    SMALL,
    begin_attempt,
    complete_small_course,
    enrolled_user,
    read_module,
    submit,
)

PLACE = f"/trainer/courses/{SMALL}/learners"
PAGE, FILE, NAMES = (
    f"{PLACE}?lang=en",
    f"{PLACE}.csv?lang=en",
    f"{PLACE}/stopped?lang=en",
)
DAY = timedelta(days=1)
DASH, ROW = "\N{EM DASH}", '<th scope="row">'


@pytest.fixture
def trainer(client: FlaskClient, session: Session, small_course: str) -> FlaskClient:
    person = make_user(session, "Iker")
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    return client


def stop(
    session: Session, count: int, *, place: Institution | None = None, read: int = 1
) -> list[User]:
    """Let people enrol 30 days ago, read a module within the hour, and stop."""
    people = []
    for number in range(count):
        began = now() - 30 * DAY
        user = enrolled_user(session, now=began)
        user.full_name = f"Stopped {chr(65 + number)}"
        if place is not None:
            make_membership(session, user, "learner", place)
        for module in ("the-well", "the-pump")[:read]:
            began += timedelta(minutes=20)
            read_module(session, user, module, now=began)
        people.append(user)
    session.commit()
    return people


def finish(session: Session, count: int, *, place: Institution | None = None) -> None:
    for _ in range(count):
        user = enrolled_user(session, now=now() - 2 * DAY)
        if place is not None:
            make_membership(session, user, "learner", place)
        complete_small_course(session, user, now=now() - DAY)


def figures(client: FlaskClient, address: str = FILE) -> dict[tuple[str, str], str]:
    """Read the file: what of what, to its value."""
    text = client.get(address).get_data().decode("utf-8-sig")
    return {
        (row["Of what"], row["Figure"]): row["Value"]
        for row in csv.DictReader(StringIO(text))
    }


def test_before_anybody_enrols_the_page_says_so(trainer: FlaskClient) -> None:
    assert "Nobody is enrolled yet" in trainer.get(PAGE).text


def test_four_learners_have_no_figures_and_no_names(
    trainer: FlaskClient, session: Session
) -> None:
    stop(session, 4)

    page = trainer.get(PAGE).text
    assert "Too few people to show figures" in page
    assert "Enrolments by week" not in page
    assert "Stopped A" not in trainer.get(NAMES).text
    assert ("", "People enrolled") not in figures(trainer)


def test_page_and_file_say_the_same(trainer: FlaskClient, session: Session) -> None:
    stop(session, 6)
    finish(session, 5)

    known = figures(trainer)
    assert known["", "People enrolled"] == "11"
    assert known["", "Stopped"] == "6"
    assert known["", "Completed the course"] == known["", "Certificates"] == "5"
    assert known["", "On the way"] == "0"
    assert known["The well", "Completed"] == "11"
    assert known["The well", "Passed the quiz"] == "5"
    assert known["The well", "Stopped after it"] == "6"
    assert known["The well", "Half"] == "20"
    assert known["The pump", "Half"] == DASH
    page = trainer.get(PAGE).text
    assert "<dt>Stopped</dt><dd>6</dd>" in page
    assert "<dt>Completed the course</dt><dd>5</dd>" in page
    assert "<svg" in page


def test_a_step_of_few_is_a_dash_that_is_explained(
    trainer: FlaskClient, session: Session
) -> None:
    stop(session, 8)
    stop(session, 2, read=2)

    known = figures(trainer)
    assert known["The well", "Completed"] == "10"
    assert known["The pump", "Completed"] == DASH
    assert known["The pump", "Stopped after it"] == DASH
    assert known["The well", "Stopped after it"] == DASH
    assert "would tell of fewer than 5 people" in trainer.get(PAGE).text


def test_names_are_told_from_five_on_with_where_they_stopped(
    trainer: FlaskClient, session: Session
) -> None:
    stop(session, 5)
    finish(session, 1)

    page = trainer.get(NAMES).text

    assert page.count("Stopped ") >= 5
    assert "The well" in page
    assert "Ana" not in page.partition("<main")[2]


def test_names_come_a_page_at_a_time(trainer: FlaskClient, session: Session) -> None:
    stop(session, 27)

    first, second = trainer.get(NAMES).text, trainer.get(f"{NAMES}&page=2").text

    assert first.count(ROW) == 25
    assert second.count(ROW) == 2
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


def test_a_trainer_of_an_institution_sees_no_name_of_another(
    client: FlaskClient, session: Session, small_course: str
) -> None:
    here, there = make_institution(session), make_institution(session, "izalpa")
    stop(session, 6, place=there)
    person = make_user(session, "Iker")
    make_membership(session, person, "trainer", here)
    sign_in(client, session, person)

    assert "Stopped A" not in client.get(NAMES).text
    assert "Nobody is enrolled yet" in client.get(PAGE).text
    stop(session, 5, place=here)
    assert client.get(NAMES).text.count(ROW) == 5
    assert figures(client)["", "People enrolled"] == "5"


def test_filters_stay_in_the_address_and_narrow_page_file_and_names(
    trainer: FlaskClient, session: Session
) -> None:
    here, there = make_institution(session), make_institution(session, "izalpa")
    here.name, there.name = "Xaltepec", "Izalpa"
    stop(session, 6, place=here)
    finish(session, 7, place=there)

    asked = f"{PAGE}&institution={here.id}"
    page = trainer.get(asked).text

    assert f'<option value="{here.id}" selected>Xaltepec</option>' in page
    assert f"/learners.csv?institution={here.id}" in page
    assert (
        figures(trainer, f"{FILE}&institution={here.id}")["", "People enrolled"] == "6"
    )
    assert trainer.get(f"{NAMES}&institution={here.id}").text.count(ROW) == 6
    assert "Nobody is named here" in trainer.get(f"{NAMES}&institution={there.id}").text
    assert figures(trainer, f"{FILE}&weeks=4")["", "People enrolled"] == "7"


@pytest.mark.parametrize("query", ["institution=9", "version=x", "weeks=-1", "page=0"])
def test_a_filter_that_makes_no_sense_breaks_nothing(
    trainer: FlaskClient, session: Session, query: str
) -> None:
    stop(session, 6)

    for address in (PAGE, FILE, NAMES):
        assert trainer.get(f"{address}&{query}").status_code == 200


def test_the_worst_questions_are_named_and_appeals_counted(
    trainer: FlaskClient, session: Session
) -> None:
    for _ in range(5):
        user = enrolled_user(session)
        attempt_id = begin_attempt(session, user, "the-well", now=now())
        submit(session, user, attempt_id, now=now())

    page = trainer.get(PAGE).text

    part = page.partition('id="questions"')[2].partition("</section>")[0]
    assert part.count("<li>") == 3
    assert "Facility 0\N{NO-BREAK SPACE}%" in part
    assert "0 wait, 0 were answered" in page


def test_the_pages_run_the_same_statements_for_few_and_for_many(
    trainer: FlaskClient, session: Session, statements: list[str]
) -> None:
    counts = []
    for _ in range(2):
        stop(session, 6)
        finish(session, 6)
        for address in (PAGE, NAMES):
            trainer.get(address)
            statements.clear()
            trainer.get(address)
            counts.append(len(statements))

    assert counts[:2] == counts[2:]
    assert max(counts) <= 8


def test_looking_writes_nothing(
    trainer: FlaskClient, session: Session, statements: list[str]
) -> None:
    stop(session, 6)
    trainer.get(PAGE)
    statements.clear()
    for address in (PAGE, FILE, NAMES):
        trainer.get(address)

    assert all(one.lstrip().startswith("SELECT") for one in statements)


@pytest.mark.parametrize("address", [PAGE, FILE, NAMES])
def test_learners_do_not_see_it(signed_in: FlaskClient, address: str) -> None:
    assert signed_in.get(address).status_code == 404


def test_what_is_no_course_is_not_there(trainer: FlaskClient) -> None:
    for end in ("learners", "learners.csv", "learners/stopped"):
        assert trainer.get(f"/trainer/courses/no-such-course/{end}").status_code == 404


def test_a_course_that_others_write_is_followed_by_them_alone(
    trainer: FlaskClient, session: Session
) -> None:
    stop(session, 6)
    author = make_user(session, "Nerea")
    make_membership(session, author, "trainer")
    session.add(CourseAuthor(slug=SMALL, user_id=author.id, since=now()))
    session.commit()

    for address in (PAGE, FILE, NAMES):
        assert trainer.get(address).status_code == 404
    sign_in(trainer, session, author)
    assert trainer.get(NAMES).text.count(ROW) == 6
