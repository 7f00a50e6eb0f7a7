"""The issuer's logo: served so that nothing in it runs, and shown to who verifies."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from tests.learning import complete_small_course

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">'
    '<rect width="60" height="40" fill="#0b5563"/></svg>'
)


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "logo-2026.svg").write_text(LOGO, encoding="utf-8")
    monkeypatch.setitem(app.config, "ISSUER_FOLDER", tmp_path)
    return tmp_path


@pytest.fixture
def number(session: Session, ana: User, folder: Path) -> str:
    """A certificate whose issuer had a logo, and was no demonstration."""
    assert folder.is_dir()
    complete_small_course(session, ana)
    row = session.scalars(select(Certificate)).one()
    issuer = row.claims["issuer"] | {"logo": "logo-2026.svg", "demo": False}
    row.claims = row.claims | {"issuer": issuer, "demo": False}
    session.commit()
    return grouped(row.number)


def test_the_logo_is_given_and_can_neither_run_nor_reach_out(
    client: FlaskClient, folder: Path
) -> None:
    assert folder.is_dir()
    answer = client.get("/issuer/logo-2026.svg")

    assert answer.get_data(as_text=True) == LOGO
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize(
    "name",
    ["other", "..", "..%2fissuer", "%00", "a" * 500, "logo-2026.svg%2f..", "hostile"],
)
def test_what_is_no_logo_is_not_found(
    client: FlaskClient, folder: Path, name: str
) -> None:
    hostile = LOGO.replace("<rect", "<script>1</script><rect")
    (folder / "hostile.svg").write_text(hostile, encoding="utf-8")

    assert client.get(f"/issuer/{name}.svg").status_code == 404


def test_the_public_page_and_the_paper_show_the_logo(
    client: FlaskClient, folder: Path, number: str
) -> None:
    page = client.get(f"/verify/{number}").get_data(as_text=True)
    with_logo = client.get(f"/certificates/{number}.pdf").data
    (folder / "logo-2026.svg").unlink()

    assert '<img src="/issuer/logo-2026.svg" alt="" width="120">' in page
    assert client.get(f"/certificates/{number}.pdf").data != with_logo
