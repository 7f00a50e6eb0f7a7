"""Writing a file of a course: saved, checked, shown and tried; none is overwritten."""

import re
import shutil
import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import today
from conexx_learn.adapters.course_repository import read_folder
from conexx_learn.domain.drafts import fingerprint
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.sentences import problem_sentence
from conexx_learn.models.accounts import User
from conexx_learn.models.drafts import CourseAuthor
from conexx_learn.services.course_checking import check_folder
from conexx_learn.services.course_desk import check_draft
from conexx_learn.services.preview import SECONDS
from tests.factories import (
    NOW,
    SAMPLES,
    make_institution,
    make_membership,
    make_user,
    sign_in,
)
from tests.published import publish_sample

SMALL = "small-course"
DESK = f"/trainer/courses/{SMALL}"
MODULE = "01-the-well.es.md"
QUIZ = "01-the-well.quiz.es.md"
FIELD = re.compile(r'<textarea id="source"[^>]*>\n(.*?)</textarea>', re.DOTALL)


@pytest.fixture
def home(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the product's courses be a copy of the small one, which a test may change."""
    shutil.copytree(SAMPLES / SMALL, tmp_path / SMALL)
    monkeypatch.setitem(app.config, "COURSES", tmp_path)
    return tmp_path


@pytest.fixture
def iker(session: Session) -> User:
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, "trainer")
    return person


@pytest.fixture
def desk(client: FlaskClient, session: Session, home: Path, iker: User) -> FlaskClient:
    sign_in(client, session, iker)
    session.commit()
    return client


def address(name: str = MODULE, more: str = "") -> str:
    return f"{DESK}/files/{name}{more}"


def text_of(home: Path, name: str = MODULE) -> str:
    return (home / SMALL / name).read_text(encoding="utf-8")


def seen_of(home: Path, name: str = MODULE) -> str:
    return fingerprint((home / SMALL / name).read_bytes())


def typed(page: str) -> str:
    """Return what the field of a page holds, as a browser reads it."""
    found = FIELD.search(page)
    assert found
    return unescape(found[1])


def autosave(
    desk: FlaskClient, text: str, seen: str | None
) -> tuple[int, dict[str, str]]:
    sent = {"text": text, "seen": seen}
    answer = desk.post(address(more="/autosave"), json=sent)
    return answer.status_code, answer.json or {}


def previewed(
    desk: FlaskClient, text: str, name: str = MODULE, *, lang: str = "es"
) -> dict[str, Any]:
    answer = desk.post(f"{address(name, '/preview')}?lang={lang}", json={"text": text})
    assert isinstance(answer.json, dict)
    return answer.json


def test_a_file_opens_with_its_text_its_view_and_its_problems(
    desk: FlaskClient, home: Path
) -> None:
    page = desk.get(f"{address()}?lang=en").text

    assert typed(page) == text_of(home)
    assert "<h2" in page
    assert "Cómo se cuida</h2>" in page
    assert "Warning W315" in page
    assert 'data-line="14"' in page


