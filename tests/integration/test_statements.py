"""Statements per page: few, counted, and the same with one row and with fifty."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.accounts import User, UserSession
from conexx_learn.models.catalogue import Course
from conexx_learn.models.certification import Certificate, CertificateRequirement
from conexx_learn.queries.catalogue import course_page
from conexx_learn.services.publishing import publish_course
from tests.factories import NOW, SAMPLES, make_membership, sign_in
from tests.institutions import (
    appoint,
    make_plan,
    make_post,
    make_town,
    make_unit,
    requirement,
)
from tests.learning import (
    SMALL,
    begin_attempt,
    complete_small_course,
    enrolled_user,
    pass_quiz,
    read_module,
    submit,
)
from tests.published import edited_copy, publish_sample, ready_course
from tests.right_answers import right_responses, sitting_of, typed_fields

COURSE = f"/courses/{SMALL}"
MANY = 50
Count = Callable[[str], int]


@pytest.fixture
def ana(session: Session) -> User:
    publish_sample(session)
    return enrolled_user(session)


@pytest.fixture
def signed_in(client: FlaskClient, session: Session, ana: User) -> FlaskClient:
    sign_in(client, session, ana)
    return client


@pytest.fixture
def count(signed_in: FlaskClient, statements: list[str]) -> Count:
    def fetched(path: str) -> int:
        signed_in.get(path)
        statements.clear()
        response = signed_in.get(path)
        assert response.status_code == 200, path
        return len(statements)

    return fetched


def add_courses(session: Session, number: int) -> None:
    course, rendered, competencies = ready_course(SAMPLES / SMALL)
    for place in range(number):
        copy = replace(course, slug=f"small-course-{place}")
        publish_course(
            session,
            copy,
            rendered,
            competencies=competencies,
            change_note={},
            now=NOW,
        )
    session.commit()


def course_of_many_modules(place: Path) -> Path:
    """Write the small course with many modules of a minute, each with its quiz."""
    folder = edited_copy(place, {"course.toml": ("1.0", "2.0")})
    settings = folder / SMALL / "course.toml"
    text = settings.read_text(encoding="utf-8").replace("hours = 1", "hours = 1.75")
    for number in range(3, MANY + 1):
        slug = f"part-{number}"
        text += f'\n[[modules]]\nslug = "{slug}"\nminutes = 1\n'
        stem = settings.parent / f"{number:02}-{slug}"
        Path(f"{stem}.es.md").write_text("---\ntitle: Parte\n---\n\nTexto.\n")
        quiz = (settings.parent / "02-the-pump.quiz.es.md").read_text(encoding="utf-8")
        quiz = quiz.replace("the-pump-quiz", f"{slug}-quiz")
        quiz = quiz.replace("pump-single", f"{slug}-single")
        Path(f"{stem}.quiz.es.md").write_text(quiz, encoding="utf-8")
    settings.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("path", "most"),
    [
        pytest.param("/", 2, id="home"),
        pytest.param("/courses", 2, id="catalogue"),
        pytest.param("/courses?q=agua&access=open&competency=K1", 2, id="search"),
        pytest.param(COURSE, 6, id="course"),
        pytest.param(f"{COURSE}/the-well", 5, id="module"),
        pytest.param(f"{COURSE}/the-well?check=0&the-well-check=a", 5, id="self-check"),
        pytest.param(f"{COURSE}/the-well/quiz", 5, id="rules of a quiz"),
        pytest.param(f"{COURSE}/final", 5, id="rules of the final"),
        pytest.param("/me", 7, id="my courses"),
        pytest.param("/me/certificates", 3, id="my certificates"),
    ],
)
def test_a_page_keeps_its_budget(count: Count, path: str, most: int) -> None:
    assert count(path) <= most


def test_an_open_attempt_and_its_result_keep_their_budget(
    session: Session, ana: User, count: Count
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    assert count(f"/attempts/{attempt_id}") <= 5

    submit(session, ana, attempt_id)
    assert count(f"/attempts/{attempt_id}") <= 5


def test_the_result_that_completed_the_course_keeps_its_budget(
    session: Session, ana: User, count: Count
) -> None:
    complete_small_course(session, ana)
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    submit(session, ana, attempt_id)

    assert count(f"/attempts/{attempt_id}") <= 6


def test_a_save_keeps_its_budget(
    session: Session, ana: User, signed_in: FlaskClient, statements: list[str]
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    body = {"number": 1, "responses": {"well-words": "tank"}}
    signed_in.get("/me")

    statements.clear()
    response = signed_in.post(f"/attempts/{attempt_id}/responses", json=body)

    assert response.status_code == 204
    assert len(statements) <= 4


@pytest.mark.parametrize(
    ("issues", "most"),
    [
        pytest.param(False, 8, id="passing"),
        pytest.param(True, 19, id="completing the course"),
    ],
)
def test_a_submission_keeps_its_budget(
    session: Session,
    ana: User,
    signed_in: FlaskClient,
    statements: list[str],
    issues: bool,
    most: int,
) -> None:
    asked_by_a_plan(session, ana)
    pass_quiz(session, ana, "the-well")
    read_module(session, ana, "the-well")
    if issues:
        read_module(session, ana, "the-pump")
    attempt_id = begin_attempt(session, ana, None, now=now())
    found = sitting_of(session, attempt_id, ana.id)
    fields = typed_fields(found, right_responses(found))
    signed_in.get("/me")

    statements.clear()
    response = signed_in.post(f"/attempts/{attempt_id}/submission", data=fields)

    assert response.status_code == 303
    assert len(statements) <= most
    assert bool(session.scalars(select(Certificate)).all()) is issues
    assert len(session.scalars(select(CertificateRequirement)).all()) == 3 * issues


def asked_by_a_plan(session: Session, user: User) -> None:
    """Let three lines of a plan ask the small course of somebody."""
    town = make_town(session)
    make_membership(session, user, "learner", town)
    appoint(session, user, make_post(session, make_unit(session, town)))
    course = session.scalars(select(Course).where(Course.slug == SMALL)).one()
    make_plan(session, town, *(requirement(course) for _ in range(3)))
    session.commit()


def test_verifying_keeps_its_budget(
    session: Session, ana: User, client: FlaskClient, statements: list[str]
) -> None:
    complete_small_course(session, ana)
    number = grouped(session.scalars(select(Certificate.number)).one())
    client.get("/verify")

    for path in (f"/verify/{number}", "/verify/0000-0000-0000", "/verify/what"):
        statements.clear()
        client.get(path)
        assert len(statements) <= 3


def test_the_number_of_courses_costs_no_statement(
    session: Session, count: Count
) -> None:
    paths = ("/", "/courses", "/courses?q=agua", "/me")
    one = [count(path) for path in paths]

    add_courses(session, MANY)

    assert [count(path) for path in paths] == one


def test_the_number_of_modules_costs_no_statement(
    session: Session, ana: User, count: Count, tmp_path: Path
) -> None:
    paths = (COURSE, f"{COURSE}/the-well", f"{COURSE}/the-well/quiz", f"{COURSE}/final")
    few = [count(path) for path in paths]
    publish_sample(session, folder=course_of_many_modules(tmp_path))
    late = enrolled_user(session)
    assert course_length(session, late) == MANY
    switch_learner(session, ana, late)

    assert [count(path) for path in paths] == few


def course_length(session: Session, user: User) -> int:
    page = course_page(session, slug=SMALL, user_id=user.id, lang="en")
    return len(page.outline.modules)


def switch_learner(session: Session, before: User, after: User) -> None:
    """Let the signed_in's session belong to somebody else."""
    session.scalars(
        select(UserSession).where(UserSession.user_id == before.id)
    ).one().user_id = after.id
    session.commit()


def test_the_number_of_attempts_costs_no_statement(
    session: Session, ana: User, count: Count
) -> None:
    paths = (COURSE, f"{COURSE}/the-pump", f"{COURSE}/the-pump/quiz", "/me")
    first = begin_attempt(session, ana, "the-pump")
    submit(session, ana, first)
    one = [count(path) for path in (*paths, f"/attempts/{first}")]

    for _ in range(MANY - 1):
        submit(session, ana, begin_attempt(session, ana, "the-pump"))

    assert [count(path) for path in (*paths, f"/attempts/{first}")] == one
