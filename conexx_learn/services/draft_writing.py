"""Files laid over a course's folder: held by one at a time, with their history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository as repository
from conexx_learn.adapters.course_archive import MOST_ENTRIES, is_safe_path
from conexx_learn.domain.course_source.file_names import file_name
from conexx_learn.domain.course_source.source_files import (
    COURSE_LIMIT,
    LIMITS,
    over_limit,
)
from conexx_learn.domain.errors import ContentError, NotFoundError
from conexx_learn.domain.problems import Problem
from conexx_learn.models import drafts as tables
from conexx_learn.models.insertion import insert_once
from conexx_learn.services.draft_reading import Draft, course_folder, draft_of
from conexx_learn.services.kept_contents import keep_content

AUTOSAVES_TOGETHER = timedelta(minutes=10)
"""Autosaves of one person within this time are one step of a file's history."""

LARGEST_OTHER = 256 * 1024
"""Bytes of a file that is no part of the course, such as `REVIEW.md`."""


@dataclass(frozen=True, slots=True)
class DraftAct:
    """Who changes which course, and when.

    Attributes:
        slug: Of the course.
        homes: Folders of courses.
        user_id: Who changes it.
        now: This moment.
    """

    slug: str
    homes: Sequence[Path]
    user_id: int
    now: datetime


def draft_row(session: Session, slug: str) -> tables.Draft | None:
    """Hold the row of a draft; None where nothing was changed in the browser."""
    return session.scalar(
        select(tables.Draft).where(tables.Draft.slug == slug).with_for_update()
    )


def laid_files(session: Session, row: tables.Draft) -> list[tables.DraftFile]:
    """List the files that lie over the folder, by path."""
    return list(
        session.scalars(
            select(tables.DraftFile)
            .where(tables.DraftFile.draft_id == row.id)
            .order_by(tables.DraftFile.path)
        )
    )


def hold(session: Session, by: DraftAct) -> tables.Draft:
    """Hold the draft of a course, begun here where its folder is all there is.

    Raises:
        NotFoundError: There is neither a folder nor a draft of this name.
    """
    if course_folder(by.slug, by.homes):
        insert_once(session, tables.Draft, slug=by.slug, begun_at=by.now, revision=0)
    row = draft_row(session, by.slug)
    if row is None:
        raise NotFoundError
    return row


def write(
    session: Session,
    row: tables.Draft,
    files: Mapping[str, bytes | None],
    by: DraftAct,
    *,
    act: str,
    is_merged: bool = False,
) -> None:
    """Lay files over the folder, and note each step; the row is held.

    Args:
        session: Where to write.
        row: Held, so that nobody else writes.
        files: Path to content, or to None for a file that goes.
        by: Who, when.
        act: `autosave`, `save` or `bring`.
        is_merged: Whether they take into account what lies in the folder now.

    Raises:
        ContentError: A name or a size is not allowed; nothing was stored.
    """
    before = draft_of(session, slug=by.slug, homes=by.homes)
    if before.refusal:
        raise ContentError("content-refused", problems=before.refusal)
    changed = {
        path: content
        for path, content in sorted(files.items())
        if before.files.get(path) != content
    }
    problems = unsound_problems(before, changed)
    if problems:
        raise ContentError("content-refused", problems=problems)
    lying = repository.read_folder(before.folder) if before.folder else {}
    entries = {file.path: file for file in laid_files(session, row)}
    for path in sorted(files) if is_merged else changed:
        content, there = files[path], lying.get(path)
        entry = entries.get(path) or tables.DraftFile(draft_id=row.id, path=path)
        if path not in before.beneath or is_merged:
            entry.base_sha256 = _kept(session, there, by.now)
        entry.sha256 = _kept(session, content, by.now)
        entry.saved_by, entry.saved_at = by.user_id, by.now
        _lay(session, entry, is_needed=content != there)
        _note(session, path, entry.sha256, by, act)
    row.revision += bool(changed)
    session.flush()


