"""My folder: written under a module, gathered, downloaded, shown to a colleague."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.catalogue import CourseVersion, Module
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.folder import FolderShare, ModuleWork
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.queries.folder import folder_of
from conexx_learn.queries.personal_data import personal_data
from conexx_learn.services.accounts import erase_account
from tests.institutions import enter, in_days, make_learner, make_town
from tests.published import publish_sample
from tests.task_course import SHEET, WELL, publish_task_course

TEXT = "Who cares:\n- Rosa\n- the committee\n\nNobody at night."


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


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def work(session: Session) -> ModuleWork:
    return session.scalars(
        select(ModuleWork).execution_options(populate_existing=True)
    ).one()


def write(client: FlaskClient, text: str = TEXT, known: int = 0) -> Any:
    return client.post(SHEET, data={"text": text, "known": str(known)})


def share(client: FlaskClient, session: Session, reader: User) -> int:
    answer = client.post("/me/folder/readers", data={"colleague": str(reader.id)})
    assert answer.status_code == 303
    return session.scalars(select(FolderShare.id)).one()


def test_a_visitor_sees_no_field_and_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert "My work for the folder" not in page(client.get(f"{WELL}?lang=en"))
    for address in (SHEET, "/me/folder", "/me/folder.docx"):
        assert client.get(address).status_code == 303


def test_what_is_written_under_a_module_is_in_the_folder(
    client: FlaskClient, session: Session, ana: User
) -> None:
    enter(client, session, ana)
    assert "Your folder is empty" in page(client.get("/me/folder"))
    assert "Care of the well</label>" in page(client.get(WELL))

    answer = write(client)

    assert (answer.status_code, answer.location) == (303, f"{WELL}#work")
    assert "Nobody at night." in page(client.get(WELL))
    html = page(client.get("/me/folder"))
    assert "<li>Rosa</li><li>the committee</li>" in html
    assert "1. Care of the well" in html
    assert "1 of 1 written" in html


def test_the_word_document_holds_headings_paragraphs_and_lists(
    client: FlaskClient, session: Session, ana: User
) -> None:
    enter(client, session, ana)
    write(client)

    answer = client.get("/me/folder.docx")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "project-folder.docx" in answer.headers["Content-Disposition"]
    document = Document(BytesIO(answer.get_data()))
    assert document.core_properties.author == "Ana Robles"
    told = [
        (one.style.name if one.style else "", one.text) for one in document.paragraphs
    ]
    assert ("Heading 2", "1. Care of the well") in told
    assert ("List Bullet", "the committee") in told
    assert ("Normal", "Nobody at night.") in told


def test_an_older_page_changes_nothing_and_is_shown_both_texts(
    client: FlaskClient, session: Session, ana: User
) -> None:
    enter(client, session, ana)
    write(client, "First")
    write(client, "Second", known=1)

    answer = write(client, "Typed elsewhere", known=1)

    assert answer.status_code == 409
    html = page(answer)
    assert "Another page saved a newer text" in html
    assert "<p>Second</p>" in html
    assert ">Typed elsewhere</textarea>" in html
    assert work(session).sheet == "Second"
    assert re.search(r'name="known" value="2"', html)
    assert write(client, "Both", known=2).status_code == 303
    assert work(session).sheet == "Both"


def test_a_script_is_told_the_number_or_that_it_is_behind(
    client: FlaskClient, session: Session, ana: User
) -> None:
    enter(client, session, ana)

    first = client.post(SHEET, json={"text": "One", "known": 0})
    again = client.post(SHEET, json={"text": "One", "known": 0})
    behind = client.post(SHEET, json={"text": "Two", "known": 0})

    assert (first.status_code, first.json) == (200, {"number": 1, "behind": False})
    assert (again.status_code, again.json) == (200, {"number": 1, "behind": False})
    assert (behind.status_code, behind.json) == (409, {"number": 1, "behind": True})


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param([], id="a list"),
        pytest.param({"text": "x"}, id="no number"),
        pytest.param({"text": 5, "known": 0}, id="a number for a text"),
        pytest.param({"text": "x", "known": True}, id="a truth for a number"),
        pytest.param({"text": "x", "known": -1}, id="a negative number"),
        pytest.param({"text": "x", "known": 2**60}, id="a number nobody counts to"),
        pytest.param({"text": "x", "known": 0.5}, id="a fraction"),
        pytest.param({"text": "x" * 20_001, "known": 0}, id="too long"),
        pytest.param({"text": None, "known": 0}, id="nothing"),
    ],
)
def test_what_is_no_save_is_refused_and_nothing_changes(
    client: FlaskClient, session: Session, ana: User, sent: object
) -> None:
    enter(client, session, ana)
    write(client, "Kept")

    assert client.post(SHEET, json=sent).status_code == 422
    assert work(session).sheet == "Kept"


def test_a_module_without_a_task_has_no_sheet(
    client: FlaskClient, session: Session, ana: User
) -> None:
    enter(client, session, ana)
    pump = "/courses/small-course/the-pump"

    assert "My work for the folder" not in page(client.get(pump))
    for module in (pump, "/courses/small-course/none", "/courses/none/the-well"):
        assert client.get(f"{module}/sheet").status_code == 404
        sent = {"text": "x", "known": "0"}
        assert client.post(f"{module}/sheet", data=sent).status_code == 404


def test_a_colleague_reads_it_until_it_is_ended(
    client: FlaskClient, session: Session, ana: User, beto: User
) -> None:
    enter(client, session, ana)
    write(client)
    share_id = share(client, session, beto)
    assert share(client, session, beto) == share_id
    assert "Beto Sol" in page(client.get("/me/folder"))
    opened = f"/me/folder/shown/{share_id}"
    assert client.get(opened).status_code == 404

    enter(client, session, beto)
    assert opened in page(client.get("/me/folder"))
    assert "Nobody at night." in page(client.get(opened))
    assert client.get(f"{opened}.docx").status_code == 200
    assert client.post(f"/me/folder/readers/{share_id}/end").status_code == 404

    enter(client, session, ana)
    for _ in range(2):
        assert client.post(f"/me/folder/readers/{share_id}/end").status_code == 303
    enter(client, session, beto)
    assert client.get(opened).status_code == 404
    assert client.get(f"{opened}.docx").status_code == 404
    acts = session.scalars(select(AuditEntry.act)).all()
    assert acts.count("folder-share") == acts.count("folder-unshare") == 1


@pytest.mark.usefixtures("beto")
def test_only_a_colleague_of_today_can_be_asked(
    client: FlaskClient, session: Session, town: Institution, ana: User
) -> None:
    other = make_town(session, "izalpa")
    strange = make_learner(
        session, other, "Eva Far", email="eva@izalpa.example", password="joined"
    )
    left = make_learner(
        session, town, "Leo Left", email="leo@xaltepec.example", password="joined"
    )
    invited = make_learner(session, town, "Ines Invited", email="ines@x.example")
    session.execute(
        update(Membership)
        .where(Membership.user_id == left.id)
        .values(to_on=in_days(-1), from_on=in_days(-9))
    )
    session.commit()
    enter(client, session, ana)

    html = page(client.get("/me/folder"))

    assert "Beto Sol</option>" in html
    assert "Eva Far" not in html
    assert "Leo Left" not in html
    assert "Ines Invited" not in html
    for entry in (strange.id, left.id, invited.id, ana.id, 10**6, "x", "", "9" * 30):
        sent = {"colleague": str(entry)}
        assert client.post("/me/folder/readers", data=sent).status_code == 404
    assert session.scalars(select(FolderShare)).all() == []


def test_the_course_that_was_begun_first_comes_first(
    client: FlaskClient, session: Session, ana: User
) -> None:
    publish_sample(session, "second-course")
    network = session.scalars(select(Module).where(Module.slug == "the-network")).one()
    network.task_minutes = 15
    second = session.get_one(CourseVersion, network.course_version_id)
    enter(client, session, ana)
    write(client)
    begun = work(session).saved_at
    assert begun is not None
    for earlier, first in ((-1, "second-course"), (1, "small-course")):
        session.execute(delete(Enrolment))
        session.add(
            Enrolment(
                user_id=ana.id,
                course_id=second.course_id,
                course_version_id=second.id,
                cycle=1,
                started_at=begun + timedelta(hours=earlier),
            )
        )
        session.flush()

        made = folder_of(session, user_id=ana.id, lang="en")

        slugs = [course.course for course in made.courses]
        assert (slugs[0], len(slugs)) == (first, 2)


def test_it_is_in_my_data_and_goes_with_my_account(
    client: FlaskClient, session: Session, ana: User, beto: User
) -> None:
    enter(client, session, ana)
    write(client)
    share(client, session, beto)

    held = personal_data(session, user_id=ana.id)
    assert held["folder_sheets"][0]["sheet"] == TEXT
    assert held["folder_readers"][0]["reader"] == "Beto Sol"

    erase_account(session, user_id=ana.id, now=now())
    session.commit()
    assert session.scalars(select(ModuleWork)).all() == []
    assert all(row.ended_at for row in session.scalars(select(FolderShare)))
