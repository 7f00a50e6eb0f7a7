"""What was changed of courses in the browser, and the way back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.drafts import DraftEntry
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import (
    Course,
    CourseMedia,
    CourseVersion,
    LiveVersion,
)
from conexx_learn.models.drafts import Draft, DraftBlob, DraftFile, DraftSave


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that differs from the one in the course's folder.

    Attributes:
        entry: What it holds, and what it was made from.
        content: None where it was removed.
        saved_by: Who changed it last; None after their account was erased.
        saved_at: When.
    """

    entry: DraftEntry
    content: bytes | None
    saved_by: int | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class SavedStep:
    """One step in the history of a file.

    Attributes:
        id: Key.
        sha256: What the file held then; None where it was removed.
        act: `autosave`, `save` or `bring`.
        person: Who saved it; empty after their account was erased.
        saved_at: When.
    """

    id: int
    sha256: str | None
    act: str
    person: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """The files of a live version.

    Attributes:
        texts: Path to text, its line ends made LF.
        media: Path to fingerprint.
    """

    texts: dict[str, str]
    media: dict[str, str]


def draft_revision(session: Session, slug: str) -> int | None:
    """Return how often a course was changed in the browser; None for never."""
    return session.scalar(select(Draft.revision).where(Draft.slug == slug))


def drafts_begun(session: Session) -> dict[str, int]:
    """Return every course with changes in the browser, and its revision."""
    rows = session.execute(select(Draft.slug, Draft.revision).order_by(Draft.slug))
    return {row.slug: row.revision for row in rows}


def changed_files(
    session: Session, slugs: Collection[str]
) -> dict[str, dict[str, ChangedFile]]:
    """Return slug to path to changed file of some courses; one statement."""
    rows = session.execute(
        select(Draft.slug, DraftFile, DraftBlob.content)
        .join(DraftFile, DraftFile.draft_id == Draft.id)
        .outerjoin(DraftBlob, DraftBlob.sha256 == DraftFile.sha256)
        .where(Draft.slug.in_(slugs))
        .order_by(Draft.slug, DraftFile.path)
    )
    found: dict[str, dict[str, ChangedFile]] = {slug: {} for slug in slugs}
    for slug, row, content in rows:
        found[slug][row.path] = ChangedFile(
            DraftEntry(row.sha256, row.base_sha256), content, row.saved_by, row.saved_at
        )
    return found


def kept_content(session: Session, sha256: str) -> bytes | None:
    """Return what a file of some draft held, by its fingerprint."""
    return session.scalar(select(DraftBlob.content).where(DraftBlob.sha256 == sha256))


def is_kept(session: Session, sha256: str) -> bool:
    """Say whether a content is kept, without reading it."""
    wanted = select(DraftBlob.sha256).where(DraftBlob.sha256 == sha256)
    return session.scalar(wanted) is not None


def steps_of(
    session: Session, *, slug: str, path: str, most: int
) -> tuple[SavedStep, ...]:
    """List the history of a file, the newest first."""
    rows = session.execute(
        select(DraftSave, User.full_name)
        .outerjoin(User, User.id == DraftSave.saved_by)
        .where(DraftSave.slug == slug, DraftSave.path == path)
        .order_by(DraftSave.id.desc())
        .limit(most)
    )
    return tuple(
        SavedStep(row.id, row.sha256, row.act, name or "", row.saved_at)
        for row, name in rows
    )


def last_bring(session: Session, *, slug: str, since: datetime) -> int | None:
    """Return the key of the newest change of several files, if nothing came after."""
    row = session.execute(
        select(DraftSave.id, DraftSave.act)
        .where(DraftSave.slug == slug, DraftSave.saved_at >= since)
        .order_by(DraftSave.id.desc())
        .limit(1)
    ).first()
    return row.id if row is not None and row.act == "bring" else None


def published_files(session: Session, slug: str) -> PublishedFiles | None:
    """Return the files of the live version of a course; two statements."""
    row = session.execute(
        select(CourseVersion.id, CourseVersion.sources)
        .join(LiveVersion, LiveVersion.course_version_id == CourseVersion.id)
        .join(Course, Course.id == LiveVersion.course_id)
        .where(Course.slug == slug)
    ).first()
    if row is None:
        return None
    media = session.execute(
        select(CourseMedia.name, CourseMedia.sha256)
        .where(CourseMedia.course_version_id == row.id)
        .order_by(CourseMedia.name)
    )
    return PublishedFiles(
        dict(row.sources), {f"media/{name}": digest for name, digest in media}
    )
