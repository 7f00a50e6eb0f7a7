"""The daily head of the log: for everybody, the same for the whole day."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.issuance_log import FIRST_HASH
from conexx_learn.models.accounts import User
from conexx_learn.models.credentials import IssuanceEntry
from conexx_learn.services.signing import sign_all
from tests.factories import NOW, sign_in
from tests.issuer_keys import PUBLIC_URL, install_keys
from tests.learning import complete_small_course

ADDRESS = "/issuance-log.json"


@pytest.fixture
def line(session: Session, ana: User, tmp_path: Path) -> IssuanceEntry:
    """Return the line of a certificate that was signed yesterday."""
    complete_small_course(session, ana)
    keys = tmp_path / "keys"
    install_keys(session, keys, now=NOW)
    session.commit()
    yesterday = now() - timedelta(days=1)
    sign_all(public_url=PUBLIC_URL, folder=keys, demo=True, now=yesterday)
    return session.scalars(select(IssuanceEntry)).one()


def test_an_empty_log_has_a_head_too(client: FlaskClient) -> None:
    found = client.get(ADDRESS).get_json()

    assert (found["lines"], found["hash"]) == (0, FIRST_HASH)
    assert found["issuer"].startswith("did:web:")


def test_it_gives_the_last_line_of_yesterday(
    client: FlaskClient, line: IssuanceEntry
) -> None:
    found = client.get(ADDRESS).get_json()

    assert (found["lines"], found["hash"]) == (1, line.hash)


def test_what_was_added_today_is_told_tomorrow(
    client: FlaskClient, session: Session, line: IssuanceEntry
) -> None:
    line.recorded_at = now()
    session.commit()

    assert client.get(ADDRESS).get_json()["lines"] == 0


def test_it_is_for_everybody_and_costs_one_statement(
    client: FlaskClient, session: Session, ana: User, statements: list[str]
) -> None:
    sign_in(client, session, ana)
    statements.clear()

    answer = client.get(ADDRESS, headers={"Host": "127.0.0.1"})

    assert len(statements) == 1
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    tag = answer.headers["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert again.status_code == 304
