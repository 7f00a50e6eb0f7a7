"""The workspace of a course: what a trainer who is no programmer can do there."""

import shutil
import tomllib
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.drafts import CourseAuthor
from conexx_learn.services.draft_reading import draft_of
from tests.factories import (
    COURSES,
    make_institution,
    make_membership,
    make_user,
    sign_in,
)
from tests.published import publish_sample

LONG = "problem-to-logframe"
SMALL = "small-course"
AT = f"/trainer/courses/{LONG}"


@pytest.fixture
def home(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the product's courses be one real course and one small one."""
    shutil.copy(COURSES / "competencies.toml", tmp_path)
    shutil.copytree(COURSES / LONG, tmp_path / LONG)
    samples = Path(__file__).parents[1] / "sample_courses"
    shutil.copytree(samples / SMALL, tmp_path / SMALL)
    monkeypatch.setitem(app.config, "COURSES", tmp_path)
    monkeypatch.setitem(app.config, "COURSE_HOME", tmp_path / "published")
    return tmp_path


@pytest.fixture
def trainer(session: Session) -> User:
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, "trainer")
    return person


@pytest.fixture
def desk(
    client: FlaskClient, session: Session, home: Path, trainer: User
) -> FlaskClient:
    sign_in(client, session, trainer)
    session.commit()
    return client


def settings(session: Session, home: Path) -> dict[str, object]:
    files = draft_of(session, slug=LONG, homes=(home,)).files
    return tomllib.loads(files["course.toml"].decode())


def slugs(session: Session, home: Path) -> list[str]:
    modules = settings(session, home)["modules"]
    assert isinstance(modules, list)
    return [module["slug"] for module in modules]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_workspace_lists_modules_and_files(desk: FlaskClient, lang: str) -> None:
    page = desk.get(f"{AT}?lang={lang}").text

    assert page.count('name="place-') == 5
    assert "01-problem-analysis" in page or "course.toml" in page
    assert "final.quiz.es.md" in page


def test_a_course_is_begun_in_the_browser(
    desk: FlaskClient, session: Session, trainer: User
) -> None:
    answer = desk.post(
        "/trainer/courses/new",
        data={"title": "Agua segura para todos", "language": "es"},
    )

    assert answer.status_code == 303
    assert answer.location == "/trainer/courses/agua-segura-para-todos"
    page = desk.get(f"{answer.location}?lang=en").text
    assert "Agua segura para todos" in page
    assert "Cannot be published yet" not in page
    row = session.get(CourseAuthor, ("agua-segura-para-todos", trainer.id))
    assert row is not None


@pytest.mark.parametrize(
    "typed",
    [
        {"title": "", "language": "es"},
        {"title": "Agua", "language": "fr"},
        {"title": "Agua", "slug": "Agua Segura", "language": "es"},
        {"title": "Agua", "slug": LONG, "language": "es"},
        {"title": "Agua", "slug": "new", "language": "es"},
        {"title": "Agua", "slug": "x" * 61, "language": "es"},
        {"title": "a" * 121, "language": "es"},
    ],
)
def test_a_course_that_cannot_be_begun_is_told_and_nothing_lost(
    desk: FlaskClient, typed: dict[str, str]
) -> None:
    answer = desk.post("/trainer/courses/new?lang=en", data=typed)

    assert answer.status_code == 422
    assert "to correct" in answer.text
    assert typed["title"] in answer.text


def test_a_draft_is_seen_by_its_author_and_the_coordination_alone(
    desk: FlaskClient, session: Session, client: FlaskClient
) -> None:
    desk.post("/trainer/courses/new", data={"title": "Agua segura", "language": "es"})
    at = "/trainer/courses/agua-segura"
    other, boss = make_user(session, "Nerea"), make_user(session, "Jon")
    make_membership(session, other, "trainer")
    make_membership(session, boss, "coordinator")

    sign_in(client, session, other)
    assert client.get(at).status_code == 404
    assert "agua-segura" not in client.get("/trainer/courses").text
    assert client.post(f"{at}/order", data={}).status_code == 404
    sign_in(client, session, boss)
    assert client.get(at).status_code == 200


ACTS = [
    "order",
    "undo",
    "give-up",
    "settings",
    "modules/new",
    "modules/problem-tree",
    "modules/problem-tree/removal",
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["learner", "manager", "trainer"])
def test_a_course_of_the_platform_is_not_for_others(
    client: FlaskClient, session: Session, home: Path, act: str, role: str
) -> None:
    town = make_institution(session)
    person = make_user(session)
    make_membership(session, person, role, town)
    sign_in(client, session, person)
    session.commit()

    assert client.post(f"{AT}/{act}", data={}).status_code == 404


