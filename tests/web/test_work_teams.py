"""A team on its page: asked, accepted, and what is kept of whoever leaves."""

import io
import json
import zipfile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.graded_work import HandIn, WorkFile, WorkMember
from conexx_learn.services.accounts import erase_account
from tests.factories import make_institution, sign_in
from tests.graded_work import (
    COURSE,
    Scene,
    assign,
    hand_in,
    judge,
    make_learner,
    make_scene,
    team_up,
)
from tests.mails import mails_to
from tests.office_files import PDF
from tests.web.test_prior_learning import FORM, multipart

ADDRESS = f"/courses/{COURSE}/work"
GOOD, BAD = (4, 4, 4, 4), (3, 3, 2, 2)


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session)


@pytest.fixture
def desk(client: FlaskClient, session: Session, scene: Scene) -> FlaskClient:
    """Give Ana's browser, in English."""
    sign_in(client, session, scene.ana)
    return client


def text(response: TestResponse) -> str:
    return " ".join(response.get_data(as_text=True).split())


def send(
    desk: FlaskClient, content: bytes = PDF, name: str = "plan.pdf", **fields: str
) -> TestResponse:
    values = {"source": "file", "declared": "y", **fields}
    return desk.post(ADDRESS, data=multipart(values, (name, content)), headers=FORM)


def works(session: Session) -> list[HandIn]:
    session.expire_all()
    return list(session.scalars(select(HandIn).order_by(HandIn.id)))


def test_a_colleague_is_asked_accepts_and_shares_the_result(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    data = {"colleague": str(scene.beto.id)}
    answer = desk.post(f"{ADDRESS}/team/invitations", data=data)
    assert answer.status_code == 303
    assert "asked, has not accepted" in text(desk.get(ADDRESS))
    (mail,) = mails_to(session, scene.beto.email or "")
    assert "asks you to hand in a work together" in mail.text

    sign_in(desk, session, scene.beto)
    assert "Teams that ask you" in text(desk.get(ADDRESS))
    member_id = session.scalars(
        select(WorkMember.id).where(WorkMember.user_id == scene.beto.id)
    ).one()
    path = f"{ADDRESS}/team/invitations/{member_id}/answer"
    assert desk.post(path, data={"answer": "perhaps"}).status_code == 422
    assert desk.post(path, data={"answer": "yes"}).status_code == 303
    assert desk.post(path, data={"answer": "yes"}).status_code == 404
    send(desk)

    sign_in(desk, session, scene.ana)
    page = text(desk.get(ADDRESS))
    assert "Ana, Beto" in page
    assert len(mails_to(session, scene.ana.email or "")) == 1
    assert desk.post(f"{ADDRESS}/team/departure").status_code == 409


def test_an_invitation_can_be_refused_and_withdrawn(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    data = {"colleague": str(scene.beto.id)}
    desk.post(f"{ADDRESS}/team/invitations", data=data)
    member = session.scalars(
        select(WorkMember).where(WorkMember.user_id == scene.beto.id)
    ).one()
    path = f"{ADDRESS}/team/invitations/{member.id}"
    assert desk.post(f"{path}/withdrawal").status_code == 303
    assert desk.post(f"{path}/withdrawal").status_code == 404
    desk.post(f"{ADDRESS}/team/invitations", data=data)
    sign_in(desk, session, scene.beto)
    assert desk.post(f"{path}/answer", data={"answer": "no"}).status_code == 303

    assert "Teams that ask you" not in text(desk.get(ADDRESS))


def test_strangers_and_nonsense_cannot_be_asked(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    elsewhere = make_institution(session, "izalpa")
    stranger = make_learner(session, elsewhere, "Stranger")
    for wanted in (str(stranger.id), "-1", "x", "", "9" * 30):
        answer = desk.post(f"{ADDRESS}/team/invitations", data={"colleague": wanted})
        assert answer.status_code == 404
    assert "Stranger" not in desk.get(ADDRESS).text


def test_the_export_holds_the_work_its_result_and_its_file(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    team_up(session, scene.ana, scene.beto)
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, hand_in_id, assessor, *GOOD)

    with zipfile.ZipFile(io.BytesIO(desk.get("/me/data").data)) as archive:
        held = json.loads(archive.read("data.json"))
        names = archive.namelist()

    assert held["works"][0]["passed"] is True
    assert "Because of need" in json.dumps(held["works"])
    assert held["work_teams"][0]["course"] == COURSE
    assert f"files/work-{hand_in_id}-plan.pdf" in names
    assert "Trainer 1" not in json.dumps(held)


def erase(session: Session, user: User) -> None:
    erase_account(session, user_id=user.id, now=now())
    session.commit()


def test_the_file_goes_when_everybody_who_handed_it_in_is_erased(
    session: Session, scene: Scene
) -> None:
    team_up(session, scene.ana, scene.beto)
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, hand_in_id, assessor, *GOOD)

    erase(session, scene.ana)
    assert session.scalars(select(func.count(WorkFile.id))).one() == 1
    erase(session, scene.beto)

    (work,) = works(session)
    assert session.scalars(select(func.count(WorkFile.id))).one() == 0
    assert (work.file_id, work.passed, work.half_points) == (None, True, 160)
    assert "Because of" not in json.dumps(work.result)
