"""What is said about a review, at its place, and what is done about it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.course_reviews import ReviewState
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.permissions import Actor
from conexx_learn.models.course_reviews import ReviewComment
from conexx_learn.services.course_reviews import held_review


def comment(
    session: Session,
    *,
    review_id: int,
    actor: Actor,
    place: str,
    text: str,
    parent_id: int | None,
    now: datetime,
) -> None:
    """Say something about a place of a review, or answer what was said.

    Raises:
        NotFoundError: No such review or comment, or not theirs to see.
        RuleError: The review is over.
    """
    _, facts = held_review(session, review_id, actor)
    if not facts.is_waiting and facts.state is not ReviewState.CHANGES_ASKED:
        raise RuleError("review-ended")
    if parent_id is not None:
        place = _held_comment(session, review_id, parent_id).place
    session.add(
        ReviewComment(
            review_id=review_id,
            parent_id=parent_id,
            place=place,
            text=text,
            written_by=actor.user_id,
            written_at=now,
        )
    )
    session.flush()


def resolve_comment(
    session: Session, *, review_id: int, comment_id: int, actor: Actor, now: datetime
) -> None:
    """Mark a comment as done; a second time changes nothing.

    Raises:
        NotFoundError: No such review or comment, or not theirs to see.
    """
    held_review(session, review_id, actor)
    found = _held_comment(session, review_id, comment_id)
    if found.resolved_at is None:
        found.resolved_by, found.resolved_at = actor.user_id, now
        session.flush()


def _held_comment(session: Session, review_id: int, comment_id: int) -> ReviewComment:
    """Return a comment that begins a thread of this review."""
    found = session.scalar(
        select(ReviewComment)
        .where(
            ReviewComment.id == comment_id,
            ReviewComment.review_id == review_id,
            ReviewComment.parent_id.is_(None),
        )
        .with_for_update()
    )
    if found is None:
        raise NotFoundError
    return found
