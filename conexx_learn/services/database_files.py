"""The file of an SQLite database: made once, ready for readers beside a writer."""

from conexx_learn.models.base import db


def prepare_database() -> None:
    """Set the journal of an SQLite file to WAL; it is kept in the file itself."""
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.close()
    finally:
        connection.close()


def forget_connections() -> None:
    """Drop connections that another process opened; a fork must not share them."""
    db.engine.dispose(close=False)


def close_connections() -> None:
    """Close every connection before a fork: SQLite forbids to take one along."""
    db.session.remove()
    db.engine.dispose()
