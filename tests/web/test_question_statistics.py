"""How questions prove: shown from five learners on, by language, to trainers."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from tests.factories import make_membership, make_user, sign_in
from tests.learning import begin_attempt, enrolled_user, submit
from tests.right_answers import right_responses, sitting_of
from tests.voids import publish_voided

PAGE = "/trainer/courses/small-course/statistics?lang=en"
FILE = "/trainer/courses/small-course/statistics.csv?lang=en"


def sit(session: Session, *, right: bool, lang: str = "en", again: int = 0) -> User:
    """Let somebody sit the quiz of the well, all right or nothing answered."""
    user = enrolled_user(session)
    for _ in range(1 + again):
        attempt_id = begin_attempt(session, user, "the-well", now=now())
        found = right_responses(sitting_of(session, attempt_id, user.id))
        submit(session, user, attempt_id, dict(found) if right else {}, now=now())
        session.execute(
            update(Attempt).where(Attempt.id == attempt_id).values(lang=lang)
        )
    session.commit()
    return user


@pytest.fixture
def trainer(client: FlaskClient, session: Session, small_course: str) -> FlaskClient:
    person = make_user(session, "Iker")
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    return client


def rows(client: FlaskClient) -> list[dict[str, str]]:
    text = client.get(FILE).get_data().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def row_of(client: FlaskClient, question: str, lang: str = "en") -> dict[str, str]:
    (row,) = (
        row
        for row in rows(client)
        if (row["Question"], row["Language"]) == (question, lang)
    )
    return row


def test_before_anybody_answers_the_page_says_so(trainer: FlaskClient) -> None:
    assert "Nobody has answered yet" in trainer.get(PAGE).text


def test_four_learners_are_hidden(trainer: FlaskClient, session: Session) -> None:
    for number in range(4):
        sit(session, right=number > 1)

    assert "fewer than 5 learners" in trainer.get(PAGE).text
    row = row_of(trainer, "well-single")
    assert row["Facility, %"] == row["Attempts"] == row["Learners"] == ""


def test_five_are_shown_as_an_impression(
    trainer: FlaskClient, session: Session
) -> None:
    for number in range(5):
        sit(session, right=number > 1)

    row = row_of(trainer, "well-single")
    assert (row["Learners"], row["Facility, %"]) == ("5", "60")
    assert row["Tells apart, from -100 to 100"] == "100"
    assert row["Unanswered"] == "2"
    assert row["Chosen options"] == "a: 3; b: 0; c: 0; d: 0"
    assert "few answers" in row["Remarks"]
    assert "nobody chooses b" in row["Remarks"]
    assert "nobody chooses a" not in row["Remarks"]
    page = trainer.get(PAGE).text
    assert "<svg" in page
    assert "few answers: an impression only" in page


def test_the_time_of_a_question_is_what_passed_since_the_answer_before(
    trainer: FlaskClient, session: Session
) -> None:
    for number in range(5):
        user = sit(session, right=True)
        times = {"well-single": 400 + number * 10, "well-truth": 1_350 + number * 10}
        session.execute(
            update(Attempt)
            .where(Attempt.user_id == user.id)
            .values(saves={"devices": {}, "times": times, "saves": {}})
        )
    session.commit()

    assert row_of(trainer, "well-single")["Seconds, median"] == "42"
    assert row_of(trainer, "well-truth")["Seconds, median"] == "95"
    assert "1\N{NO-BREAK SPACE}min\N{NO-BREAK SPACE}35\N{NO-BREAK SPACE}s" in (
        trainer.get(PAGE).text
    )


def test_where_answers_came_together_the_time_is_missing(
    trainer: FlaskClient, session: Session
) -> None:
    for _ in range(5):
        sit(session, right=True)

    assert row_of(trainer, "well-single")["Seconds, median"] == ""


def test_a_learner_counts_once_with_the_first_attempt(
    trainer: FlaskClient, session: Session
) -> None:
    for _ in range(4):
        sit(session, right=False)
    sit(session, right=True, again=1)

    row = row_of(trainer, "well-single")
    assert (row["Attempts"], row["Learners"], row["Facility, %"]) == ("6", "5", "20")


def test_languages_that_prove_unlike_are_told(
    trainer: FlaskClient, session: Session
) -> None:
    for number in range(5):
        sit(session, right=True, lang="es")
        sit(session, right=number == 0, lang="en")

    assert "30 points or more" in row_of(trainer, "well-single", "es")["Remarks"]
    assert "30 points or more" in row_of(trainer, "well-single", "en")["Remarks"]
    assert "30 points or more between languages" in trainer.get(PAGE).text


def test_the_page_runs_the_same_statements_for_few_and_for_many(
    trainer: FlaskClient, session: Session, statements: list[str]
) -> None:
    counts = []
    for _ in range(2):
        for _ in range(6):
            sit(session, right=True)
        trainer.get(PAGE)
        statements.clear()
        trainer.get(PAGE)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 5


def test_a_change_in_the_marking_begins_a_new_count(
    trainer: FlaskClient, session: Session, tmp_path: Path
) -> None:
    for _ in range(5):
        sit(session, right=True)
    publish_voided(session, tmp_path, void="drop")

    page = trainer.get(PAGE).text

    assert "Quiz of the well, as it was marked before" in page
    assert "marked otherwise now" in row_of(trainer, "well-single")["Remarks"]
    assert "marked otherwise now" not in row_of(trainer, "well-truth")["Remarks"]


def test_learners_do_not_see_it(signed_in: FlaskClient) -> None:
    assert signed_in.get(PAGE).status_code == 404
    assert signed_in.get(FILE).status_code == 404


def test_the_language_of_an_attempt_is_kept(session: Session, ana: User) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    assert session.get_one(Attempt, attempt_id).lang is None

    submit(session, ana, attempt_id, now=now())
    session.expire_all()

    assert session.get_one(Attempt, attempt_id).lang == "en"
