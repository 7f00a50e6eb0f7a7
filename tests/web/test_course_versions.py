"""The history of a course: seen, compared, withdrawn, offered again."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.drafts import CourseAuthor
from tests.factories import NOW, make_institution, make_membership, make_user, sign_in
from tests.learning import SMALL, complete_small_course, enrolled_user
from tests.published import edited_copy, publish_sample

VERSIONS = f"/trainer/courses/{SMALL}/versions"
NOTE = {"en": "The cover of the well is explained.", "es": "Se explica la tapa."}
EDITS = {
    "course.toml": ('version = "1.0"', 'version = "1.1"'),
    "01-the-well.es.md": (
        "Con una tapa y una cerca.",
        "Con una tapa de cemento y una cerca.",
    ),
}


@pytest.fixture
def two_versions(session: Session, small_course: str, tmp_path: Path) -> None:
    folder = edited_copy(tmp_path / "edited", EDITS)
    publish_sample(session, folder=folder, change_note=NOTE)


def entered(client: FlaskClient, session: Session, role: str) -> User:
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, role)
    sign_in(client, session, person)
    return person


@pytest.fixture
def trainer(client: FlaskClient, session: Session) -> FlaskClient:
    entered(client, session, "trainer")
    return client


@pytest.fixture
def coordinator(client: FlaskClient, session: Session) -> FlaskClient:
    entered(client, session, "coordinator")
    return client


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Version 1.1", "Version 1.0", "is on it", NOTE["en"]]),
        (
            "es",
            ["Versión 1.1", "Versión 1.0", "desde la línea de comandos", NOTE["es"]],
        ),
    ],
)
def test_the_history_lists_every_version(
    trainer: FlaskClient,
    session: Session,
    small_course: str,
    tmp_path: Path,
    lang: str,
    words: list[str],
) -> None:
    enrolled_user(session)
    publish_sample(
        session, folder=edited_copy(tmp_path / "edited", EDITS), change_note=NOTE
    )

    page = trainer.get(f"{VERSIONS}?lang={lang}").text

    assert [word for word in words if word not in page] == []
    assert page.index(words[0]) < page.index(words[1])
    assert page.count('data-state="met"') == 1


@pytest.mark.parametrize("lang", ["en", "es"])
def test_two_versions_are_compared_as_they_are_read(
    trainer: FlaskClient, two_versions: None, lang: str
) -> None:
    page = trainer.get(f"{VERSIONS}/compare?before=1.0&after=1.1&lang={lang}").text

    assert "Con una tapa <ins>de cemento </ins>y una cerca." in page
    assert 'id="at-01-the-well.es.md:n' in page
    assert "01-the-well.en.md" in page


def test_versions_that_read_the_same_say_so(
    trainer: FlaskClient, two_versions: None
) -> None:
    page = trainer.get(f"{VERSIONS}/compare?before=1.1&after=1.1&lang=en").text

    assert "Nothing changed" in page


@pytest.mark.parametrize("query", ["", "?before=1.0", "?before=9.9&after=1.0"])
def test_a_version_that_is_not_there_is_not_found(
    trainer: FlaskClient, two_versions: None, query: str
) -> None:
    assert trainer.get(f"{VERSIONS}/compare{query}").status_code == 404
    assert trainer.get(f"{VERSIONS}/7.7").status_code == 404


def test_any_version_is_read_as_it_was(
    trainer: FlaskClient, two_versions: None
) -> None:
    former = trainer.get(f"{VERSIONS}/1.0/the-well?lang=es").text
    newer = trainer.get(f"{VERSIONS}/1.1/the-well?lang=es").text

    assert "Con una tapa y una cerca." in former
    assert "Con una tapa de cemento y una cerca." in newer
    assert "Clave-uno" in former


def test_a_version_lists_its_modules_and_its_final_with_the_key(
    trainer: FlaskClient, two_versions: None
) -> None:
    page = trainer.get(f"{VERSIONS}/1.0?lang=es").text
    final = trainer.get(f"{VERSIONS}/1.0/final?lang=es").text

    assert "El pozo" in page
    assert f'href="{VERSIONS}/1.0/final"' in page
    assert "Final-clave" in final
    assert "(x)" in final


def test_the_keys_are_not_for_learners_nor_for_trainers_elsewhere(
    client: FlaskClient, session: Session, two_versions: None
) -> None:
    paths = ["", "/1.0", "/1.0/the-well", "/1.0/final", "/compare?before=1.0&after=1.1"]
    learner = make_user(session)
    sign_in(client, session, learner)
    assert {client.get(VERSIONS + path).status_code for path in paths} == {404}

    elsewhere = make_user(session)
    make_membership(session, elsewhere, "trainer", make_institution(session))
    sign_in(client, session, elsewhere)
    assert {client.get(VERSIONS + path).status_code for path in paths} == {404}


def test_who_may_look_at_the_versions_finds_them_on_the_page_of_the_course(
    client: FlaskClient, session: Session, two_versions: None
) -> None:
    session.add(CourseAuthor(slug=SMALL, user_id=make_user(session).id, since=NOW))
    session.commit()
    page = f"/trainer/courses/{SMALL}?lang=en"
    entered(client, session, "trainer")
    assert f'href="{VERSIONS}"' in client.get(page).text

    elsewhere = make_user(session)
    make_membership(session, elsewhere, "trainer", make_institution(session))
    sign_in(client, session, elsewhere)
    assert f'href="{VERSIONS}"' not in client.get(page).text


def test_only_the_coordination_withdraws(
    trainer: FlaskClient, session: Session, two_versions: None
) -> None:
    answer = trainer.post(f"{VERSIONS}/withdraw", data={"reason": "Out of date"})

    assert answer.status_code == 404
    assert trainer.get(f"{VERSIONS}/offer/1.0").status_code == 404
    assert "Withdraw the course" not in trainer.get(f"{VERSIONS}?lang=en").text


def test_a_reason_is_asked_for(coordinator: FlaskClient, two_versions: None) -> None:
    page = coordinator.post(f"{VERSIONS}/withdraw?lang=en", data={"reason": " "})

    assert page.status_code == 422
    assert "Write why." in page.text


def test_a_withdrawn_course_stays_for_its_learners_and_for_nobody_else(
    coordinator: FlaskClient, session: Session, small_course: str
) -> None:
    learner = enrolled_user(session)
    confirm = coordinator.get(f"{VERSIONS}/withdraw?lang=en").text
    assert "1 person who has begun it goes on" in confirm

    answer = coordinator.post(f"{VERSIONS}/withdraw", data={"reason": "Out of date"})

    assert answer.status_code == 303
    assert SMALL not in coordinator.get("/courses").text
    assert coordinator.get(f"/courses/{SMALL}").status_code == 404
    history = coordinator.get(f"{VERSIONS}?lang=en").text
    assert "Out of date" in history
    assert "Iker Zabala" in history
    sign_in(coordinator, session, learner)
    assert coordinator.get(f"/courses/{SMALL}/the-well").status_code == 200
    assert complete_small_course(session, learner)
    newcomer = make_user(session)
    sign_in(coordinator, session, newcomer)
    assert coordinator.get(f"/courses/{SMALL}").status_code == 404
    assert coordinator.post(f"/courses/{SMALL}/enrolment").status_code == 404


def test_any_version_can_be_offered_again(
    coordinator: FlaskClient, session: Session, two_versions: None
) -> None:
    learner = enrolled_user(session)
    coordinator.post(f"{VERSIONS}/withdraw", data={"reason": "A wrong figure"})

    answer = coordinator.post(f"{VERSIONS}/offer/1.0", data={"reason": "It was right"})

    assert answer.status_code == 303
    page = coordinator.get(f"/courses/{SMALL}?lang=es")
    assert page.status_code == 200
    sign_in(coordinator, session, learner)
    mine = coordinator.get(f"/courses/{SMALL}?lang=en").text
    assert "1.0" not in mine, "an older version is no newer one to move to"


def test_what_is_offered_already_is_not_offered_again(
    coordinator: FlaskClient, two_versions: None
) -> None:
    answer = coordinator.post(f"{VERSIONS}/offer/1.1?lang=en", data={"reason": "So"})

    assert answer.status_code == 409
    assert "offered already" in answer.text


def test_the_command_leaves_a_withdrawn_course_withdrawn(
    coordinator: FlaskClient, session: Session, small_course: str
) -> None:
    coordinator.post(f"{VERSIONS}/withdraw", data={"reason": "Out of date"})

    publication = publish_sample(session)

    assert not publication.changed
    assert coordinator.get(f"/courses/{SMALL}").status_code == 404


def test_a_page_of_the_history_asks_the_same_of_the_database_with_more_versions(
    trainer: FlaskClient,
    session: Session,
    small_course: str,
    tmp_path: Path,
    statements: list[str],
) -> None:
    trainer.get(VERSIONS)
    statements.clear()
    trainer.get(VERSIONS)
    with_one = len(statements)
    publish_sample(session, folder=edited_copy(tmp_path / "edited", EDITS))
    statements.clear()

    trainer.get(VERSIONS)

    assert len(statements) == with_one