def test_a_trainer_of_an_institution_reaches_what_they_teach_with(
    client: FlaskClient, session: Session, home: Path
) -> None:
    publish_sample(session, SMALL)
    person = make_user(session)
    make_membership(session, person, "trainer", make_institution(session))
    sign_in(client, session, person)
    session.commit()

    page = client.get(f"/trainer/courses/{SMALL}?lang=en").text

    assert "You teach with this course" in page
    assert "/statistics" in page
    assert "course.toml" not in page


def test_what_is_no_part_of_the_course_is_not_said_to_be_removed(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    publish_sample(session, LONG, folder=home)

    page = desk.get(f"{AT}?lang=en").text

    assert (home / LONG / "REVIEW.md").exists()
    assert "As published" in page
    assert "Removed" not in page


def test_a_module_moves_up_with_its_files(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    before = slugs(session, home)

    answer = desk.post(f"{AT}/order", data={"move": f"up.{before[1]}"})

    assert answer.status_code == 303
    assert slugs(session, home) == [before[1], before[0], *before[2:]]
    files = draft_of(session, slug=LONG, homes=(home,)).files
    assert f"01-{before[1]}.es.md" in files
    assert f"02-{before[1]}.es.md" not in files


def test_modules_take_the_order_of_typed_numbers(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    before = slugs(session, home)
    typed = {
        f"place-{slug}": str(len(before) - place) for place, slug in enumerate(before)
    }

    desk.post(f"{AT}/order", data=typed)

    assert slugs(session, home) == before[::-1]


@pytest.mark.parametrize(
    "typed",
    [{}, {"move": "up.nothing"}, {"move": "sideways.x"}, {"place-x": "9" * 40}],
)
def test_an_order_that_says_nothing_changes_nothing(
    desk: FlaskClient, session: Session, home: Path, typed: dict[str, str]
) -> None:
    assert desk.post(f"{AT}/order", data=typed).status_code == 303
    assert draft_of(session, slug=LONG, homes=(home,)).changed == {}


def test_a_module_is_added_removed_and_the_removal_undone(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    desk.post(f"{AT}/modules/new", data={"title": "Otro tema", "with_quiz": "y"})
    assert slugs(session, home)[-1] == "otro-tema"

    gone = slugs(session, home)[0]
    asked = desk.get(f"{AT}/modules/{gone}/removal?lang=en").text
    assert f"01-{gone}.es.md" in asked
    desk.post(f"{AT}/modules/{gone}/removal")
    assert gone not in slugs(session, home)

    page = desk.get(AT).text
    step = page.partition('name="step" value="')[2].partition('"')[0]
    assert desk.post(f"{AT}/undo", data={"step": step}).status_code == 303
    assert slugs(session, home)[0] == gone
    files = draft_of(session, slug=LONG, homes=(home,)).files
    assert f"01-{gone}.en.md" in files


def test_an_undo_gives_way_to_what_was_saved_since(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    first = slugs(session, home)[0]
    desk.post(f"{AT}/modules/{first}/removal")
    page = desk.get(AT).text
    step = page.partition('name="step" value="')[2].partition('"')[0]
    desk.post(f"{AT}/modules/new", data={"title": "Otro tema"})

    answer = desk.post(f"{AT}/undo", data={"step": step})

    assert answer.status_code == 409
    assert "otro-tema" in slugs(session, home)


@pytest.mark.parametrize("step", ["", "0", "-1", "abc", "9" * 30])
def test_an_unknown_step_is_not_undone(desk: FlaskClient, step: str) -> None:
    assert desk.post(f"{AT}/undo", data={"step": step}).status_code == 404


def module_form(**changes: str) -> dict[str, str]:
    typed = {"slug": "", "minutes": "35", "required": "y", "outcomes": "lo-1"}
    return typed | changes


def test_the_facts_of_a_module_are_written_into_the_settings(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    slug = slugs(session, home)[0]
    typed = module_form(slug=slug, minutes="41", valid_until="2027-05-01")

    answer = desk.post(f"{AT}/modules/{slug}", data=typed)

    assert answer.status_code == 303
    modules = settings(session, home)["modules"]
    assert isinstance(modules, list)
    assert modules[0]["minutes"] == 41
    assert str(modules[0]["valid_until"]) == "2027-05-01"
    assert "task_minutes" not in modules[0]


def test_a_renamed_module_keeps_its_place(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    before = slugs(session, home)

    desk.post(f"{AT}/modules/{before[2]}", data=module_form(slug="the-new-name"))

    assert slugs(session, home) == [*before[:2], "the-new-name", *before[3:]]
    page = desk.get(f"{AT}?lang=en").text
    assert "Cannot be published yet" not in page or "E015" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"minutes": ""}, "Write the minutes."),
        ({"minutes": "many"}, "whole number"),
        ({"slug": "final"}, "reserved"),
        ({"slug": "NO SPACES"}, "small letters"),
        ({"valid_until": "31/02/2027"}, "no such day"),
    ],
)
def test_a_module_that_cannot_be_so_is_told(
    desk: FlaskClient,
    session: Session,
    home: Path,
    changes: dict[str, str],
    told: str,
) -> None:
    slug = slugs(session, home)[0]
    typed = module_form(slug=slug) | changes

    answer = desk.post(f"{AT}/modules/{slug}?lang=en", data=typed)

    assert answer.status_code == 422
    assert told in answer.text
    assert draft_of(session, slug=LONG, homes=(home,)).changed == {}


def settings_form(**changes: str | list[str]) -> dict[str, str | list[str]]:
    typed: dict[str, str | list[str]] = {
        "hours": "8",
        "pass_mark": "70",
        "access": "open",
        "outcomes": "lo-1, lo-2, lo-3, lo-4, lo-5",
        "assessment": ["quiz"],
        "participation": "online",
        "quality_assurance": "https://conexx.example/quality",
        "grant.K2": "2",
    }
    return typed | changes


def test_settings_are_a_form(desk: FlaskClient, session: Session, home: Path) -> None:
    answer = desk.post(
        f"{AT}/settings", data=settings_form(hours="8.25", validity_months="36")
    )

    assert answer.status_code == 303
    told = settings(session, home)
    assert told["hours"] == 8.25
    assert told["validity_months"] == 36
    assert told["grants"] == [{"competency": "K2", "level": 2}]
    assert "eqf_level" not in told


def test_the_form_shows_what_is_written(desk: FlaskClient) -> None:
    page = desk.get(f"{AT}/settings?lang=en").text

    assert 'name="hours"' in page
    assert 'value="https://conexx.example/quality"' in page
    assert " selected>Level" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"hours": "8.3"}, "quarters"),
        ({"hours": ""}, "Write the hours."),
        ({"pass_mark": "170"}, "pass_mark"),
        ({"eqf_level": "9"}, "eqf_level"),
        ({"quality_assurance": "javascript:alert(1)"}, "https://"),
        ({"outcomes": "Not An Id!"}, "outcomes"),
        ({"prerequisites": ["nowhere"]}, "to correct"),
    ],
)
def test_settings_that_cannot_be_so_are_told(
    desk: FlaskClient,
    session: Session,
    home: Path,
    changes: dict[str, str | list[str]],
    told: str,
) -> None:
    answer = desk.post(f"{AT}/settings?lang=en", data=settings_form(**changes))

    assert answer.status_code == 422
    assert told in answer.text
    assert draft_of(session, slug=LONG, homes=(home,)).changed == {}


