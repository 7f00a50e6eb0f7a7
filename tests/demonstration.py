"""The demonstration for tests: its courses published once, its people per test."""

from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from conexx_learn.services.demo_stories import FIRST_COURSE, LONG_COURSE
from conexx_learn.services.demonstration import load_demonstration
from tests.factories import COURSES, NOW
from tests.learning import ISSUING
from tests.people import PASSWORD_HASH
from tests.published import publish_sample


def load_demo(*, now: datetime = NOW) -> bool:
    """Load the people as `flask demo load` does, without hashing."""
    return load_demonstration(
        password_hash=PASSWORD_HASH,
        issuing=ISSUING,
        instance=Path(current_app.instance_path),
        now=now,
    )


WRITTEN = (
    FIRST_COURSE,
    LONG_COURSE,
    "from-call-to-contract",
    "problem-to-logframe",
    "budget-and-cofinancing",
)
"""The courses that ship; those that are only announced the demonstration adds."""


def publish_written_courses(session: Session) -> None:
    """Publish every course that ships, so that plans have something to ask for."""
    for slug in WRITTEN:
        publish_sample(session, slug, folder=COURSES)


def load_whole_demo(session: Session) -> None:
    """Publish the two courses of the demonstration, and load its people."""
    for slug in (FIRST_COURSE, LONG_COURSE):
        publish_sample(session, slug, folder=COURSES)
    session.commit()
    assert load_demo()
