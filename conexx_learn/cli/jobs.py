"""The embedded jobs: one process of all runs them, and another takes over from it."""

import fcntl
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from huey import Huey, SqliteHuey, crontab
from huey.consumer import Consumer

from conexx_learn.cli.job_list import ENDING, JOBS, Job, log, note
from conexx_learn.cli.queue_outages import patient_queue

QUEUE = "conexx-learn"
LOCK_FILE = "jobs.lock"
EXTENSION = "conexx-jobs"
RETRIES = 3
RETRY_SECONDS = 5
STUCK_SECONDS = 600
"""A lock that a killed process of another machine left is void after this."""
STOP_SECONDS = 20


class EmbeddedConsumer(Consumer):  # type: ignore[misc] # huey has no types
    """A consumer inside a web process, whose signals belong to the server."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals alone."""


@dataclass(slots=True)
class Jobs:
    """The jobs of this process.

    Attributes:
        is_ending: Set when the process is about to end.
        has_begun: Set once this process is the one that runs them.
        consumer: What runs them, or None while another process does.
        turn: Kept while `consumer` begins or ends.
    """

    is_ending: threading.Event = field(default_factory=threading.Event)
    has_begun: threading.Event = field(default_factory=threading.Event)
    consumer: EmbeddedConsumer | None = None
    turn: threading.Lock = field(default_factory=threading.Lock)


def start_jobs(app: Flask, what: Sequence[Job] = JOBS) -> Jobs:
    """Run the jobs as soon as no other process of this machine does.

    The lock of the file belongs to the process: the kernel frees it however the
    process ends, and one of the processes that wait goes on at once.
    """
    jobs = Jobs()
    app.extensions[EXTENSION] = jobs
    app.extensions[ENDING] = jobs.is_ending
    waiting = threading.Thread(
        target=_run_when_free, args=(app, jobs, what), name="jobs-lock", daemon=True
    )
    waiting.start()
    return jobs


def stop_jobs(app: Flask) -> None:
    """Finish the job under way and begin no other."""
    jobs = app.extensions.get(EXTENSION)
    if not isinstance(jobs, Jobs):
        return
    jobs.is_ending.set()
    with jobs.turn:
        if jobs.consumer is not None:
            jobs.consumer.stop(graceful=True)


def _run_when_free(app: Flask, jobs: Jobs, what: Sequence[Job]) -> None:
    handle = os.open(Path(app.instance_path) / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    # The descriptor stays open on purpose: closing it would free the lock.
    fcntl.flock(handle, fcntl.LOCK_EX)
    with jobs.turn:
        if jobs.is_ending.is_set():
            os.close(handle)
            return
        jobs.consumer = _consumer(app, what)
        jobs.consumer.start()
    jobs.has_begun.set()


def _consumer(app: Flask, what: Sequence[Job]) -> EmbeddedConsumer:
    made = queue(app, what)
    if not app.config["REDIS_URL"]:
        # Of a local queue we are the only consumer: who holds a lock was killed.
        made.flush_locks(*(job.name for job in what))
    return EmbeddedConsumer(
        made,
        workers=1,
        worker_type="thread",
        periodic=True,
        initial_delay=0.1,
        max_delay=1.0,
        check_worker_health=False,
        shutdown_timeout=STOP_SECONDS,
    )


def queue(app: Flask, what: Sequence[Job] = JOBS) -> Huey:
    """Make the queue of the settings, with every job in it."""
    redis_url = app.config["REDIS_URL"]
    made = (
        patient_queue(QUEUE, redis_url, log)
        if redis_url
        else SqliteHuey(
            QUEUE,
            filename=str(Path(app.instance_path) / "jobs.sqlite3"),
            results=False,
        )
    )
    for job in what:
        register = made.periodic_task(
            crontab(minute=job.minute),
            name=job.name,
            retries=RETRIES,
            retry_delay=RETRY_SECONDS,
            retry_backoff=2,
        )
        register(_locked(app, made, job))
    return made


def _locked(app: Flask, made: Huey, job: Job) -> Callable[[], None]:
    """Make the task of a job: in the application's context, never twice at a time."""
    # Only Redis lets a lock expire; a local queue is flushed at the start instead.
    seconds = STUCK_SECONDS if app.config["REDIS_URL"] else None

    def task() -> None:
        with made.lock_task(job.name, ttl=seconds), app.app_context():
            note(job, job.work(app))

    return task
