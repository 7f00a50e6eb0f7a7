"""The list of all jobs: what is done by the clock, and how often."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

import structlog
from flask import Flask

from conexx_learn.adapters.clock import now
from conexx_learn.cli.certificate_signing import sign_by_the_clock
from conexx_learn.cli.escalation import escalate
from conexx_learn.cli.publishing_home import commit_published
from conexx_learn.cli.reminding import remind_in_the_morning
from conexx_learn.cli.repairs import finish_repairs
from conexx_learn.cli.teaching import write_on_mondays
from conexx_learn.services.certificate_erasure import sweep_papers
from conexx_learn.services.certification import Issuing
from conexx_learn.services.status_lists import publish_status
from conexx_learn.services.upkeep import (
    close_overdue_attempts,
    deliver_mail,
    settle_waiting_completions,
    sweep_traces,
)

ENDING = "conexx-jobs-ending"
"""Where the application keeps the event that says that the process is to end."""
MOST_MAIL_SECONDS = 40
"""How long mail is sent at a stretch; then the other jobs of the minute have a turn."""

log = structlog.wrap_logger(
    logging.getLogger("conexx_learn.jobs"),
    processors=[
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(),
    ],
    wrapper_class=structlog.stdlib.BoundLogger,
)


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that is done again and again; safe to repeat.

    Attributes:
        name: In the queue and the log; stable.
        minute: When, as in a crontab.
        work: Does it in the application's context, and counts what it did.
    """

    name: str
    minute: str
    work: Callable[[Flask], int]


def note(job: Job, count: int) -> None:
    """Log what a job did; names, addresses and texts are never logged."""
    if count:
        log.info("job", job=job.name, count=count)


def _deliver_mail(app: Flask) -> int:
    mail_url: str | None = app.config["MAIL_URL"]
    if not mail_url:
        # Without a server messages stay where /dev/mail shows them.
        return 0
    latest = monotonic() + MOST_MAIL_SECONDS
    ending = app.extensions.get(ENDING, Event())
    return deliver_mail(
        mail_url=mail_url,
        sender=_sender(app),
        now=now(),
        is_over=lambda: ending.is_set() or monotonic() > latest,
    )


def _sender(app: Flask) -> str:
    issuer = app.config["ISSUER"]
    host = urlsplit(app.config["PUBLIC_URL"]).hostname
    return str(issuer.email) if issuer else f"no-reply@{host}"


def _close_attempts(app: Flask) -> int:
    return close_overdue_attempts(issuing=_issuing(app), lang=_language(app), now=now())


def _settle_completions(app: Flask) -> int:
    return settle_waiting_completions(
        issuing=_issuing(app), lang=_language(app), now=now()
    )


def _sweep(app: Flask) -> int:
    return sweep_traces(now=now()) + sweep_papers(kept_in=app.config["PAPERS"])


def _remind(app: Flask) -> int:
    return remind_in_the_morning(app, now=now())


def _write_to_trainers(app: Flask) -> int:
    return write_on_mondays(app, now=now())


def _sign_status_lists(app: Flask) -> int:
    """Sign what lapses, and what a killed process left behind."""
    return publish_status(
        public_url=app.config["PUBLIC_URL"],
        folder=app.config["ISSUER_KEYS"],
        now=now(),
        demo=app.config["DEMO"],
    )


def _issuing(app: Flask) -> Issuing:
    return Issuing(issuer=app.config["ISSUER"], demo=app.config["DEMO"])


def _language(app: Flask) -> str:
    return str(app.config["BABEL_DEFAULT_LOCALE"])


JOBS = (
    Job("deliver-mail", "*", _deliver_mail),
    Job("close-attempts", "*", _close_attempts),
    Job("settle-completions", "*", _settle_completions),
    Job("sign-certificates", "*", sign_by_the_clock),
    Job("status-lists", "*", _sign_status_lists),
    Job("repairs", "*", finish_repairs),
    Job("commit-published", "*/10", commit_published),
    Job("sweep", "17", _sweep),
    Job("reminders", "7", _remind),
    Job("late-questions", "27", escalate),
    Job("teaching-letters", "27", _write_to_trainers),
)
