"""The files of a published version, as they go into a course folder again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import (
    Course,
    CourseMedia,
    CourseVersion,
    MediaFile,
)


def version_labels(session: Session, slug: str) -> tuple[str, ...]:
    """List the versions of a course, the newest first; one statement."""
    rows = session.execute(
        select(CourseVersion.major, CourseVersion.minor)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Course.slug == slug)
        .order_by(CourseVersion.major.desc(), CourseVersion.minor.desc())
    )
    return tuple(f"{row.major}.{row.minor}" for row in rows)


def version_files(
    session: Session, *, slug: str, major: int, minor: int
) -> dict[str, bytes] | None:
    """Return path to content of a version, line ends as LF; two statements.

    Returns:
        None where there is no such version.
    """
    row = session.execute(
        select(CourseVersion.id, CourseVersion.sources)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(
            Course.slug == slug,
            CourseVersion.major == major,
            CourseVersion.minor == minor,
        )
    ).first()
    if row is None:
        return None
    media = session.execute(
        select(CourseMedia.name, MediaFile.content)
        .join(MediaFile, MediaFile.sha256 == CourseMedia.sha256)
        .where(CourseMedia.course_version_id == row.id)
        .order_by(CourseMedia.name)
    )
    texts = {path: text.encode() for path, text in dict(row.sources).items()}
    return texts | {f"media/{name}": content for name, content in media}
