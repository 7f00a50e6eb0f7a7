"""Whether newcomers may begin a course: withdrawn, and offered again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.models.catalogue import Course, CourseVersion, LiveVersion
from conexx_learn.models.course_reviews import LiveVersionChange
from conexx_learn.services import audit
from conexx_learn.services.publishing import label, make_live


def withdraw_course(
    session: Session, *, slug: str, reason: str, user_id: int | None, now: datetime
) -> None:
    """Take a course out of the catalogue; who has begun it goes on with it.

    Raises:
        NotFoundError: No such course.
        RuleError: It is withdrawn already.
    """
    course = _held(session, slug)
    live = session.get(LiveVersion, course.id)
    if live is None:
        raise RuleError("offer-withdrawn")
    version = session.get_one(CourseVersion, live.course_version_id)
    session.delete(live)
    _note(session, version, "withdraw", reason, user_id, now)
    _record(session, "course-withdraw", slug, version, now)


def offer_version(
    session: Session,
    *,
    slug: str,
    version_id: int,
    reason: str,
    user_id: int | None,
    now: datetime,
) -> None:
    """Let newcomers begin a version of a course, whichever it is.

    Raises:
        NotFoundError: No such course, or it has no such version.
        RuleError: It is the live one already.
    """
    course = _held(session, slug)
    version = session.get(CourseVersion, version_id)
    if version is None or version.course_id != course.id:
        raise NotFoundError
    live = session.get(LiveVersion, course.id)
    if live is not None and live.course_version_id == version_id:
        raise RuleError("offer-live")
    make_live(session, course.id, version_id)
    _note(session, version, "restore", reason, user_id, now)
    _record(session, "course-offer", slug, version, now)


def withdrawn_courses(session: Session) -> frozenset[str]:
    """Name the courses that somebody withdrew, which no start may bring back."""
    return frozenset(
        session.scalars(
            select(Course.slug)
            .join(LiveVersionChange, LiveVersionChange.course_id == Course.id)
            .outerjoin(LiveVersion, LiveVersion.course_id == Course.id)
            .where(LiveVersion.course_id.is_(None))
        )
    )


def _held(session: Session, slug: str) -> Course:
    """Hold a course, so that it is not published meanwhile."""
    course = session.scalar(select(Course).where(Course.slug == slug).with_for_update())
    if course is None:
        raise NotFoundError
    return course


def _note(
    session: Session,
    version: CourseVersion,
    act: str,
    reason: str,
    user_id: int | None,
    now: datetime,
) -> None:
    session.add(
        LiveVersionChange(
            course_id=version.course_id,
            course_version_id=version.id,
            act=act,
            reason=reason,
            changed_by=user_id,
            changed_at=now,
        )
    )
    session.flush()


def _record(
    session: Session, act: str, slug: str, version: CourseVersion, now: datetime
) -> None:
    shown = label((version.major, version.minor))
    audit.record(session, act=act, thing=f"course:{slug}:{shown}", now=now)
