"""My courses: one next step, what was begun, and what is held."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from tests.factories import make_user, sign_in
from tests.learning import complete_small_course, read_module


def page(client: FlaskClient) -> str:
    response = client.get("/me?lang=en")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient) -> None:
    response = client.get("/me")

    assert (response.status_code, response.location) == (303, "/sign-in?next=/me")


def test_who_has_begun_nothing_is_led_to_the_courses(
    session: Session, client: FlaskClient
) -> None:
    sign_in(client, session, make_user(session))

    assert "Begin your first course" in page(client)
    assert "First steps" in page(client)


def test_the_next_step_is_one_link_away(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    assert 'href="/courses/small-course/the-well"' in page(signed_in)

    read_module(session, ana, "the-well")

    assert 'href="/courses/small-course/the-well/quiz"' in page(signed_in)


def test_who_has_completed_everything_is_up_to_date(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    complete_small_course(session, ana)

    html = page(signed_in)

    assert "You are up to date" in html
    assert "Completed" in html
    assert "Valid until 16 November 2028" in html
    assert "/certificates/" in html


def test_a_name_is_shown_as_text(session: Session, client: FlaskClient) -> None:
    sign_in(client, session, make_user(session, "<b>Ana</b>"))

    html = page(client)

    assert "<b>Ana</b>" not in html
    assert "&lt;b&gt;Ana&lt;/b&gt;" in html
