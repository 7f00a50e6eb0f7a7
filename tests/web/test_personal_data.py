"""Everything held about me: complete, mine alone, and without secrets."""

import io
import json
import zipfile

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from tests.learning import complete_small_course


def _data(client: FlaskClient) -> tuple[dict[str, list[dict[str, object]]], str]:
    response = client.get("/me/data")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        page = archive.read("data.html").decode()
        return json.loads(archive.read("data.json")), page


def test_a_learner_downloads_what_is_held_about_them(
    session: Session, signed_in: FlaskClient, ana: User, small_course: None
) -> None:
    complete_small_course(session, ana)
    name = ana.full_name

    data, page = _data(signed_in)

    assert data["account"][0]["full_name"] == name
    assert data["enrolments"]
    assert data["modules_read"]
    assert data["attempts"]
    assert data["certificates"]
    assert data["sessions"]
    assert name in page


def test_no_secret_is_in_it(signed_in: FlaskClient) -> None:
    data, page = _data(signed_in)

    for text in (json.dumps(data), page):
        assert "hash" not in text
        assert "fs_uniquifier" not in text
        assert "password" not in text


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient) -> None:
    response = client.get("/me/data")

    assert response.status_code == 303
    assert "/sign-in" in response.headers["Location"]
