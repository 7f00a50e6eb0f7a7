"""What the files of a course said at some time, to find what a translation follows."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course, CourseVersion
from conexx_learn.models.drafts import Draft, DraftBlob, DraftFile, DraftSave

MOST_VERSIONS = 40
"""Published versions that are looked through, the newest first."""

MOST_STEPS = 400
"""Steps of files in the making that are looked through, the newest first."""


def published_texts(session: Session, slug: str) -> Iterator[Mapping[str, str]]:
    """Give path to text of each published version, the newest first; one statement."""
    rows = session.scalars(
        select(CourseVersion.sources)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Course.slug == slug)
        .order_by(CourseVersion.id.desc())
        .limit(MOST_VERSIONS)
    )
    yield from rows


def kept_texts(session: Session, slug: str, paths: Collection[str]) -> list[bytes]:
    """List what some files held while they were edited in the browser; one statement.

    Both what was saved and what lay in the folder when an edit began.
    """
    steps = (
        select(DraftSave.sha256)
        .where(DraftSave.slug == slug, DraftSave.path.in_(paths))
        .order_by(DraftSave.id.desc())
        .limit(MOST_STEPS)
        .subquery()
    )
    bases = (
        select(DraftFile.base_sha256)
        .join(Draft, Draft.id == DraftFile.draft_id)
        .where(Draft.slug == slug, DraftFile.path.in_(paths))
    )
    wanted = union(select(steps.c.sha256), bases).subquery()
    rows = session.scalars(
        select(DraftBlob.content)
        .join(wanted, wanted.c.sha256 == DraftBlob.sha256)
        .order_by(DraftBlob.sha256)
    )
    return list(rows)
