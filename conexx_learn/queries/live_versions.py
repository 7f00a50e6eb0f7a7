"""Which version of each course is live, for who writes them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course, CourseVersion, LiveVersion


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """The version of a course that newcomers get.

    Attributes:
        label: Such as `1.0`.
        content_hash: Of everything in it.
    """

    label: str
    content_hash: str


def live_versions(session: Session) -> dict[str, PublishedVersion]:
    """Return slug to live version; one statement."""
    rows = session.execute(
        select(
            Course.slug,
            CourseVersion.major,
            CourseVersion.minor,
            CourseVersion.content_hash,
        )
        .join(LiveVersion, LiveVersion.course_id == Course.id)
        .join(CourseVersion, CourseVersion.id == LiveVersion.course_version_id)
    )
    return {
        slug: PublishedVersion(f"{major}.{minor}", content_hash)
        for slug, major, minor, content_hash in rows
    }
