"""The glossary: every word of the field, searched, and what a module links to."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.domain.publication import render_course
from conexx_learn.services.glossary import glossary_names
from conexx_learn.services.publishing import publish_course
from tests.factories import NOW
from tests.published import edited_copy, ready_course

SPANISH = "## pozo {: #well }\n\nUn hoyo con agua.\n\n## río\n\nAgua que corre.\n"
ENGLISH = "## well\n\nA hole with water.\n\n## river {: #rio }\n\nRunning water.\n"


@pytest.fixture
def glossary(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the installation a small glossary instead of its own."""
    (tmp_path / "glossary.es.md").write_text(SPANISH, encoding="utf-8")
    (tmp_path / "glossary.en.md").write_text(ENGLISH, encoding="utf-8")
    monkeypatch.setitem(app.config, "COURSES", tmp_path)
    return tmp_path


@pytest.fixture
def linked_course(session: Session, glossary: Path) -> str:
    """Publish a course like the small one, its words linked; return its address."""
    edits = {"01-the-well.es.md": ("Con una tapa", "Con tapa")}
    home = edited_copy(glossary / "courses", edits)
    course, _, competencies = ready_course(home / "small-course")
    publish_course(
        session,
        course,
        render_course(course, glossary_names(glossary)),
        competencies=competencies,
        change_note={},
        now=NOW,
    )
    session.commit()
    return "/courses/small-course"


def text_of(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("lang", "names"),
    [("es", ("pozo", "well", "río")), ("en", ("well", "pozo", "river"))],
)
def test_each_language_shows_the_name_in_the_other(
    client: FlaskClient, glossary: Path, lang: str, names: tuple[str, ...]
) -> None:
    html = text_of(client, f"/glossary?lang={lang}")
    other = "en" if lang == "es" else "es"

    assert f'<dt>{names[0]} <i lang="{other}">{names[1]}</i></dt>' in html
    assert names[2] in html


def test_every_letter_leads_to_its_words(client: FlaskClient, glossary: Path) -> None:
    html = text_of(client, "/glossary?lang=es")
    letters = re.findall(r'href="#(letter-\w)"', html)

    assert letters == ["letter-p", "letter-r"]
    assert all(f'id="{letter}"' in html for letter in letters)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        pytest.param("RIO", "río", "pozo", id="without the accent"),
        pytest.param("river", "río", "pozo", id="the other language"),
        pytest.param("hoyo+agua", "pozo", "río", id="every word of an explanation"),
    ],
)
def test_the_search_needs_no_script_and_no_accents(
    client: FlaskClient, glossary: Path, query: str, shown: str, hidden: str
) -> None:
    html = text_of(client, f"/glossary?lang=es&q={query}")

    assert f"<dt>{shown} " in html
    assert f"<dt>{hidden} " not in html
    assert "1 término" in html


def test_a_search_without_a_hit_says_what_to_do(
    client: FlaskClient, glossary: Path
) -> None:
    html = text_of(client, "/glossary?lang=en&q=<b>volcano")

    assert "No term holds “&lt;b&gt;volcano”" in html
    assert ">See all terms</a>" in html


def test_without_a_glossary_the_page_says_so(
    app: Flask, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "COURSES", tmp_path)

    assert "The glossary is on its way" in text_of(client, "/glossary?lang=en")


def test_what_the_files_say_is_shown_at_once(
    client: FlaskClient, glossary: Path
) -> None:
    assert "laguna" not in text_of(client, "/glossary?lang=es")

    longer = f"{SPANISH}\n## laguna\n\nAgua que no corre.\n"
    (glossary / "glossary.es.md").write_text(longer, encoding="utf-8")

    assert "laguna" in text_of(client, "/glossary?lang=es")


@pytest.mark.usefixtures("app")
def test_the_page_asks_the_database_for_nothing(
    client: FlaskClient, statements: list[str]
) -> None:
    text_of(client, "/glossary")

    assert statements == []


@pytest.mark.parametrize("address", ["/", "/help", "/sign-in", "/verify", "/nowhere"])
def test_every_page_leads_to_it(client: FlaskClient, address: str) -> None:
    assert 'href="/glossary"' in client.get(address).get_data(as_text=True)


def test_a_module_leads_to_the_word_that_it_uses(
    client: FlaskClient, linked_course: str
) -> None:
    module = text_of(client, f"{linked_course}/the-well?lang=en")
    links = re.findall(r'href="/glossary#([^"]*)"[^>]*>([^<]*)</a>', module)

    assert links == [("u-well", "well")]
    assert 'id="u-well"' in text_of(client, "/glossary?lang=en")


def test_the_offline_copy_explains_the_words_it_uses(
    client: FlaskClient, linked_course: str
) -> None:
    html = text_of(client, f"{linked_course}/offline.en.html")

    assert 'href="#u-well"' in html
    assert html.count('id="u-well"') == 1
    assert "A hole with water." in html
    assert "Running water." not in html


def test_a_word_that_is_no_longer_explained_leads_to_the_site(
    client: FlaskClient, linked_course: str, glossary: Path
) -> None:
    (glossary / "glossary.en.md").write_text("## pump\n\nIt lifts.\n", encoding="utf-8")
    html = text_of(client, f"{linked_course}/offline.en.html")

    assert re.search(r'href="https?://[^"/]+/glossary#u-well"', html)
    assert 'id="glossary"' not in html
