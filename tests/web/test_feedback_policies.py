"""Through a whole attempt under each feedback policy, looking at every answer.

Whatever the server says is searched: pages in both languages, JSON, headers, files, the
copy to read offline, the export of one's own data.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from tests.factories import sign_in
from tests.learning import begin_attempt, enrolled_user
from tests.published import Edits, edited_copy, publish_sample
from tests.right_answers import right_responses, sitting_of, typed_fields

PLACE = "/courses/small-course"
QUIZ = "01-the-well.quiz.es.md"
MODEL = re.compile(
    r'(?i)"(?:weight|right|position|scoring|revision|marker|seed|keys|lefts)"'
    r"|data-(?:right|key|weight)|scoring_revision"
)
"""Words of the stored model."""

FEEDBACK = re.compile(r"(?i)(?:sign|seña)-(?!in|out)\w+")
KEY = re.compile(r"(?i)(?:key|clave)-(?:one|two|three|four|five|six|seven|uno|dos)")
RIGHT = re.compile(r"Right answer|Respuesta correcta:")
WRONG = {"well-words": "bucket", "well-number": "125.50"}
OWN = {"Sign-bucket", "Sign-month", "Sign-multiply"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells: of the answers that were given, and of the right ones."""

    feedback: set[str]
    tells_key: bool


def everything(answer: TestResponse) -> str:
    """Return all that came: the headers and the body, a ZIP unpacked."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    if answer.mimetype != "application/zip":
        return f"{headers}\n{answer.get_data(as_text=True)}"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        files = [archive.read(name).decode() for name in archive.namelist()]
    return "\n".join([headers, *archive.namelist(), *files])


def told(text: str) -> Told:
    return Told(
        set(FEEDBACK.findall(text)), bool(KEY.search(text) or RIGHT.search(text))
    )


def around(client: FlaskClient, attempt_id: int) -> list[str]:
    """Fetch what surrounds an attempt and must never tell anything of it."""
    paths = (
        f"{PLACE}/the-well/quiz",
        f"{PLACE}/the-well",
        f"{PLACE}/the-well?lang=es",
        f"{PLACE}/offline.es.html",
        f"{PLACE}/offline.en.html",
        PLACE,
        "/me",
        "/me/data",
        f"/me?q={attempt_id}",
    )
    return [everything(client.get(path)) for path in paths]


def while_open(client: FlaskClient, attempt_id: int) -> list[str]:
    """Do everything that one can do with an open attempt, rightly and wrongly."""
    address = f"/attempts/{attempt_id}"
    known = {"number": 1, "device": "phone", "known": 0}
    wrong = {"number": 2, "responses": {"well-single": "z"}}
    gets = [address, f"{address}?lang=es", f"{address}?part=1", f"{address}?part=2"]
    answers = [
        *(client.get(path) for path in gets),
        client.post(f"{address}/responses", json=known | {"responses": WRONG}),
        client.post(f"{address}/responses", json=known | {"responses": {}}),
        client.post(f"{address}/responses", json=wrong),
        client.post(f"{address}/responses", data=b"{"),
        client.post(f"{address}/draft", data={"shown": "{}", "well-words": "bucket"}),
        client.post(f"{address}/draft", data={"well-single": "z"}),
        client.post(f"{address}/submission", data={"well-number": "abc"}),
        client.get(f"{address}/answers"),
        client.post(f"{address}/answers"),
        client.get(address),
    ]
    assert [a.status_code for a in answers[-5:]] == [422, 422, 200, 422, 200]
    return [everything(answer) for answer in answers]


@pytest.fixture
def learner(session: Session, policy: str, tmp_path: Path) -> User:
    edits: Edits = {QUIZ: ("after-attempt", policy)}
    publish_sample(session, folder=edited_copy(tmp_path, edits))
    return enrolled_user(session)


@pytest.fixture
def reader(client: FlaskClient, session: Session, learner: User) -> FlaskClient:
    sign_in(client, session, learner)
    return client


POLICIES = [
    # policy · what a failed attempt tells · the same attempt once the quiz is passed
    pytest.param("immediate", Told(OWN, True), Told(OWN, True), id="immediate"),
    pytest.param("after-attempt", Told(OWN, False), Told(OWN, False), id="attempt"),
    pytest.param("after-pass", Told(OWN, False), Told(OWN, True), id="after-pass"),
    pytest.param("never", Told(set(), False), Told(set(), False), id="never"),
]


@pytest.mark.parametrize(("policy", "failed", "passed"), POLICIES)
def test_nothing_is_told_before_its_time(
    session: Session,
    reader: FlaskClient,
    learner: User,
    policy: str,
    failed: Told,
    passed: Told,
) -> None:
    first = begin_attempt(session, learner, "the-well", now=now())
    for text in [*while_open(reader, first), *around(reader, first)]:
        assert told(text) == Told(set(), False)
        assert MODEL.search(text) is None, MODEL.search(text)

    reader.post(f"/attempts/{first}/submission", data={"shown": "{}", **WRONG})

    assert told(everything(reader.get(f"/attempts/{first}?lang=en"))) == failed
    for text in around(reader, first):
        assert told(text) == Told(set(), False)

    second = begin_attempt(session, learner, "the-well", now=now())
    for text in while_open(reader, second):
        assert told(text) == Told(set(), False)
    found = sitting_of(session, second, learner.id)
    right = typed_fields(found, right_responses(found))
    reader.post(f"/attempts/{second}/submission", data=right)

    assert told(everything(reader.get(f"/attempts/{first}?lang=en"))) == passed
    for text in around(reader, second):
        assert told(text) == Told(set(), False)
        assert MODEL.search(text) is None, MODEL.search(text)


@pytest.mark.parametrize("policy", ["immediate", "after-pass"])
def test_what_is_told_in_the_end_is_all(
    session: Session, reader: FlaskClient, learner: User, policy: str
) -> None:
    """The patterns of this file find what they look for, where it may be told."""
    attempt_id = begin_attempt(session, learner, "the-well", now=now())
    found = sitting_of(session, attempt_id, learner.id)
    right = typed_fields(found, right_responses(found))
    reader.post(f"/attempts/{attempt_id}/submission", data=right)

    page = everything(reader.get(f"/attempts/{attempt_id}?lang=en"))
    assert len(set(KEY.findall(page))) == 7
    assert "Sign-chosen" in told(page).feedback
