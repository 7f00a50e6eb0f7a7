"""A document comes into a course: it is looked at first, then taken in whole."""

import io
import re
import tomllib
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import EditConflictError
from conexx_learn.domain.word_import.arrival import Choices
from conexx_learn.models.drafts import DraftBlob, DraftSave
from conexx_learn.services.arrivals import bring_arrival
from conexx_learn.services.draft_reading import Draft, draft_of
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.kept_contents import KEPT_UNNAMED, sweep_contents
from conexx_learn.services.question_tables import table_template
from conexx_learn.services.word_import import word_arrival
from tests import word_documents as documents
from tests.factories import NOW, make_membership, make_user, sign_in

SLUG = "agua-segura"
AT = f"/trainer/courses/{SLUG}"


@pytest.fixture
def home(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(app.config, "COURSES", tmp_path)
    monkeypatch.setitem(app.config, "COURSE_HOME", tmp_path / "published")
    return tmp_path


@pytest.fixture
def desk(client: FlaskClient, session: Session, home: Path) -> FlaskClient:
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    session.commit()
    begun = {"title": "Agua segura", "slug": SLUG, "language": "es"}
    assert client.post("/trainer/courses/new", data=begun).status_code == 303
    return client


def draft(session: Session, home: Path) -> Draft:
    session.expire_all()
    return draft_of(session, slug=SLUG, homes=(home,))


def send(client: FlaskClient, data: bytes, name: str, **fields: str) -> Any:
    form = {"file": (io.BytesIO(data), name), "text_language": "es", **fields}
    return client.post(
        f"{AT}/arrivals?lang=en", data=form, content_type="multipart/form-data"
    )


def looked_at(client: FlaskClient, data: bytes, name: str) -> tuple[str, str]:
    """Send a file; returns the address of what would come, and its page."""
    answer = send(client, data, name)
    assert answer.status_code == 303, answer.text
    return answer.location, client.get(f"{answer.location}?lang=en").text


def test_the_course_leads_to_it(desk: FlaskClient) -> None:
    assert f"{AT}/arrivals" in desk.get(AT).text
    assert "Bring a document" in desk.get(f"{AT}/arrivals?lang=en").text
    assert "Traer un documento" in desk.get(f"{AT}/arrivals?lang=es").text


def test_nothing_changes_while_it_is_looked_at(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    before = draft(session, home).files

    _at, page = looked_at(desk, documents.call_guide().data, "guía.docx")

    assert "6 modules" in page
    assert "Qué financia la convocatoria" in page
    assert page.count('class="footnotes"') == 5
    assert draft(session, home).files == before


def test_a_document_is_taken_in_whole(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    at, page = looked_at(desk, documents.with_questions().data, "unidades.docx")
    keys = re.findall(r'name="questions" value="(q\d+)" checked', page)
    assert len(keys) == 17
    assert "which answer is right cannot be recognised".capitalize() in page

    answer = desk.post(at, data={"questions": keys})

    assert answer.status_code == 303
    assert answer.location == AT
    files = draft(session, home).files
    settings = tomllib.loads(files["course.toml"].decode())
    slugs = [one["slug"] for one in settings["modules"]]
    assert slugs[1:] == [f"unidad-{number}-indicadores" for number in range(1, 5)]
    assert "02-unidad-1-indicadores.quiz.es.md" in files
    assert [one["quiz_minutes"] for one in settings["modules"][1:]] == [4, 4, 4, 5]
    workspace = desk.get(f"{AT}?lang=en").text
    assert "keep this version from being published" not in workspace
    assert "keeps this version from being published" not in workspace


def test_questions_that_nobody_ticks_stay_in_the_text(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    at, _page = looked_at(desk, documents.with_questions().data, "unidades.docx")

    assert desk.post(at, data={"questions": ["q2", "q99"]}).status_code == 303

    files = draft(session, home).files
    quizzes = [
        path for path in files if ".quiz." in path and path != "final.quiz.es.md"
    ]
    assert quizzes == ["02-unidad-1-indicadores.quiz.es.md"]
    assert (
        "¿Qué mide el indicador 1?" in files["02-unidad-1-indicadores.es.md"].decode()
    )


def test_pictures_are_shown_and_ask_for_words(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    at, page = looked_at(desk, documents.manual().data, "manual.docx")
    addresses = re.findall(r'<img src="([^"]+)" alt="" width="240"', page)
    assert len(addresses) == 6
    shown = desk.get(unescape(addresses[0]))
    assert shown.mimetype == "image/png"
    before = draft(session, home).files

    refused = desk.post(f"{at}?lang=en", data={"words-manual-3.png": "Un recibo"})

    assert refused.status_code == 422
    assert refused.text.count("Write what it shows") == 5
    assert 'value="Un recibo"' in refused.text
    assert draft(session, home).files == before


def test_words_and_decoration_go_into_the_text(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    at, _page = looked_at(desk, documents.manual().data, "manual.docx")
    said = {f"words-manual-{number}.png": f"Dibujo {number}" for number in (1, 3, 5)}
    bare = {f"decorative-manual-{number}.jpg": "1" for number in (2, 4, 6)}

    assert desk.post(at, data={**said, **bare}).status_code == 303

    files = draft(session, home).files
    text = b"".join(body for path, body in files.items() if path.endswith(".es.md"))
    assert b"![Dibujo 3](media/manual-3.png)" in text
    assert b"![](media/manual-4.jpg)" in text
    assert files["media/manual-4.jpg"].startswith(b"\xff\xd8")


def test_taking_in_twice_puts_it_after_itself(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    at, _page = looked_at(desk, documents.call_guide().data, "guía.docx")

    for _time in range(2):
        assert desk.post(at).status_code == 303

    settings = tomllib.loads(draft(session, home).files["course.toml"].decode())
    slugs = [one["slug"] for one in settings["modules"]]
    assert len(slugs) == len(set(slugs)) == 13


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_paste_comes_with_its_headings(
    desk: FlaskClient, session: Session, home: Path, lang: str
) -> None:
    html = (
        "<h1>Compras</h1><p>Se piden <b>tres</b> cotizaciones.</p>"
        "<h1>Pagos</h1><p>Después.</p>"
    )
    data = {"text": "Compras Se piden tres", "dressed": html, "text_language": "es"}

    answer = desk.post(f"{AT}/arrivals?lang={lang}", data=data)

    assert answer.status_code == 303
    assert desk.post(answer.location).status_code == 303
    files = draft(session, home).files
    assert (
        files["02-compras.es.md"]
        == b"---\ntitle: Compras\n---\n\nSe piden **tres** cotizaciones.\n"
    )


def test_without_a_script_the_words_come(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    data = {
        "text": "Primer párrafo\n\n<b>segundo</b> & tercero",
        "dressed": "",
        "title": "Notas",
    }

    answer = desk.post(f"{AT}/arrivals", data=data)
    desk.post(answer.location)

    body = draft(session, home).files["02-notas.es.md"].decode()
    assert body.endswith("Primer párrafo\n\n&lt;b>segundo&lt;/b> & tercero\n")


def test_a_paste_that_is_too_large_comes_back_with_its_text(desk: FlaskClient) -> None:
    data = {"text": "Mi texto largo", "dressed": "<p>" + "a" * 2_500_000}

    answer = desk.post(f"{AT}/arrivals?lang=en", data=data)

    assert answer.status_code == 422
    assert "more than 2 MB" in answer.text
    assert "Mi texto largo</textarea>" in answer.text


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "", "Choose a file, or paste a text."),
        (b"%PDF-1.7", "plan.pdf", "is not a .docx file"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(99),
            "plan.doc",
            "has a password or is of an old version",
        ),
        (b"PK", "plan.docm", "carries macros"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "lista.xls", "save it as .xlsx"),
    ],
)
def test_a_refusal_says_which_file_and_what_to_do(
    desk: FlaskClient, data: bytes, name: str, said: str
) -> None:
    answer = send(desk, data, name)

    assert answer.status_code == 422
    assert said in answer.text
    assert name in answer.text


def test_a_table_of_questions_goes_into_a_quiz(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    at, page = looked_at(desk, table_template("es"), "banco.xlsx")
    assert "4 questions come" in page
    target = "01-primer-modulo.quiz.es.md"
    assert f'value="{target}"' in page

    empty = desk.post(f"{at}?lang=en", data={"target": target})
    taken = desk.post(at, data={"rows": ["2", "4"], "target": target})

    assert empty.status_code == 422
    assert "Choose at least one question" in empty.text
    assert taken.status_code == 303
    quiz = draft(session, home).files[target].decode()
    assert quiz.count("\n## ") == 2
    assert "- (x) La situación al empezar" in quiz


def test_questions_of_a_table_follow_those_of_the_final_quiz(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    at, _page = looked_at(desk, table_template("es"), "banco.xlsx")

    data = {"rows": ["2", "3", "4", "5"], "target": "final.quiz.es.md"}
    assert desk.post(at, data=data).status_code == 303

    assert (
        "# Sección: banco | banco"
        in draft(session, home).files["final.quiz.es.md"].decode()
    )
    assert (
        "keep this version from being published" not in desk.get(f"{AT}?lang=en").text
    )


def test_the_table_to_fill_in_is_a_workbook(desk: FlaskClient) -> None:
    answer = desk.get(f"{AT}/arrivals/questions.xlsx?lang=en")

    assert answer.data.startswith(b"PK")
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="questions.xlsx"'
    )


def test_what_came_opens_for_nobody_else(desk: FlaskClient, session: Session) -> None:
    at, page = looked_at(desk, documents.manual().data, "manual.docx")
    picture = unescape(re.findall(r'<img src="([^"]+)" alt="" width', page)[0])
    other = make_user(session, "Rosa Quintana")
    make_membership(session, other, "trainer")
    session.commit()
    client = desk.application.test_client()
    sign_in(client, session, other)

    for address in (at, picture, f"{AT}/arrivals", f"{AT}/arrivals/questions.xlsx"):
        assert client.get(address).status_code == 404
    assert client.post(at).status_code == 404


def test_a_changed_address_opens_nothing(desk: FlaskClient) -> None:
    at, _page = looked_at(desk, documents.call_guide().data, "guía.docx")

    assert desk.get(f"{at}x").status_code == 404
    assert desk.get(f"{AT}/arrivals/abc").status_code == 404
    assert desk.get(f"{AT}/arrival-pictures/abc").status_code == 404


def test_learners_have_no_such_page(
    client: FlaskClient, session: Session, home: Path
) -> None:
    person = make_user(session, "Ana Ruiz")
    sign_in(client, session, person)
    session.commit()

    assert client.get(f"{AT}/arrivals").status_code == 404


def test_what_nobody_took_in_is_deleted_and_what_was_taken_stays(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    at, _page = looked_at(desk, documents.call_guide().data, "guía.docx")
    desk.post(at)
    before = draft(session, home).files
    session.query(DraftBlob).update({"kept_at": NOW - KEPT_UNNAMED * 2})

    assert sweep_contents(session, now=NOW) == 1

    session.commit()
    assert draft(session, home).files == before
    assert desk.get(at).status_code == 404
    assert session.scalar(select(func.count(DraftSave.id)))


def test_the_page_asks_the_same_however_much_came(
    desk: FlaskClient, statements: list[str]
) -> None:
    counts = []
    for made in (documents.call_guide(), documents.manual()):
        at = send(desk, made.data, "guía.docx").location
        statements.clear()
        assert desk.get(at).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 6, statements


def test_a_course_that_changed_meanwhile_is_not_written_over(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    arrival = word_arrival(
        documents.call_guide().data, name="guía.docx", language="es", first_number=2
    )
    at, _page = looked_at(desk, documents.call_guide().data, "guía.docx")
    desk.post(at)
    before = draft(session, home).files
    by = DraftAct(SLUG, (home,), 1, NOW)

    with pytest.raises(EditConflictError):
        bring_arrival(session, by, arrival, Choices())

    session.rollback()
    assert draft(session, home).files == before
