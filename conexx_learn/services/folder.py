"""What learners write in tasks: saved, shown to colleagues, taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.folder import sheet_text
from conexx_learn.models.folder import FolderShare, ModuleWork
from conexx_learn.models.insertion import insert_once
from conexx_learn.queries.catalogue import course_place, outline_of
from conexx_learn.queries.folder import colleagues_of
from conexx_learn.services import audit


@dataclass(frozen=True, slots=True)
class SheetSave:
    """What became of a save.

    Attributes:
        text: What is stored now.
        save_number: How often it was saved by now.
        saved_at: When it was.
        is_behind: The page did not know the text that is stored: nothing was changed.
    """

    text: str
    save_number: int
    saved_at: datetime | None
    is_behind: bool = False


def save_sheet(
    session: Session,
    *,
    course: str,
    module: str,
    user_id: int,
    lang: str,
    text: str,
    known: int,
    now: datetime,
) -> SheetSave:
    """Keep the text of a task, unless another page saved a newer one.

    Args:
        session: Where to write.
        course: Slug.
        module: Slug.
        user_id: Whose.
        lang: Of the page.
        text: As typed.
        known: The save number that the page knew of.
        now: The moment.

    Raises:
        NotFoundError: No such course, or no task in such a module.
        ShapeError: The text is too long.
    """
    typed = sheet_text(text)
    work = held_work(session, course=course, module=module, user_id=user_id, lang=lang)
    if work.save_number != known and work.sheet != typed:
        return SheetSave(work.sheet, work.save_number, work.saved_at, is_behind=True)
    if work.sheet != typed:
        work.sheet = typed
        work.save_number += 1
        work.saved_at = now
    return SheetSave(work.sheet, work.save_number, work.saved_at)


def held_work(
    session: Session,
    *,
    course: str,
    module: str,
    user_id: int,
    lang: str,
    needs_task: bool = True,
) -> ModuleWork:
    """Return a learner's row of a module, made where there is none, and hold it.

    Raises:
        NotFoundError: No such course or module, or it gives no task and needs one.
    """
    place = course_place(session, slug=course, user_id=user_id)
    found = outline_of(session, place, lang).module(module)
    if found is None or (needs_task and not found.task_minutes):
        raise NotFoundError
    insert_once(
        session,
        ModuleWork,
        user_id=user_id,
        course_id=place.course_id,
        module_slug=module,
        sheet="",
        save_number=0,
        saved_at=None,
        checks={},
    )
    return session.scalars(
        select(ModuleWork)
        .where(
            ModuleWork.user_id == user_id,
            ModuleWork.course_id == place.course_id,
            ModuleWork.module_slug == module,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def share_folder(
    session: Session, *, owner_id: int, reader_id: int, now: datetime
) -> str:
    """Let a colleague read the folder; safe to repeat.

    Returns:
        The colleague's name.

    Raises:
        NotFoundError: They are no colleague.
    """
    known = colleagues_of(session, user_id=owner_id, today=now.date())
    name = next((one.name for one in known if one.id == reader_id), None)
    if name is None:
        raise NotFoundError
    made = insert_once(
        session,
        FolderShare,
        owner_id=owner_id,
        reader_id=reader_id,
        shared_at=now,
        ended_at=None,
    )
    if made:
        audit.record(session, act="folder-share", thing=f"user:{reader_id}", now=now)
    return name


def end_share(session: Session, *, owner_id: int, share_id: int, now: datetime) -> None:
    """Stop showing the folder to somebody; safe to repeat.

    Raises:
        NotFoundError: It is not a share of this person.
    """
    row = session.scalars(
        select(FolderShare).where(
            FolderShare.id == share_id, FolderShare.owner_id == owner_id
        )
    ).first()
    if row is None:
        raise NotFoundError
    if row.ended_at is None:
        row.ended_at = now
        audit.record(
            session, act="folder-unshare", thing=f"user:{row.reader_id}", now=now
        )


def forget_folder(session: Session, *, user_id: int, now: datetime) -> None:
    """Erase what somebody wrote, and end what was shown by them or to them."""
    session.execute(delete(ModuleWork).where(ModuleWork.user_id == user_id))
    session.execute(
        update(FolderShare)
        .where(
            or_(FolderShare.owner_id == user_id, FolderShare.reader_id == user_id),
            FolderShare.ended_at.is_(None),
        )
        .values(ended_at=now)
    )
