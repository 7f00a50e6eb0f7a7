"""Assessors and the coordination: blind, once, and never for one's own people."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from conexx_learn.models.graded_work import HandIn, WorkAssessment, WorkFile
from conexx_learn.services.accounts import erase_account
from tests.factories import sign_in
from tests.graded_work import (
    COURSE,
    CRITERIA,
    Scene,
    assessment_of,
    assign,
    begin,
    finish_the_rest,
    hand_in,
    judge,
    make_scene,
    stored_work,
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


def form(act: str, *levels: int, comment: str = "Because") -> dict[str, str]:
    """Fill the form of an assessor in: team, finance, need, design."""
    filled = {"act": act}
    for key, level in zip(CRITERIA, levels, strict=False):
        filled |= {f"level-{key}": str(level), f"comment-{key}": comment}
    return filled


def sent_by(page: str) -> dict[str, str]:
    """Return what a browser sends of the form of a page that nobody touched."""
    shown = dict(re.findall(r'name="(shown-[a-z]+)" value="([^"]*)"', page))
    levels = re.findall(r'name="(level-[a-z]+)" value="(\d)" checked', page)
    comments = re.findall(r'(?s)name="(comment-[a-z]+)"[^>]*>([^<]*)<', page)
    return {"act": "save"} | shown | dict(levels) | dict(comments)


@pytest.fixture
def address(client: FlaskClient, session: Session, scene: Scene, work: int) -> str:
    """Give the work to two assessors; the first one's browser is open at it."""
    assign(session, scene, work, *scene.assessors[:2])
    sign_in(client, session, scene.assessors[0])
    part = assessment_of(session, work, scene.assessors[0])
    return f"/trainer/grading/{part.id}"


def test_a_work_waits_in_the_list_without_a_name(
    client: FlaskClient, address: str, work: int
) -> None:
    shown = text(client.get("/trainer/grading?lang=en"))

    assert "1 work waits for you" in shown
    assert f"2026-{work:04d}" in shown
    for name in ("Ana", "Beto", "Xaltepec"):
        assert name not in shown
        assert name not in text(client.get(address))


def test_the_page_speaks_spanish(client: FlaskClient, address: str) -> None:
    assert "1 trabajo le espera" in text(client.get("/trainer/grading?lang=es"))
    client.post(f"{address}/begin")
    assert "Personas y equipo" in text(client.get(f"{address}?lang=es"))


def test_nothing_is_read_before_the_assessor_begins(
    client: FlaskClient, address: str
) -> None:
    assert client.get(f"{address}/file").status_code == 404
    assert client.post(f"{address}/marks", data=form("save", *GOOD)).status_code == 409

    assert client.post(f"{address}/begin").status_code == 303
    assert client.post(f"{address}/begin").status_code == 303
    file = client.get(f"{address}/file")
    assert re.search(
        r"filename=work-2026-\d+\.pdf", file.headers["Content-Disposition"]
    )
    assert file.headers["Content-Security-Policy"].startswith("sandbox;")


def test_the_file_of_an_assessor_says_nothing_of_who_made_it(
    client: FlaskClient, session: Session, address: str, work: int
) -> None:
    named = b"%PDF-1.7\n1 0 obj << /Author (Ana) >>\n%%EOF\n"
    file_id = session.get_one(HandIn, work).file_id
    session.get_one(WorkFile, file_id).content = named
    session.commit()
    client.post(f"{address}/begin")

    given = client.get(f"{address}/file").data

    assert b"Ana" not in given
    assert len(given) == len(named)
    session.expire_all()
    assert session.get_one(WorkFile, file_id).content == named


def test_a_draft_is_kept_for_its_assessor_alone(
    client: FlaskClient, session: Session, scene: Scene, work: int, address: str
) -> None:
    client.post(f"{address}/begin")
    answer = client.post(
        f"{address}/marks", data=form("save", 4, 2, comment="A thought")
    )

    assert answer.status_code == 303
    kept = text(client.get(f"{address}?lang=en"))
    assert "A thought" in kept
    assert "2 levels are missing." in kept
    assert "Go on with Need of the town" in kept
    sign_in(client, session, scene.assessors[1])
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/marks", data=form("save", 1)).status_code == 404
    assert client.get(f"{address}/file").status_code == 404


def test_two_pages_of_one_draft_keep_what_each_changed(
    client: FlaskClient, session: Session, scene: Scene, work: int, address: str
) -> None:
    client.post(f"{address}/begin")
    client.post(f"{address}/marks", data=form("save", 4, 3, comment="First"))
    seen = sent_by(client.get(address).text)

    client.post(
        f"{address}/marks",
        data=seen | form("save", 2, comment="Line\r\nby line"),
    )
    client.post(f"{address}/marks", data=seen | {"level-need": "4"})

    marks = assessment_of(session, work, scene.assessors[0]).marks
    assert marks["team"] == {"level": 2, "comment": "Line\nby line"}
    assert marks["finance"] == {"level": 3, "comment": "First"}
    assert marks["need"]["level"] == 4


