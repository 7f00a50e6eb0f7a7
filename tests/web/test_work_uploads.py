"""A large file in pieces: it goes on where it was, and counts once."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.adapters.clock import now
from conexx_learn.domain.graded_work.handing_in import KEPT_UPLOAD
from conexx_learn.domain.graded_work.uploads import PIECE
from conexx_learn.models.graded_work import HandIn, WorkFile, WorkPiece, WorkUpload
from conexx_learn.services.upkeep import sweep_traces
from tests.factories import sign_in
from tests.graded_work import COURSE, Scene, make_scene
from tests.office_files import PDF

ADDRESS = f"/courses/{COURSE}/work"
UPLOADS = f"{ADDRESS}/uploads"
LARGE = PDF[:-6] + b"x" * (2 * PIECE) + b"%%EOF\n"


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session)


@pytest.fixture
def desk(client: FlaskClient, session: Session, scene: Scene) -> FlaskClient:
    sign_in(client, session, scene.ana)
    return client


def open_file(desk: FlaskClient, **about: Any) -> TestResponse:
    values = {"name": "plan.pdf", "mark": "1", "size": len(LARGE)}
    return desk.post(UPLOADS, json=values | about)


def send(
    desk: FlaskClient, upload_id: int, offset: int, content: bytes
) -> TestResponse:
    return desk.post(
        f"{UPLOADS}/{upload_id}/pieces?offset={offset}",
        data=content,
        content_type="application/octet-stream",
    )


def send_all(desk: FlaskClient) -> int:
    told = open_file(desk).get_json()
    while told["received"] < told["size"]:
        at = told["received"]
        told = send(desk, told["id"], at, LARGE[at : at + told["piece"]]).get_json()
    return int(told["id"])


def hand_in(desk: FlaskClient, upload_id: object) -> TestResponse:
    return desk.post(
        ADDRESS,
        data={"source": "file", "declared": "y", "upload": str(upload_id)},
    )


def count(session: Session, table: Any) -> int:
    session.expire_all()
    return session.scalars(select(func.count()).select_from(table)).one()


def test_pieces_make_the_file_that_is_handed_in(
    desk: FlaskClient, session: Session
) -> None:
    answer = hand_in(desk, send_all(desk))

    assert answer.status_code == 303
    assert session.scalars(select(WorkFile.content)).one() == LARGE
    assert count(session, WorkUpload) == count(session, WorkPiece) == 0


def test_the_same_file_goes_on_where_it_was(desk: FlaskClient) -> None:
    told = open_file(desk).get_json()
    send(desk, told["id"], 0, LARGE[:PIECE])

    again = open_file(desk).get_json()

    assert again == told | {"received": PIECE}
    assert desk.get(f"{UPLOADS}/{told['id']}").get_json() == again


def test_a_piece_that_is_sent_twice_counts_once(
    desk: FlaskClient, session: Session
) -> None:
    upload_id = open_file(desk).get_json()["id"]
    answers = [send(desk, upload_id, 0, LARGE[:PIECE]) for _ in range(2)]

    assert [answer.get_json()["received"] for answer in answers] == [PIECE, PIECE]
    assert count(session, WorkPiece) == 1


def test_another_file_takes_the_place_of_the_one_before(
    desk: FlaskClient, session: Session
) -> None:
    first = open_file(desk).get_json()["id"]
    send(desk, first, 0, LARGE[:PIECE])

    other = open_file(desk, mark="2").get_json()

    assert other["received"] == 0
    assert count(session, WorkUpload) == 1
    assert count(session, WorkPiece) == 0


@pytest.mark.parametrize(
    ("offset", "length", "status"),
    [
        pytest.param("0", PIECE - 1, 422, id="short"),
        pytest.param(str(PIECE), PIECE, 409, id="too early"),
        pytest.param(str(4 * PIECE), 1, 422, id="behind the end"),
        pytest.param("-1", PIECE, 422, id="before"),
        pytest.param("x", PIECE, 422, id="a word"),
        pytest.param("9" * 30, PIECE, 422, id="huge"),
        pytest.param("0", 3 * 1024 * 1024, 413, id="more than a request"),
    ],
)
def test_what_is_no_piece_is_refused(
    desk: FlaskClient, session: Session, offset: str, length: int, status: int
) -> None:
    upload_id = open_file(desk).get_json()["id"]

    answer = desk.post(
        f"{UPLOADS}/{upload_id}/pieces?offset={offset}",
        data=b"x" * length,
        content_type="application/octet-stream",
    )

    assert answer.status_code == status
    assert count(session, WorkPiece) == 0


@pytest.mark.parametrize(
    ("about", "words"),
    [
        pytest.param({"name": "plan.exe"}, "Only PDF", id="kind"),
        pytest.param({"size": 10_000_001}, "too large", id="size"),
        pytest.param({"size": 2**70}, "too large", id="endless"),
        pytest.param({"size": 0}, "empty", id="empty"),
    ],
)
def test_a_file_that_will_not_do_is_told_before_it_is_sent(
    desk: FlaskClient, about: dict[str, object], words: str
) -> None:
    answer = open_file(desk, **about)

    assert answer.status_code == 422
    assert words in answer.get_json()["error"]


@pytest.mark.parametrize(
    "about",
    [
        pytest.param({"size": "7"}, id="text"),
        pytest.param({"size": True}, id="yes"),
        pytest.param({"name": None}, id="nameless"),
        pytest.param({"mark": 5}, id="number"),
    ],
)
def test_nonsense_is_refused(desk: FlaskClient, about: dict[str, object]) -> None:
    assert open_file(desk, **about).status_code == 422
    assert desk.post(UPLOADS, json=[1]).status_code == 422


def test_half_a_file_is_not_handed_in(desk: FlaskClient, session: Session) -> None:
    upload_id = open_file(desk).get_json()["id"]
    send(desk, upload_id, 0, LARGE[:PIECE])

    assert hand_in(desk, upload_id).status_code == 409
    assert hand_in(desk, "x").status_code == 404
    assert hand_in(desk, "9" * 20).status_code == 404
    assert count(session, HandIn) == 0


def test_a_whole_file_that_is_no_pdf_is_refused(desk: FlaskClient) -> None:
    told = open_file(desk, size=10).get_json()
    send(desk, told["id"], 0, b"0123456789")

    answer = hand_in(desk, told["id"])

    assert answer.status_code == 422
    assert "is not what its name says" in answer.text


def test_files_of_others_and_of_other_courses_are_not_there(
    desk: FlaskClient, session: Session, scene: Scene
) -> None:
    upload_id = open_file(desk).get_json()["id"]
    elsewhere = f"/courses/small-course/work/uploads/{upload_id}"
    assert desk.get(elsewhere).status_code == 404
    sign_in(desk, session, scene.beto)

    assert desk.get(f"{UPLOADS}/{upload_id}").status_code == 404
    assert send(desk, upload_id, 0, LARGE[:PIECE]).status_code == 404
    assert hand_in(desk, upload_id).status_code == 404


def test_who_is_not_enrolled_begins_nothing(
    client: FlaskClient, session: Session, scene: Scene
) -> None:
    assert open_file(client).status_code == 401
    sign_in(client, session, scene.assessors[0])
    assert open_file(client).status_code == 409


def test_what_never_came_to_its_end_is_deleted_after_days(
    desk: FlaskClient, session: Session
) -> None:
    upload_id = open_file(desk).get_json()["id"]
    send(desk, upload_id, 0, LARGE[:PIECE])
    session.commit()

    sweep_traces(now=now() + KEPT_UPLOAD - timedelta(hours=1))
    assert count(session, WorkUpload) == 1
    sweep_traces(now=now() + KEPT_UPLOAD + timedelta(hours=1))
    assert count(session, WorkUpload) == count(session, WorkPiece) == 0
