"""What a version voids is noted with its publication, to be applied afterwards."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.repairs import MARKS_JSON, VoidMark
from conexx_learn.models.repairs import Repair


def note_repair(
    session: Session,
    *,
    course_id: int,
    version_id: int,
    marks: Sequence[VoidMark],
    now: datetime,
) -> None:
    """Note what a new version voids, where that is not what the last repair said.

    It takes the place of the one before: what a trainer no longer voids raises nobody
    who was not looked at yet.
    """
    said = MARKS_JSON.dump_python(tuple(marks), mode="json")
    last = session.scalar(
        select(Repair)
        .where(Repair.course_id == course_id)
        .order_by(Repair.id.desc())
        .limit(1)
    )
    if said == (last.marks if last is not None else []):
        return
    session.execute(
        update(Repair)
        .where(Repair.course_id == course_id, Repair.finished_at.is_(None))
        .values(finished_at=now)
    )
    session.add(
        Repair(
            course_id=course_id,
            course_version_id=version_id,
            marks=said,
            noted_at=now,
            reached_id=0,
            finished_at=None if said else now,
        )
    )
    session.flush()
