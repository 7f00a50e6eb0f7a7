"""Trainers take questions to other systems, and bring them from there."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.people import make_person

FILES = Path(__file__).parents[1] / "question_files"
SAMPLES = Path(__file__).parents[1] / "sample_courses"
COURSE = "/trainer/courses/small-course/questions"
FINAL = "final.quiz.es.md"
ADDRESSES = [COURSE, f"{COURSE}/{FINAL}/gift", "/trainer/questions"]


@pytest.fixture
def trainer(
    client: FlaskClient, session: Session, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> FlaskClient:
    monkeypatch.setitem(app.config, "COURSES", SAMPLES)
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    session.commit()
    return client


def send(client: FlaskClient, content: bytes, name: str, **fields: str) -> Any:
    data = {"file": (io.BytesIO(content), name), **fields}
    return client.post(
        "/trainer/questions?lang=en", data=data, content_type="multipart/form-data"
    )


def test_the_course_leads_to_its_questions(trainer: FlaskClient) -> None:
    assert COURSE in trainer.get("/trainer/courses/small-course").text
    assert "/trainer/questions" in trainer.get("/trainer/courses").text


def test_each_quiz_has_both_downloads_and_what_they_lose(trainer: FlaskClient) -> None:
    page = trainer.get(f"{COURSE}?lang=en").text

    assert f"{COURSE}/{FINAL}/gift" in page
    assert f"{COURSE}/{FINAL}/moodle-xml" in page
    assert "The questions go and not the rules of the quiz" in page


@pytest.mark.parametrize(
    ("form", "begin", "ending"),
    [("gift", b"// [id:", ".gift.txt"), ("moodle-xml", b"<?xml", ".xml")],
)
def test_a_quiz_is_downloaded(
    trainer: FlaskClient, form: str, begin: bytes, ending: str
) -> None:
    answer = trainer.get(f"{COURSE}/{FINAL}/{form}")

    assert answer.data.startswith(begin)
    name = f'filename="small-course-final-es{ending}"'
    assert answer.headers["Content-Disposition"] == f"attachment; {name}"


@pytest.mark.parametrize(
    "path",
    [
        "/trainer/courses/no-such-course/questions",
        f"{COURSE}/{FINAL}/qti",
        f"{COURSE}/course.toml/gift",
        f"{COURSE}/..%2Fsecond-course%2Ffinal.quiz.es.md/gift",
    ],
)
def test_what_is_not_there_is_missing(trainer: FlaskClient, path: str) -> None:
    assert trainer.get(path).status_code == 404


def test_a_file_is_reported_question_by_question(trainer: FlaskClient) -> None:
    content = (FILES / "presupuesto.xml").read_bytes()

    page = send(trainer, content, "presupuesto.xml", quiz_language="es")

    assert page.status_code == 200
    assert "4 questions come; 2 stay behind" in page.text
    assert "Line 56" in page.text
    assert "Huecos" in page.text
    assert "## costos | Costos elegibles" in page.text
    assert "Its picture is not in this file" in page.text


def test_the_reported_text_is_given_back_as_a_file(trainer: FlaskClient) -> None:
    fields = {"name": "agua.quiz.es.md", "text": "---\r\nquiz: agua\r\n---\r\n"}

    answer = trainer.post("/trainer/questions/file", data=fields)

    assert answer.data == b"---\nquiz: agua\n---\n"
    assert 'filename="agua.quiz.es.md"' in answer.headers["Content-Disposition"]
    assert answer.mimetype == "text/markdown"


def test_no_other_name_is_given_to_a_file(trainer: FlaskClient) -> None:
    for name in ("a.html", '"; x.quiz.es.md', "../final.quiz.es.md", ""):
        fields = {"name": name, "text": "a"}
        answer = trainer.post("/trainer/questions/file", data=fields)
        assert answer.status_code == 422


def test_quiz_and_pictures_come_together(trainer: FlaskClient) -> None:
    content = (FILES / "presupuesto.xml").read_bytes()

    answer = send(trainer, content, "Señal 1.xml", quiz_language="es", act="download")

    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert sorted(archive.namelist()) == [
            "media/mapa-uno.png",
            "senal-1.quiz.es.md",
        ]


def test_a_quiz_without_pictures_is_one_file(trainer: FlaskClient) -> None:
    answer = send(trainer, b"A {T}", "bank.gift.txt", act="download")

    assert 'filename="bank.quiz.en.md"' in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"---\nquiz: bank\n")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"A {T}\n\nB {=a", "a.txt", "Line 3"),
        (b"<quiz><question>", "a.xml", "the XML is damaged".capitalize()),
        (b"<!DOCTYPE q [<!ENTITY x 'y'>]><quiz>&x;</quiz>", "a.xml", "for safety"),
        (b"PK\x03\x04", "a.txt", "The file is no text"),
        (b"A {1:SA:=x}", "a.txt", "no question of it has a counterpart"),
        (b"", "a.txt", "Choose the file"),
    ],
)
def test_what_brings_nothing_says_why(
    trainer: FlaskClient, content: bytes, name: str, words: str
) -> None:
    answer = send(trainer, content, name, act="download")

    assert answer.status_code == 422
    assert words.lower() in answer.text.lower()


def test_text_of_a_file_is_shown_as_text(trainer: FlaskClient) -> None:
    content = b"::<script>alert(1)</script>:: </textarea><script>x</script> {T}"

    page = send(trainer, content, '"><script>.txt').text

    assert "<script>alert(1)" not in page
    assert "</textarea><script>x" not in page


def test_nothing_is_stored(trainer: FlaskClient, statements: list[str]) -> None:
    send(trainer, b"A {T}", "a.txt")

    assert not [one for one in statements if one.startswith(("INSERT", "UPDATE"))]
    assert len(statements) <= 2


@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_are_asked_to_sign_in(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code in (302, 303)
    assert answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("role", ["learner", "manager", "observer"])
def test_other_roles_find_no_such_page(
    client: FlaskClient, session: Session, role: str
) -> None:
    person = make_person(session)
    make_membership(session, person, role, make_institution(session))
    sign_in(client, session, person)
    session.commit()

    assert [client.get(one).status_code for one in ADDRESSES] == [404] * 3
    assert send(client, b"A {T}", "a.txt").status_code == 404
    assert client.post("/trainer/questions/file").status_code == 404
