"""Graded work for its authors: asked, handed in with a receipt, and its result."""

import io
from datetime import datetime

import pytest
from docx import Document
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import Course
from conexx_learn.models.folder import ModuleWork
from conexx_learn.models.graded_work import HandIn, WorkFile
from tests.factories import NOW, make_user, sign_in
from tests.graded_work import (
    COURSE,
    Scene,
    assign,
    begin,
    finish_the_rest,
    hand_in,
    judge,
    make_learner,
    make_scene,
)
from tests.learning import enrolled_user
from tests.mails import mails_to
from tests.office_files import PDF, office_file
from tests.published import publish_sample
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


def test_the_page_shows_by_what_the_work_is_judged(desk: FlaskClient) -> None:
    page = text(desk.get(ADDRESS))

    assert "Not handed in yet" in page
    assert "It is explained with figures and sources, without gaps." in page
    assert "At least 60 of 100 points; from 80 on it is a distinction." in page
    assert (
        "People and equipment + Sound finances: at least 12 of 20 points, and level 2"
        in page
    )


def test_it_speaks_spanish_as_well(desk: FlaskClient) -> None:
    page = text(desk.get(f"{ADDRESS}?lang=es"))

    assert "Personas y equipo" in page
    assert "Todavía sin entregar" in page


def test_the_course_leads_to_it(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    assert f'href="{ADDRESS}"' in desk.get(f"/courses/{COURSE}").text
    finish_the_rest(session, scene.ana)

    page = text(desk.get(f"/courses/{COURSE}"))
    assert "Go to the work" in page
    hand_in_id = hand_in(session, scene.ana)
    assert f"2026-{hand_in_id:04d}: Handed in" in text(desk.get(f"/courses/{COURSE}"))


def test_a_passed_final_leads_to_the_work(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    finish_the_rest(session, scene.ana)
    attempt_id = session.scalars(select(Attempt.id)).one()

    page = text(desk.get(f"/attempts/{attempt_id}"))
    assert "The certificate follows once your work is passed." in page


def test_a_course_without_a_rubric_has_no_such_page(
    client: FlaskClient, session: Session
) -> None:
    publish_sample(session)
    sign_in(client, session, enrolled_user(session))

    assert client.get("/courses/small-course/work").status_code == 404
    assert client.post("/courses/small-course/work/team/departure").status_code == 404
    assert client.get("/courses/no-such-course/work").status_code == 404


def test_who_is_not_enrolled_is_told_so(
    client: FlaskClient, session: Session, scene: Scene
) -> None:
    sign_in(client, session, make_user(session))

    assert client.get(ADDRESS).status_code == 409
    assert send(client).status_code == 409
    assert works(session) == []


def test_a_file_is_handed_in_and_the_receipt_proves_it(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    answer = send(desk, name="plan ñandú.pdf")

    (work,) = works(session)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{ADDRESS}/receipts/{work.id}"
    page = text(desk.get(answer.headers["Location"]))
    assert work.sha256 in page
    assert "plan ñandú.pdf" in page
    (mail,) = mails_to(session, scene.ana.email or "")
    assert work.sha256 in mail.text


def test_the_receipt_can_be_kept_as_a_text(desk: FlaskClient, session: Session) -> None:
    send(desk)
    work = works(session)[0]

    answer = desk.get(f"{ADDRESS}/receipts/{work.id}.txt")

    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert f"SHA-256: {work.sha256}" in answer.text
    assert work.handed_at.isoformat(timespec="seconds") in answer.text
    assert (
        datetime.fromisoformat(work.handed_at.isoformat(timespec="seconds")).tzinfo
        is not None
    )


def test_what_was_handed_in_comes_back_and_cannot_run(
    desk: FlaskClient, session: Session
) -> None:
    send(desk)

    answer = desk.get(f"{ADDRESS}/receipts/{works(session)[0].id}/file")

    assert answer.data == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_folder_is_frozen_as_it_stands_without_a_name(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    course_id = session.scalars(select(Course.id).where(Course.slug == COURSE)).one()
    sheet = ModuleWork(
        user_id=scene.ana.id,
        course_id=course_id,
        module_slug="the-bridge",
        sheet="For the people of the river.",
        save_number=1,
        saved_at=NOW,
        checks={},
    )
    session.add(sheet)
    session.commit()

    answer = desk.post(ADDRESS, data={"source": "folder", "declared": "y"})
    session.get_one(ModuleWork, (scene.ana.id, course_id, "the-bridge")).sheet = "Else"
    session.commit()

    assert answer.status_code == 303
    document = Document(io.BytesIO(desk.get(f"{answer.headers['Location']}/file").data))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "For the people of the river." in words
    assert scene.ana.full_name not in words
    assert document.core_properties.author == ""


@pytest.mark.parametrize(
    ("fields", "content", "name", "words"),
    [
        pytest.param({"declared": ""}, PDF, "a.pdf", "your own work", id="undeclared"),
        pytest.param({}, PDF, "", "Choose a file.", id="no file"),
        pytest.param({}, b"", "a.pdf", "The file is empty.", id="empty"),
        pytest.param({}, PDF, "a.exe", "Only PDF, DOCX and XLSX", id="a program"),
        pytest.param({}, PDF, "a.docx", "is not what its name says", id="disguised"),
        pytest.param(
            {},
            office_file("xlsx", "xl/vbaProject.bin"),
            "a.xlsx",
            "carries programs",
            id="a macro",
        ),
        pytest.param(
            {}, PDF + b" " * 10_000_000, "a.pdf", "at most 10 MB", id="too large"
        ),
        pytest.param({"source": "folder"}, PDF, "", "folder is empty", id="no folder"),
        pytest.param({"source": "air"}, PDF, "a.pdf", "Not a valid choice", id="air"),
    ],
)
def test_what_is_not_sound_is_refused_and_nothing_is_stored(
    desk: FlaskClient,
    session: Session,
    fields: dict[str, str],
    content: bytes,
    name: str,
    words: str,
) -> None:
    answer = send(desk, content, name, **fields)

    assert answer.status_code == 422
    assert words in text(answer)
    assert works(session) == []
    assert session.scalars(select(func.count(WorkFile.id))).one() == 0


def test_a_request_beyond_all_limits_is_cut_off(
    desk: FlaskClient, session: Session
) -> None:
    assert send(desk, PDF + b" " * 13 * 1024 * 1024).status_code == 413
    assert works(session) == []


def test_a_newer_work_replaces_it_until_somebody_reads(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    send(desk)
    assert send(desk, office_file("docx"), "b.docx").status_code == 303
    first, second = works(session)
    assert "Replaced by a newer one" in text(desk.get(ADDRESS))
    assign(session, scene, second.id, scene.assessors[0])
    begin(session, second.id, scene.assessors[0])

    assert send(desk, PDF + b"%%EOF", "c.pdf").status_code == 409
    page = text(desk.get(ADDRESS))
    assert "Being assessed" in page
    assert "<form" in page
    assert 'enctype="multipart/form-data"' not in page
    assert first.replaced_at is not None


def test_the_result_tells_levels_comments_and_no_names(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    judge(session, hand_in_id, scene.assessors[0], *GOOD)
    assert "Because of need" not in desk.get(ADDRESS).text
    judge(session, hand_in_id, scene.assessors[1], *GOOD)

    page = text(desk.get(ADDRESS))
    assert "Your work is passed with distinction" not in page
    assert "Passed with distinction." in page
    assert "Because of need" in page
    assert "Trainer 1" not in page


def test_a_work_that_is_not_passed_says_why_and_how_often_it_can_be_sent(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)
    assign(session, scene, hand_in_id, *scene.assessors[:2])
    for assessor in scene.assessors[:2]:
        judge(session, hand_in_id, assessor, 1, 3, 3, 3)

    page = text(desk.get(ADDRESS))
    assert "Your work is not passed:" in page
    assert "8 of 20 points; at least 12 are needed." in page
    assert "People and equipment: level 2 or higher is needed." in page
    assert "The total is below 60 points." in page
    assert "You can hand in 2 more times." in page


def test_works_of_others_are_not_there(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.beto)

    for end in ("", ".txt", "/file"):
        assert desk.get(f"{ADDRESS}/receipts/{hand_in_id}{end}").status_code == 404
    assert desk.get(f"{ADDRESS}/receipts/0").status_code == 404
    assert desk.get(f"/admin/work/{hand_in_id}").status_code == 404
    assert desk.get("/trainer/grading").status_code == 404


def test_a_receipt_is_found_under_its_own_course_only(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    hand_in_id = hand_in(session, scene.ana)

    path = f"/courses/small-course/work/receipts/{hand_in_id}"
    assert desk.get(path).status_code == 404


def test_visitors_are_asked_to_sign_in(client: FlaskClient, scene: Scene) -> None:
    assert "/sign-in" in client.get(ADDRESS).headers["Location"]
    assert send(client).status_code == 303


def test_the_page_runs_as_many_statements_with_one_work_as_with_five(
    desk: FlaskClient, session: Session, scene: Scene, statements: list[str]
) -> None:
    def count() -> int:
        desk.get(ADDRESS)
        statements.clear()
        desk.get(ADDRESS)
        return len(statements)

    hand_in(session, scene.ana)
    one = count()
    for number in range(4):
        hand_in(session, scene.ana, str(number))
    make_learner(session, scene.town, "Third")

    assert count() == one <= 15
