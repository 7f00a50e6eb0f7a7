"""The product as an issuer with keys, and a certificate that Ana has earned."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.certification import Certificate
from tests.factories import SAMPLES, publish
from tests.interop.product_issuer import Place, fetch_with, sign_everything
from tests.issuer_keys import install_keys
from tests.learning import SMALL, complete_small_course, enrolled_user

EARNED_BEFORE = timedelta(days=3)


@pytest.fixture
def place(
    app: Flask,
    session: Session,
    client: FlaskClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Place:
    """Give the issuer its keys, in a folder of the test."""
    folder = tmp_path / "keys"
    monkeypatch.setitem(app.config, "ISSUER_KEYS", folder)
    install_keys(session, folder, now=now() - EARNED_BEFORE)
    session.commit()
    return Place(app.config["PUBLIC_URL"], fetch_with(client), folder)


@pytest.fixture
def certificate(session: Session, place: Place) -> Certificate:
    """Let Ana complete the small course three days ago, and sign what she got."""
    earned = now() - EARNED_BEFORE
    publish(SMALL, SAMPLES)
    complete_small_course(session, enrolled_user(session, now=earned), now=earned)
    sign_everything(place, earned)
    return session.scalars(select(Certificate)).one()
