"""The player: who may read a module, and what stands on its page."""

from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from tests.factories import make_user, sign_in
from tests.learning import complete_small_course, enrolled_user, read_module
from tests.published import Edits, edited_copy, publish_sample, version


def text_of(client: FlaskClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_anybody_reads_an_open_course(client: FlaskClient, small_course: str) -> None:
    html = text_of(client, f"{small_course}/the-well?lang=en")

    assert "The water comes from the <strong>well</strong>" in html
    assert "You are reading without an account" in html
    assert 'alt="Map of the basin"' in html


def test_a_course_for_members_asks_a_visitor_to_sign_in(
    session: Session, client: FlaskClient
) -> None:
    publish_sample(session, "members-course")

    response = client.get("/courses/members-course/the-desk")

    assert response.status_code == 303
    assert response.location == "/sign-in?next=/courses/members-course/the-desk"
    assert "Texto-interno" not in response.get_data(as_text=True)


def test_a_course_for_members_is_read_with_any_account(
    session: Session, client: FlaskClient
) -> None:
    publish_sample(session, "members-course")
    sign_in(client, session, make_user(session))

    html = text_of(client, "/courses/members-course/the-desk?lang=en")

    assert "Texto-interno" in html
    assert "You are not enrolled in this course" in html
    assert "without an account" not in html


def test_what_comes_first_is_named_where_reading_does_not_count_yet(
    session: Session, client: FlaskClient, small_course: str
) -> None:
    publish_sample(session, "second-course")
    path = "/courses/second-course/the-network"
    learner = enrolled_user(session)
    sign_in(client, session, learner)

    before = text_of(client, f"{path}?lang=en")
    refused = client.post(f"{path}/completion")
    complete_small_course(session, learner)
    after = text_of(client, f"{path}?lang=en")

    assert "it counts once you have completed what comes first" in before
    assert f'<a href="{small_course}">Clean water in the municipality</a>' in before
    assert f'action="{path}/completion"' not in before
    assert "Marking a module as read enrols you" not in before
    assert refused.status_code == 409
    assert "Marking a module as read enrols you" in after
    assert f'action="{path}/completion"' in after


def test_links_lead_to_the_module_that_they_name(
    client: FlaskClient, small_course: str
) -> None:
    html = text_of(client, f"{small_course}/the-well?lang=es")

    assert f'href="{small_course}/the-pump"' in html


def test_images_come_from_this_site_and_can_run_nothing(
    client: FlaskClient, small_course: str
) -> None:
    html = text_of(client, f"{small_course}/the-well")
    address = html.split('src="/media/')[1].split('"')[0]

    image = client.get(f"/media/{address}")

    assert image.mimetype == "image/svg+xml"
    assert "sandbox" in image.headers["Content-Security-Policy"]
    assert "immutable" in image.headers["Cache-Control"]
    assert image.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["the-moon", "the-network", "the-well%00", "THE-WELL", "../the-well"]
)
def test_a_module_that_is_not_of_the_course_is_not_found(
    session: Session, client: FlaskClient, small_course: str, path: str
) -> None:
    publish_sample(session, "second-course")

    assert client.get(f"{small_course}/{path}").status_code == 404


def test_the_page_shows_what_is_read_and_what_comes_next(
    session: Session, signed_in: FlaskClient, ana: User, small_course: str
) -> None:
    read_module(session, ana, "the-well")

    html = text_of(signed_in, f"{small_course}/the-well")

    assert 'data-state="met">Read<' in html
    assert "Next: Quiz of module 1" in html
    assert 'aria-current="page"' in html


def test_a_learner_reads_the_version_they_started(
    session: Session, signed_in: FlaskClient, small_course: str, tmp_path: Path
) -> None:
    edits: Edits = version("2.0") | {"02-the-pump.en.md": ("Whoever", "Everybody who")}
    publish_sample(session, folder=edited_copy(tmp_path, edits))

    assert "Whoever uses" in text_of(signed_in, f"{small_course}/the-pump?lang=en")


def test_a_module_past_its_date_says_so(
    session: Session, client: FlaskClient, tmp_path: Path
) -> None:
    past = date(2026, 11, 18).isoformat()
    edits: Edits = {
        "course.toml": ("minutes = 20", f"minutes = 20\nvalid_until = {past}")
    }
    publish_sample(session, folder=edited_copy(tmp_path, edits))

    html = text_of(client, "/courses/small-course/the-pump?lang=en")

    assert "This text is being reviewed" in html


def test_a_module_without_a_translation_is_shown_in_its_own_language(
    session: Session, client: FlaskClient
) -> None:
    publish_sample(session, "second-course")

    html = text_of(client, "/courses/second-course/the-network?lang=en")

    assert "This module is not translated yet" in html
    assert 'lang="es"' in html
