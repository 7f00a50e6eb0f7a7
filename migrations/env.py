"""Alembic, through Flask-Migrate: the tables of the registry, on either database."""

from typing import Any

from alembic import context
from flask import current_app


def render_item(kind: str, thing: object, _context: object) -> str | bool:
    """Write our own types as plain SQLAlchemy: a migration imports nothing of ours."""
    if kind == "type" and type(thing).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run the migrations on the application's engine."""
    extension = current_app.extensions["migrate"]
    database = extension.db
    options: dict[str, Any] = {
        "target_metadata": database.metadata,
        "render_item": render_item,
        "render_as_batch": True,
        "compare_type": True,
    }
    with database.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # A batch rebuild drops the parent table; with the keys watched, a
            # cascade would empty its children.
            raw = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys=OFF")
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"rows without their parents: {broken}")


run()
