"""The verbs of a course in the making: begin, save, bring, go back, settle.

A draft is the course's folder with the files laid over it that were changed in the
browser. Who works on the folder itself, with an editor or git, sees their changes here
at once; who works here changes no folder before publication.
"""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository as repository
from conexx_learn.domain.course_editing.outline import Changes
from conexx_learn.domain.course_source import skeleton
from conexx_learn.domain.drafts import fingerprint
from conexx_learn.domain.errors import (
    ContentError,
    EditConflictError,
    NotFoundError,
    RuleError,
)
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.domain.problems import Problem
from conexx_learn.models import drafts as tables
from conexx_learn.models.insertion import insert_once
from conexx_learn.queries.drafts import is_kept, kept_content
from conexx_learn.services import audit
from conexx_learn.services.draft_reading import course_folder, draft_of
from conexx_learn.services.draft_writing import (
    DraftAct,
    draft_row,
    hold,
    keep_step,
    laid_files,
    step_before,
    steps_together,
    write,
)


def begin_course(session: Session, by: DraftAct, *, source_language: str) -> None:
    """Begin a course with the skeleton that passes the check; one is its author.

    Raises:
        ContentError: The slug is none.
        RuleError: There is a course of this name.
    """
    texts = skeleton(by.slug, source_language=source_language)
    begin_with(session, by, {path: text.encode() for path, text in texts.items()})


def begin_with(session: Session, by: DraftAct, files: Mapping[str, bytes]) -> None:
    """Begin a course with files that were brought; one is its author.

    Raises:
        ContentError: The slug is none, or a name or a size is not allowed.
        RuleError: There is a course of this name.
    """
    if not is_slug(by.slug):
        facts = {"variant": "folder", "name": by.slug[:80], "meant": ""}
        problem = Problem(by.slug[:80], 1, 1, "E007", facts)
        raise ContentError("content-refused", problems=(problem,))
    if course_folder(by.slug, by.homes) or not insert_once(
        session, tables.Draft, slug=by.slug, begun_at=by.now, revision=0
    ):
        raise RuleError("course-taken", slug=by.slug)
    insert_once(
        session,
        tables.CourseAuthor,
        slug=by.slug,
        user_id=by.user_id,
        since=by.now,
    )
    bring_files(session, by, files)
    audit.record(session, act="draft-begin", thing=f"course:{by.slug}", now=by.now)


def save_file(
    session: Session,
    by: DraftAct,
    *,
    path: str,
    content: bytes,
    seen: str | None,
    is_autosave: bool = False,
    is_merged: bool = False,
) -> str:
    """Save a file that somebody edited, unless somebody else saved it meanwhile.

    Args:
        session: Where to write.
        by: Who, on which course, when.
        path: Of the file, inside the folder.
        content: What it shall hold.
        seen: Fingerprint of what the editor began with; None for a new file.
        is_autosave: Whether nobody asked for it; such steps are put together.
        is_merged: Whether it takes into account what lies in the folder now.

    Returns:
        Fingerprint of what it holds now.

    Raises:
        NotFoundError: No such course.
        ContentError: The name or the size is not allowed; nothing was stored.
        EditConflictError: It holds something else than what the editor began with.
    """
    row = hold(session, by)
    current = draft_of(session, slug=by.slug, homes=by.homes).sha256(path)
    wanted = fingerprint(content)
    if current not in {seen, wanted}:
        raise EditConflictError(path=path, current=current)
    act = "autosave" if is_autosave else "save"
    write(session, row, {path: content}, by, act=act, is_merged=is_merged)
    return wanted


def bring_files(
    session: Session,
    by: DraftAct,
    files: Mapping[str, bytes | None],
    *,
    seen_revision: int | None = None,
) -> None:
    """Put several files into a draft, or remove them (None): all of it, or nothing.

    Args:
        session: Where to write.
        by: Who, on which course, when.
        files: Path to content.
        seen_revision: Revision of the draft that the change was made from; without
            it, whatever is there gives way.

    Raises:
        NotFoundError: No such course.
        ContentError: A name or a size is not allowed; nothing was stored.
        EditConflictError: The draft was changed since that revision.
    """
    row = hold(session, by)
    if seen_revision is not None and row.revision != seen_revision:
        raise EditConflictError(path="", current=None)
    write(session, row, files, by, act="bring")


