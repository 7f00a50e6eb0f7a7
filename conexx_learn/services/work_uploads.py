"""A file that comes in pieces: begun, gone on with, whole, and forgotten after days."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, delete, func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.graded_work.handing_in import KEPT_UPLOAD
from conexx_learn.domain.graded_work.uploads import MOST_OPEN, is_new_piece
from conexx_learn.models.catalogue import Course
from conexx_learn.models.graded_work import WorkPiece, WorkUpload
from conexx_learn.services.work_teams import held_work_place


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file has come, in bytes."""

    upload_id: int
    received: int
    byte_count: int


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file whose every piece is here."""

    name: str
    content: bytes


def begin_upload(
    session: Session,
    *,
    course: str,
    user_id: int,
    name: str,
    mark: str,
    byte_count: int,
    now: datetime,
) -> Progress:
    """Begin a file, or go on with it; another one takes the place of the one before.

    Args:
        session: Where to write.
        course: Slug.
        user_id: Whose.
        name: As the person's machine calls it.
        mark: What tells this file from another of the same name, such as its date.
        byte_count: Of the whole, within the limit of a file.
        now: The moment.

    Raises:
        NotFoundError: Nobody grades a work in the course.
        RuleError: They are not enrolled, or too many files are on their way.
    """
    place = held_work_place(session, course=course, user_id=user_id)
    course_id = place.course.course_id
    row = session.scalar(
        select(WorkUpload)
        .where(WorkUpload.user_id == user_id, WorkUpload.course_id == course_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is not None and (row.name, row.mark, row.byte_count) != (
        name,
        mark,
        byte_count,
    ):
        session.delete(row)
        session.flush()
        row = None
    if row is None:
        _refuse_too_many(session, user_id)
        row = WorkUpload(
            user_id=user_id,
            course_id=course_id,
            name=name,
            mark=mark,
            byte_count=byte_count,
            received=0,
        )
        session.add(row)
    row.touched_at = now
    session.flush()
    return Progress(row.id, row.received, row.byte_count)


def _refuse_too_many(session: Session, user_id: int) -> None:
    count = session.scalars(
        select(func.count(WorkUpload.id)).where(WorkUpload.user_id == user_id)
    ).one()
    if count >= MOST_OPEN:
        raise RuleError("uploads-too-many", limit=MOST_OPEN)


def add_piece(
    session: Session,
    *,
    course: str,
    upload_id: int,
    user_id: int,
    offset: int,
    content: bytes,
    now: datetime,
) -> Progress:
    """Keep a piece; one that came before is acknowledged again.

    Raises:
        NotFoundError: No such file on its way, or it is another's.
        ShapeError: It is no piece of this file.
        RuleError: What comes before it is missing.
    """
    row = _held(session, course, upload_id, user_id)
    is_new = is_new_piece(
        received=row.received,
        expected=row.byte_count,
        offset=offset,
        length=len(content),
    )
    if is_new:
        session.add(WorkPiece(upload_id=row.id, start=offset, content=content))
        row.received = offset + len(content)
        row.touched_at = now
        session.flush()
    return Progress(row.id, row.received, row.byte_count)


def upload_progress(
    session: Session, *, course: str, upload_id: int, user_id: int
) -> Progress:
    """Say how far a file has come.

    Raises:
        NotFoundError: No such file on its way, or it is another's.
    """
    row = session.execute(
        select(WorkUpload.id, WorkUpload.received, WorkUpload.byte_count).where(
            *_is_theirs(course, upload_id, user_id)
        )
    ).first()
    if row is None:
        raise NotFoundError
    return Progress(*row)


def whole_file(
    session: Session, *, course: str, upload_id: int, user_id: int
) -> WholeFile:
    """Return a file whose every piece is here.

    Raises:
        NotFoundError: No such file on its way, or it is another's.
        RuleError: Pieces are missing.
    """
    progress = upload_progress(
        session, course=course, upload_id=upload_id, user_id=user_id
    )
    if progress.received < progress.byte_count:
        raise RuleError("upload-offset", received=progress.received)
    pieces = session.scalars(
        select(WorkPiece.content)
        .where(WorkPiece.upload_id == upload_id)
        .order_by(WorkPiece.start)
    )
    name = session.scalars(
        select(WorkUpload.name).where(WorkUpload.id == upload_id)
    ).one()
    return WholeFile(name, b"".join(pieces))


def _is_theirs(
    course: str, upload_id: int, user_id: int
) -> tuple[ColumnElement[bool], ...]:
    course_id = select(Course.id).where(Course.slug == course).scalar_subquery()
    return (
        WorkUpload.id == upload_id,
        WorkUpload.user_id == user_id,
        WorkUpload.course_id == course_id,
    )


def _held(session: Session, course: str, upload_id: int, user_id: int) -> WorkUpload:
    row = session.scalar(
        select(WorkUpload)
        .where(*_is_theirs(course, upload_id, user_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFoundError
    return row


def delete_stale_uploads(session: Session, *, now: datetime) -> int:
    """Delete the files whose rest never came; say how many."""
    done = session.execute(
        delete(WorkUpload).where(WorkUpload.touched_at < now - KEPT_UPLOAD)
    )
    return done.rowcount if isinstance(done, CursorResult) else 0
