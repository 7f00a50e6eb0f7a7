"""Versions of a course compared: read again as they were published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from conexx_learn.domain.course import Course
from conexx_learn.domain.course_changes import CourseChanges, course_changes
from conexx_learn.domain.course_source.versions import content_hash
from conexx_learn.domain.errors import RuleError
from conexx_learn.queries.course_versions import stored_version
from conexx_learn.services.course_checking import check_files

COURSES_KEPT = 4
CHANGES_KEPT = 8


@dataclass(frozen=True)
class CourseFiles:
    """The files of a course, equal where they hold the same."""

    slug: str
    files: Mapping[str, bytes]
    homes: Sequence[Path]
    today: date

    @property
    def digest(self) -> str:
        """Return the hash of everything in them."""
        return content_hash(self.files)

    def __hash__(self) -> int:
        return hash((self.slug, self.digest))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CourseFiles) and (self.slug, self.digest) == (
            other.slug,
            other.digest,
        )


def version_files(
    session: Session, *, slug: str, version_id: int, homes: Sequence[Path], today: date
) -> CourseFiles:
    """Return the files of a version.

    Raises:
        NotFoundError: There is no such version.
        RuleError: Its files were not kept, so that it cannot be compared.
    """
    stored = stored_version(session, version_id=version_id)
    if not stored.files:
        raise RuleError("version-not-kept", version=stored.label)
    return CourseFiles(slug, stored.files, homes, today)


def base_files(
    session: Session,
    *,
    slug: str,
    version_id: int | None,
    homes: Sequence[Path],
    today: date,
) -> CourseFiles | None:
    """Return the files of the version that a draft goes on from.

    None where there is no such version, or its files were not kept.
    """
    if version_id is None:
        return None
    stored = stored_version(session, version_id=version_id)
    return CourseFiles(slug, stored.files, homes, today) if stored.files else None


@lru_cache(maxsize=COURSES_KEPT)
def course_as_read(files: CourseFiles) -> Course:
    """Read a course of which the check found nothing wrong when it was kept.

    Raises:
        RuleError: The check of today refuses what an earlier one let through.
    """
    checked = check_files(
        files.files, slug=files.slug, homes=files.homes, today=files.today
    )
    if checked.course is None:
        raise RuleError("version-not-readable")
    return checked.course


@lru_cache(maxsize=CHANGES_KEPT)
def compared(before: CourseFiles | None, after: CourseFiles) -> CourseChanges:
    """Compare two courses; the same two again cost nothing.

    Raises:
        RuleError: One of them can no longer be read.
    """
    former = course_as_read(before) if before else None
    return course_changes(former, course_as_read(after))
