"""The demonstration for tests: its courses published once, its people per test."""

from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from conexx_learn.services.demo_office import ALL_COURSES
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


def publish_required_courses(session: Session) -> None:
    """Publish what plans ask for; without the first course nobody tells its stories."""
    for slug in ALL_COURSES:
        publish_sample(session, slug, folder=COURSES)


def publish_every_course(session: Session) -> None:
    """Publish every course that ships."""
    publish_sample(session, FIRST_COURSE, folder=COURSES)
    publish_required_courses(session)


def load_whole_demo(session: Session) -> None:
    """Publish the two courses of the demonstration, and load its people."""
    for slug in (FIRST_COURSE, LONG_COURSE):
        publish_sample(session, slug, folder=COURSES)
    session.commit()
    assert load_demo()
