"""Reads of what learners wrote in tasks, and of who may read it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.folder import Folder, FolderCourse, Sheet
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    LiveVersion,
    Module,
    ModuleText,
)
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.folder import FolderShare, ModuleWork
from conexx_learn.models.institutions import Membership

MOST_COLLEAGUES = 500


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may read a folder, or might be asked to.

    Attributes:
        id: The person, whether reader or owner.
        name: Theirs.
        share_id: None where nothing is shared.
        since: When it was shared.
    """

    id: int
    name: str
    share_id: int | None = None
    since: datetime | None = None


def folder_of(session: Session, *, user_id: int, lang: str) -> Folder:
    """Return the folder of a person, titles in the reader's language; two statements.

    It has the courses that the person is enrolled in or wrote in, in the version that
    they stand on, with every task of them; what was begun first comes first.
    """
    owner = session.scalars(select(User.full_name).where(User.id == user_id)).one()
    courses: dict[str, list[Sheet]] = {}
    titles: dict[str, tuple[str, str]] = {}
    for row in session.execute(_sheets(user_id, lang)):
        sheets = courses.setdefault(row.slug, [])
        titles.setdefault(row.slug, (row.course_title, row.course_lang))
        if sheets and sheets[-1].module == row.module:
            continue  # The same module in a language further from the reader's.
        sheets.append(
            Sheet(
                module=row.module,
                ordinal=row.number,
                title=row.task_title or row.module_title,
                lang=row.lang,
                text=row.sheet or "",
                saved_at=row.saved_at,
            )
        )
    return Folder(
        owner,
        tuple(
            FolderCourse(slug, *titles[slug], tuple(sheets))
            for slug, sheets in courses.items()
        ),
    )


def _sheets(user_id: int, lang: str) -> Any:  # noqa: ANN401 (a select of labels)
    """Select every task of a person's courses, the best language first."""
    newest = aliased(Enrolment)
    cycle = (
        select(func.max(newest.cycle))
        .where(newest.user_id == user_id, newest.course_id == Course.id)
        .correlate(Course)
        .scalar_subquery()
    )
    wrote = select(ModuleWork.course_id).where(
        ModuleWork.user_id == user_id, ModuleWork.sheet != ""
    )
    title = aliased(CourseText)
    best = (
        select(title.lang)
        .where(title.course_version_id == CourseVersion.id)
        .order_by(case((title.lang == lang, 0), else_=1), title.lang)
        .limit(1)
        .correlate(CourseVersion)
        .scalar_subquery()
    )
    return (
        select(
            Course.slug.label("slug"),
            CourseText.title.label("course_title"),
            CourseText.lang.label("course_lang"),
            Module.slug.label("module"),
            Module.number.label("number"),
            ModuleText.title.label("module_title"),
            ModuleText.task_title.label("task_title"),
            ModuleText.lang.label("lang"),
            ModuleWork.sheet.label("sheet"),
            ModuleWork.saved_at.label("saved_at"),
        )
        .select_from(Course)
        .outerjoin(LiveVersion, LiveVersion.course_id == Course.id)
        .outerjoin(
            Enrolment,
            and_(
                Enrolment.course_id == Course.id,
                Enrolment.user_id == user_id,
                Enrolment.cycle == cycle,
            ),
        )
        .join(
            CourseVersion,
            CourseVersion.id
            == func.coalesce(
                Enrolment.course_version_id, LiveVersion.course_version_id
            ),
        )
        .join(
            CourseText,
            and_(
                CourseText.course_version_id == CourseVersion.id,
                CourseText.lang == best,
            ),
        )
        .join(Module, Module.course_version_id == CourseVersion.id)
        .join(ModuleText, ModuleText.module_id == Module.id)
        .outerjoin(
            ModuleWork,
            and_(
                ModuleWork.user_id == user_id,
                ModuleWork.course_id == Course.id,
                ModuleWork.module_slug == Module.slug,
            ),
        )
        .where(
            Module.task_minutes > 0,
            or_(Enrolment.id.is_not(None), Course.id.in_(wrote)),
        )
        .order_by(
            _begun(user_id),
            Course.id,
            Module.number,
            case((ModuleText.lang == lang, 0), else_=1),
            ModuleText.lang,
        )
    )


