"""What trainers see of the courses that they write."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.domain.course_source import read_course
from conexx_learn.services.demonstration import DEMO_COURSES, place_drafts
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.people import make_person
from tests.published import publish_sample

SMALL = "small-course"
READING = "conexx_learn.services.course_checking"


@pytest.fixture
def homes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the product's courses be the sample ones, beside the draft."""
    samples = Path(__file__).parents[1] / "sample_courses"
    monkeypatch.setitem(app.config, "COURSES", samples)
    place_drafts(Path(app.instance_path) / DEMO_COURSES)
    return samples


@pytest.fixture
def trainer(client: FlaskClient, session: Session, homes: Path) -> FlaskClient:
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    session.commit()
    return client


def test_the_list_names_every_course_with_its_state(
    trainer: FlaskClient, session: Session
) -> None:
    publish_sample(session, SMALL)
    session.commit()
    page = trainer.get("/trainer/courses?lang=en").text
    assert "/trainer/courses/small-course" in page
    assert "Published, version" in page
    assert "Not published" in page


def test_the_short_address_leads_to_the_list(trainer: FlaskClient) -> None:
    answer = trainer.get("/trainer")
    assert answer.status_code == 303
    assert answer.location == "/trainer/courses"


def test_a_problem_stands_beside_its_line(trainer: FlaskClient) -> None:
    page = trainer.get("/trainer/courses/water-projects?lang=en").text
    assert "Warning W312" in page
    assert "Use ( ) instead of [ ]." in page
    assert "final.quiz.es.md, line 26" in page
    assert page.count('class="source-marked"') == 1
    assert "flask courses check" in page


def test_a_course_that_cannot_be_read_lists_its_errors(
    trainer: FlaskClient, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "broken-course"
    folder.mkdir()
    (folder / "course.en.md").write_bytes(b"---\ntitle: <b>Broken</b>\n---\n\xff\x00")
    monkeypatch.setitem(app.config, "COURSES", tmp_path)
    page = trainer.get("/trainer/courses/broken-course?lang=en")
    assert page.status_code == 200
    assert "keep" in page.text
    assert "Cannot be published yet" in page.text
    assert "<b>Broken" not in page.text


@pytest.mark.parametrize(
    "course",
    [
        pytest.param("no-such-course", id="unknown"),
        pytest.param("..", id="parent"),
        pytest.param("%2e%2e%2f", id="encoded-parent"),
        pytest.param("x" * 3000, id="endless"),
    ],
)
def test_what_is_no_course_is_not_there(trainer: FlaskClient, course: str) -> None:
    assert trainer.get(f"/trainer/courses/{course}").status_code == 404


def test_a_folder_that_cannot_be_read_hides_no_other(
    trainer: FlaskClient, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = Path(__file__).parents[1] / "sample_courses"
    shutil.copytree(samples / SMALL, tmp_path / SMALL)
    linked = tmp_path / "linked-course"
    linked.mkdir()
    (linked / "course.en.md").symlink_to(tmp_path / SMALL / "course.en.md")
    monkeypatch.setitem(app.config, "COURSES", tmp_path)

    good = trainer.get("/trainer/courses/small-course?lang=en").text
    bad = trainer.get("/trainer/courses/linked-course?lang=en").text

    assert "Cannot be published yet" not in good
    assert "Cannot be published yet" in bad


def test_what_git_keeps_in_the_folder_is_not_looked_at(
    trainer: FlaskClient, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = Path(__file__).parents[1] / "sample_courses"
    shutil.copytree(samples, tmp_path, dirs_exist_ok=True)
    monkeypatch.setitem(app.config, "COURSES", tmp_path)
    trainer.get("/trainer/courses")
    looked: list[Path] = []
    lstat = Path.lstat

    def counted(path: Path) -> Any:
        looked.append(path)
        return lstat(path)

    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index.lock").write_bytes(b"")
    monkeypatch.setattr(Path, "lstat", counted)
    trainer.get("/trainer/courses")

    assert looked
    assert not [path for path in looked if ".git" in path.parts]


def test_each_course_is_checked_once_for_the_list(
    trainer: FlaskClient, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = Path(__file__).parents[1] / "sample_courses"
    shutil.copytree(samples, tmp_path, dirs_exist_ok=True)
    monkeypatch.setitem(app.config, "COURSES", tmp_path)
    checked: list[str] = []

    def counted(files: Any, *, slug: str, **rest: Any) -> Any:
        checked.append(slug)
        return read_course(files, slug=slug, **rest)

    monkeypatch.setattr(f"{READING}.read_course", counted)
    trainer.get("/trainer/courses")
    trainer.get("/trainer/courses")

    assert len(checked) == len(set(checked)) > 1


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/trainer/courses")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("role", ["learner", "manager", "observer"])
def test_other_roles_find_no_such_page(
    client: FlaskClient, session: Session, role: str
) -> None:
    person = make_person(session)
    make_membership(session, person, role, make_institution(session))
    sign_in(client, session, person)
    session.commit()
    assert client.get("/trainer/courses").status_code == 404
    assert client.get("/trainer/courses/first-steps").status_code == 404


def test_a_coordinator_sees_what_trainers_see(
    client: FlaskClient, session: Session, homes: Path
) -> None:
    person = make_user(session)
    make_membership(session, person, "coordinator")
    sign_in(client, session, person)
    session.commit()
    page = client.get("/trainer/courses")
    assert page.status_code == 200
    assert 'href="/trainer/courses" aria-current="true"' in page.text


def test_the_list_asks_no_more_with_courses_than_without(
    trainer: FlaskClient, session: Session, statements: list[str]
) -> None:
    counts = []
    for _ in range(2):
        trainer.get("/trainer/courses")
        statements.clear()
        trainer.get("/trainer/courses")
        counts.append(len(statements))
        publish_sample(session, SMALL)
        publish_sample(session, "second-course")

    assert counts[0] == counts[1] <= 8
