"""What a learner's own page shows: their courses."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from conexx_learn.domain.catalogue import CoursePage
from conexx_learn.models.catalogue import Course, CourseText
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.catalogue import course_page


@dataclass(frozen=True, slots=True)
class StartedCourse:
    """A course that a learner has begun.

    Attributes:
        slug: In its address.
        title: In the reader's language.
        started_at: When they enrolled.
        ended_at: When they completed it, or None.
    """

    slug: str
    title: str
    started_at: datetime
    ended_at: datetime | None


def started_courses(
    session: Session, *, user_id: int, lang: str
) -> list[StartedCourse]:
    """Return the learner's courses, the newest first; one statement."""
    title = (
        select(CourseText.title)
        .where(CourseText.course_version_id == Enrolment.course_version_id)
        .order_by(case((CourseText.lang == lang, 0), else_=1), CourseText.lang)
        .limit(1)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Course.slug, title, Enrolment.started_at, Enrolment.ended_at)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.user_id == user_id)
        .order_by(Enrolment.started_at.desc(), Enrolment.id.desc())
    )
    newest: dict[str, StartedCourse] = {}
    for slug, text, started_at, ended_at in rows:
        newest.setdefault(slug, StartedCourse(slug, text or slug, started_at, ended_at))
    return list(newest.values())


def next_course(
    session: Session, *, courses: list[StartedCourse], user_id: int, lang: str
) -> CoursePage | None:
    """Return the page of the course to go on with: the newest that is not over."""
    for course in courses:
        if course.ended_at is None:
            return course_page(session, slug=course.slug, user_id=user_id, lang=lang)
    return None
