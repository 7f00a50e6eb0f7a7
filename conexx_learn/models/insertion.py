"""An insert that happens once: the UNIQUE constraint decides, not a count before it."""

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from conexx_learn.models.base import Base


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:  # noqa: ANN401 (column values)
    """Insert a row unless a UNIQUE constraint already holds one like it.

    Returns:
        True when this call made the row.
    """
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    # The row itself answers: the count of rows is not told by every driver.
    made = session.execute(
        insert(table)
        .values(**values)
        .on_conflict_do_nothing()
        .returning(*inspect(table).primary_key)
    )
    return made.first() is not None