def keep_step(session: Session, by: DraftAct, *, path: str, content: bytes) -> None:
    """Note a text as a step of a file's history, and let the file be as it is.

    Raises:
        ContentError: The name or the size is not allowed; nothing was stored.
    """
    if problem := _file_problem(path, content):
        raise ContentError("content-refused", problems=(problem,))
    _add_step(session, path, keep_content(session, content, by.now), by, "save")
    session.flush()


def _kept(session: Session, content: bytes | None, now: datetime) -> str | None:
    return None if content is None else keep_content(session, content, now)


def _lay(session: Session, entry: tables.DraftFile, *, is_needed: bool) -> None:
    """Keep a file beside the folder; the same as in the folder needs no keeping."""
    if is_needed:
        session.add(entry)
    elif entry in session:
        session.delete(entry)


def _note(
    session: Session, path: str, sha256: str | None, by: DraftAct, act: str
) -> None:
    """Add a step to the history of a file; autosaves of one sitting are one step."""
    last = session.scalar(
        select(tables.DraftSave)
        .where(tables.DraftSave.slug == by.slug, tables.DraftSave.path == path)
        .order_by(tables.DraftSave.id.desc())
        .limit(1)
    )
    if last is not None and act != "bring" and _goes_on(last, by):
        last.sha256, last.act, last.saved_at = sha256, act, by.now
        return
    _add_step(session, path, sha256, by, act)


def _add_step(
    session: Session, path: str, sha256: str | None, by: DraftAct, act: str
) -> None:
    step = tables.DraftSave(slug=by.slug, path=path, sha256=sha256, act=act)
    step.saved_by, step.saved_at = by.user_id, by.now
    session.add(step)


def _goes_on(last: tables.DraftSave, by: DraftAct) -> bool:
    is_same_sitting = by.now - last.saved_at < AUTOSAVES_TOGETHER
    return last.act == "autosave" and last.saved_by == by.user_id and is_same_sitting


def steps_together(session: Session, step: tables.DraftSave) -> list[tables.DraftSave]:
    """List the steps that were made in one act, by path."""
    return list(
        session.scalars(
            select(tables.DraftSave)
            .where(
                tables.DraftSave.slug == step.slug,
                tables.DraftSave.act == step.act,
                tables.DraftSave.saved_by == step.saved_by,
                tables.DraftSave.saved_at == step.saved_at,
            )
            .order_by(tables.DraftSave.path)
        )
    )


def step_before(session: Session, step: tables.DraftSave) -> tables.DraftSave | None:
    """Return the step of the same file before one; None for its first."""
    return session.scalar(
        select(tables.DraftSave)
        .where(
            tables.DraftSave.slug == step.slug,
            tables.DraftSave.path == step.path,
            tables.DraftSave.id < step.id,
        )
        .order_by(tables.DraftSave.id.desc())
        .limit(1)
    )


def unsound_problems(
    before: Draft, changed: Mapping[str, bytes | None]
) -> tuple[Problem, ...]:
    """List the names and sizes that keep files from being laid over a course."""
    after = {**before.files, **changed}
    kept = {path: content for path, content in after.items() if content is not None}
    problems = [
        problem
        for path, content in sorted(changed.items())
        if content is not None and (problem := _file_problem(path, content))
    ]
    total = sum(map(len, kept.values()))
    if total > COURSE_LIMIT:
        problems.append(over_limit("course.toml", total, COURSE_LIMIT, "course"))
    if len(kept) > MOST_ENTRIES:
        facts = {"variant": "archive-entries", "limit": str(MOST_ENTRIES)}
        problems.append(Problem("course.toml", 1, 1, "E008", facts))
    return tuple(problems)


def _file_problem(path: str, content: bytes) -> Problem | None:
    """Refuse what no folder could hold; what the check finds may be saved."""
    if not is_safe_path(path) or any(part.startswith(".") for part in path.split("/")):
        facts = {"name": path[:80], "variant": "draft-path"}
        return Problem(path[:80], 1, 1, "E007", facts)
    most = LIMITS.get(file_name(path).kind, LARGEST_OTHER)
    if len(content) > most:
        return over_limit(path, len(content), most)
    return None
