"""What files of drafts held at some time: kept once, swept when nothing names it."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, Select, delete, select, union, update
from sqlalchemy.orm import Session

from conexx_learn.domain.drafts import fingerprint
from conexx_learn.models.drafts import DraftBlob, DraftSave
from conexx_learn.models.insertion import insert_once

KEPT_UNNAMED = timedelta(days=2)
"""How long a content is kept that no draft, step or review names: what was sent and
never taken in, and what two people began with."""

KEPT_STEPS = timedelta(days=180)
"""How long one can go back to what a file held."""


def keep_content(session: Session, content: bytes, now: datetime) -> str:
    """Keep what a file held, once; returns its fingerprint."""
    sha256 = fingerprint(content)
    if not insert_once(session, DraftBlob, sha256=sha256, content=content, kept_at=now):
        # It is young again, so that no sweep takes it before it is named.
        session.execute(
            update(DraftBlob).where(DraftBlob.sha256 == sha256).values(kept_at=now)
        )
    return sha256


def sweep_contents(session: Session, *, now: datetime) -> int:
    """Delete old steps, and old contents that nothing names.

    Returns:
        How many rows went.
    """
    steps = session.execute(
        delete(DraftSave).where(DraftSave.saved_at < now - KEPT_STEPS)
    )
    contents = session.execute(
        delete(DraftBlob)
        .where(
            DraftBlob.kept_at < now - KEPT_UNNAMED,
            DraftBlob.sha256.not_in(union(*_names()).scalar_subquery()),
        )
        .execution_options(synchronize_session=False)
    )
    return sum(
        result.rowcount
        for result in (steps, contents)
        if isinstance(result, CursorResult)
    )


def _names() -> list[Select[tuple[str | None]]]:
    """Select every column of every table that names a content."""
    return [
        select(key.parent).where(key.parent.is_not(None))
        for table in DraftBlob.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == DraftBlob.__tablename__
    ]
