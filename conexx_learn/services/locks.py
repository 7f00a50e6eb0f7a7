"""Acts of which only one at a time may be under way."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def one_at_a_time(session: Session, key: str) -> None:
    """Let acts on the same thing pass one by one, each until its transaction ends.

    SQLite has one writer anyway.

    Args:
        session: In a transaction that writes.
        key: Names the thing.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        session.execute(lock, {"key": key})
