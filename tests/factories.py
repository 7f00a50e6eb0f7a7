"""Rows for tests: plain functions whose every default is valid."""

import itertools
import secrets
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import session_end, token_hash
from conexx_learn.models.accounts import User, UserSession
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.services.course_publication import publish_folder

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
COURSES = Path(__file__).parent.parent / "courses"
SAMPLES = Path(__file__).parent / "sample_courses"
_numbers = itertools.count(1)


def make_user(session: Session, full_name: str = "Ana", **overrides: Any) -> User:
    number = next(_numbers)
    values: dict[str, Any] = {
        "email": f"person{number}@xaltepec.example",
        "username": None,
        "full_name": full_name,
        "active": True,
        "fs_uniquifier": secrets.token_hex(16),
        "created_at": NOW,
        "confirmed_at": NOW,
        "locale": "en",
        "privacy_version": date(2026, 11, 20),
        "privacy_accepted_at": NOW,
    }
    user = User(**(values | overrides))
    session.add(user)
    session.flush()
    return user


def make_institution(
    session: Session, slug: str = "xaltepec", **overrides: Any
) -> Institution:
    values: dict[str, Any] = {
        "slug": slug,
        "name": "Ayuntamiento de Xaltepec de la Sierra",
        "kind": "municipality",
        "country": "MX",
        "timezone": "America/Mexico_City",
        "default_locale": "es",
        "created_at": NOW,
    }
    institution = Institution(**(values | overrides))
    session.add(institution)
    session.flush()
    return institution


def make_membership(
    session: Session, user: User, role: str, institution: Institution | None = None
) -> Membership:
    membership = Membership(
        user_id=user.id,
        institution_id=institution.id if institution else None,
        role=role,
        from_on=date(2026, 1, 1),
    )
    session.add(membership)
    session.flush()
    return membership


def sign_in(client: FlaskClient, session: Session, user: User) -> None:
    """Open a session for a user, as signing in does, without the page."""
    token = secrets.token_urlsafe(32)
    now = datetime.now(UTC)  # noqa: TID251 (the page asks the real clock)
    session.add(
        UserSession(
            token_hash=token_hash(token),
            user_id=user.id,
            created_at=now,
            last_seen_at=now,
            expires_at=session_end(now=now, shared_computer=False),
            shared_computer=False,
            user_agent="test",
            address="127.0.0.1",
        )
    )
    session.flush()
    with client.session_transaction() as kept:
        kept["sid"] = token
        kept["_user_id"] = user.fs_uniquifier
        kept["_fresh"] = True


def publish(slug: str, folder: Path = COURSES) -> None:
    """Publish one course folder; fail with its problems where it cannot be."""
    for outcome in publish_folder(folder / slug, change_note={}, now=NOW):
        assert outcome.publication is not None, outcome.problems
