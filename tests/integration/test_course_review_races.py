"""Several people at one review at the same moment, each with their own connection."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.domain.course_changes.version_bump import Bump
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.course_reviews import CourseReview
from conexx_learn.models.registry import db
from conexx_learn.services.course_reviews import Sending, decide, send_for_review
from conexx_learn.services.review_publication import publish_review, ready_review
from tests.conftest import empty_database
from tests.course_desks import (
    CARE,
    SENTENCES,
    Desk,
    acting,
    lay_course,
    make_trainer,
)
from tests.factories import NOW
from tests.published import publish_sample
from tests.real_application import at_once, real_application

PEOPLE = 6


@pytest.fixture
def real_app(config: Config, tmp_path: Path) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    with real_application(config, empty_database(tmp_path, "reviews")) as app:
        yield app


@pytest.fixture
def session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Desk:
    publish_sample(session)
    return Desk(lay_course(tmp_path / "courses"), tmp_path / "published")


@pytest.fixture
def people(session: Session) -> list[User]:
    return [make_trainer(session, f"Person {number}") for number in range(PEOPLE + 1)]


@pytest.fixture
def edited(session: Session, desk: Desk, people: list[User]) -> User:
    desk.edit(session, people[-1], CARE, "Con una tapa.")
    return people[-1]


def all_at_once(app: Flask, act: Callable[[Session, int], Any]) -> Counter[Any]:
    """Let everybody act at the same moment, and count the outcomes."""
    return Counter(at_once(app, PEOPLE, act))


def test_of_many_who_send_one_sends(
    real_app: Flask, session: Session, desk: Desk, people: list[User], edited: User
) -> None:
    acts = [desk.by(person) for person in people]

    def send(work: Session, number: int) -> str:
        sending = Sending(Bump.MINOR, "", SENTENCES, None)
        send_for_review(work, acts[number], sending)
        return "sent"

    assert all_at_once(real_app, send) == {"sent": 1, "review-waiting": PEOPLE - 1}


def test_of_many_who_decide_one_decides(
    real_app: Flask, session: Session, desk: Desk, people: list[User], edited: User
) -> None:
    review_id = desk.send(session, edited)
    actors = [acting(person) for person in people]
    session.rollback()

    def approve(work: Session, number: int) -> str:
        decide(
            work,
            review_id=review_id,
            actor=actors[number],
            approves=number % 2 == 0,
            text="",
            now=NOW,
        )
        return "decided"

    outcomes = all_at_once(real_app, approve)

    assert outcomes == {"decided": 1, "review-decided": PEOPLE - 1}


def test_many_who_publish_make_one_version(
    real_app: Flask, session: Session, desk: Desk, people: list[User], edited: User
) -> None:
    review_id = desk.send(session, edited)
    decide(
        session,
        review_id=review_id,
        actor=acting(people[0]),
        approves=True,
        text="",
        now=NOW,
    )
    session.commit()
    by, actor = desk.by(edited), acting(edited)
    ready = ready_review(session, by, review_id=review_id)
    session.rollback()

    def publish(work: Session, number: int) -> str:
        return publish_review(work, by, ready, actor=actor, home=desk.target).version

    assert all_at_once(real_app, publish) == {"1.1": 1, "review-ended": PEOPLE - 1}

    versions = session.scalar(select(func.count()).select_from(CourseVersion))
    assert versions == 2
    assert session.scalars(select(CourseReview.state)).all() == ["published"]
