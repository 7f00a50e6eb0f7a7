"""A course's public page: what it gives, what it weighs, and the one next step."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.services.course_offers import withdraw_course
from tests.factories import make_user, sign_in
from tests.learning import SMALL, complete_small_course, pass_quiz, read_module
from tests.published import edited_copy, publish_sample, version


def page(client: FlaskClient, path: str, lang: str = "en") -> str:
    response = client.get(f"{path}?lang={lang}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_a_course_says_what_it_gives(client: FlaskClient, small_course: str) -> None:
    html = page(client, small_course)

    for text in (
        "Clean water in the municipality",
        "Choose a pump for a well.",
        "K1",
        "valid for 24 months",
        "EQF level 4",
        "kB of text and images",
        "/courses/small-course/offline.en.html",
    ):
        assert text in html


def test_the_page_is_in_the_language_asked_for(
    client: FlaskClient, small_course: str
) -> None:
    assert "Elegir una bomba" in page(client, small_course, "es")
    assert '<html lang="es"' in page(client, small_course, "es")


def test_a_course_without_a_translation_says_which_language_it_is_in(
    session: Session, client: FlaskClient
) -> None:
    publish_sample(session, "second-course")

    assert '<h1 lang="es">La red de agua' in page(client, "/courses/second-course")


@pytest.mark.parametrize(
    "path",
    ["/courses/no-such-course", "/courses/SMALL-COURSE", "/courses/small-course%00"],
)
def test_an_unknown_course_is_not_found(
    client: FlaskClient, small_course: str, path: str
) -> None:
    assert client.get(path).status_code == 404


def test_a_visitor_is_invited_to_read(client: FlaskClient, small_course: str) -> None:
    html = page(client, small_course)

    assert "Begin to read" in html
    assert 'href="/courses/small-course/the-well"' in html


def test_a_course_for_members_shows_no_way_in_without_an_account(
    session: Session, client: FlaskClient
) -> None:
    publish_sample(session, "members-course")

    html = page(client, "/courses/members-course")

    assert "/courses/members-course/the-desk" not in html
    assert "offline" not in html


def test_who_has_an_account_enrols_with_one_button(
    session: Session, client: FlaskClient, small_course: str
) -> None:
    sign_in(client, session, make_user(session))
    assert f'action="{small_course}/enrolment"' in page(client, small_course)

    for _double_click in range(2):
        response = client.post(f"{small_course}/enrolment")
        assert response.status_code == 303
        assert response.location == small_course

    assert "Continue: Module 1" in page(client, small_course)


def test_enrolling_asks_a_visitor_to_sign_in_and_comes_back(
    client: FlaskClient, small_course: str
) -> None:
    response = client.post(f"{small_course}/enrolment")

    assert response.status_code == 303
    assert response.location == "/sign-in?next=/courses/small-course"


def test_a_missing_prerequisite_is_named(
    session: Session, signed_in: FlaskClient
) -> None:
    publish_sample(session, "second-course")

    response = signed_in.post("/courses/second-course/enrolment")

    assert response.status_code == 409
    assert "Clean water in the municipality" in response.get_data(as_text=True)


def test_what_comes_first_is_listed_and_is_the_next_step(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    publish_sample(session, "second-course")
    enrolment = 'action="/courses/second-course/enrolment"'

    before = page(signed_in, "/courses/second-course")
    complete_small_course(session, ana)
    after = page(signed_in, "/courses/second-course")

    assert "Another course comes first" in before
    assert "Not completed" in before
    assert enrolment not in before
    assert "Courses that come first" in after
    assert "Not completed" not in after
    assert enrolment in after


def test_what_comes_first_and_is_withdrawn_leads_nowhere(
    session: Session, client: FlaskClient, small_course: str
) -> None:
    publish_sample(session, "second-course")
    sign_in(client, session, make_user(session))
    withdraw_course(session, slug=SMALL, reason="Out of date", user_id=None, now=now())
    session.commit()

    html = page(client, "/courses/second-course")
    refused = client.post("/courses/second-course/enrolment?lang=en")

    assert "Clean water in the municipality" in html
    assert "no longer offered" in html
    assert "ask your training manager" in html
    assert f'href="{small_course}"' not in html
    assert refused.status_code == 409
    assert "Clean water in the municipality" in refused.get_data(as_text=True)


def test_a_withdrawn_course_that_one_began_still_leads_on(
    session: Session, signed_in: FlaskClient, small_course: str
) -> None:
    publish_sample(session, "second-course")
    withdraw_course(session, slug=SMALL, reason="Out of date", user_id=None, now=now())
    session.commit()

    html = page(signed_in, "/courses/second-course")

    assert f'<a href="{small_course}">' in html
    assert "no longer offered" not in html


def test_a_visitor_sees_what_comes_first(
    session: Session, client: FlaskClient, small_course: str
) -> None:
    publish_sample(session, "second-course")

    html = page(client, "/courses/second-course")

    assert "Courses that come first" in html
    assert f'<a href="{small_course}">' in html
    assert "ompleted</span>" not in html


def test_the_next_step_follows_what_was_done(
    session: Session, signed_in: FlaskClient, ana: User, small_course: str
) -> None:
    assert "Continue: Module 1" in page(signed_in, small_course)
    read_module(session, ana, "the-well")
    assert f'href="{small_course}/the-well/quiz"' in page(signed_in, small_course)
    pass_quiz(session, ana, "the-well")
    assert "Continue: Module 2" in page(signed_in, small_course)
    read_module(session, ana, "the-pump")
    assert "Go to the final quiz" in page(signed_in, small_course)
    pass_quiz(session, ana, None)
    assert "See my certificates" in page(signed_in, small_course)


def test_a_newer_version_is_offered_with_what_changed(
    session: Session,
    signed_in: FlaskClient,
    ana: User,
    small_course: str,
    tmp_path: Path,
) -> None:
    read_module(session, ana, "the-well")
    publish_sample(
        session,
        folder=edited_copy(tmp_path, version("1.1")),
        change_note={"en": "A clearer map.", "es": "Un mapa más claro."},
    )
    assert "A clearer map." in page(signed_in, small_course)

    moved = signed_in.post(f"{small_course}/enrolment/version")

    assert moved.status_code == 303
    html = page(signed_in, small_course)
    assert "You are now on version 1.1" in html
    assert "A clearer map." not in html
    assert f'href="{small_course}/the-well/quiz"' in html


def test_there_is_nothing_to_move_to(signed_in: FlaskClient, small_course: str) -> None:
    assert signed_in.post(f"{small_course}/enrolment/version").status_code == 404


def test_a_completed_course_is_offered_no_newer_version(
    session: Session,
    signed_in: FlaskClient,
    ana: User,
    small_course: str,
    tmp_path: Path,
) -> None:
    complete_small_course(session, ana)
    publish_sample(session, folder=edited_copy(tmp_path, version("1.1")))

    assert "There is a newer version" not in page(signed_in, small_course)
