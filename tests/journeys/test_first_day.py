"""An institution's first day, and what comes of it: a required course that is met."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.services.frameworks import load_standards
from tests.factories import COURSES
from tests.journeys.course_steps import complete_course
from tests.journeys.front_door import Fields, FrontDoor
from tests.journeys.shown_table import shown_table
from tests.published import publish_sample

TOWN = "/institutions/cerro-verde"
MANAGER = "rosa.ixcot@cerroverde.example"
PASSWORD = "cuatro palabras sin relacion 8"
MOST_LOADS = 12
HEAD = "Julián Xicará Tum"
STAFF: Fields = {
    "HEAD-names": HEAD,
    "PM-names": "Irma Coc Pop\tirma.coc@cerroverde.example",
    "TECH-names": "Ofelia Sandoval Rax\nNoé Tzoc Ajú",
    "FIN-seats": "0",
    "MEAL-seats": "0",
    "LIAISON-seats": "0",
    "ELECTED-seats": "0",
}
PEOPLE_AND_VACANT_SEATS = 4 + 1
COURSE = "from-call-to-contract"
TITLES = {"es": "De la convocatoria al contrato", "en": "From call to contract"}
LABELS = {"es": "Sin pronóstico", "en": "No forecast"}
REASONS = {
    "es": "Porque su puesto es Dirección de área.",
    "en": "Because your post is Head of department.",
}
NOT_INVITED = {"es": "Sin invitar", "en": "Not invited yet"}
NOT_STARTED = {"es": "Sin empezar", "en": "Not started"}
IN_PROGRESS = {"es": "En curso", "en": "In progress"}
MET = {"es": "Cumplido", "en": "Met"}


@pytest.fixture(autouse=True)
def _ready_product(app: Flask, session: Session) -> Iterator[None]:
    """Prepare as a first start does, with two courses; ask every form for its token."""
    load_standards(session, now=now())
    for slug in (COURSE, "eu-financing-instruments"):
        publish_sample(session, slug, folder=COURSES)
    session.commit()
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def invitation(app: Flask) -> str:
    """Take an institution in, and invite its manager; return where the link leads."""
    runner = app.test_cli_runner()
    town = ["institutions", "create", "cerro-verde", "--kind", "municipality"]
    runner.invoke(args=[*town, "--name", "Alcaldía de Cerro Verde", "--country", "GT"])
    account = ["users", "create", MANAGER, "--name", "Rosa Ixcot Batz"]
    answer = runner.invoke(
        args=[*account, "--role", "manager", "--institution", "cerro-verde"]
    )
    return found(r"(/join/\S+)", answer.stdout)


def found(pattern: str, text: str) -> str:
    """Return what the first group of a pattern matches."""
    match = re.search(pattern, text)
    assert match, f"no {pattern} in {text[:400]}"
    return match.group(1)


def accept_invitation(visitor: FrontDoor, path: str, lang: str) -> None:
    visitor.open(f"{path}?lang={lang}")
    visitor.press(path, {"password": PASSWORD})


def make_first_plan(visitor: FrontDoor) -> None:
    """Go the three steps of the first day; leads to the draft."""
    visitor.follow(TOWN)
    visitor.follow(f"{TOWN}/start")
    visitor.press("/start", {"population": "9400"})
    visitor.press("/start/people", STAFF)
    visitor.press("/plans/proposal")


def approve(visitor: FrontDoor) -> None:
    """Approve the draft that is shown; leads to the one screen."""
    day = now().date().isoformat()
    visitor.press("/approval", {"act_reference": "Acta 3", "act_on": day})
    visitor.follow(TOWN)


def share_met(visitor: FrontDoor) -> int:
    """Read from the one screen how much of what is required is met, in percent."""
    visitor.open(TOWN)
    headline = found(r'(?s)<p class="headline"(.*?)</p>', visitor.page.html)
    return int(found(r"(\d+)\s*%", headline))


def code_on_paper(visitor: FrontDoor) -> str:
    """Print the head's code; return it as it stands on the sheet."""
    visitor.open(TOWN)
    visitor.follow(f"{TOWN}/people")
    visitor.follow(f"{TOWN}/people/codes")
    person = found(rf'value="(\d+)"[^>]*> <span>{HEAD}', visitor.page.html)
    sheet = visitor.receive("/people/codes", {"person": [person]})
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages)
    assert HEAD in text
    return found(r"\b([0-9A-Z]{4}-[0-9A-Z]{4})\b", text)


def join_with(code: str, visitor: FrontDoor, lang: str) -> None:
    """Come with a code on paper; leads to what is required."""
    visitor.open(f"/?lang={lang}")
    visitor.follow("/sign-in")
    visitor.ask("/join", {"code": code})
    visitor.press(visitor.path, {"password": PASSWORD})


def standing(visitor: FrontDoor, lang: str) -> str:
    """Open the matrix, and read how the head stands with the course."""
    visitor.open(TOWN)
    visitor.follow(f"{TOWN}/readiness")
    headings, *rows = shown_table(visitor.page.html)
    column = [cell.small for cell in headings].index(TITLES[lang])
    return next(row[column].words for row in rows if row[0].words == HEAD)


def check_file_equals_page(visitor: FrontDoor) -> None:
    """Download the matrix that is shown, and compare the two cell by cell."""
    content = visitor.download(f"{TOWN}/readiness.csv").decode("utf-8-sig")
    headings, *lines = csv.reader(io.StringIO(content))
    shown_headings, *rows = shown_table(visitor.page.html)
    columns = [f"{cell.words} {cell.small}" for cell in shown_headings[1:]]
    assert headings[3:] == columns
    assert len(rows) == PEOPLE_AND_VACANT_SEATS
    assert len(headings) == 3 + 2
    for row, (name, post, _unit, *cells) in zip(rows, lines, strict=True):
        assert (row[0].words, row[0].small) == (name, post)
        assert [cell.text for cell in row[1:]] == cells


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_plan_is_approved_in_twelve_page_loads(
    client: FlaskClient, invitation: str, lang: str
) -> None:
    visitor = FrontDoor(client)
    accept_invitation(visitor, invitation, lang)

    make_first_plan(visitor)
    approve(visitor)

    assert visitor.path == TOWN
    assert visitor.loads <= MOST_LOADS
    assert f"<strong>{LABELS[lang]}</strong>" in visitor.page.html


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_code_on_paper_leads_to_a_required_course_that_is_met(
    session: Session, client: FlaskClient, invitation: str, lang: str
) -> None:
    manager = FrontDoor(client)
    accept_invitation(manager, invitation, lang)
    make_first_plan(manager)
    approve(manager)
    assert standing(manager, lang) == NOT_INVITED[lang]
    assert share_met(manager) == 0

    learner = FrontDoor(client.application.test_client())
    join_with(code_on_paper(manager), learner, lang)
    assert learner.path == "/me"
    assert REASONS[lang] in learner.page.html
    assert standing(manager, lang) == NOT_STARTED[lang]

    learner.press(f"/{COURSE}/enrolment")
    learner.go_on()
    learner.press("/completion")
    assert standing(manager, lang) == IN_PROGRESS[lang]

    complete_course(session, learner)
    assert standing(manager, lang) == MET[lang]
    check_file_equals_page(manager)
    assert share_met(manager) > 0
