"""Two people on one file, and what it was before: nothing of anybody is lost."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.drafts import fingerprint
from conexx_learn.models.accounts import User
from conexx_learn.models.drafts import DraftSave
from tests.factories import SAMPLES, make_membership, make_user, sign_in

SMALL = "small-course"
NAME = "rubric.es.md"
FILE = f"/trainer/courses/{SMALL}/files/{NAME}"
BASE = "uno\ndos\ntres\ncuatro\ncinco\n"
MERGED = re.compile(r'<textarea id="merged"[^>]*>\n(.*?)</textarea>', re.DOTALL)


@pytest.fixture
def home(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SAMPLES / SMALL, tmp_path / SMALL)
    (tmp_path / SMALL / NAME).write_text(BASE, encoding="utf-8")
    monkeypatch.setitem(app.config, "COURSES", tmp_path)
    return tmp_path


@pytest.fixture
def iker(session: Session) -> User:
    person = make_user(session, "Iker Zabala")
    make_membership(session, person, "trainer")
    return person


@pytest.fixture
def desk(client: FlaskClient, session: Session, home: Path, iker: User) -> FlaskClient:
    sign_in(client, session, iker)
    session.commit()
    return client


def sha(text: str) -> str:
    return fingerprint(text.encode())


def save(desk: FlaskClient, text: str, seen: str) -> int:
    return desk.post(FILE, data={"text": text, "seen": sha(seen)}).status_code


def merged(page: str) -> str:
    found = MERGED.search(page)
    assert found
    return unescape(found[1])


def now(desk: FlaskClient) -> str:
    found = re.search(
        r'<textarea id="source"[^>]*>\n(.*?)</textarea>',
        desk.get(FILE).text,
        re.DOTALL,
    )
    assert found
    return unescape(found[1])


def conflict(desk: FlaskClient, mine: str) -> str:
    """Let Iker save a change of the second line, then somebody a text of their own."""
    assert save(desk, BASE.replace("dos", "DOS"), BASE) == 303
    answer = desk.post(f"{FILE}?lang=en", data={"text": mine, "seen": sha(BASE)})
    assert answer.status_code == 409
    return answer.text


def settle(desk: FlaskClient, **fields: str) -> int:
    return desk.post(f"{FILE}/merge", data=fields).status_code


def test_changes_in_two_places_are_put_together(desk: FlaskClient) -> None:
    page = conflict(desk, BASE.replace("cuatro", "CUATRO"))
    text = merged(page)

    assert text == "uno\nDOS\ntres\nCUATRO\ncinco\n"
    assert "Iker Zabala saved this file" in page
    assert settle(desk, text=text, seen=sha(BASE.replace("dos", "DOS"))) == 303
    assert now(desk) == text


def test_a_place_that_both_changed_is_decided_by_somebody(desk: FlaskClient) -> None:
    page = conflict(desk, BASE.replace("dos", "dos y medio"))
    there = sha(BASE.replace("dos", "DOS"))

    assert "1 place has to be decided" in page
    refused = desk.post(
        f"{FILE}/merge?lang=en", data={"text": merged(page), "seen": there}
    )
    assert refused.status_code == 422
    assert "Lines 2, 6 still hold signs" in refused.text
    assert merged(refused.text) == merged(page)
    decided = BASE.replace("dos", "DOS y medio")
    assert settle(desk, text=decided, seen=there) == 303
    assert now(desk) == decided


def test_a_third_text_is_seen_too(desk: FlaskClient) -> None:
    page = conflict(desk, BASE.replace("cuatro", "CUATRO"))
    there = BASE.replace("dos", "DOS")
    save(desk, there.replace("uno", "UNO"), there)
    again = desk.post(f"{FILE}/merge", data={"text": merged(page), "seen": sha(there)})

    assert again.status_code == 409
    assert merged(again.text) == "UNO\nDOS\ntres\nCUATRO\ncinco\n"


def test_ones_own_text_is_kept_aside(desk: FlaskClient, session: Session) -> None:
    conflict(desk, "lo mío")
    assert settle(desk, act="aside", mine="lo mío") == 303
    history = desk.get(f"{FILE}/history?lang=en").text
    step = session.scalar(select(func.max(DraftSave.id)))

    assert now(desk) == BASE.replace("dos", "DOS")
    assert history.count("What is there now") == 1
    assert "lo mío" in desk.get(f"{FILE}/history/{step}").text


def test_what_is_there_can_be_left(desk: FlaskClient) -> None:
    conflict(desk, "lo mío")
    assert settle(desk, act="theirs") == 303
    assert now(desk) == BASE.replace("dos", "DOS")


def test_a_folder_that_moved_on_is_put_together_with_the_draft(
    desk: FlaskClient, home: Path
) -> None:
    save(desk, BASE.replace("cuatro", "CUATRO"), BASE)
    (home / SMALL / NAME).write_text(BASE.replace("uno", "UNO"), encoding="utf-8")
    assert f"{FILE}/merge" in desk.get(FILE).text
    page = desk.get(f"{FILE}/merge?lang=en").text
    mark = re.search(r'name="folder" value="(\w+)"', page)
    assert mark
    text, seen = merged(page), sha(BASE.replace("cuatro", "CUATRO"))

    assert text == "UNO\ndos\ntres\nCUATRO\ncinco\n"
    assert settle(desk, text=text, seen=seen, folder="another") == 409
    assert settle(desk, text=text, seen=seen, folder=mark[1]) == 303
    assert now(desk) == text
    assert f"{FILE}/merge" not in desk.get(FILE).text
    assert desk.get(f"{FILE}/merge").status_code == 303


def test_the_folders_file_can_be_taken_instead(desk: FlaskClient, home: Path) -> None:
    save(desk, "lo mío", BASE)
    (home / SMALL / NAME).write_text("de git\n", encoding="utf-8")
    assert settle(desk, act="theirs") == 303
    assert now(desk) == "de git\n"


def test_a_file_goes_back_to_what_it_was(desk: FlaskClient, session: Session) -> None:
    save(desk, "primero\nigual\n", BASE)
    first = session.scalar(select(func.max(DraftSave.id)))
    save(desk, "segundo\nigual\n", "primero\nigual\n")
    page = desk.get(f"{FILE}/history/{first}?lang=en").text
    back = f"{FILE}/history/{first}"
    late = desk.post(back, data={"seen": sha("otro")}).status_code
    done = desk.post(back, data={"seen": sha("segundo\nigual\n")}).status_code

    assert "Removed: </span>primero</del>" in page
    assert "Added: </span>segundo</ins>" in page
    assert (late, done) == (409, 303)
    assert now(desk) == "primero\nigual\n"


def test_a_step_of_another_file_is_not_there(
    desk: FlaskClient, session: Session
) -> None:
    save(desk, "primero", BASE)
    step = session.scalar(select(func.max(DraftSave.id)))
    other = f"/trainer/courses/{SMALL}/files/course.es.md/history/{step}"

    assert desk.get(other).status_code == 404
    assert desk.post(other).status_code == 404


def test_the_pages_ask_the_same_however_many_steps(
    desk: FlaskClient, statements: list[str]
) -> None:
    save(desk, "1", BASE)
    statements.clear()
    desk.get(f"{FILE}/history")
    few = len(statements)
    for number in range(1, 6):
        save(desk, f"{number + 1}", f"{number}")
    statements.clear()
    desk.get(f"{FILE}/history")

    assert len(statements) == few <= 5


def test_two_texts_that_take_long_to_compare_are_shown_whole(
    desk: FlaskClient,
) -> None:
    lines = [f"{number:x}" for number in range(14_000)]
    forth, back = "\n".join(lines), "\n".join(reversed(lines))
    assert save(desk, back[:65_000], BASE) == 303
    answer = desk.post(FILE, data={"text": forth[:65_000], "seen": sha(BASE)})

    assert answer.status_code == 409
    assert forth[:65_000] in merged(answer.text)
