"""A town whose clocks show UTC, its training manager's browser, and its plans."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import TrainingPlan
from conexx_learn.models.posts import Post
from tests.institutions import (
    appoint,
    enter,
    make_course,
    make_learner,
    make_manager,
    make_plan,
    make_post,
    make_town,
    make_unit,
    requirement,
)


@pytest.fixture
def town(session: Session) -> Institution:
    return make_town(session)


@pytest.fixture
def lucia(session: Session, town: Institution) -> User:
    """Lucía, the training manager of the town."""
    return make_manager(session, town)


@pytest.fixture
def manager(client: FlaskClient, session: Session, lucia: User) -> FlaskClient:
    """Give Lucía's browser: pages in English."""
    return enter(client, session, lucia)


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    """Ana Robles, who holds the only post of the town hall."""
    user = make_learner(session, town, "Ana Robles")
    post = make_post(session, make_unit(session, town), title="Project manager")
    appoint(session, user, post)
    return user


@pytest.fixture
def budget(session: Session, ana: User) -> Course:
    """A course of ten hours, in a town where Ana could be asked for it."""
    return make_course(session, "budget", hours=10)


@pytest.fixture
def draft(session: Session, town: Institution, budget: Course) -> TrainingPlan:
    """A draft that asks everybody for the course."""
    return make_plan(session, town, requirement(budget), is_approved=False)


@pytest.fixture
def works(session: Session, town: Institution) -> Post:
    """The post of a project manager in public works, held by Ana Robles."""
    post = make_post(
        session, make_unit(session, town, "Obras"), "PM", title="Project manager"
    )
    appoint(session, make_learner(session, town, "Ana Robles"), post)
    return post


@pytest.fixture
def two_lines(session: Session, town: Institution, works: Post) -> TrainingPlan:
    """A draft of two lines; of two courses more, one is gone, one unasked for."""
    make_course(session, "gone", is_live=False)
    make_course(session, "later")
    lines = [requirement(make_course(session, slug)) for slug in ("budget", "design")]
    return make_plan(session, town, *lines, is_approved=False)
