"""A course as its authors see it: its folder, and what was changed in the browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository as repository
from conexx_learn.domain.drafts import fingerprint, moved_beneath
from conexx_learn.domain.errors import ContentError, NotFoundError
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.domain.problems import Problem
from conexx_learn.queries.drafts import ChangedFile, changed_files, draft_revision


@dataclass(frozen=True, slots=True)
class Draft:
    """A course folder as its authors see it.

    Attributes:
        slug: Of the course.
        folder: Where it lies; None for a course that was never published.
        files: Path inside the folder to content.
        changed: The files that differ from the folder.
        beneath: Those of them whose original changed in the folder since.
        revision: Grows with each change in the browser; 0 without any.
        refusal: Why the folder cannot be read; nothing can be saved then.
    """

    slug: str
    folder: Path | None
    files: Mapping[str, bytes]
    changed: Mapping[str, ChangedFile]
    beneath: frozenset[str]
    revision: int
    refusal: tuple[Problem, ...] = ()

    def sha256(self, path: str) -> str | None:
        """Return the fingerprint of a file; None where there is none."""
        content = self.files.get(path)
        return None if content is None else fingerprint(content)


def course_folder(slug: str, homes: Sequence[Path]) -> Path | None:
    """Find the folder of a course; the first home that has one wins."""
    if not is_slug(slug):
        return None
    folders = (home / slug for home in homes)
    return next((folder for folder in folders if folder.is_dir()), None)


def draft_of(session: Session, *, slug: str, homes: Sequence[Path]) -> Draft:
    """Return a course as its authors see it; at most two statements.

    Raises:
        NotFoundError: There is neither a folder nor a draft of this name.
    """
    folder = course_folder(slug, homes)
    revision = draft_revision(session, slug) if is_slug(slug) else None
    if folder is None and revision is None:
        raise NotFoundError
    changed = changed_files(session, [slug])[slug] if revision is not None else {}
    return _draft(slug, folder, changed, revision or 0)


def drafts_of(
    session: Session, revisions: Mapping[str, int], *, homes: Sequence[Path]
) -> list[Draft]:
    """Return several courses with changes as their authors see them; one statement.

    Args:
        session: Where to read.
        revisions: Slug to revision of each, as `drafts_begun` tells it.
        homes: Folders of courses.
    """
    changed = changed_files(session, sorted(revisions)) if revisions else {}
    return [
        _draft(slug, course_folder(slug, homes), changed[slug], revision)
        for slug, revision in sorted(revisions.items())
    ]


def _draft(
    slug: str, folder: Path | None, changed: Mapping[str, ChangedFile], revision: int
) -> Draft:
    lying, refusal = _lying(folder)
    return Draft(
        slug,
        folder,
        _laid_over(lying, changed),
        changed,
        _moved(lying, changed),
        revision,
        refusal,
    )


def _lying(folder: Path | None) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Read a folder; one that holds a link or too much is told, not opened."""
    if folder is None:
        return {}, ()
    try:
        return repository.read_folder(folder), ()
    except ContentError as error:
        return {}, error.problems


def folder_content(draft: Draft, path: str) -> bytes:
    """Return what a file of the folder holds, whatever lies over it; empty for none."""
    lying = repository.read_folder(draft.folder) if draft.folder else {}
    return lying.get(path, b"")


def _laid_over(
    lying: Mapping[str, bytes], changed: Mapping[str, ChangedFile]
) -> dict[str, bytes]:
    files = {path: content for path, content in lying.items() if path not in changed}
    for path, file in changed.items():
        if file.content is not None:
            files[path] = file.content
    return dict(sorted(files.items()))


def _moved(
    lying: Mapping[str, bytes], changed: Mapping[str, ChangedFile]
) -> frozenset[str]:
    entries = {path: file.entry for path, file in changed.items()}
    hashes = {path: fingerprint(lying[path]) for path in entries if path in lying}
    return moved_beneath(entries, hashes)


def is_taken(session: Session, *, slug: str, homes: Sequence[Path]) -> bool:
    """Say whether there is a course of this name, as a folder or as a draft."""
    return bool(course_folder(slug, homes)) or draft_revision(session, slug) is not None