def _begun(user_id: int) -> ColumnElement[Any]:
    """Select when a person enrolled in a course or wrote in it, whichever came first.

    Of a sheet only its newest save is known: the oldest of a course's sheets tells.
    """
    began = _earliest(user_id, Enrolment, Enrolment.started_at)
    wrote = _earliest(user_id, ModuleWork, ModuleWork.saved_at)
    return case((or_(wrote.is_(None), began <= wrote), began), else_=wrote)


def _earliest(
    user_id: int,
    table: type[Enrolment | ModuleWork],
    moment: InstrumentedAttribute[Any],
) -> ColumnElement[Any]:
    return (
        select(func.min(moment))
        .where(table.user_id == user_id, table.course_id == Course.id)
        .correlate(Course)
        .scalar_subquery()
    )


def readers_of(session: Session, *, owner_id: int) -> list[Reader]:
    """List whom somebody shows their folder, by name; one statement.

    Also who left and cannot read it today, so that it can be ended for good.
    """
    rows = session.execute(
        select(User.id, User.full_name, FolderShare.id, FolderShare.shared_at)
        .join(User, User.id == FolderShare.reader_id)
        .where(FolderShare.owner_id == owner_id, FolderShare.ended_at.is_(None))
        .order_by(User.full_name, User.id)
    )
    return [Reader(*row) for row in rows]


def folders_shown_to(session: Session, *, reader_id: int, today: date) -> list[Reader]:
    """List whose folders somebody may read, by name; one statement."""
    rows = session.execute(
        select(User.id, User.full_name, FolderShare.id, FolderShare.shared_at)
        .join(User, User.id == FolderShare.owner_id)
        .where(*_opens(reader_id, today))
        .order_by(User.full_name, User.id)
    )
    return [Reader(*row) for row in rows]


def shown_folder_owner(
    session: Session, *, share_id: int, reader_id: int, today: date
) -> int:
    """Return whose folder a share opens to its reader.

    Raises:
        NotFoundError: There is no such share, it is another's, it was ended, or one of
            the two has left the institution that they shared.
    """
    owner = session.scalar(
        select(FolderShare.owner_id).where(
            FolderShare.id == share_id, *_opens(reader_id, today)
        )
    )
    if owner is None:
        raise NotFoundError
    return owner


def _opens(reader_id: int, today: date) -> tuple[ColumnElement[bool], ...]:
    """Select the shares that open a folder to a reader today."""
    return (
        FolderShare.reader_id == reader_id,
        FolderShare.ended_at.is_(None),
        _are_colleagues(FolderShare.owner_id, FolderShare.reader_id, today),
    )


def _are_colleagues(
    one: InstrumentedAttribute[int], other: InstrumentedAttribute[int], today: date
) -> ColumnElement[bool]:
    """Say whether two people belong to one institution today."""
    mine, theirs = aliased(Membership), aliased(Membership)
    return exists().where(
        mine.user_id == one,
        theirs.user_id == other,
        mine.institution_id == theirs.institution_id,
        *_lasts(mine, today),
        *_lasts(theirs, today),
    )


def colleagues_of(session: Session, *, user_id: int, today: date) -> list[Reader]:
    """List who belongs to an institution of a person's today, by name.

    Who cannot sign in yet is no reader.
    """
    mine, theirs = aliased(Membership), aliased(Membership)
    rows = session.execute(
        select(User.id, User.full_name)
        .join(theirs, theirs.user_id == User.id)
        .join(mine, mine.institution_id == theirs.institution_id)
        .where(
            mine.user_id == user_id,
            User.id != user_id,
            User.active.is_(True),
            User.password.is_not(None),
            *_lasts(mine, today),
            *_lasts(theirs, today),
        )
        .distinct()
        .order_by(User.full_name, User.id)
        .limit(MOST_COLLEAGUES)
    )
    return [Reader(*row) for row in rows]


def _lasts(membership: Any, today: date) -> tuple[Any, ...]:  # noqa: ANN401 (an alias of a table)
    return (
        membership.from_on <= today,
        or_(membership.to_on.is_(None), membership.to_on >= today),
    )
