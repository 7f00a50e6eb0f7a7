"""Attacks on the workspace where courses are written: odd input, foreign things."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.domain.drafts import fingerprint
from conexx_learn.models.accounts import User
from conexx_learn.services.preview import plain_text
from tests.course_desks import SLUG, WELL, Desk, lay_course, make_trainer
from tests.factories import sign_in
from tests.published import publish_sample

AT = f"/trainer/courses/{SLUG}"
TABLE = (
    "Pregunta;Respuesta 1;Respuesta 2;Correcta\n¿Cuál es?;El pozo;El río;1\n"
).encode()
NO_NUMBERS = ["²", "٣", "9" * 5000, "-1", ""]


@pytest.fixture
def home(
    app: Flask, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """Lay the course where the pages look for it, and publish it."""
    publish_sample(session)
    home, target = lay_course(tmp_path / "courses"), tmp_path / "published"
    monkeypatch.setitem(app.config, "COURSES", home)
    monkeypatch.setitem(app.config, "COURSE_HOME", target)
    return Desk(home, target)


@pytest.fixture
def iker(session: Session) -> User:
    return make_trainer(session, "Iker Zabala")


@pytest.fixture
def desk(client: FlaskClient, session: Session, home: Desk, iker: User) -> FlaskClient:
    sign_in(client, session, iker)
    session.commit()
    return client


@pytest.mark.parametrize("row", NO_NUMBERS)
def test_a_row_that_is_no_number_chooses_no_question(
    desk: FlaskClient, row: str
) -> None:
    data = {"file": (io.BytesIO(TABLE), "preguntas.csv"), "text_language": "es"}
    sent = desk.post(f"{AT}/arrivals", data=data, content_type="multipart/form-data")
    assert sent.status_code == 303, sent.text

    answer = desk.post(str(sent.location), data={"rows": row, "target": "x"})

    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["version", "institution", "weeks", "page"])
@pytest.mark.parametrize(
    "value", ["-1", str(2**31), str(2**63), "9" * 30, "9" * 5000, "²", "٣"]
)
@pytest.mark.parametrize("path", ["learners", "learners.csv", "learners/stopped"])
def test_a_filter_that_nobody_offers_is_no_error(
    desk: FlaskClient, name: str, value: str, path: str
) -> None:
    answer = desk.get(f"{AT}/{path}", query_string={name: value})

    assert answer.status_code == 200


@pytest.mark.parametrize("title", ["¿¡…!?", "水", "a", "👩‍🌾" * 20])
def test_a_title_that_makes_no_address_is_told_beside_the_form(
    desk: FlaskClient, title: str
) -> None:
    data = {"title": title, "language": "es", "slug": ""}
    answer = desk.post("/trainer/courses/new?lang=en", data=data)
    assert answer.status_code in {303, 422}
    if answer.status_code == 422:
        assert title in answer.text

    made = desk.post(f"{AT}/modules/new", data={"title": title})
    assert made.status_code in {303, 422}


def test_no_module_is_called_new(desk: FlaskClient) -> None:
    """Its address is the one that asks for a module."""
    made = desk.post(f"{AT}/modules/new?lang=en", data={"title": "New"})

    assert made.status_code == 422
    assert "“new”" in made.text


@pytest.mark.parametrize("parent", [str(2**63), "9" * 4000, "0", "-1", "²"])
def test_an_answer_to_no_comment_is_refused(
    desk: FlaskClient, session: Session, home: Desk, iker: User, parent: str
) -> None:
    home.edit(session, iker, "Con una tapa y una cerca.", "Con una tapa.")
    review = home.send(session, iker)

    answer = desk.post(
        f"/trainer/reviews/{review}/comments", data={"text": "Why?", "parent": parent}
    )

    assert answer.status_code in {404, 422}


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="windows line ends"),
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, id="byte order mark"),
        pytest.param(lambda data: data + "año\n".encode("latin-1"), id="not UTF-8"),
    ],
)
def test_a_file_saved_as_it_was_shown_keeps_its_bytes(
    desk: FlaskClient, home: Desk, kept: Callable[[bytes], bytes]
) -> None:
    file = home.home / SLUG / WELL
    file.write_bytes(kept(file.read_bytes()))
    seen, shown = fingerprint(file.read_bytes()), plain_text(file.read_bytes())
    address = f"{AT}/files/{WELL}"

    typed = {"text": shown.replace("\n", "\r\n"), "seen": seen}
    assert desk.post(address, data=typed).status_code == 303
    answer = desk.post(f"{address}/autosave", json={"text": shown, "seen": seen})

    assert answer.json
    assert answer.json["sha256"] == seen
    with zipfile.ZipFile(io.BytesIO(desk.get(f"{AT}/export.zip").data)) as archive:
        assert archive.read(f"{SLUG}/{WELL}") == file.read_bytes()


@pytest.mark.parametrize("body", ["1", "[]", "null", '"x"', '{"title": {"a": 1}}'])
def test_a_form_page_takes_no_json(desk: FlaskClient, body: str) -> None:
    answer = desk.post(
        "/trainer/courses/new", data=body, content_type="application/json"
    )

    assert answer.status_code == 422
