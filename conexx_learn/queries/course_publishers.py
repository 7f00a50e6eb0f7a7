"""Who published the live versions in the browser, as the trace of acts knows it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.catalogue import Course, CourseVersion, LiveVersion


@dataclass(frozen=True, slots=True)
class PublishedByPerson:
    """A live version that somebody published in the browser.

    Attributes:
        slug: Of the course.
        version: Such as `1.2`.
        change_note: Language to the sentence for learners.
        published_at: When.
        full_name: Who published it.
        email: Their address; None without one.
        username: Empty without one.
    """

    slug: str
    version: str
    change_note: dict[str, str]
    published_at: datetime
    full_name: str
    email: str | None
    username: str


def published_by_people(session: Session) -> tuple[PublishedByPerson, ...]:
    """List the live versions that people published, by slug; one statement.

    What a command published has nobody in the trace and is left out.
    """
    label = cast(CourseVersion.major, String) + "." + cast(CourseVersion.minor, String)
    thing = "course:" + Course.slug + ":" + label
    last = (
        select(func.max(AuditEntry.id))
        .where(AuditEntry.act == "publish", AuditEntry.thing == thing)
        .correlate(Course, CourseVersion)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Course.slug,
            CourseVersion.major,
            CourseVersion.minor,
            CourseVersion.change_note,
            CourseVersion.published_at,
            User.full_name,
            User.email,
            User.username,
        )
        .join(LiveVersion, LiveVersion.course_id == Course.id)
        .join(CourseVersion, CourseVersion.id == LiveVersion.course_version_id)
        .join(AuditEntry, AuditEntry.id == last)
        .join(User, User.id == AuditEntry.user_id)
        .order_by(Course.slug)
    )
    return tuple(
        PublishedByPerson(
            row.slug,
            f"{row.major}.{row.minor}",
            dict(row.change_note),
            row.published_at,
            row.full_name,
            row.email,
            row.username or "",
        )
        for row in rows
    )
