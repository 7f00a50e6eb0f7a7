"""A town with its training manager, a course, and Ana in its only post; all courses."""

import pytest
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from tests.institutions import (
    appoint,
    make_course,
    make_learner,
    make_manager,
    make_post,
    make_town,
    make_unit,
)
from tests.sample_institutions import Sketch
from tests.stored_institutions import store_institution


@pytest.fixture
def town(session: Session) -> Institution:
    return make_town(session)


@pytest.fixture
def lucia(session: Session, town: Institution) -> User:
    """Lucía, the training manager of the town."""
    return make_manager(session, town)


@pytest.fixture
def budget(session: Session) -> Course:
    return make_course(session, "budget")


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    """Ana, who holds the only post of the town hall."""
    user = make_learner(session, town)
    appoint(session, user, make_post(session, make_unit(session, town)))
    return user


@pytest.fixture
def courses(session: Session) -> None:
    """Store the courses once for all that is drawn."""
    store_institution(session, Sketch().facts(), slug="nobody")
