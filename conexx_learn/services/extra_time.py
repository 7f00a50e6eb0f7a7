"""More time for who needs it: for a person in every quiz, or for one attempt.

An attempt that is going on gains what is granted meanwhile. What is taken back counts
from the next attempt on: nobody loses time that a page has promised. An attempt whose
time and grace are over stays as it ended.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.attempts import GRACE
from conexx_learn.domain.errors import AttemptClosedError, NotFoundError
from conexx_learn.domain.progress import with_extra_time
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import Quiz
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.services import audit


def grant_by_identity(
    session: Session, *, identity: str, percent: int, now: datetime
) -> None:
    """Grant time to who is named by e-mail address or username.

    Raises:
        NotFoundError: No such account.
    """
    folded = identity.strip().casefold()
    user_id = session.scalar(
        select(User.id).where(or_(User.email == folded, User.username == folded))
    )
    if user_id is None:
        raise NotFoundError("user-unknown", identity=identity)
    grant_extra_time(session, user_id=user_id, percent=percent, reason="", now=now)


def grant_extra_time(
    session: Session, *, user_id: int, percent: int, reason: str, now: datetime
) -> None:
    """Add time to every limit of a person, in attempts that are going on as well.

    Args:
        session: Where to write.
        user_id: Whose.
        percent: Of the limit, 0 to 400; 0 takes it back.
        reason: Kept with the act.
        now: This moment.

    Raises:
        NotFoundError: No such account.
    """
    _hold_enrolments(session, user_id)
    user = session.get(User, user_id, populate_existing=True)
    if user is None:
        raise NotFoundError
    before, user.extra_time_percent = user.extra_time_percent, percent
    for attempt, limit in _running(session, user_id, now):
        promised = attempt.started_at + with_extra_time(limit, percent)
        attempt.deadline_at = max(attempt.deadline_at or promised, promised)
    audit.record(
        session,
        act="extra-time",
        thing=f"user:{user_id}",
        now=now,
        before=before,
        percent=percent,
        reason=reason,
    )


def add_minutes(
    session: Session,
    *,
    attempt_id: int,
    course_id: int,
    user_id: int,
    minutes: int,
    reason: str,
    now: datetime,
) -> None:
    """Give minutes to one attempt that is going on, as after a power cut.

    Raises:
        NotFoundError: This learner has no such attempt in the course.
        AttemptClosedError: It has no limit, or it is over.
    """
    _hold_enrolments(session, user_id)
    if not session.scalar(
        select(Attempt.id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(
            Attempt.id == attempt_id,
            Attempt.user_id == user_id,
            Enrolment.course_id == course_id,
        )
    ):
        raise NotFoundError
    running = {one.id: one for one, _ in _running(session, user_id, now)}
    attempt = running.get(attempt_id)
    if attempt is None or attempt.deadline_at is None:
        raise AttemptClosedError
    attempt.deadline_at += timedelta(minutes=minutes)
    audit.record(
        session,
        act="extra-minutes",
        thing=f"user:{user_id}",
        now=now,
        attempt=attempt_id,
        minutes=minutes,
        reason=reason,
    )


def _hold_enrolments(session: Session, user_id: int) -> None:
    """Let nobody start, save or close an attempt of this person meanwhile."""
    session.execute(
        select(Enrolment.id)
        .where(Enrolment.user_id == user_id)
        .order_by(Enrolment.id)
        .with_for_update()
    )


def _running(
    session: Session, user_id: int, now: datetime
) -> Sequence[tuple[Attempt, timedelta]]:
    """List the attempts of a person that go on, each with the limit of its quiz."""
    rows = session.execute(
        select(Attempt, Quiz.time_seconds)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(
            Attempt.user_id == user_id,
            Attempt.closed_at.is_(None),
            Attempt.deadline_at >= now - GRACE,
            Quiz.time_seconds.is_not(None),
        )
        .execution_options(populate_existing=True)
    )
    return [(attempt, timedelta(seconds=limit or 0)) for attempt, limit in rows]
