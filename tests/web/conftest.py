"""A published course and who reads it, for the pages."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Role
from conexx_learn.models.accounts import User
from conexx_learn.services.access_codes import HandedCode, invite_user
from conexx_learn.web.limits import EXTENSION
from tests.factories import make_institution, sign_in
from tests.learning import complete_small_course, enrolled_user
from tests.published import publish_sample
from tests.signed_certificates import SignedCertificate, sign_stored


@pytest.fixture(autouse=True)
def _nothing_missed_yet(migrated_app: Flask) -> None:
    """Forget the misses of other tests: the limit counts them for a minute."""
    migrated_app.extensions[EXTENSION].storage.reset()


@pytest.fixture
def small_course(session: Session) -> str:
    """Publish the small course and return its address."""
    publish_sample(session)
    return "/courses/small-course"


@pytest.fixture
def ana(session: Session, small_course: str) -> User:
    return enrolled_user(session)


@pytest.fixture
def signed_in(client: FlaskClient, session: Session, ana: User) -> FlaskClient:
    """Give Ana's browser: enrolled in the small course, pages in English."""
    sign_in(client, session, ana)
    return client


@pytest.fixture
def invitation(session: Session) -> HandedCode:
    """The code of Ramón, who has no mailbox and is invited to Xaltepec."""
    make_institution(session)
    handed = invite_user(
        session,
        identity=None,
        full_name="Ramón Méndez",
        role=Role.LEARNER,
        institution_slug="xaltepec",
        now=now(),
        by=None,
    )
    session.commit()
    return handed


@pytest.fixture
def signed(session: Session, ana: User, tmp_path: Path) -> SignedCertificate:
    """Let Ana complete the course; her certificate is signed in both forms."""
    complete_small_course(session, ana)
    return sign_stored(session, tmp_path / "keys")
