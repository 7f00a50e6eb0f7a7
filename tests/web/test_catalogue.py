"""The catalogue: what there is, found without accents, filtered, in both languages."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from tests.learning import complete_small_course
from tests.published import publish_sample

CARD = "/courses/small-course"


@pytest.fixture(autouse=True)
def _catalogue(session: Session, small_course: str) -> None:
    publish_sample(session, "members-course")
    publish_sample(session, "second-course")


def listed(client: FlaskClient, query: str = "") -> set[str]:
    html = client.get(f"/courses{query}").get_data(as_text=True)
    slugs = ("small-course", "members-course", "second-course")
    return {slug for slug in slugs if f'href="/courses/{slug}"' in html}


def test_everybody_sees_every_live_course(client: FlaskClient) -> None:
    assert len(listed(client)) == 3


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        pytest.param("?q=AGUA", {"small-course", "second-course"}, id="capitals"),
        pytest.param("?q=tecnico", {"small-course"}, id="without an accent"),
        pytest.param("?q=técnico", {"small-course"}, id="with an accent"),
        pytest.param("?q=bomba", {"small-course"}, id="a module's title"),
        pytest.param("?q=clean+water", {"small-course"}, id="another language"),
        pytest.param("?q=agua+pozo", {"small-course"}, id="every word"),
        pytest.param("?q=volcano", set(), id="nothing found"),
        pytest.param("?access=members", {"members-course"}, id="access"),
        pytest.param("?competency=K1", {"small-course"}, id="competency"),
        pytest.param("?access=nonsense", set(), id="an access that is none"),
    ],
)
def test_the_list_is_searched_and_filtered(
    client: FlaskClient, query: str, slugs: set[str]
) -> None:
    assert listed(client, query) == slugs


def test_what_was_searched_for_is_shown_as_text(client: FlaskClient) -> None:
    html = client.get("/courses?q=<script>alert(1)</script>").get_data(as_text=True)

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_the_titles_are_in_the_readers_language(client: FlaskClient) -> None:
    assert "Agua limpia" in client.get("/courses?lang=es").get_data(as_text=True)
    assert "Clean water" in client.get("/courses?lang=en").get_data(as_text=True)


def test_a_course_says_how_far_its_learner_is(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    assert "In progress" in signed_in.get("/courses").get_data(as_text=True)

    complete_small_course(session, ana)

    assert "Completed" in signed_in.get("/courses").get_data(as_text=True)


def test_an_empty_catalogue_says_what_to_do(client: FlaskClient) -> None:
    html = client.get("/courses?lang=en&q=volcano").get_data(as_text=True)

    assert "volcano" in html
    assert "Remove the filters" in html
