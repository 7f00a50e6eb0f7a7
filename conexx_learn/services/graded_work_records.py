"""What is kept of graded work when a person is erased: the grade, not the words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from conexx_learn.models.accounts import User
from conexx_learn.models.graded_work import (
    HandIn,
    HandInAuthor,
    WorkAssessment,
    WorkFile,
    WorkMember,
    WorkUpload,
)


def forget_graded_work(session: Session, *, user_id: int, now: datetime) -> None:
    """Erase what a person handed in, once everybody of the team is erased.

    While one of them has an account, the work is theirs as well. That a work was
    handed in, its total and its levels stay: a certificate may rest on them. As an
    assessor, what the person submitted stays, and what was only begun goes back to
    the coordination.
    """
    session.execute(delete(WorkUpload).where(WorkUpload.user_id == user_id))
    session.execute(
        update(WorkMember)
        .where(WorkMember.user_id == user_id, WorkMember.ended_at.is_(None))
        .values(ended_at=now)
    )
    session.execute(
        delete(WorkAssessment).where(
            WorkAssessment.assessor_id == user_id,
            WorkAssessment.submitted_at.is_(None),
        )
    )
    _forget_works(session, _nobodys(session, user_id))


def _nobodys(session: Session, user_id: int) -> Sequence[HandIn]:
    """Return the works of a person whose other authors are erased already."""
    other = aliased(HandInAuthor)
    is_someones = exists().where(
        other.hand_in_id == HandIn.id,
        other.user_id != user_id,
        User.id == other.user_id,
        User.active.is_(True),
    )
    return session.scalars(
        select(HandIn)
        .join(HandInAuthor, HandInAuthor.hand_in_id == HandIn.id)
        .where(HandInAuthor.user_id == user_id, ~is_someones)
        .order_by(HandIn.id)
    ).all()


def _forget_works(session: Session, works: Sequence[HandIn]) -> None:
    """Delete the files of works, and every comment on them."""
    files = [work.file_id for work in works if work.file_id is not None]
    for work in works:
        work.file_id = None
        if work.result is not None:
            work.result = {**work.result, "comments": {}}
    for part in session.scalars(
        select(WorkAssessment)
        .where(WorkAssessment.hand_in_id.in_([work.id for work in works]))
        .order_by(WorkAssessment.id)
    ):
        part.marks = {key: _wordless(mark) for key, mark in part.marks.items()}
    session.flush()
    session.execute(delete(WorkFile).where(WorkFile.id.in_(files)))


def _wordless(mark: dict[str, Any]) -> dict[str, Any]:
    return {**mark, "comment": ""}
