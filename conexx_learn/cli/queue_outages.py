"""A queue server that is away: one line when it goes, not a traceback at each poll."""

import logging
import threading

import structlog
from huey import Huey, RedisExpireHuey
from redis import exceptions

AWAY = (exceptions.ConnectionError, exceptions.TimeoutError)
LOUD = ("huey", "huey.consumer.Worker", "huey.consumer.Scheduler")
"""Loggers of the library that write a traceback each time that nobody answers."""


class Outage:
    """Whether the queue server is away, and that it was said.

    Args:
        log: Where it is said.
    """

    def __init__(self, log: structlog.stdlib.BoundLogger) -> None:
        self._log = log
        self._is_on = False
        self._turn = threading.Lock()

    def begins(self, error: Exception) -> None:
        """Say that nobody answers, unless it was said already."""
        with self._turn:
            was_on, self._is_on = self._is_on, True
        if not was_on:
            self._log.warning("queue-away", error=type(error).__name__)

    def ends(self) -> None:
        """Note that somebody answers: the next outage is told anew."""
        with self._turn:
            was_on, self._is_on = self._is_on, False
        if was_on:
            self._log.info("queue-back")


class PatientHuey(RedisExpireHuey):  # type: ignore[misc] # huey has no types
    """A queue on Redis that tells an outage once; the consumer asks on and on."""

    outage: Outage

    def dequeue(self) -> object:
        """Return the next task, or None."""
        try:
            task = super().dequeue()
        except AWAY as error:
            self.outage.begins(error)
            raise
        self.outage.ends()
        return task


class _Hush(logging.Filter):
    """Drops what the library says of a server that is away: we have said it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep everything else."""
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, AWAY)


_HUSH = _Hush()


def patient_queue(name: str, url: str, log: structlog.stdlib.BoundLogger) -> Huey:
    """Make the queue on a Redis server, which need not answer yet."""
    for loud in LOUD:
        logging.getLogger(loud).addFilter(_HUSH)
    made = PatientHuey(name, url=url, results=False)
    made.outage = Outage(log)
    return made
