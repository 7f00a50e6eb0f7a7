"""The embedded jobs: run by one process, taken over after a kill, tried again."""

import itertools
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy
from flask import Flask
from flask_migrate import upgrade
from huey import Huey

from conexx_learn.adapters.clock import now
from conexx_learn.cli.job_list import JOBS, Job, log
from conexx_learn.cli.jobs import EXTENSION, Jobs, queue, start_jobs, stop_jobs
from conexx_learn.cli.queue_outages import Outage
from conexx_learn.config import Config
from conexx_learn.domain.messages import Message
from conexx_learn.factory import create_app
from conexx_learn.models.accounts import OutboxMail, SignInFailure
from conexx_learn.models.registry import db
from conexx_learn.services import outbox
from conexx_learn.services.database_files import prepare_database
from conexx_learn.services.unit_of_work import unit_of_work
from tests.conftest import ROOT, empty_database

PATIENCE = 30
"""Seconds until a test gives up; what it waits for takes a fraction of one."""

PROCESS = """
import sys
from conexx_learn.cli.jobs import start_jobs, stop_jobs
from conexx_learn.factory import create_app_from_environment

app = create_app_from_environment()
jobs = start_jobs(app, ())
print("waits", flush=True)
jobs.has_begun.wait()
print("runs", flush=True)
sys.stdin.read()
stop_jobs(app)
"""


@pytest.fixture
def own_app(config: Config, tmp_path: Path) -> Iterator[Flask]:
    """Give an application with a folder and a database of its own."""
    database = empty_database(tmp_path, "jobs")
    app = create_app(replace(config, instance=tmp_path, database_url=database))
    with app.app_context():
        prepare_database()
        upgrade(directory=app.config["MIGRATIONS"])
    yield app
    stop_jobs(app)
    with app.app_context():
        db.engine.dispose()


def _begun(jobs: Jobs) -> Jobs:
    assert jobs.has_begun.wait(PATIENCE)
    return jobs


def test_a_job_that_fails_is_tried_again(own_app: Flask) -> None:
    tries: list[str] = []

    def fail_once(_app: Flask) -> int:
        tries.append("try")
        if len(tries) == 1:
            raise ConnectionError("away")
        return 0

    huey = queue(own_app, [Job("flaky", "*", fail_once)])
    moment = datetime(2026, 11, 16, 9, 0)  # noqa: DTZ001 (the queue counts in naive UTC)
    (task,) = huey.read_periodic(moment)
    huey.enqueue(task)
    huey.execute(huey.dequeue())
    late = datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=1)  # noqa: TID251 (the queue asks the real clock)
    (again,) = huey.read_schedule(late)
    huey.execute(again, late)
    assert len(tries) == 2
    assert not huey.scheduled_count()


def test_a_job_runs_in_the_application(own_app: Flask) -> None:
    """An old trace is swept by the consumer itself."""
    with own_app.app_context(), unit_of_work() as session:
        old = datetime.now(UTC) - timedelta(days=9)  # noqa: TID251 (the job asks the real clock)
        session.add(SignInFailure(identity_hash="a" * 64, address="-", at=old))
    sweep = next(job for job in JOBS if job.name == "sweep")
    done = Event()

    def work(app: Flask) -> int:
        count = sweep.work(app)
        done.set()
        return count

    _begun(start_jobs(own_app, [Job("sweep", "*", work)]))
    assert done.wait(PATIENCE)
    with own_app.app_context(), unit_of_work() as session:
        count = sqlalchemy.func.count(SignInFailure.id)
        assert session.scalar(sqlalchemy.select(count)) == 0


def test_a_lock_that_a_killed_process_left_keeps_nobody_out(own_app: Flask) -> None:
    done = Event()

    def work(_app: Flask) -> int:
        done.set()
        return 0

    job = Job("left", "*", work)
    queue(own_app, [job]).lock_task(job.name).acquire()
    _begun(start_jobs(own_app, [job]))
    assert done.wait(PATIENCE)


def test_stopping_lets_the_job_under_way_finish(own_app: Flask) -> None:
    started, done = Event(), Event()

    def work(app: Flask) -> int:
        started.set()
        app.extensions[EXTENSION].is_ending.wait(PATIENCE)
        done.set()
        return 1

    _begun(start_jobs(own_app, [Job("slow", "*", work)]))
    assert started.wait(PATIENCE)
    stop_jobs(own_app)
    assert done.is_set()


def test_a_process_that_is_to_end_begins_no_other_mail(own_app: Flask) -> None:
    own_app.config["MAIL_URL"] = "smtp://127.0.0.1:9?tls=none"
    deliver = next(job for job in JOBS if job.name == "deliver-mail")
    message = Message("key", "ana@xaltepec.example", "Subject", "text", "<p>text</p>")
    jobs = _begun(start_jobs(own_app, ()))
    tries = sqlalchemy.select(OutboxMail.tries)
    with own_app.app_context():
        with unit_of_work() as session:
            outbox.post(session, message, now=now())
        jobs.is_ending.set()
        deliver.work(own_app)
        assert session.scalar(tries) == 0
        jobs.is_ending.clear()
        deliver.work(own_app)
        assert session.scalar(tries) == 1


def test_a_queue_server_that_is_away_is_told_once(
    own_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    own_app.config["REDIS_URL"] = "redis://127.0.0.1:9"

    jobs = _begun(start_jobs(own_app, ()))
    assert jobs.consumer is not None
    polls = count_calls(jobs.consumer.huey)
    assert polls.wait(PATIENCE)
    stop_jobs(own_app)

    told = [record for record in caplog.records if "queue-away" in record.message]
    assert len(told) == 1
    assert not [record for record in caplog.records if record.exc_info]


def count_calls(huey: Huey) -> Event:
    """Return what is set once the queue was asked three times."""
    asked, enough, ask = itertools.count(1), Event(), huey.dequeue

    def dequeue() -> object:
        if next(asked) == 3:
            enough.set()
        return ask()

    huey.dequeue = dequeue
    return enough


def test_each_outage_is_told_anew(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage(log)
    for _poll in range(2):
        outage.begins(ConnectionError())
    outage.ends()
    outage.begins(ConnectionError())

    assert len([one for one in caplog.records if "queue-away" in one.message]) == 2


def test_a_process_that_never_came_to_run_them_just_ends(own_app: Flask) -> None:
    stop_jobs(own_app)


def test_another_process_takes_over_from_one_that_was_killed(own_app: Flask) -> None:
    with _process(own_app) as first:
        assert _word(first) == "waits"
        assert _word(first) == "runs"
        with _process(own_app) as second:
            assert _word(second) == "waits"
            assert not _has_said(second, seconds=0.3)
            first.kill()
            assert _word(second) == "runs"
            second.communicate(timeout=PATIENCE)
            assert second.returncode == 0


def _process(app: Flask) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "INSTANCE_PATH": app.instance_path,
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
    }
    return subprocess.Popen(
        [sys.executable, "-c", PROCESS],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )


def _has_said(process: "subprocess.Popen[str]", *, seconds: float) -> bool:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    return bool(ready)


def _word(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    assert _has_said(process, seconds=PATIENCE), "the process says nothing"
    return process.stdout.readline().strip()