def test_a_page_takes_back_a_comment_that_it_shows(
    client: FlaskClient, session: Session, scene: Scene, work: int, address: str
) -> None:
    client.post(f"{address}/begin")
    client.post(f"{address}/marks", data=form("save", 4, comment="First"))
    seen = sent_by(client.get(address).text)

    client.post(f"{address}/marks", data=seen | {"comment-team": ""})

    marks = assessment_of(session, work, scene.assessors[0]).marks
    assert marks["team"] == {"level": 4, "comment": ""}


@pytest.mark.parametrize("level", ["6", "-1", "²", "", "4.0"])
def test_a_level_that_is_none_takes_none_away(
    client: FlaskClient,
    session: Session,
    scene: Scene,
    work: int,
    address: str,
    level: str,
) -> None:
    client.post(f"{address}/begin")
    client.post(f"{address}/marks", data=form("save", 4))

    client.post(f"{address}/marks", data=form("save") | {"level-team": level})

    marks = assessment_of(session, work, scene.assessors[0]).marks
    assert marks["team"]["level"] == 4


def test_what_lacks_is_named_and_what_was_typed_stays(
    client: FlaskClient, session: Session, scene: Scene, work: int, address: str
) -> None:
    client.post(f"{address}/begin")
    typed = form("submit", 4, 4, 2, comment="") | {"comment-team": "My whole thought"}

    answer = client.post(f"{address}/marks", data=typed)

    shown = text(answer)
    assert answer.status_code == 422
    assert "There are 2 things to correct" in shown
    assert (
        "Need of the town: Say why: the levels 0, 1, 2 and 5 need a comment." in shown
    )
    assert "Design and results: Choose a level." in shown
    assert "My whole thought</textarea>" in shown
    assert "My whole thought" in client.get(address).text
    assert assessment_of(session, work, scene.assessors[0]).submitted_at is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"act": "delete"}, id="another act"),
        pytest.param(form("submit", 4) | {"comment-team": "x" * 1001}, id="too long"),
    ],
)
def test_nonsense_is_refused(
    client: FlaskClient, address: str, data: dict[str, str]
) -> None:
    client.post(f"{address}/begin")

    assert client.post(f"{address}/marks", data=data).status_code == 422


def test_the_other_levels_are_seen_once_both_have_submitted(
    client: FlaskClient, session: Session, scene: Scene, work: int, address: str
) -> None:
    judge(session, work, scene.assessors[1], *GOOD)
    client.post(f"{address}/begin")
    assert "Because of need" not in client.get(address).text

    client.post(f"{address}/marks", data=form("submit", *GOOD))

    shown = text(client.get(address))
    assert "Another person's" in shown
    assert "Because of need" in shown
    assert "Trainer 2" not in shown


def test_who_submits_first_still_sees_nothing_of_the_other(
    client: FlaskClient, session: Session, scene: Scene, work: int, address: str
) -> None:
    begin(session, work, scene.assessors[1])
    client.post(f"{address}/begin")
    client.post(f"{address}/marks", data=form("submit", *GOOD))

    shown = text(client.get(address))
    assert "appear here once they have submitted" in shown
    assert "Another person's" not in shown


def test_submitting_decides_tells_the_team_and_certifies(
    client: FlaskClient, session: Session, scene: Scene, work: int, address: str
) -> None:
    finish_the_rest(session, scene.ana)
    judge(session, work, scene.assessors[1], *GOOD)
    client.post(f"{address}/begin")

    for _ in range(2):
        done = client.post(f"{address}/marks", data=form("submit", *GOOD))
        assert done.status_code == 303

    assert stored_work(session, work).passed is True
    holders = session.scalars(select(Certificate.user_id)).all()
    assert holders == [scene.ana.id]
    for member in (scene.ana, scene.beto):
        (mail,) = mails_to(session, member.email or "")
        assert "80 of 100 points" in mail.text
        assert "Trainer" not in mail.text


def test_learners_and_visitors_find_no_grading(
    client: FlaskClient, session: Session, scene: Scene, address: str
) -> None:
    sign_in(client, session, scene.ana)

    for path in ("/trainer/grading", address, f"{address}/file", "/admin/work"):
        assert client.get(path).status_code == 404
    assert client.post(f"{address}/begin").status_code == 404


def test_an_erased_assessor_leaves_their_drafts_to_others(
    session: Session, scene: Scene, work: int
) -> None:
    assign(session, scene, work, *scene.assessors[:2])
    judge(session, work, scene.assessors[0], *GOOD)
    begin(session, work, scene.assessors[1])

    for user in scene.assessors[:2]:
        _erase(session, user)

    kept = session.scalars(select(WorkAssessment.assessor_id)).all()
    assert kept == [scene.assessors[0].id]


def _erase(session: Session, user: User) -> None:
    erase_account(session, user_id=user.id, now=now())
    session.commit()


def test_the_header_leads_trainers_and_the_coordination_to_their_lists(
    client: FlaskClient, session: Session, scene: Scene
) -> None:
    sign_in(client, session, scene.assessors[0])
    assert 'href="/trainer/grading"' in client.get(f"/courses/{COURSE}").text
    sign_in(client, session, scene.coordinator)
    shown = client.get(f"/courses/{COURSE}").text
    assert 'href="/admin/work"' in shown
    assert 'href="/trainer/grading"' not in shown
