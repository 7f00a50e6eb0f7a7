"""The privacy notice and one's own data leave out no table that holds people's data."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Table
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.registry import db
from conexx_learn.queries.personal_data import SECTIONS, personal_data
from conexx_learn.services.extra_time import grant_extra_time
from tests.factories import NOW

NOT_HANDED_OUT = {
    "access_code": "ways in, of which there is only a hash",
    "people_file": "a list of others, sent by a training manager",
}


def is_about_a_person(table: Table) -> bool:
    """Say whether rows belong to an account, and are not only signed by one."""
    return any(
        key.column.table.name == "user" and key.ondelete != "SET NULL"
        for key in table.foreign_keys
    )


PERSONAL = sorted(
    table.name for table in db.metadata.sorted_tables if is_about_a_person(table)
)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_notice_names_every_table_that_holds_somebodys_data(
    client: FlaskClient, lang: str
) -> None:
    page = client.get(f"/privacy?lang={lang}").text

    assert [name for name in PERSONAL if f"<code>{name}</code>" not in page] == []


def test_every_such_table_is_handed_out_or_has_a_reason() -> None:
    handed_out = {section.table.__tablename__ for section in SECTIONS.values()}

    assert set(PERSONAL) - handed_out == set(NOT_HANDED_OUT)


def test_more_time_is_handed_out_with_its_reason(session: Session, ana: User) -> None:
    for percent in (50, 25):
        grant_extra_time(
            session, user_id=ana.id, percent=percent, reason="Agreed", now=NOW
        )

    held = personal_data(session, user_id=ana.id)

    assert held["account"][0]["extra_time_percent"] == 25
    assert [row["facts"]["percent"] for row in held["extra_time"]] == [50, 25]
    assert personal_data(session, user_id=ana.id + 1)["extra_time"] == []
