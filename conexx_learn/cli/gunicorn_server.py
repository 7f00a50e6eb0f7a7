"""The server: gunicorn with threads, the application loaded before it forks."""

import gc
import os
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from conexx_learn.cli.jobs import start_jobs, stop_jobs
from conexx_learn.services.database_files import close_connections, forget_connections

THREADS = 4
MOST_WORKERS = 2
GRACE_SECONDS = 30


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """Serves one application with fixed options."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Set the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application that was made already.

        What it is made of stays as long as the process: the collector need not look
        at half a million objects again each time that requests leave some behind.
        """
        gc.collect()
        gc.freeze()
        return self._app


def worker_count() -> int:
    """Return how many processes serve: WEB_CONCURRENCY, or one a core, two at most."""
    wish = os.environ.get("WEB_CONCURRENCY", "")
    if wish.isdigit() and int(wish) > 0:
        return int(wish)
    return min(MOST_WORKERS, os.cpu_count() or 1)


def run_server(app: Flask, host: str, port: str) -> None:
    """Serve until told to stop; requests in flight are finished."""
    close_connections()
    Server(
        app,
        {
            "bind": f"{host}:{port}",
            "workers": worker_count(),
            "threads": THREADS,
            "worker_class": "gthread",
            "reuse_port": True,
            "preload_app": True,
            "graceful_timeout": GRACE_SECONDS,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": _after_fork,
            "worker_exit": _before_exit,
        },
    ).run()


def _after_fork(worker: Any) -> None:  # noqa: ANN401 (gunicorn's worker)
    """Give each process its own connections, and one of them the jobs."""
    app = worker.app.wsgi()
    with app.app_context():
        forget_connections()
    start_jobs(app)


def _before_exit(_server: Any, worker: Any) -> None:  # noqa: ANN401 (gunicorn's own)
    """Finish the job under way; requests in flight are finished by now."""
    stop_jobs(worker.app.wsgi())
