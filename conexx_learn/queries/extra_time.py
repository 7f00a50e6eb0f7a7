"""Reads for who grants more time: the learners of a course, and their open attempts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, exists, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Actor
from conexx_learn.domain.search import folded, search_words
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    LiveVersion,
    Quiz,
    QuizText,
)
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.trainer_scope import is_seen_by

MOST_READ = 5_000
MOST_LISTED = 50
MOST_GRANTS = 20


@dataclass(frozen=True, slots=True)
class CourseName:
    """A course as a trainer's page calls it."""

    id: int
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class LearnerTime:
    """A learner of a course.

    Attributes:
        user_id: Their account.
        full_name: Theirs.
        identity: E-mail address, else username.
        percent: What is added to every limit of theirs.
    """

    user_id: int
    full_name: str
    identity: str
    percent: int


@dataclass(frozen=True, slots=True)
class RunningAttempt:
    """An attempt with a time limit that is going on."""

    id: int
    quiz_title: str
    started_at: datetime
    deadline_at: datetime


@dataclass(frozen=True, slots=True)
class TimeGrant:
    """What was granted once.

    Attributes:
        at: When.
        by: Name of who did; None for a command or an account that is gone.
        percent: Of every limit from then on; None where minutes were given.
        minutes: For one attempt; None where a percentage was set.
        reason: Why; may be empty.
    """

    at: datetime
    by: str | None
    percent: int | None
    minutes: int | None
    reason: str


def named_course(session: Session, *, slug: str, lang: str) -> CourseName:
    """Return a published course by its address.

    Raises:
        NotFoundError: There is none.
    """
    row = session.execute(
        select(Course.id, Course.slug, CourseText.title)
        .join(LiveVersion, LiveVersion.course_id == Course.id)
        .join(CourseText, CourseText.course_version_id == LiveVersion.course_version_id)
        .where(Course.slug == slug)
        .order_by(case((CourseText.lang == lang, 0), else_=1), CourseText.lang)
        .limit(1)
    ).first()
    if row is None:
        raise NotFoundError
    return CourseName(row.id, row.slug, row.title)


def learners_of(
    session: Session, *, course_id: int, actor: Actor, query: str, today: date
) -> list[LearnerTime]:
    """List learners of a course by name, who have more time first; one statement.

    A trainer of an institution sees its people, one of the whole platform everybody,
    and none themselves: one's own time is another trainer's to grant.
    """
    words = search_words(query)
    rows = session.execute(
        _learners(course_id, actor, today)
        .order_by(User.extra_time_percent.desc(), User.full_name, User.id)
        .limit(MOST_READ)
    )
    found = [_learner(row) for row in rows]
    fitting = [
        one
        for one in found
        if all(word in folded(f"{one.full_name} {one.identity}") for word in words)
    ]
    return fitting[:MOST_LISTED]


def learner_of(
    session: Session, *, course_id: int, actor: Actor, user_id: int, today: date
) -> LearnerTime:
    """Return one of them.

    Raises:
        NotFoundError: Not a learner of this course, or not one that the actor sees.
    """
    statement = _learners(course_id, actor, today).where(User.id == user_id)
    row = session.execute(statement).first()
    if row is None:
        raise NotFoundError
    return _learner(row)


def running_attempts(
    session: Session, *, course_id: int, user_id: int, lang: str, now: datetime
) -> list[RunningAttempt]:
    """List the attempts of a learner in a course that have time left."""
    title = (
        select(QuizText.title)
        .where(QuizText.quiz_id == Quiz.id)
        .order_by(case((QuizText.lang == lang, 0), else_=1), QuizText.lang)
        .limit(1)
        .correlate(Quiz)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Attempt.id, title.label("title"), Attempt.started_at, Attempt.deadline_at
        )
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(
            Enrolment.course_id == course_id,
            Attempt.user_id == user_id,
            Attempt.closed_at.is_(None),
            Attempt.deadline_at > now,
        )
        .order_by(Attempt.id)
    )
    return [
        RunningAttempt(row.id, row.title, row.started_at, row.deadline_at)
        for row in rows
    ]


def time_grants(session: Session, *, user_id: int) -> list[TimeGrant]:
    """List what was granted to somebody, the newest first."""
    rows = session.execute(
        select(AuditEntry.at, AuditEntry.facts, User.full_name)
        .outerjoin(User, User.id == AuditEntry.user_id)
        .where(
            AuditEntry.thing == f"user:{user_id}",
            AuditEntry.act.in_(("extra-time", "extra-minutes")),
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(MOST_GRANTS)
    )
    return [
        TimeGrant(
            at=row.at,
            by=row.full_name,
            percent=row.facts.get("percent"),
            minutes=row.facts.get("minutes"),
            reason=row.facts.get("reason") or "",
        )
        for row in rows
    ]


def _learners(course_id: int, actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    enrolled = exists().where(
        Enrolment.user_id == User.id, Enrolment.course_id == course_id
    )
    return select(
        User.id, User.full_name, User.email, User.username, User.extra_time_percent
    ).where(
        User.active.is_(True),
        User.id != actor.user_id,
        enrolled,
        is_seen_by(actor, today),
    )


def _learner(row: Any) -> LearnerTime:  # noqa: ANN401 (a row of the statement above)
    return LearnerTime(
        user_id=row.id,
        full_name=row.full_name,
        identity=row.email or row.username or "",
        percent=row.extra_time_percent,
    )
