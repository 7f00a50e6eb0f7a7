"""What a repair shows: to trainers before it is done, to learners afterwards."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.repairs import Correction
from conexx_learn.services.repair import apply_repairs
from tests.factories import make_membership, make_user, sign_in
from tests.learning import begin_attempt, submit
from tests.published import publish_sample
from tests.right_answers import right_responses, sitting_of
from tests.voids import APPLYING, publish_voided, voiding_copy
from tests.web.test_result import told

REPAIR = "/trainer/courses/small-course/repair?lang=en"


@pytest.fixture
def attempt_id(session: Session, ana: User) -> int:
    """Let Ana have everything right but the question that is voided later."""
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    right = right_responses(sitting_of(session, attempt_id, ana.id))
    del right["well-single"]
    submit(session, ana, attempt_id, dict(right), now=now())
    return attempt_id


@pytest.fixture
def trainer(client: FlaskClient, session: Session) -> FlaskClient:
    person = make_user(session, "Iker")
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    return client


def test_the_dry_run_names_who_rises_and_writes_nothing(
    app: Flask,
    trainer: FlaskClient,
    session: Session,
    ana: User,
    attempt_id: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "COURSES", voiding_copy(tmp_path))

    page = trainer.get(REPAIR).text

    assert "1 result would rise" in page
    assert ana.full_name in page
    assert "85.7" in page
    assert "Two answers are right." in page
    assert session.query(Correction).count() == 0
    course = trainer.get("/trainer/courses/small-course?lang=en").text
    assert "Voided questions and results" in course


def test_a_void_that_reaches_nothing_says_why(
    app: Flask,
    trainer: FlaskClient,
    session: Session,
    attempt_id: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = voiding_copy(tmp_path)
    path = folder / "small-course" / "01-the-well.quiz.es.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("anulada: full", "anulada: full\npuntos: 2"))
    monkeypatch.setitem(app.config, "COURSES", folder)

    page = trainer.get(REPAIR).text

    assert "No result would change" in page
    assert "reaches no earlier answer" in page


def test_without_voids_the_page_says_how_to_mark_one(
    app: Flask,
    trainer: FlaskClient,
    small_course: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    samples = Path(__file__).parents[1] / "sample_courses"
    monkeypatch.setitem(app.config, "COURSES", samples)

    assert "Nothing is voided" in trainer.get(REPAIR).text


def test_only_trainers_see_it(signed_in: FlaskClient) -> None:
    assert signed_in.get(REPAIR).status_code == 404


def test_a_corrected_result_says_from_what_to_what_and_why(
    signed_in: FlaskClient,
    session: Session,
    ana: User,
    attempt_id: int,
    tmp_path: Path,
) -> None:
    before = signed_in.get(f"/attempts/{attempt_id}").text
    assert "Passed: 85.7" in before
    publish_voided(session, tmp_path)
    apply_repairs(APPLYING, now=now())

    page = told(signed_in.get(f"/attempts/{attempt_id}").text)

    assert "Passed: 100" in page
    assert "Your result was corrected on" in page
    assert "Your result was 85.7" in page
    assert page.count("Two answers are right.") == 2
    rules = signed_in.get("/courses/small-course/the-well/quiz").text
    assert "100" in rules
    assert "Key-one" not in page


def test_a_submission_after_the_repair_tells_it_too(
    signed_in: FlaskClient, session: Session, ana: User, tmp_path: Path
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    publish_voided(session, tmp_path)

    signed_in.post(f"/attempts/{attempt_id}/submission", data={})

    page = signed_in.get(f"/attempts/{attempt_id}").text
    assert "Your result was corrected on" in page
    assert "You earned 1 of 7 points" in page


def test_the_correction_is_among_what_is_held_about_me(
    signed_in: FlaskClient,
    session: Session,
    ana: User,
    attempt_id: int,
    tmp_path: Path,
) -> None:
    publish_voided(session, tmp_path)
    apply_repairs(APPLYING, now=now())

    answer = signed_in.get("/me/data")

    assert answer.status_code == 200
    assert session.query(Correction).count() == 1


def test_a_course_that_is_not_there(trainer: FlaskClient) -> None:
    for page in ("repair", "appeals", "statistics", "statistics.csv"):
        assert trainer.get(f"/trainer/courses/nowhere/{page}").status_code == 404


def test_the_first_publication_may_hold_voids(
    session: Session, tmp_path: Path, trainer: FlaskClient
) -> None:
    publish_sample(session, folder=voiding_copy(tmp_path))
    assert apply_repairs(APPLYING, now=now()).corrected == 0
