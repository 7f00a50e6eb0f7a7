"""An insert that happens once: the UNIQUE constraint decides, not a count before it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from conexx_learn.models.base import Base


def inserted_row(
    session: Session,
    table: type[Base],
    **values: Any,  # noqa: ANN401 (column values)
) -> Row[*tuple[Any, ...]] | None:
    """Insert a row unless a UNIQUE constraint already holds one like it.

    Returns:
        The primary key of the row, when this call made it; else None.
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
    return made.first()


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:  # noqa: ANN401 (column values)
    """Insert a row unless a UNIQUE constraint already holds one like it.

    Returns:
        True when this call made the row.
    """
    return inserted_row(session, table, **values) is not None


def inserted_rows(
    session: Session,
    table: type[Base],
    rows: Sequence[Mapping[str, object]],
    *columns: str,
) -> list[Row[*tuple[Any, ...]]]:
    """Insert many rows but those of which a UNIQUE constraint holds one already.

    One statement for a thousand rows. Give them in the order of their keys, so that
    two who insert the same at once wait for one another and not in a ring.

    Returns:
        The named columns of each row that this call made.
    """
    if not rows:
        return []
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    made = session.execute(
        insert(table)
        .on_conflict_do_nothing()
        .returning(*(getattr(table, column) for column in columns)),
        [dict(row) for row in rows],
    )
    return list(made)
