"""Reads of works that were handed in, for their authors: receipts, files, results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.graded_work.handing_in import Source, WorkState, work_label
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.graded_work import HandIn, HandInAuthor, WorkFile
from conexx_learn.queries.prior_learning import KeptFile
from conexx_learn.queries.work_standing import BEGUN, work_state

HALVES = 2


@dataclass(frozen=True, slots=True)
class HandedWork:
    """A work as it was handed in once.

    Attributes:
        id: Key.
        label: By which people speak of it.
        course: Slug.
        version_id: Of the course; its rubric judges the work.
        round: From 1.
        source: The folder, or a file.
        file_name: Label for its authors; empty once the file was deleted.
        byte_count: Of the content.
        sha256: Of the content, in hex.
        handed_by: Name of who handed it in; empty once they were erased.
        handed_at: When.
        is_replaced: A newer one took its place.
        state: How far it has come.
        decided_at: None before.
        total: Points that count, or None.
        result: What its authors are shown, as `services.marking` stores it, or None.
        authors: Names of the team at that moment.
    """

    id: int
    label: str
    course: str
    version_id: int
    round: int
    source: Source
    file_name: str
    byte_count: int
    sha256: str
    handed_by: str
    handed_at: datetime
    is_replaced: bool
    state: WorkState
    decided_at: datetime | None
    total: Fraction | None
    result: Mapping[str, Any] | None
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Who is told about a work.

    Attributes:
        user_id: Who.
        name: Theirs.
        email: Confirmed.
        locale: Their language, or None.
    """

    user_id: int
    name: str
    email: str
    locale: str | None


WORKS: Select[*tuple[Any, ...]] = (
    select(HandIn, Course.slug, WorkFile.name, User.full_name, BEGUN)
    .join(Course, Course.id == HandIn.course_id)
    .outerjoin(WorkFile, WorkFile.id == HandIn.file_id)
    .outerjoin(User, User.id == HandIn.handed_by)
)


def works_of(session: Session, *, enrolment_id: int) -> list[HandedWork]:
    """List the works of an enrolment, the newest first; two statements."""
    mine = select(HandInAuthor.hand_in_id).where(
        HandInAuthor.enrolment_id == enrolment_id
    )
    return _works(session, HandIn.id.in_(mine))


def own_work(session: Session, *, hand_in_id: int, user_id: int) -> HandedWork:
    """Return a work of one's own.

    Raises:
        NotFoundError: There is none, or it is others'.
    """
    found = _works(session, HandIn.id == hand_in_id, _is_of(user_id))
    if not found:
        raise NotFoundError
    return found[0]


def any_work(session: Session, *, hand_in_id: int) -> HandedWork:
    """Return anybody's work, for the coordination.

    Raises:
        NotFoundError: There is none.
    """
    found = _works(session, HandIn.id == hand_in_id)
    if not found:
        raise NotFoundError
    return found[0]


def _is_of(user_id: int) -> ColumnElement[bool]:
    return HandIn.id.in_(
        select(HandInAuthor.hand_in_id).where(HandInAuthor.user_id == user_id)
    )


def own_work_file(session: Session, *, hand_in_id: int, user_id: int) -> KeptFile:
    """Return the file of a work of one's own, under the label that it came with.

    Raises:
        NotFoundError: There is none, or it is others'.
    """
    return work_file(session, HandIn.id == hand_in_id, _is_of(user_id))


def any_work_file(session: Session, *, hand_in_id: int) -> KeptFile:
    """Return the file of anybody's work, for the coordination.

    Raises:
        NotFoundError: There is none.
    """
    return work_file(session, HandIn.id == hand_in_id)


def work_file(session: Session, *wanted: ColumnElement[bool]) -> KeptFile:
    """Return the file of a work.

    Raises:
        NotFoundError: No work is wanted like this, or its file was deleted.
    """
    row = session.execute(
        select(WorkFile.name, WorkFile.mime, WorkFile.content)
        .join(HandIn, HandIn.file_id == WorkFile.id)
        .where(*wanted)
    ).first()
    if row is None:
        raise NotFoundError
    return KeptFile(row.name, row.mime, row.content)


def mailboxes_of(session: Session, *, hand_in_id: int) -> list[Mailbox]:
    """List the confirmed mailboxes of the authors of a work; one statement."""
    rows = session.execute(
        select(User.id, User.full_name, User.email, User.locale)
        .join(HandInAuthor, HandInAuthor.user_id == User.id)
        .where(
            HandInAuthor.hand_in_id == hand_in_id,
            User.confirmed_at.is_not(None),
            User.email.is_not(None),
        )
        .order_by(User.id)
    )
    return [_mailbox(row) for row in rows]


def mailbox_of(session: Session, *, user_id: int) -> Mailbox | None:
    """Return somebody's confirmed mailbox; None where they have none."""
    row = session.execute(
        select(User.id, User.full_name, User.email, User.locale).where(
            User.id == user_id, User.confirmed_at.is_not(None), User.email.is_not(None)
        )
    ).first()
    return _mailbox(row) if row else None


def _mailbox(row: Row[*tuple[Any, ...]]) -> Mailbox:
    return Mailbox(row.id, row.full_name, row.email, row.locale)


def _works(session: Session, *wanted: ColumnElement[bool]) -> list[HandedWork]:
    rows = session.execute(
        WORKS.where(*wanted).order_by(
            case((HandIn.replaced_at.is_(None), 0), else_=1), HandIn.id.desc()
        )
    ).all()
    names = author_names(session, [row.HandIn.id for row in rows])
    return [_work(row, names.get(row.HandIn.id, ())) for row in rows]


def author_names(
    session: Session, hand_in_ids: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """Return work to the names of its authors; one statement."""
    rows = session.execute(
        select(HandInAuthor.hand_in_id, User.full_name)
        .join(User, User.id == HandInAuthor.user_id)
        .where(HandInAuthor.hand_in_id.in_(hand_in_ids))
        .order_by(HandInAuthor.hand_in_id, User.full_name, User.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for hand_in_id, name in rows:
        found[hand_in_id] = (*found.get(hand_in_id, ()), name)
    return found


def _work(found: Row[*tuple[Any, ...]], authors: tuple[str, ...]) -> HandedWork:
    row: HandIn = found.HandIn
    halves = row.half_points
    return HandedWork(
        id=row.id,
        label=work_label(row.handed_at, row.id),
        course=found.slug,
        version_id=row.course_version_id,
        round=row.round,
        source=Source(row.source),
        file_name=found.name or "",
        byte_count=row.byte_count,
        sha256=row.sha256,
        handed_by=found.full_name or "",
        handed_at=row.handed_at,
        is_replaced=row.replaced_at is not None,
        state=work_state(passed=row.passed, begun=found.begun),
        decided_at=row.decided_at,
        total=None if halves is None else Fraction(halves, HALVES),
        result=row.result,
        authors=authors,
    )
