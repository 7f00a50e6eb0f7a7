"""`make bench`: two hundred learners who answer at once, each over their own line.

Each changes an answer every few seconds, as the page saves it. Printed are the saves
that were refused or lost, which must be none, and how long a save takes.
"""

import asyncio
import json
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402 (the path comes first)
from flask_migrate import upgrade  # noqa: E402

from conexx_learn.config import Config  # noqa: E402
from conexx_learn.factory import create_app  # noqa: E402
from conexx_learn.models.assessment import Attempt  # noqa: E402
from conexx_learn.models.base import db  # noqa: E402
from conexx_learn.services import assessment, enrolment  # noqa: E402
from conexx_learn.services.certification import Issuing  # noqa: E402
from conexx_learn.services.database_files import prepare_database  # noqa: E402
from conexx_learn.services.unit_of_work import unit_of_work  # noqa: E402
from tests.bench.bench import _free_port, _served  # noqa: E402
from tests.bench.load import Request  # noqa: E402
from tests.bench.scene import _cookie  # noqa: E402
from tests.factories import make_user, publish, sign_in  # noqa: E402

LEARNERS = int(os.environ.get("BENCH_LEARNERS", "200"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "20"))
BETWEEN = (1.0, 5.0)
"""Seconds between two changes of one learner, at least and at most."""

COURSE = "first-steps"
WORDS = "first-steps-number"


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody with an open attempt: how they save, and whose it is."""

    attempt_id: int
    save: Request


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one learner saw: milliseconds of each save, statuses, the last answer."""

    took: list[float]
    statuses: list[int]
    last: str


def main() -> None:
    """Let them answer, and print what they saw."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        settings = {"INSTANCE_PATH": folder, "PORT": str(port)}
        app = create_app(Config.from_env(ROOT, settings))
        with app.app_context():
            prepare_database()
            upgrade(directory=app.config["MIGRATIONS"])
            publish(COURSE)
            learners = [_learner(app, port) for _ in range(LEARNERS)]
            db.session.remove()
            db.engine.dispose()
        with _served(app, port):
            outcomes = asyncio.run(_all_answer(learners))
        with app.app_context():
            _print(outcomes, lost=_lost(learners, outcomes))


def _learner(app: Flask, port: int) -> Learner:
    now = datetime.now(UTC)  # noqa: TID251 (the server asks the real clock too)
    user = make_user(db.session())
    db.session.commit()
    with unit_of_work() as session:
        enrolment.enrol(session, slug=COURSE, user_id=user.id, lang="en", now=now)
        attempt_id = assessment.start_attempt(
            session,
            course=COURSE,
            module=None,
            user_id=user.id,
            lang="en",
            issuing=Issuing(issuer=None, demo=False),
            now=now,
        )
    with app.app_context():
        client = app.test_client()
        sign_in(client, db.session(), user)
        db.session.commit()
    with app.app_context():
        cookie, token = _cookie(app, client)
    path = f"/attempts/{attempt_id}/responses"
    return Learner(
        attempt_id, Request(port, path, cookie=cookie, token=token, body="{n}")
    )


async def _all_answer(learners: list[Learner]) -> list[Outcome]:
    until = time.perf_counter() + SECONDS
    return await asyncio.gather(*(_answers(one, until) for one in learners))


async def _answers(learner: Learner, until: float) -> Outcome:
    took, statuses, number, last = [], [], 0, ""
    await asyncio.sleep(random.uniform(0, BETWEEN[1]))  # noqa: S311 (a pause)
    while time.perf_counter() < until:
        number += 1
        answer = f"answer {number}"
        body = {
            "number": number,
            "device": "bench",
            "known": number,
            "responses": {WORDS: answer},
        }
        begun = time.perf_counter()
        status = await _send(learner.save, json.dumps(body))
        took.append((time.perf_counter() - begun) * 1000)
        statuses.append(status)
        last = answer if status == 200 else last
        await asyncio.sleep(random.uniform(*BETWEEN))  # noqa: S311 (a pause)
    return Outcome(took, statuses, last)


async def _send(request: Request, body: str) -> int:
    """Send one save on a new connection, as after a pause; 0 where none answers."""
    head, _, _ = request.raw(0).decode().partition("Content-Length")
    raw = f"{head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", request.port)
        writer.write(raw.encode())
        answer = await reader.read()
        writer.close()
        return int(answer.split(b" ", 2)[1])
    except (OSError, IndexError):
        return 0


def _lost(learners: list[Learner], outcomes: list[Outcome]) -> int:
    """Count the learners whose last acknowledged answer is not the one stored."""
    return sum(
        outcome.last
        != db.session.get_one(Attempt, one.attempt_id).responses.get(WORDS, "")
        for one, outcome in zip(learners, outcomes, strict=True)
    )


def _print(outcomes: list[Outcome], *, lost: int) -> None:
    took = [one for outcome in outcomes for one in outcome.took]
    errors = sum(status != 200 for one in outcomes for status in one.statuses)
    hundredths = quantiles(took, n=100)
    print(f"\n{LEARNERS} learners answering at once, {SECONDS:.0f} s")
    print(f"saves {len(took)}, {len(took) / SECONDS:.0f} a second")
    print(f"errors {errors}, answers lost {lost}")
    print(
        f"a save takes {hundredths[49]:.0f} ms (median), "
        f"{hundredths[94]:.0f} ms (p95), {max(took):.0f} ms (longest)"
    )
    if errors or lost:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
