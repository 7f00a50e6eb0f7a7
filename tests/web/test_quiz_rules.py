"""The page before a quiz: its rules, my attempts, and what may be done now."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from tests.learning import begin_attempt, pass_quiz, submit
from tests.published import publish_sample

PLACE = "/courses/small-course"


def page(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_the_rules_are_told_before_the_start(signed_in: FlaskClient) -> None:
    html = page(signed_in, f"{PLACE}/the-well/quiz")

    for text in ("7 questions", "60", "30\N{NO-BREAK SPACE}min", "3 attempts left"):
        assert text in html
    assert "Start the quiz" in html


def test_no_question_is_shown_before_the_start(signed_in: FlaskClient) -> None:
    html = page(signed_in, f"{PLACE}/the-well/quiz")

    assert "Where does the water of the municipality come from?" not in html


def test_the_final_shows_the_name_as_it_will_be_printed(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    session.get_one(User, ana.id).full_name = "  ana   MARÍA\tRuiz "
    session.commit()

    html = page(signed_in, f"{PLACE}/final")

    assert "ana MARÍA Ruiz" in html
    assert "/me/certificates/name?next=" in html


def test_an_open_attempt_is_gone_on_with(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    begin_attempt(session, ana, "the-well", now=now())

    assert "Continue my attempt" in page(signed_in, f"{PLACE}/the-well/quiz")


def test_attempts_are_listed_with_their_grades(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    submit(session, ana, begin_attempt(session, ana, "the-well"))
    pass_quiz(session, ana, "the-well")

    html = page(signed_in, f"{PLACE}/the-well/quiz")

    assert "Not passed" in html
    assert "100\N{NO-BREAK SPACE}%" in html
    assert "Practise again" in html


def test_who_has_no_attempt_left_is_told_whom_to_ask(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    for _ in range(3):
        submit(session, ana, begin_attempt(session, ana, "the-well"))

    html = page(signed_in, f"{PLACE}/the-well/quiz")

    assert "No attempts left" in html
    assert "Start the quiz" not in html


def test_who_has_to_wait_is_told_until_when(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    moment = now()
    submit(session, ana, begin_attempt(session, ana, None, now=moment), now=moment)

    html = page(signed_in, f"{PLACE}/final")

    assert "You can try again from" in html
    assert "Start the quiz" not in html


@pytest.mark.parametrize("path", [f"{PLACE}/the-well/quiz", f"{PLACE}/final"])
def test_a_visitor_is_asked_to_sign_in_and_comes_back(
    client: FlaskClient, small_course: str, path: str
) -> None:
    response = client.get(path)

    assert response.status_code == 303
    assert response.location == f"/sign-in?next={path}"


@pytest.mark.parametrize(
    "path", ["/courses/second-course/the-network/quiz", f"{PLACE}/the-moon/quiz"]
)
def test_a_module_without_a_quiz_has_no_rules(
    session: Session, signed_in: FlaskClient, path: str
) -> None:
    publish_sample(session, "second-course")

    assert signed_in.get(path).status_code == 404