def test_the_view_is_what_learners_read(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    publish_sample(session, SMALL)
    session.commit()
    view = desk.get(f"{address()}?lang=es").text
    module = desk.get("/courses/small-course/the-well?lang=es").text
    prose = re.findall(r"<(?:p|h2|img|table)[ >][^\n]*", _article(module))
    # What a learner may ask stands around the text, and is none of it.
    text = [line for line in prose if "no-print" not in line]
    shared = [line for line in text if "u-" in line or "<img" in line or "<p>" in line]

    assert len(shared) > 3
    assert [line for line in shared if line not in view] == []


def _article(page: str) -> str:
    whole = page.partition("<h1>")[2].partition("</article>")[0]
    before, _, rest = whole.partition('<div class="selfcheck')
    return before + rest.partition("</form>\n</div>")[2]


@pytest.mark.parametrize("name", [MODULE, QUIZ, "course.es.md", "course.toml"])
def test_the_problems_are_those_of_the_command(
    desk: FlaskClient, home: Path, name: str
) -> None:
    wrong = f"{text_of(home, name)}\n[x](missing.es.md)\n\n# Pol: x\n\n![](a.png)\n"
    told = previewed(desk, wrong, name, lang="es")
    (home / SMALL / name).write_text(wrong, encoding="utf-8")
    problems = check_folder(home / SMALL, today=today())

    expected = [(one.line, one.code) for one in problems if one.path == name]
    assert expected
    assert [(one["line"], one["code"]) for one in told["problems"]] == expected
    assert _sentence(problems, name) in unescape(told["problems_html"])


def _sentence(problems: list[Problem], name: str) -> str:
    first = next(one for one in problems if one.path == name)
    return problem_sentence(first, "es")[0][1:20]


def test_saving_keeps_the_text_and_leads_back(desk: FlaskClient, home: Path) -> None:
    form = {"text": "nuevo\r\ntexto", "seen": seen_of(home)}
    answer = desk.post(address(), data=form)

    assert (answer.status_code, answer.location) == (303, address())
    assert typed(desk.get(address()).text) == "nuevo\ntexto"
    assert text_of(home) != "nuevo\ntexto", "the folder changes at publication"


def test_a_look_without_a_script_saves_nothing(desk: FlaskClient, home: Path) -> None:
    form = {"text": "## Otra cosa", "seen": seen_of(home), "act": "preview"}
    page = desk.post(address(), data=form).text

    assert "Otra cosa</h2>" in page
    assert typed(page) == "## Otra cosa"
    assert typed(desk.get(address()).text) == text_of(home)


def test_a_text_that_is_too_large_comes_back_whole(
    desk: FlaskClient, home: Path
) -> None:
    large = "á" * 2_500_000
    answer = desk.post(f"{address()}?lang=es", data={"text": large})

    assert answer.status_code == 413
    assert typed(answer.text) == large
    assert f"{MODULE}, línea 1" in answer.text
    assert "64 KiB" in answer.text


def test_a_new_file_begins_with_a_pattern(desk: FlaskClient) -> None:
    page = desk.get(address("03-the-tank.es.md")).text

    assert typed(page).startswith("---\ntitle:")
    assert desk.get(address("03-the-tank.pdf")).status_code == 404


def test_a_translation_begins_with_what_it_translates(desk: FlaskClient) -> None:
    page = desk.get(address("rubric.es.md")).text
    assert "translates" not in typed(page)
    (answer, text) = ("final.quiz.pt.md", "translates: final.quiz.en.md@")
    assert text in typed(desk.get(address(answer)).text)


def test_autosave_says_what_it_saved(desk: FlaskClient, home: Path) -> None:
    status, told = autosave(desk, "uno", seen_of(home))
    again, _ = autosave(desk, "dos", told["sha256"])

    assert (status, again) == (200, 200)
    assert told["sha256"] == fingerprint(b"uno")
    assert re.fullmatch(r"\d{1,2}:\d\d", told["saved_at"])
    assert typed(desk.get(address()).text) == "dos"


def test_autosave_overwrites_nobody(
    desk: FlaskClient, home: Path, session: Session
) -> None:
    autosave(desk, "uno", seen_of(home))
    nerea = make_user(session, "Nerea Pardo")
    make_membership(session, nerea, "trainer")
    sign_in(desk, session, nerea)
    session.commit()
    status, told = autosave(desk, "dos", seen_of(home))

    assert status == 409
    assert told["person"] == "Iker Zabala"
    assert told["current"] == fingerprint(b"uno")


def test_a_script_hears_of_refusals_in_a_sentence(
    desk: FlaskClient, home: Path
) -> None:
    too_large, told = autosave(desk, "x" * 70_000, seen_of(home))
    shapeless = desk.post(address(more="/autosave"), json={"texto": 1})
    shutil.rmtree(home / SMALL)
    gone, sentence = autosave(desk, "x", None)

    assert (too_large, shapeless.status_code, gone) == (413, 422, 404)
    assert "64 KiB" in told["error"]
    assert sentence["error"]


def test_half_a_sign_from_a_script_is_no_fault_of_ours(
    desk: FlaskClient, home: Path
) -> None:
    body = f'{{"text": "a \\ud800 b", "seen": "{seen_of(home)}"}}'
    for more in ("/autosave", "/preview"):
        answer = desk.post(
            address(more=more), data=body, content_type="application/json"
        )
        assert answer.status_code == 200


@pytest.mark.parametrize("more", ["", "/try", "/merge"])
def test_who_is_signed_out_gets_the_text_back(
    client: FlaskClient, home: Path, more: str
) -> None:
    form = {"text": "lo que escribí", "seen": "abc"}
    answer = client.post(f"{address(more=more)}?lang=es", data=form)
    script = client.post(address(more="/autosave"), json=form)

    assert (answer.status_code, script.status_code) == (401, 401)
    assert typed(answer.text) == "lo que escribí"
    assert "la sesión terminó" in answer.text
    assert f'action="{address()}"' in answer.text


def test_a_course_that_is_gone_gives_the_text_back(
    desk: FlaskClient, home: Path
) -> None:
    shutil.move(home / SMALL, home / "renamed-course")
    answer = desk.post(address(), data={"text": "lo que escribí"})

    assert answer.status_code == 404
    assert typed(answer.text) == "lo que escribí"


def test_an_old_page_gives_the_text_back(
    app: Flask, desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = desk.post(address(), data={"text": "lo que escribí", "csrf_token": "old"})

    assert answer.status_code == 400
    assert typed(answer.text) == "lo que escribí"


def test_a_self_check_is_tried_without_a_script_on_the_text_as_typed(
    desk: FlaskClient, home: Path
) -> None:
    text = text_of(home).replace("Del pozo", "Del manantial")
    form = {"text": text, "seen": "", "trial": "check-0", "q-the-well-check": "a"}
    page = desk.post(f"{address(more='/try')}?lang=en", data=form).text

    assert "Del manantial" in page
    assert typed(page) == text
    assert re.search(r'data-state="(met|blocked)"', page)


def test_each_question_of_a_quiz_is_tried_by_itself(desk: FlaskClient) -> None:
    form = {"trial": "ask-well-words", "q-well-words": "no lo sé"}
    headers = {"X-Piece": "trial"}
    piece = desk.post(
        f"{address(QUIZ, '/try')}?lang=en", data=form, headers=headers
    ).text
    gone = desk.post(address(QUIZ, "/try"), data={"trial": "x"}, headers=headers)

    assert piece.count("data-trial") == 1
    assert "Incorrect" in piece
    assert "0 of" in piece
    assert gone.status_code == 404


def test_a_question_with_errors_hides_no_other(desk: FlaskClient, home: Path) -> None:
    text = text_of(home, QUIZ).replace("- (x)", "-(x)", 1)
    view = previewed(desk, text, QUIZ, lang="en")

    assert "It has errors" in view["html"]
    assert view["html"].count('name="trial"') > 3


HOSTILE = {
    "brackets": "[" * 60_000,
    "images": "![" * 30_000,
    "lists": "- " * 30_000,
    "stars": "*a " * 20_000,
    "fences": "```quiz\n## a-b-c | x\n" * 3_000,
    "answers": "```quiz\n## abc | x\n\nq\n\n" + "- (x) a\n" * 7_000 + "```\n",
    "headings": "## a\n" * 12_000,
    "tables": "|a" * 30_000,
    "markup": "<b" * 30_000,
    "references": "[a]: b\n" * 9_000,
    "quotes": "> " * 30_000,
    "front matter": "---\n" + "a: b\n" * 12_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", [MODULE, QUIZ, "course.toml"])
def test_a_hostile_text_is_answered(desk: FlaskClient, text: str, name: str) -> None:
    answer = desk.post(address(name, "/preview"), json={"text": text[: 64 * 1024]})

    assert answer.status_code == 200


@pytest.mark.parametrize("name", [MODULE, QUIZ, "rubric.es.md"])
def test_the_check_of_a_hostile_text_holds_nobody(home: Path, name: str) -> None:
    files = read_folder(home / SMALL)
    for text in HOSTILE.values():
        content = {**files, name: text[: 64 * 1024].encode()}
        begun = time.process_time()
        check_draft(content, slug=SMALL, homes=[home], today=today())
        assert time.process_time() - begun < SECONDS


def test_a_script_in_a_text_does_not_reach_the_view(desk: FlaskClient) -> None:
    text = "---\ntitle: <i>x</i>\n---\n<script>alert(1)</script>[a](javascript:1)"
    told = previewed(desk, text)

    assert "<script" not in told["html"] + told["problems_html"]
    assert "<i>" not in told["html"]
    assert "javascript" not in told["html"]


def test_previews_are_limited(desk: FlaskClient) -> None:
    asked = (
        desk.post(address("course.toml", "/preview"), json={"text": ""}).status_code
        for _ in range(130)
    )
    assert 429 in asked


def test_an_image_of_a_draft_is_shown_and_can_do_nothing(desk: FlaskClient) -> None:
    picture = desk.get(f"{DESK}/media/basin.svg")

    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Content-Security-Policy"].startswith("sandbox")
    assert desk.get(f"{DESK}/media/no.svg").status_code == 404
    view = previewed(desk, "![La pila](media/basin.svg)")["html"]
    assert "/media/basin.svg" in view


ACTS = [
    ("GET", ""),
    ("GET", "/history"),
    ("GET", "/merge"),
    ("POST", ""),
    ("POST", "/autosave"),
    ("POST", "/preview"),
    ("POST", "/try"),
    ("POST", "/merge"),
]


@pytest.mark.parametrize(("method", "more"), ACTS)
@pytest.mark.parametrize("who", ["learner", "manager", "other"])
def test_who_may_not_write_it_finds_nothing(
    client: FlaskClient, session: Session, home: Path, iker: User, method: str,
    more: str, who: str,
) -> None:  # fmt: skip
    person = make_user(session, "Alguien Más")
    if who == "other":
        make_membership(session, person, "trainer")
        session.add(CourseAuthor(slug=SMALL, user_id=iker.id, since=NOW))
    elif who == "manager":
        make_membership(session, person, who, make_institution(session))
    sign_in(client, session, person)
    session.commit()
    answer = client.open(address(more=more), method=method, json={"text": "x"})

    assert answer.status_code == 404


def test_the_page_asks_the_database_little(
    desk: FlaskClient, home: Path, statements: list[str]
) -> None:
    autosave(desk, "![](media/basin.svg)", seen_of(home))
    statements.clear()
    desk.get(address())
    assert len(statements) <= 6