def test_changes_can_be_given_up(
    desk: FlaskClient, session: Session, home: Path
) -> None:
    desk.post(f"{AT}/settings", data=settings_form())

    desk.post(f"{AT}/give-up")

    assert draft_of(session, slug=LONG, homes=(home,)).changed == {}


def test_a_faulty_course_toml_stops_forms_and_loses_nothing(
    desk: FlaskClient, home: Path
) -> None:
    (home / LONG / "course.toml").write_text("hours = = 3\n", encoding="utf-8")

    assert desk.get(AT).status_code == 200
    answer = desk.post(f"{AT}/settings?lang=en", data=settings_form())
    assert answer.status_code == 422
    assert "no form can change it" in answer.text
    answer = desk.post(f"{AT}/modules/new?lang=en", data={"title": "Otro"})
    assert answer.status_code == 422


def test_ten_thousand_letters_are_a_title_too_long(desk: FlaskClient) -> None:
    answer = desk.post(
        "/trainer/courses/new", data={"title": "a" * 10_000, "language": "es"}
    )

    assert answer.status_code == 422


def test_ten_drafts_cost_the_list_no_more_statements_than_two(
    desk: FlaskClient, statements: list[str]
) -> None:
    counts = []
    for first, last in ((0, 2), (2, 10)):
        for number in range(first, last):
            desk.post(
                "/trainer/courses/new",
                data={"title": f"Agua segura {number}", "language": "es"},
            )
        desk.get("/trainer/courses")
        statements.clear()
        assert f"agua-segura-{last - 1}" in desk.get("/trainer/courses").text
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_a_course_as_published_has_no_file_in_another_state(
    client: FlaskClient, session: Session, app: Flask
) -> None:
    publish_sample(session, "first-steps", folder=COURSES)
    person = make_user(session)
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    session.commit()

    page = client.get("/trainer/courses/first-steps?lang=en").text

    assert "REVIEW.md" in page
    assert ">New<" not in page
    assert ">Removed<" not in page
    assert ">Edited<" not in page
