"""A server that dies without warning loses nothing that it has acknowledged.

A learner starts, answers and submits in a loop, over and over, while the real server
is killed with SIGKILL at moments that nobody chose.
"""

import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from secrets import SystemRandom
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.factory import create_app
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.registry import db
from conexx_learn.services.database_files import prepare_database
from tests.conftest import empty_database
from tests.factories import sign_in
from tests.learning import SMALL, enrolled_user
from tests.mortal_server import MortalServer, mortal_server
from tests.published import edited_copy, publish_sample, version

KILLS = 12
SAVES = 12
LONGEST_LIFE = 0.7
WAIT_SECONDS = 10
QUIZ = f"/courses/{SMALL}/the-well/quiz"


@dataclass
class Sitting:
    """One attempt as the learner knows it: what was sent, what was acknowledged."""

    address: str
    sent: int = 0
    acknowledged: int = 0
    is_submitted: bool = False


@dataclass
class Learner:
    """Answers as fast as the server does, and notes what it was told."""

    port: int
    cookie: str
    token: str
    sittings: list[Sitting] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    has_stopped: threading.Event = field(default_factory=threading.Event)

    def answer_until_stopped(self) -> None:
        while not self.has_stopped.is_set():
            self._sit()

    def _sit(self) -> None:
        form = urlencode({"csrf_token": self.token})
        started = self._ask(f"{QUIZ}/attempts", form)
        sitting = Sitting(str(started.getheader("Location")))
        self.sittings.append(sitting)
        for number in range(1, SAVES + 1):
            sitting.sent = number
            answers = {"well-words": f"answer {number}", "well-number": str(number)}
            self._ask(
                f"{sitting.address}/responses",
                json.dumps({"number": number, "responses": answers}),
            )
            sitting.acknowledged = number
        self._ask(f"{sitting.address}/submission", form)
        sitting.is_submitted = True

    def _ask(self, path: str, body: str) -> HTTPResponse:
        """Send until it is acknowledged, as a page does."""
        while True:
            try:
                answer = self._send(path, body)
            except (OSError, HTTPException):
                time.sleep(0.01)
                continue
            if answer.status not in {204, 303}:
                self.refused.append(f"{path} answered {answer.status}")
            return answer

    def _send(self, path: str, body: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)
        is_json = body.startswith("{")
        kind = "json" if is_json else "x-www-form-urlencoded"
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": self.token,
            "Content-Type": f"application/{kind}",
        }
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        return answer


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "INSTANCE_PATH": str(tmp_path / "instance"),
        "DATABASE_URL": empty_database(tmp_path, "killed"),
        "PORT": str(port),
    }


@pytest.fixture
def stored_app(
    config: Config, settings: dict[str, str], tmp_path: Path
) -> Iterator[Flask]:
    """Make the database that the server is given, with a course that never ends."""
    folder = Path(settings["INSTANCE_PATH"])
    folder.mkdir()
    app = create_app(Config.from_env(Path(__file__).parents[2], settings))
    endless = {"01-the-well.quiz.es.md": ("intentos: 3", "intentos: sin limite")}
    with app.app_context():
        prepare_database()
        upgrade(directory=app.config["MIGRATIONS"])
        publish_sample(
            db.session(),
            folder=edited_copy(tmp_path / "course", version("1.1") | endless),
        )
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def learner(stored_app: Flask, settings: dict[str, str]) -> Learner:
    session: Session = db.session()
    client = stored_app.test_client()
    sign_in(client, session, enrolled_user(session))
    session.commit()
    page = client.get("/me").text
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    name = stored_app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    db.session.remove()
    db.engine.dispose()
    return Learner(int(settings["PORT"]), f"{name}={cookie.value}", token)


@pytest.fixture
def server(learner: Learner, settings: dict[str, str]) -> Iterator[MortalServer]:
    server = mortal_server(settings)
    yield server
    server.end()


def test_what_was_acknowledged_outlives_every_kill(
    server: MortalServer, learner: Learner, stored_app: Flask
) -> None:
    server.begin()
    answering = threading.Thread(target=learner.answer_until_stopped)
    answering.start()
    for _ in range(KILLS):
        time.sleep(SystemRandom().uniform(0.05, LONGEST_LIFE))
        server.kill()
        server.begin()
    learner.has_stopped.set()
    answering.join(WAIT_SECONDS * SAVES)

    assert not answering.is_alive()
    assert learner.refused == []
    check_attempts(db.session(), learner.sittings)


def check_attempts(session: Session, sittings: list[Sitting]) -> None:
    """Compare what the learner was told with what is stored."""
    attempts = session.scalars(select(Attempt).order_by(Attempt.id)).all()
    addresses = [f"/attempts/{attempt.id}" for attempt in attempts]
    assert addresses == [sitting.address for sitting in sittings]
    assert [attempt.ordinal for attempt in attempts] == list(
        range(1, len(sittings) + 1)
    )
    assert sum(sitting.acknowledged for sitting in sittings) > KILLS
    for attempt, sitting in zip(attempts, sittings, strict=True):
        assert sitting.is_submitted
        assert attempt.responses["well-words"] == f"answer {sitting.acknowledged}"
        assert attempt.responses["well-number"] == str(sitting.acknowledged)
        assert attempt.closed_at is not None
    submissions = session.scalar(
        select(func.count()).select_from(AuditEntry).where(AuditEntry.act == "submit")
    )
    assert submissions == len(sittings)