def change_files(
    session: Session, by: DraftAct, change: Callable[[Mapping[str, bytes]], Changes]
) -> None:
    """Change a draft by a rule that sees all its files: all of it, or nothing.

    Args:
        session: Where to write.
        by: Who, on which course, when.
        change: Returns the files that change, by path; None for one that goes.

    Raises:
        NotFoundError: No such course.
        ContentError: A name or a size is not allowed; nothing was stored.
    """
    row = hold(session, by)
    files = draft_of(session, slug=by.slug, homes=by.homes).files
    write(session, row, change(files), by, act="bring")


def undo_bring(session: Session, by: DraftAct, *, step_id: int) -> None:
    """Take back a change of several files, where none was saved since.

    Args:
        session: Where to write.
        by: Who, on which course, when.
        step_id: Key of one of its steps.

    Raises:
        NotFoundError: The course has no such step.
        EditConflictError: One of the files was saved since.
    """
    row = hold(session, by)
    step = session.get(tables.DraftSave, step_id)
    if step is None or step.slug != by.slug or step.act != "bring":
        raise NotFoundError
    draft = draft_of(session, slug=by.slug, homes=by.homes)
    lying = repository.read_folder(draft.folder) if draft.folder else {}
    before: dict[str, bytes | None] = {}
    for one in steps_together(session, step):
        if draft.sha256(one.path) != one.sha256:
            raise EditConflictError(path=one.path, current=draft.sha256(one.path))
        earlier = step_before(session, one)
        before[one.path] = lying.get(one.path)
        if earlier is not None:
            sha256 = earlier.sha256
            before[one.path] = kept_content(session, sha256) if sha256 else None
    write(session, row, before, by, act="bring")


def go_back(session: Session, by: DraftAct, *, step_id: int, seen: str | None) -> str:
    """Give a file what it held at a step of its history; that is a new step.

    Args:
        session: Where to write.
        by: Who, on which course, when.
        step_id: Key of the step.
        seen: Fingerprint of what the file held when one chose to go back.

    Returns:
        The path of the file.

    Raises:
        NotFoundError: The course has no such step.
        EditConflictError: The file was saved meanwhile.
    """
    row = hold(session, by)
    step = session.get(tables.DraftSave, step_id)
    if step is None or step.slug != by.slug:
        raise NotFoundError
    current = draft_of(session, slug=by.slug, homes=by.homes).sha256(step.path)
    if current != seen:
        raise EditConflictError(path=step.path, current=current)
    content = kept_content(session, step.sha256) if step.sha256 else None
    write(session, row, {step.path: content}, by, act="save")
    return step.path


def keep_aside(session: Session, by: DraftAct, *, path: str, content: bytes) -> None:
    """Keep a text in the history of a file that stays as it is.

    Raises:
        NotFoundError: No such course.
        ContentError: The name or the size is not allowed; nothing was stored.
    """
    hold(session, by)
    keep_step(session, by, path=path, content=content)


def take_from_folder(session: Session, by: DraftAct, paths: Sequence[str]) -> None:
    """Let files be what they are in the folder again; their history keeps the rest.

    Raises:
        NotFoundError: No such course.
    """
    row = hold(session, by)
    draft = draft_of(session, slug=by.slug, homes=by.homes)
    lying = repository.read_folder(draft.folder) if draft.folder else {}
    files = {path: lying.get(path) for path in paths if path in draft.changed}
    write(session, row, files, by, act="save", is_merged=True)


def settle_published(
    session: Session, *, slug: str, published: Mapping[str, str]
) -> None:
    """Let go of the changes that a published folder holds; later ones stay.

    What stays was written over what is published now, so that nobody is asked to merge
    a text with an earlier state of itself.

    Args:
        session: Where to write.
        slug: Of the course.
        published: Path to fingerprint of everything that lies in the folder now.
    """
    row = draft_row(session, slug)
    if row is None:
        return
    for file in laid_files(session, row):
        lying = published.get(file.path)
        if file.sha256 == lying:
            session.delete(file)
        elif lying is None or is_kept(session, lying):
            file.base_sha256 = lying
    row.revision += 1
    session.flush()
