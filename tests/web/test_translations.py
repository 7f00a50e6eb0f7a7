"""Translators see what changed in the source, and say that a file is right again."""

import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.drafts import CourseAuthor
from conexx_learn.services.course_desk import check_draft
from conexx_learn.services.draft_reading import draft_of
from tests.factories import NOW, SAMPLES, make_membership, make_user, sign_in
from tests.published import publish_sample

DESK = "/trainer/courses/small-course/translations"
MODULE, QUIZ = "01-the-well.en.md", "01-the-well.quiz.en.md"
SOURCE, QUIZ_SOURCE = "01-the-well.es.md", "01-the-well.quiz.es.md"
_FIELD = re.compile(
    r'<textarea id="[^"]*" name="(t\.[^"]+)"[^>]*>\n(.*?)</textarea>', re.DOTALL
)
_HIDDEN = re.compile(r'<input type="hidden" name="(seen[^"]*)" value="([^"]*)">')


@pytest.fixture
def home(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the product's courses be a copy of the samples."""
    shutil.copytree(SAMPLES, tmp_path / "courses")
    monkeypatch.setitem(app.config, "COURSES", tmp_path / "courses")
    return tmp_path / "courses" / "small-course"


@pytest.fixture
def trainer(client: FlaskClient, session: Session, home: Path) -> FlaskClient:
    publish_sample(session)
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    session.commit()
    return client


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def form_of(page: str) -> dict[str, str]:
    """Read the form as a browser sends it when nothing was touched."""
    fields = {name: unescape(text) for name, text in _FIELD.findall(page)}
    sent = {name: text.replace("\n", "\r\n") for name, text in fields.items()}
    return {**sent, **dict(_HIDDEN.findall(page)), "act": "save"}


def field_with(form: dict[str, str], text: str) -> str:
    found = [name for name, value in form.items() if text in value]
    assert len(found) == 1, found
    return found[0]


def files(session: Session, home: Path) -> dict[str, bytes]:
    draft = draft_of(session, slug="small-course", homes=[home.parent])
    return dict(draft.files)


def codes(session: Session, home: Path, path: str) -> list[str]:
    checked = check_draft(
        files(session, home),
        slug="small-course",
        homes=[home.parent],
        today=date(2026, 11, 21),
    )
    return [problem.code for problem in checked.problems if problem.path == path]


def first_paragraph(home: Path, name: str) -> str:
    body = (home / name).read_text(encoding="utf-8").split("---\n", 2)[2]
    return next(line for line in body.split("\n") if line and line[0].isalpha())


def test_the_table_says_how_each_file_stands(trainer: FlaskClient, home: Path) -> None:
    edit(home / SOURCE, first_paragraph(home, SOURCE), "Otra cosa muy distinta.")
    (home / "02-the-pump.quiz.en.md").unlink()
    page = trainer.get(f"{DESK}?lang=en").text
    assert "Up to date" in page
    assert "1 passage to review" in page
    assert "Begin the translation" in page
    spanish = trainer.get(f"{DESK}?lang=es").text
    assert "1 pasaje por revisar" in spanish
    assert "Empezar la traducción" in spanish


@pytest.mark.parametrize("name", [MODULE, QUIZ, "course.en.md", "final.quiz.en.md"])
def test_saving_without_edits_changes_no_byte(
    trainer: FlaskClient, session: Session, home: Path, name: str
) -> None:
    before = (home / name).read_bytes()
    form = form_of(trainer.get(f"{DESK}/{name}").text)
    answer = trainer.post(f"{DESK}/{name}", data=form)
    assert answer.status_code == 303
    assert files(session, home)[name] == before
    assert draft_of(session, slug="small-course", homes=[home.parent]).changed == {}


def test_a_changed_paragraph_is_reviewed_and_no_longer_stale(
    trainer: FlaskClient, session: Session, home: Path
) -> None:
    old = first_paragraph(home, SOURCE)
    edit(home / SOURCE, old, f"{old} Añadimos zafiro.")
    assert "W006" in codes(session, home, MODULE)

    page = trainer.get(f"{DESK}/{MODULE}?lang=en").text
    assert "1 passage waits for you." in page
    assert "<ins>" in page
    assert "zafiro" in re.findall(r"Added:.*", page)[0]
    form = form_of(page) | {"act": "review"}
    refused = trainer.post(f"{DESK}/{MODULE}?lang=en", data=form)
    assert refused.status_code == 422
    assert "Write it anew, or say that it is still right." in refused.text

    mine = first_paragraph(home, MODULE)
    form[field_with(form, mine)] = f"{mine} We added sapphire."
    assert trainer.post(f"{DESK}/{MODULE}", data=form).status_code == 303

    after = files(session, home)[MODULE].decode()
    before = (home / MODULE).read_text(encoding="utf-8")
    differing = [
        pair
        for pair in zip(before.split("\n"), after.split("\n"), strict=True)
        if pair[0] != pair[1]
    ]
    assert [new for _, new in differing if "sapphire" in new]
    assert len(differing) == 2
    assert "W006" not in codes(session, home, MODULE)


def test_a_tick_is_enough_where_the_translation_is_still_right(
    trainer: FlaskClient, session: Session, home: Path
) -> None:
    old = first_paragraph(home, SOURCE)
    edit(home / SOURCE, old, f"{old} Nada.")
    page = trainer.get(f"{DESK}/{MODULE}").text
    (tick,) = re.findall(r'name="(ok\.[^"]+)"', page)
    form = form_of(page) | {"act": "review", tick: "on"}
    assert trainer.post(f"{DESK}/{MODULE}", data=form).status_code == 303
    assert "W006" not in codes(session, home, MODULE)


def test_a_changed_question_is_marked_and_reviewed(
    trainer: FlaskClient, session: Session, home: Path
) -> None:
    text = (home / QUIZ_SOURCE).read_text(encoding="utf-8")
    option = re.findall(r"^- \( \) (.+)$", text, re.MULTILINE)[0]
    edit(home / QUIZ_SOURCE, f"- ( ) {option}", f"- ( ) {option} zafiro")
    assert "W401" in codes(session, home, QUIZ)
    page = trainer.get(f"{DESK}/{QUIZ}?lang=en").text
    assert "1 passage waits for you." in page
    (tick,) = re.findall(r'name="(ok\.[^"]+)"', page)
    form = form_of(page) | {"act": "review", tick: "on"}
    assert trainer.post(f"{DESK}/{QUIZ}", data=form).status_code == 303
    assert not {"W401", "E402", "E403"} & set(codes(session, home, QUIZ))


def test_weights_that_disagree_are_shown_and_mended(
    trainer: FlaskClient, session: Session, home: Path
) -> None:
    edit(home / QUIZ, "- (x) ", "- ( ) ")
    page = trainer.get(f"{DESK}/{QUIZ}?lang=en").text
    assert "The structure is not that of the source" in page
    form = form_of(page) | {"copy-missing": "on"}
    assert trainer.post(f"{DESK}/{QUIZ}", data=form).status_code == 303
    assert not {"E401", "E402", "E403", "E212"} & set(codes(session, home, QUIZ))


def test_a_text_that_would_be_another_question_is_refused_and_kept(
    trainer: FlaskClient, session: Session, home: Path
) -> None:
    form = form_of(trainer.get(f"{DESK}/{QUIZ}").text)
    prompt = next(name for name, text in form.items() if text.endswith("?"))
    form[prompt] = "What?\r\n\r\n## other-id | Title\r\n\r\nMore <b>text</b>"
    answer = trainer.post(f"{DESK}/{QUIZ}?lang=en", data=form)
    assert answer.status_code == 422
    assert "More &lt;b&gt;text&lt;/b&gt;" in answer.text
    assert "another heading, question or answer" in answer.text
    assert files(session, home)[QUIZ] == (home / QUIZ).read_bytes()


def test_what_somebody_else_saved_is_not_overwritten(
    trainer: FlaskClient, session: Session, home: Path
) -> None:
    first = form_of(trainer.get(f"{DESK}/{MODULE}").text)
    second = dict(first)
    mine = first_paragraph(home, MODULE)
    name = field_with(first, mine)
    first[name], second[name] = "The first text.", "The second text."
    assert trainer.post(f"{DESK}/{MODULE}", data=first).status_code == 303

    answer = trainer.post(f"{DESK}/{MODULE}?lang=en", data=second)
    assert answer.status_code == 409
    assert "The second text.</textarea>" in answer.text
    assert "The first text.</div>" in answer.text
    assert b"The first text." in files(session, home)[MODULE]

    again = form_of(answer.text)
    assert trainer.post(f"{DESK}/{MODULE}", data=again).status_code == 303
    assert b"The second text." in files(session, home)[MODULE]


def test_without_the_past_the_whole_file_is_read_again(
    trainer: FlaskClient, session: Session, home: Path
) -> None:
    edit(home / MODULE, "@", "@000000000000 #")
    text = (home / MODULE).read_text(encoding="utf-8")
    (home / MODULE).write_text(re.sub(r" #[0-9a-f]{12}", "", text), encoding="utf-8")
    page = trainer.get(f"{DESK}/{MODULE}?lang=en").text
    assert "It is not known what the source said" in page
    form = form_of(page) | {"act": "review"}
    assert trainer.post(f"{DESK}/{MODULE}", data=form).status_code == 422
    form["all-read"] = "on"
    assert trainer.post(f"{DESK}/{MODULE}", data=form).status_code == 303
    assert "W006" not in codes(session, home, MODULE)


def test_a_language_begins_with_the_structure_of_the_source(
    trainer: FlaskClient, session: Session, home: Path
) -> None:
    answer = trainer.post(DESK, data={"language": "pt"})
    assert answer.location == f"{DESK}/course.pt.md"
    for path in ("01-the-well.pt.md", "01-the-well.quiz.pt.md", "final.quiz.pt.md"):
        begun = trainer.post(f"{DESK}/begin", data={"path": path})
        assert begun.status_code == 303
        found = codes(session, home, path)
        assert not [code for code in found if code.startswith("E")], found
        assert not {"W006", "W401"} & set(found)
    assert "The same as the source" in trainer.get(f"{DESK}/{path}?lang=en").text


def test_a_language_is_two_or_three_letters_and_new(
    trainer: FlaskClient, home: Path
) -> None:
    answer = trainer.post(f"{DESK}?lang=en", data={"language": "Klingon!"})
    assert answer.status_code == 422
    assert "two or three letters" in answer.text
    assert trainer.post(DESK, data={"language": "en"}).status_code == 409


def test_foreign_courses_and_other_files_are_missing(
    trainer: FlaskClient, session: Session, home: Path
) -> None:
    for path in (SOURCE, "course.toml", "nothing.en.md", "../x.en.md"):
        assert trainer.get(f"{DESK}/{path}").status_code == 404
    other = make_user(session, "Nahia")
    session.add(CourseAuthor(slug="small-course", user_id=other.id, since=NOW))
    session.commit()
    form = {"act": "save"}
    assert trainer.get(DESK).status_code == 404
    assert trainer.get(f"{DESK}/{MODULE}").status_code == 404
    assert trainer.post(f"{DESK}/{MODULE}", data=form).status_code == 404
    assert trainer.post(DESK, data={"language": "pt"}).status_code == 404
    begin = trainer.post(f"{DESK}/begin", data={"path": "course.pt.md"})
    assert begin.status_code == 404


def test_learners_have_no_such_page(signed_in: FlaskClient, home: Path) -> None:
    assert signed_in.get(DESK).status_code == 404


def test_the_table_asks_the_database_a_fixed_number_of_times(
    trainer: FlaskClient, home: Path, statements: list[str]
) -> None:
    def count() -> int:
        statements.clear()
        assert trainer.get(DESK).status_code == 200
        return len(statements)

    count()
    edit(home / SOURCE, first_paragraph(home, SOURCE), "Una.")
    one = count()
    edit(home / "02-the-pump.es.md", first_paragraph(home, "02-the-pump.es.md"), "Dos.")
    edit(home / "course.es.md", "summary: ", "summary: Tres. ")
    assert count() == one


def test_the_page_speaks_spanish_and_names_what_changed(
    trainer: FlaskClient, home: Path
) -> None:
    old = first_paragraph(home, SOURCE)
    edit(home / SOURCE, old, f"{old} Agregamos zafiro.")
    page = trainer.get(f"{DESK}/{MODULE}?lang=es").text
    assert "1 pasaje espera su revisión." in page
    assert "Se agregó:" in page
    assert "Guardar y marcar como revisado" in page
    assert 'lang="en"' in page
    assert page.count("<textarea") == page.count('<label for="t-')


def test_a_page_of_many_passages_asks_no_more_than_one_of_few(
    trainer: FlaskClient, home: Path, statements: list[str]
) -> None:
    def count(path: str) -> int:
        statements.clear()
        assert trainer.get(f"{DESK}/{path}").status_code == 200
        return len(statements)

    count("course.en.md")
    edit(home / SOURCE, first_paragraph(home, SOURCE), "Una.")
    edit(home / "course.es.md", "summary: ", "summary: Tres. ")
    assert count(MODULE) == count("course.en.md")


def test_a_text_over_its_limit_is_refused_and_kept(
    trainer: FlaskClient, session: Session, home: Path
) -> None:
    form = form_of(trainer.get(f"{DESK}/{MODULE}").text)
    name = field_with(form, first_paragraph(home, MODULE))
    form[name] = "zafiro " * 10_000
    answer = trainer.post(f"{DESK}/{MODULE}?lang=en", data=form)
    assert answer.status_code == 422
    assert "E008" in answer.text
    assert answer.text.count("zafiro") >= 10_000
    assert files(session, home)[MODULE] == (home / MODULE).read_bytes()
