"""Attacks on the folder: odd signs, foreign shares, and who has left."""

from io import BytesIO

import pytest
from docx import Document
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.folder import FolderShare
from conexx_learn.models.institutions import Institution, Membership
from tests.institutions import enter, in_days, make_learner, make_town
from tests.task_course import SHEET, publish_task_course

ODD = "a\ufffeb\uffffc\x00d\x0be\x1bf\x85g\u2028h\ud800i"


@pytest.fixture(autouse=True)
def _course(session: Session) -> None:
    publish_task_course(session)


@pytest.fixture
def town(session: Session) -> Institution:
    return make_town(session)


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    return make_learner(session, town, "Ana Robles", email="ana@xaltepec.example")


@pytest.fixture
def beto(session: Session, town: Institution) -> User:
    return make_learner(
        session, town, "Beto Sol", email="beto@xaltepec.example", password="joined"
    )


@pytest.fixture
def share_id(client: FlaskClient, session: Session, ana: User, beto: User) -> int:
    enter(client, session, ana)
    client.post(SHEET, json={"text": "Nobody at night.", "known": 0})
    client.post("/me/folder/readers", data={"colleague": str(beto.id)})
    return session.scalars(select(FolderShare.id)).one()


def leave(session: Session, user: User) -> None:
    session.execute(
        update(Membership)
        .where(Membership.user_id == user.id)
        .values(to_on=in_days(-1))
    )
    session.commit()


def test_signs_that_no_document_may_hold_do_not_break_it(
    client: FlaskClient, session: Session, ana: User
) -> None:
    ana.full_name = "N" * 200
    enter(client, session, ana)
    assert client.post(SHEET, json={"text": ODD, "known": 0}).status_code == 200
    assert client.get("/me/folder").status_code == 200

    answer = client.get("/me/folder.docx")

    assert answer.status_code == 200
    texts = [one.text for one in Document(BytesIO(answer.get_data())).paragraphs]
    assert any("abcdef" in text for text in texts)


@pytest.mark.parametrize("who", ["reader", "owner"])
def test_who_shares_no_institution_any_more_shows_and_reads_nothing(
    client: FlaskClient,
    session: Session,
    ana: User,
    beto: User,
    share_id: int,
    who: str,
) -> None:
    opened = f"/me/folder/shown/{share_id}"
    enter(client, session, beto)
    assert client.get(opened).status_code == 200

    leave(session, beto if who == "reader" else ana)

    assert client.get(opened).status_code == 404
    assert client.get(f"{opened}.docx").status_code == 404
    assert opened not in client.get("/me/folder").text
    enter(client, session, ana)
    assert "Beto Sol" in client.get("/me/folder").text
    assert client.post(f"/me/folder/readers/{share_id}/end").status_code == 303


def test_a_share_of_others_and_one_that_is_not_there_answer_alike(
    client: FlaskClient, session: Session, town: Institution, share_id: int
) -> None:
    eva = make_learner(session, town, "Eva", email="eva@xaltepec.example")
    enter(client, session, eva)
    for number in (share_id, 10**6, 2**63, 2**64):
        assert client.get(f"/me/folder/shown/{number}").status_code == 404
        assert client.get(f"/me/folder/shown/{number}.docx").status_code == 404
        assert client.post(f"/me/folder/readers/{number}/end").status_code == 404


def test_what_is_written_is_text_on_every_page(
    client: FlaskClient, session: Session, ana: User, beto: User, share_id: int
) -> None:
    enter(client, session, ana)
    attack = "</textarea><script>alert(1)</script>\n- <img src=x onerror=alert(1)>"
    assert client.post(SHEET, json={"text": attack, "known": 1}).status_code == 200
    pages = [client.get("/me/folder").text, client.get(SHEET).text]
    pages.append(client.post(SHEET, data={"text": attack + "!", "known": "0"}).text)
    enter(client, session, beto)
    pages.append(client.get(f"/me/folder/shown/{share_id}").text)

    for page in pages:
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    document = Document(BytesIO(client.get(f"/me/folder/shown/{share_id}.docx").data))
    assert any("<script>" in one.text for one in document.paragraphs)
