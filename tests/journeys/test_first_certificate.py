"""From the home page to a certificate that a stranger verifies, in both languages."""

import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.factories import COURSES
from tests.journeys.course_steps import complete_course
from tests.journeys.front_door import FrontDoor
from tests.published import publish_sample

NAME = "María del Carmen Núñez Ibáñez"
PASSWORD = "cuatro palabras sin relacion 8"
TITLES = {
    ("first-steps", "es"): "Primeros pasos",
    ("first-steps", "en"): "First steps",
    ("eu-financing-instruments", "es"): "Instrumentos de financiamiento de la UE",
    ("eu-financing-instruments", "en"): "EU financing instruments",
}


@pytest.fixture(autouse=True)
def _shipped_courses(app: Flask, session: Session) -> Iterator[None]:
    """Publish what is shipped, and ask every form for its token."""
    for slug in ("first-steps", "eu-financing-instruments"):
        publish_sample(session, slug, folder=COURSES)
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def visitor(client: FlaskClient) -> FrontDoor:
    return FrontDoor(client)


def register(visitor: FrontDoor, identity: str) -> None:
    """Make an account from the page where one is, and come back to it signed in."""
    here = visitor.path
    visitor.follow(f"/sign-in?next={here}")
    visitor.follow("/account/register")
    fields = {"full_name": NAME, "email": identity, "password": PASSWORD}
    visitor.press("/account/register", dict(fields))
    visitor.press("/sign-in", {"email": identity, "password": PASSWORD})
    assert visitor.path == here


def paper_text(paper: bytes) -> str:
    pages = PdfReader(io.BytesIO(paper)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def link_to(visitor: FrontDoor, start: str) -> str:
    return next(link for link in visitor.page.links if link.startswith(start))


def receive_and_verify(visitor: FrontDoor, client: FlaskClient, title: str) -> None:
    """Download the paper, read it, and let a stranger check its number."""
    paper = visitor.download(link_to(visitor, "/certificates/"))
    public_page = link_to(visitor, "/verify/")
    number = public_page.removeprefix("/verify/").split("?")[0]
    text = paper_text(paper)
    for said in (NAME, title, number):
        assert said in text, said

    stranger = FrontDoor(client.application.test_client())
    stranger.open(public_page)
    for said in (NAME, title, number):
        assert said in stranger.page.html, said
    assert re.search(r'<h1 data-state="valid">', stranger.page.html)


@pytest.mark.parametrize(("course", "lang"), list(TITLES))
def test_a_technician_takes_a_shipped_course_to_a_verified_certificate(
    session: Session, client: FlaskClient, visitor: FrontDoor, course: str, lang: str
) -> None:
    visitor.open(f"/?lang={lang}")
    visitor.follow("/courses")
    visitor.follow(f"/courses/{course}")
    register(visitor, "carmen.nunez")
    visitor.press("/enrolment")

    complete_course(session, visitor)

    receive_and_verify(visitor, client, TITLES[course, lang])


def test_what_was_read_before_there_was_an_account_is_not_read_again(
    session: Session, client: FlaskClient, visitor: FrontDoor
) -> None:
    visitor.open("/courses/first-steps?lang=es")
    visitor.go_on()
    visitor.press("/completion")
    assert visitor.path == "/courses/first-steps"
    register(visitor, "carmen@xaltepec.example")
    visitor.press("/enrolment")

    visitor.go_on()

    assert visitor.path == "/courses/first-steps/final"
    complete_course(session, visitor)
    receive_and_verify(visitor, client, "Primeros pasos")
