"""Courses as ZIP files: what authors have now, and what was published."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository as repository
from conexx_learn.domain.course_parcels import parcel_changes
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.queries.accounts import account_by_identity
from conexx_learn.queries.version_files import version_files
from conexx_learn.services.course_checking import brought_course
from conexx_learn.services.draft_reading import draft_of, is_taken
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.drafts import begin_with, bring_files

_LABEL = re.compile(r"(\d{1,6})\.(\d{1,6})", re.ASCII)


def draft_archive(session: Session, *, slug: str, homes: Sequence[Path]) -> bytes:
    """Write a course as its authors see it as a ZIP: the same bytes for the same files.

    Raises:
        NotFoundError: No such course.
        ContentError: Its folder cannot be read.
    """
    draft = draft_of(session, slug=slug, homes=homes)
    return repository.write_named_archive(slug, draft.files)


def version_archive(session: Session, *, slug: str, version: str) -> bytes:
    """Write a published version as a ZIP: its texts and media.

    Args:
        session: Where to read.
        slug: Of the course.
        version: Such as `1.2`.

    Raises:
        NotFoundError: It was never published.
    """
    label = _LABEL.fullmatch(version)
    if label is None:
        raise NotFoundError
    files = version_files(session, slug=slug, major=int(label[1]), minor=int(label[2]))
    if files is None:
        raise NotFoundError
    return repository.write_named_archive(slug, files)


def bring_from_disk(
    session: Session, file: Path, *, identity: str, homes: Sequence[Path], now: datetime
) -> tuple[str, int]:
    """Bring a ZIP file or a folder into the draft of its course, in somebody's name.

    Files that are not among those brought stay. A course that is not there begins, and
    is theirs.

    Returns:
        Slug of the course, and how many of its files changed.

    Raises:
        NotFoundError: There is no such account.
        ContentError: The file is missing or unsafe, or holds what no course may have.
    """
    person = account_by_identity(session, identity=identity.strip().casefold())
    if person is None:
        raise NotFoundError("user-unknown", identity=identity)
    slug, files = brought_course(file)
    by = DraftAct(slug, homes, person.id, now)
    if not is_taken(session, slug=slug, homes=homes):
        begin_with(session, by, files)
        return slug, len(files)
    draft = draft_of(session, slug=slug, homes=homes)
    changes = parcel_changes(draft.files, files, replaces_all=False)
    bring_files(session, by, changes.files)
    return slug, len(changes.files)


def write_draft_archive(
    session: Session, target: Path, *, slug: str, homes: Sequence[Path]
) -> int:
    """Write the ZIP of a draft to disk.

    Returns:
        How many files it holds.

    Raises:
        NotFoundError: No such course.
    """
    draft = draft_of(session, slug=slug, homes=homes)
    repository.write_course_archive(target, slug=slug, files=draft.files)
    return len(draft.files)
