"""A town whose clocks show UTC, and its training manager's browser."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution
from tests.institutions import enter, make_manager, make_town


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
