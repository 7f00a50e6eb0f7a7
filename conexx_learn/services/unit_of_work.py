"""The one place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from conexx_learn.models.base import WRITE_LOCK_FIRST, db


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Give a session whose work is committed as a whole, or not at all.

    What was read before belongs to an older view of the data, so that transaction
    ends here; on SQLite the new one asks for the write lock at once. Hashing,
    signing and typesetting do not belong inside.
    """
    session = db.session()
    session.rollback()
    session.connection(execution_options={WRITE_LOCK_FIRST: True})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def reading() -> Session:
    """Return the session of this request for reads."""
    return db.session()
