"""Ids of any size, and of others, are simply not there."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from tests.factories import sign_in
from tests.learning import begin_attempt, enrolled_user
from tests.published import publish_sample

IDS = [
    pytest.param("0", id="zero"),
    pytest.param("-1", id="negative"),
    pytest.param("00001", id="padded"),
    pytest.param("1.0", id="a fraction"),
    pytest.param(str(2**31), id="2^31"),
    pytest.param(str(2**63), id="2^63"),
    pytest.param(str(2**64), id="2^64"),
    pytest.param("abc", id="letters"),
    pytest.param("٣", id="digits of another script"),
    pytest.param("%00", id="NUL"),
    pytest.param("%ff%fe", id="not UTF-8"),
    pytest.param("9" * 5000, id="very long"),
]
SLUGS = [
    "/courses/{}",
    "/courses/{}/the-well",
    "/courses/small-course/{}",
    "/courses/{}/the-well/quiz",
    "/courses/small-course/{}/quiz",
    "/courses/{}/final",
    "/courses/{}/offline.es.html",
    "/media/{}.svg",
    "/verify/{}",
    "/certificates/{}.pdf",
]
SAVE = {"number": 1, "responses": {}}
POSTS = [
    "/courses/{}/enrolment",
    "/courses/{}/enrolment/version",
    "/courses/{}/the-well/completion",
    "/courses/small-course/{}/completion",
    "/courses/{}/final/attempts",
    "/courses/small-course/{}/quiz/attempts",
]


@pytest.mark.parametrize("entry", IDS)
def test_an_attempt_with_such_an_id_is_not_there(
    signed_in: FlaskClient, entry: str
) -> None:
    assert signed_in.get(f"/attempts/{entry}").status_code == 404
    for act in ("responses", "draft", "submission"):
        response = signed_in.post(f"/attempts/{entry}/{act}", json=SAVE)
        assert response.status_code == 404


@pytest.mark.parametrize("entry", IDS)
@pytest.mark.parametrize("path", SLUGS)
def test_a_page_with_such_a_name_is_not_there(
    signed_in: FlaskClient, path: str, entry: str
) -> None:
    assert signed_in.get(path.format(entry)).status_code == 404


@pytest.mark.parametrize("entry", IDS)
def test_an_act_on_such_a_name_is_refused(signed_in: FlaskClient, entry: str) -> None:
    for path in POSTS:
        assert signed_in.post(path.format(entry)).status_code == 404, path


def test_another_learners_attempt_answers_like_a_missing_one(
    session: Session, client: FlaskClient, ana: User
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    sign_in(client, session, enrolled_user(session))

    def body(path: str) -> str:
        response = client.get(path)
        assert response.status_code == 404
        html = response.get_data(as_text=True).split("<main")[1]
        return html.split("<code>")[0]

    assert body(f"/attempts/{attempt_id}") == body("/attempts/999999")


def test_parts_of_an_address_belong_together(
    session: Session, signed_in: FlaskClient
) -> None:
    publish_sample(session, "members-course")

    assert signed_in.get("/courses/members-course/the-well").status_code == 404
    assert signed_in.get("/courses/small-course/the-desk").status_code == 404
    assert signed_in.get("/courses/members-course/the-well/quiz").status_code == 404
