"""The coordination gives works to assessors, and never decides on its own."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.models.graded_work import MarkCorrection, WorkAssessment
from tests.factories import make_membership, make_user, sign_in
from tests.graded_work import (
    Scene,
    assessment_of,
    assign,
    hand_in,
    judge,
    make_learner,
    make_scene,
    team_up,
)
from tests.mails import mails_to

GOOD, BAD = (4, 4, 4, 4), (3, 3, 2, 2)


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session)


@pytest.fixture
def work(session: Session, scene: Scene) -> int:
    """Hand in the work of Ana and Beto."""
    team_up(session, scene.ana, scene.beto)
    return hand_in(session, scene.ana)


def text(response: TestResponse) -> str:
    return " ".join(response.get_data(as_text=True).split())


@pytest.fixture
def office(client: FlaskClient, session: Session, scene: Scene) -> FlaskClient:
    sign_in(client, session, scene.coordinator)
    return client


def test_the_proposal_is_accepted_with_one_click_and_the_assessors_are_told(
    office: FlaskClient, session: Session, scene: Scene, work: int
) -> None:
    assert "1 work needs assessors" in text(office.get("/admin/work?lang=en"))
    proposed = ", ".join(one.full_name for one in scene.assessors[:2])
    assert f"Proposed: {proposed}." in text(office.get(f"/admin/work/{work}?lang=en"))

    answer = office.post(f"/admin/work/{work}/assessors")

    assert answer.status_code == 303
    given = session.scalars(
        select(WorkAssessment.assessor_id).order_by(WorkAssessment.place)
    ).all()
    assert given == [one.id for one in scene.assessors[:2]]
    (mail,) = mails_to(session, scene.assessors[0].email or "")
    assert "Ana" not in mail.text
    assert "No work needs assessors" in text(office.get("/admin/work?lang=en"))
    assert office.post(f"/admin/work/{work}/assessors").status_code == 409


def test_the_office_speaks_spanish(office: FlaskClient, work: int) -> None:
    assert "1 trabajo necesita" in text(office.get("/admin/work?lang=es"))
    assert "Aceptar la propuesta" in text(office.get(f"/admin/work/{work}?lang=es"))


def test_only_who_may_judge_is_offered(
    office: FlaskClient, session: Session, scene: Scene, work: int
) -> None:
    colleague = make_user(session, "A colleague")
    make_membership(session, colleague, "trainer", scene.town)
    session.commit()

    shown = text(office.get(f"/admin/work/{work}?lang=en"))
    assert "Trainer 1 (0)" in shown
    assert "A colleague" not in shown
    path = f"/admin/work/{work}/assessors"
    chosen = {"assessor": str(colleague.id)}
    assert office.post(path, data=chosen).status_code == 409
    for nobody in ("x", "0", str(scene.ana.id), "9" * 20):
        assert office.post(path, data={"assessor": nobody}).status_code == 404


def test_an_assessor_is_chosen_and_exchanged(
    office: FlaskClient, session: Session, scene: Scene, work: int
) -> None:
    path = f"/admin/work/{work}/assessors"
    chosen = {"assessor": str(scene.assessors[2].id)}
    assert office.post(path, data=chosen).status_code == 303
    part = assessment_of(session, work, scene.assessors[2])
    assert "Trainer 3" in office.get(f"/admin/work/{work}").text

    assert office.post(f"{path}/{part.id}/withdrawal").status_code == 303
    assert office.post(f"{path}/{part.id}/withdrawal").status_code == 404


def test_a_disagreement_is_listed_and_needs_a_third(
    office: FlaskClient, session: Session, scene: Scene, work: int
) -> None:
    assign(session, scene, work, *scene.assessors[:2])
    judge(session, work, scene.assessors[0], *GOOD)
    judge(session, work, scene.assessors[1], *BAD)

    assert "Waiting for a third person" in text(office.get("/admin/work?lang=en"))
    assert office.post(f"/admin/work/{work}/assessors").status_code == 303
    assert assessment_of(session, work, scene.assessors[2]).place == 3


def test_a_level_is_corrected_with_a_reason_on_record(
    office: FlaskClient, session: Session, scene: Scene, work: int
) -> None:
    assign(session, scene, work, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, work, assessor, *BAD)
    part = assessment_of(session, work, scene.assessors[0])
    path = f"/admin/work/{work}/assessors/{part.id}/corrections"
    right = {"criterion": "design", "level": "3", "reason": "Typed in the wrong row"}

    for wrong in ({"level": "6"}, {"level": "2"}, {"reason": " "}):
        assert office.post(path, data=right | wrong).status_code == 422
    assert office.post(path, data=right | {"criterion": "air"}).status_code == 404
    assert office.post(path, data=right).status_code == 303

    shown = text(office.get(f"/admin/work/{work}?lang=en"))
    assert "1. design: 2 → 3" in shown
    assert "Typed in the wrong row" in shown
    assert len(session.scalars(select(MarkCorrection)).all()) == 1


def test_who_handed_it_in_does_not_decide_on_it(
    client: FlaskClient, session: Session, scene: Scene, work: int
) -> None:
    make_membership(session, scene.ana, "coordinator")
    assign(session, scene, work, scene.assessors[0])
    sign_in(client, session, scene.ana)

    shown = text(client.get(f"/admin/work/{work}?lang=en"))
    assert "This is your own work" in shown
    assert "Trainer 1" not in shown
    assert client.post(f"/admin/work/{work}/assessors").status_code == 409


def test_a_coordinator_who_judges_sees_no_levels_before_the_grade(
    client: FlaskClient, session: Session, scene: Scene, work: int
) -> None:
    assign(session, scene, work, *scene.assessors[:2])
    judge(session, work, scene.assessors[1], *GOOD)
    make_membership(session, scene.assessors[0], "coordinator")
    sign_in(client, session, scene.assessors[0])

    shown = text(client.get(f"/admin/work/{work}?lang=en"))
    assert "You assess this work yourself" in shown
    assert "Because of need" not in shown
    assert "Beto" not in shown


def test_who_is_of_the_coordination_is_not_offered(
    office: FlaskClient, session: Session, scene: Scene, work: int
) -> None:
    make_membership(session, scene.coordinator, "trainer")
    session.commit()

    assert "Carla (0)" not in text(office.get(f"/admin/work/{work}?lang=en"))
    chosen = {"assessor": str(scene.coordinator.id)}
    path = f"/admin/work/{work}/assessors"
    assert office.post(path, data=chosen).status_code == 404


def test_only_the_coordination_opens_the_office(
    client: FlaskClient, session: Session, scene: Scene, work: int
) -> None:
    for user in (scene.ana, scene.assessors[0]):
        sign_in(client, session, user)
        assert client.get("/admin/work").status_code == 404
        assert client.get(f"/admin/work/{work}").status_code == 404
        assert client.get(f"/admin/work/{work}/file").status_code == 404
        assert client.post(f"/admin/work/{work}/assessors").status_code == 404


def test_an_unknown_work_is_not_there(office: FlaskClient) -> None:
    for number in (0, 999_999, 2**31, 2**64):
        assert office.get(f"/admin/work/{number}").status_code == 404
        assert office.post(f"/admin/work/{number}/assessors").status_code == 404
        assert office.get(f"/admin/work/{number}/file").status_code == 404


def test_lists_run_as_many_statements_with_one_work_as_with_three(
    office: FlaskClient,
    session: Session,
    scene: Scene,
    work: int,
    statements: list[str],
) -> None:
    def count(path: str) -> int:
        office.get(path)
        statements.clear()
        office.get(path)
        return len(statements)

    assign(session, scene, work, *scene.assessors[:2])
    queue, own = count("/admin/work"), count(f"/admin/work/{work}")
    for name in ("Third", "Fourth"):
        _another_work(session, scene, name)

    assert count("/admin/work") == queue <= 6
    assert count(f"/admin/work/{work}") == own <= 16


def _another_work(session: Session, scene: Scene, name: str) -> None:
    hand_in(session, make_learner(session, scene.town, name), name)
