"""What a monitor asks: ready only with our schema, keys, and room on the disk."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.web.public.operations import LEAST_FREE_BYTES
from tests.issuer_keys import install_keys


class Usage(NamedTuple):
    """What the system says of a disk."""

    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def keys(
    app: Flask, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Give the issuer its keys, and return their folder."""
    folder = tmp_path / "keys"
    monkeypatch.setitem(app.config, "ISSUER_KEYS", folder)
    install_keys(session, folder, now=now())
    session.commit()
    return folder


@pytest.mark.parametrize(
    ("free", "status"),
    [
        pytest.param(LEAST_FREE_BYTES, 200, id="enough"),
        pytest.param(LEAST_FREE_BYTES - 1, 503, id="too little"),
        pytest.param(0, 503, id="full"),
    ],
)
def test_a_disk_that_is_nearly_full_is_not_ready(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, free: int, status: int
) -> None:
    asked = []

    def usage(folder: str) -> Usage:
        asked.append(folder)
        return Usage(10**12, 10**12 - free, free)

    monkeypatch.setattr(shutil, "disk_usage", usage)

    response = client.get("/readyz")

    assert response.status_code == status
    assert response.text == ("ok\n" if status == 200 else "not ready\n")
    assert asked == [client.application.instance_path]
    assert client.get("/healthz").status_code == 200


def test_a_schema_of_another_day_is_not_ready(
    client: FlaskClient, session: Session
) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    assert client.get("/readyz").status_code == 503


def test_without_keys_that_sign_it_is_not_ready_and_says_no_details(
    client: FlaskClient, keys: Path
) -> None:
    assert client.get("/readyz").status_code == 200
    for path in keys.iterdir():
        path.chmod(0o644)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.text == "not ready\n"
    assert client.get("/healthz").status_code == 200


def test_an_issuer_whose_keys_were_never_made_is_not_ready(
    client: FlaskClient, session: Session
) -> None:
    session.execute(text("DELETE FROM issuer_key"))

    assert client.get("/readyz").status_code == 503
