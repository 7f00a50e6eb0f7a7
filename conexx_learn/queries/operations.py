"""Reads about the database itself."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def schema_version(session: Session) -> str | None:
    """Return the migration that the database stands at; None before the first."""
    version = session.scalar(text("SELECT version_num FROM alembic_version"))
    return None if version is None else str(version)
