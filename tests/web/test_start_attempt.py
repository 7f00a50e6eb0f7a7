"""Starting an attempt through its form."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from tests.factories import make_user, sign_in
from tests.learning import begin_attempt, submit
from tests.published import publish_sample

PLACE = "/courses/small-course"


def attempts(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Attempt)) or 0


def test_starting_leads_to_the_questions(
    session: Session, signed_in: FlaskClient
) -> None:
    response = signed_in.post(f"{PLACE}/the-well/quiz/attempts")

    (attempt_id,) = session.scalars(select(Attempt.id))
    assert response.status_code == 303
    assert response.location == f"/attempts/{attempt_id}"
    html = signed_in.get(response.location).get_data(as_text=True)
    assert "Where does the water of the municipality come from?" in html
    assert "attempt 1 of 3" in html


def test_starting_again_leads_to_the_same_attempt(
    session: Session, signed_in: FlaskClient
) -> None:
    first, second = (
        signed_in.post(f"{PLACE}/the-well/quiz/attempts").location for _ in range(2)
    )

    assert first == second
    assert attempts(session) == 1


def test_a_start_beyond_the_attempts_allowed_is_refused(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    for _ in range(3):
        submit(session, ana, begin_attempt(session, ana, "the-well"))

    response = signed_in.post(f"{PLACE}/the-well/quiz/attempts")

    assert response.status_code == 409
    assert "Quiz of the well" in response.get_data(as_text=True)


def test_a_start_within_the_wait_is_refused_with_the_moment(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    moment = now()
    submit(session, ana, begin_attempt(session, ana, None, now=moment), now=moment)

    response = signed_in.post(f"{PLACE}/final/attempts")

    assert response.status_code == 409
    assert "You cannot start another attempt yet" in response.get_data(as_text=True)


def test_the_first_quiz_enrols_who_has_an_account(
    session: Session, client: FlaskClient, small_course: str
) -> None:
    client.post(f"{small_course}/the-pump/completion")
    sign_in(client, session, make_user(session))

    response = client.post(f"{small_course}/the-well/quiz/attempts")

    assert response.status_code == 303
    html = client.get(f"{small_course}/the-pump?lang=en").get_data(as_text=True)
    assert 'data-state="met">Read<' in html


def test_a_visitor_is_asked_to_sign_in_at_the_first_quiz(
    session: Session, client: FlaskClient, small_course: str
) -> None:
    response = client.post(f"{small_course}/the-well/quiz/attempts")

    assert response.status_code == 303
    assert response.location == f"/sign-in?next={small_course}/the-well/quiz"
    assert attempts(session) == 0


def test_what_a_learner_sends_along_counts_for_nothing(
    session: Session, signed_in: FlaskClient
) -> None:
    forged = {"ordinal": "9", "user_id": "1", "passed": "1", "deadline_at": "2099"}

    signed_in.post(f"{PLACE}/the-well/quiz/attempts", data=forged)

    row = session.scalars(select(Attempt)).one()
    assert (row.ordinal, row.passed) == (1, None)
    assert row.deadline_at is not None
    assert row.deadline_at.year < 2099


@pytest.mark.parametrize(
    "path",
    [
        f"{PLACE}/the-moon/quiz/attempts",
        "/courses/second-course/the-network/quiz/attempts",
        "/courses/no-such-course/final/attempts",
    ],
)
def test_a_quiz_that_is_not_there_cannot_be_started(
    session: Session, signed_in: FlaskClient, path: str
) -> None:
    publish_sample(session, "second-course")

    assert signed_in.post(path).status_code in {404, 409}
    assert attempts(session) == 0
