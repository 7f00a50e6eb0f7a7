"""Self-checks in a module: answered in the address, by anyone, and never stored."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.assessment import Attempt
from tests.published import publish_sample

WELL = "/courses/small-course/the-well"


@pytest.fixture(autouse=True)
def _course(session: Session) -> None:
    publish_sample(session)


def page(client: FlaskClient, query: str) -> str:
    response = client.get(f"{WELL}?lang=en&{query}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_nothing_tells_the_answer_before_one_is_given(client: FlaskClient) -> None:
    html = page(client, "")

    assert "Where does the water come from?" in html
    assert "Hint-right" not in html
    assert "Hint-wrong" not in html
    assert "Right answer" not in html


def test_a_wrong_answer_is_explained_with_the_right_one(client: FlaskClient) -> None:
    texts = [page(client, f"check=0&the-well-check={key}") for key in "ab"]
    wrong = next(html for html in texts if "Hint-wrong" in html)
    right = next(html for html in texts if "Hint-right" in html)

    assert "Incorrect" in wrong
    assert "Right answer" in wrong
    assert "Correct" in right
    assert "Right answer" not in right
    assert "Check again" in right


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("check=0", id="nothing chosen"),
        pytest.param("check=0&the-well-check=z", id="an unknown key"),
        pytest.param("check=7&the-well-check=a", id="no such self-check"),
        pytest.param("check=-1&the-well-check=a", id="a negative number"),
        pytest.param("check=%ff&the-well-check=%fe", id="signs nobody types"),
        pytest.param("the-well-check=a", id="no self-check named"),
        pytest.param(f"check=0&the-well-check={'a' * 5000}", id="a long key"),
    ],
)
def test_an_answer_that_is_none_shows_the_question_again(
    client: FlaskClient, query: str
) -> None:
    html = page(client, query)

    assert "Hint-" not in html
    assert "Where does the water come from?" in html


def test_nothing_is_stored(session: Session, client: FlaskClient) -> None:
    page(client, "check=0&the-well-check=a")

    assert session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_the_answer_is_kept_when_the_language_changes(client: FlaskClient) -> None:
    html = page(client, "check=0&the-well-check=a")

    assert "check=0&amp;the-well-check=a&amp;lang=es" in html
