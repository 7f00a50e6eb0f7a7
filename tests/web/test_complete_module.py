"""Marking a module as read: in the account, or in the browser before there is one."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from conexx_learn.models.progress import ModuleCompletion
from tests.factories import make_user, sign_in
from tests.learning import pass_quiz, read_module
from tests.published import publish_sample


def completions(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ModuleCompletion)) or 0


def test_marking_leads_to_what_is_due_next(
    session: Session, signed_in: FlaskClient, small_course: str
) -> None:
    well = signed_in.post(f"{small_course}/the-well/completion")
    pump = signed_in.post(f"{small_course}/the-pump/completion")

    assert (well.status_code, well.location) == (303, f"{small_course}/the-well/quiz")
    assert (pump.status_code, pump.location) == (303, f"{small_course}/final")
    assert completions(session) == 2


def test_a_double_click_marks_once(
    session: Session, signed_in: FlaskClient, small_course: str
) -> None:
    for _ in range(2):
        signed_in.post(f"{small_course}/the-well/completion")

    assert completions(session) == 1


def test_reading_changes_nothing_by_itself(
    session: Session, signed_in: FlaskClient, small_course: str
) -> None:
    signed_in.get(f"{small_course}/the-well")
    signed_in.get(f"{small_course}/the-well/completion")

    assert completions(session) == 0


def test_what_a_visitor_reads_is_kept_and_counts_after_enrolling(
    session: Session, client: FlaskClient, small_course: str
) -> None:
    response = client.post(f"{small_course}/the-well/completion")
    assert response.location == f"{small_course}/the-pump"
    assert completions(session) == 0
    html = client.get(f"{small_course}/the-well?lang=en").get_data(as_text=True)
    assert 'data-state="met">Read<' in html

    sign_in(client, session, make_user(session))
    client.post(f"{small_course}/enrolment")

    assert completions(session) == 1


def test_marking_enrols_who_reads_without_having_enrolled(
    session: Session, client: FlaskClient, small_course: str
) -> None:
    sign_in(client, session, make_user(session))

    client.post(f"{small_course}/the-pump/completion")

    html = client.get(f"{small_course}?lang=en").get_data(as_text=True)
    assert "Continue: Module 1" in html


def test_the_cookie_of_a_visitor_stays_small(
    client: FlaskClient, small_course: str
) -> None:
    for module in ("the-well", "the-pump") * 20:
        client.post(f"{small_course}/{module}/completion")

    cookie = client.get_cookie("session")
    assert cookie is not None
    assert len(cookie.value) < 4000


def test_the_last_module_issues_the_certificate_and_says_so(
    session: Session, signed_in: FlaskClient, ana: User, small_course: str
) -> None:
    read_module(session, ana, "the-well")
    pass_quiz(session, ana, "the-well")
    pass_quiz(session, ana, None)

    response = signed_in.post(
        f"{small_course}/the-pump/completion", follow_redirects=True
    )

    assert "Your certificate is ready" in response.get_data(as_text=True)
    assert session.scalars(select(Certificate)).one()


@pytest.mark.parametrize("path", ["the-moon", "quiz", "final"])
def test_a_module_that_is_not_there_cannot_be_marked(
    signed_in: FlaskClient, small_course: str, path: str
) -> None:
    response = signed_in.post(f"{small_course}/{path}/completion")

    assert response.status_code in {404, 405}


def test_a_visitor_marks_nothing_in_a_course_for_members(
    session: Session, client: FlaskClient
) -> None:
    publish_sample(session, "members-course")

    response = client.post("/courses/members-course/the-desk/completion")

    assert response.status_code == 303
    assert response.location.startswith("/sign-in?next=")


def test_a_prerequisite_holds_for_marking_too(
    session: Session, signed_in: FlaskClient
) -> None:
    publish_sample(session, "second-course")

    response = signed_in.post("/courses/second-course/the-network/completion")

    assert response.status_code == 409
    assert completions(session) == 0
