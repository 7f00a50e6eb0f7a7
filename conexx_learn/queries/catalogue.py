"""Reads of one published course: its page, its modules, its files."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Row, String, and_, bindparam, case, select
from sqlalchemy.orm import Session

from conexx_learn.domain.catalogue import (
    CoursePage,
    CoursePlace,
    ModulePage,
    QuizPlace,
)
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.folder import OwnWork
from conexx_learn.domain.progress import Outline
from conexx_learn.domain.reading_sections import ModuleReading, module_reading
from conexx_learn.models.catalogue import (
    Course,
    CourseMedia,
    CourseText,
    CourseVersion,
    MediaFile,
    Module,
    ModuleText,
)
from conexx_learn.models.folder import ModuleWork
from conexx_learn.queries.kept_reads import KeptReads
from conexx_learn.queries.outlines import outline
from conexx_learn.queries.places import LANG, PLACE, READER, place_of

TEXTS_KEPT = 512

COURSE_PAGE = (
    PLACE.add_columns(CourseText)
    .join(CourseText, CourseText.course_version_id == CourseVersion.id)
    .order_by(case((CourseText.lang == LANG, 0), else_=1), CourseText.lang)
)
"""Adds the public page in every language, the reader's first."""

MODULE_PAGE = (
    PLACE.add_columns(
        Module.id.label("module_id"),
        Module.content_hash.label("module_hash"),
        ModuleText.lang.label("text_lang"),
        select(CourseText.title)
        .where(CourseText.course_version_id == CourseVersion.id)
        .order_by(case((CourseText.lang == LANG, 0), else_=1), CourseText.lang)
        .limit(1)
        .correlate(CourseVersion)
        .scalar_subquery()
        .label("course_title"),
        ModuleWork.sheet.label("sheet"),
        ModuleWork.save_number.label("sheet_save_number"),
        ModuleWork.saved_at.label("sheet_saved_at"),
        ModuleWork.checks.label("checks"),
    )
    .join(Module, Module.course_version_id == CourseVersion.id)
    .join(ModuleText, ModuleText.module_id == Module.id)
    .outerjoin(
        ModuleWork,
        and_(
            ModuleWork.user_id == READER,
            ModuleWork.course_id == Course.id,
            ModuleWork.module_slug == Module.slug,
        ),
    )
    .where(Module.slug == bindparam("module", type_=String))
    .order_by(case((ModuleText.lang == LANG, 0), else_=1), ModuleText.lang)
    .limit(1)
)
"""Adds one module in the best language, its course's title, and the reader's work."""

MODULE_TEXT = select(ModuleText).where(
    ModuleText.module_id == bindparam("module_id", type_=Integer),
    ModuleText.lang == LANG,
)


def course_place(session: Session, *, slug: str, user_id: int | None) -> CoursePlace:
    """Return the version that a reader stands on.

    Raises:
        NotFoundError: No such course, or withdrawn and not theirs.
    """
    row = session.execute(PLACE, {"course": slug, "user_id": user_id}).first()
    if row is None:
        raise NotFoundError
    return place_of(row)


def course_page(
    session: Session, *, slug: str, user_id: int | None, lang: str
) -> CoursePage:
    """Return the public page of a course; three statements at most.

    Raises:
        NotFoundError: As `course_place`.
    """
    values = {"course": slug, "user_id": user_id, "lang": lang}
    rows = session.execute(COURSE_PAGE, values).all()
    if not rows:
        raise NotFoundError
    place, text = place_of(rows[0]), rows[0].CourseText
    return CoursePage(
        place=place,
        title=text.title,
        summary=text.summary,
        lang=text.lang,
        languages=tuple(sorted(row.CourseText.lang for row in rows)),
        outcomes=text.outcomes,
        body_html=text.body_html,
        outline=outline_of(session, place, lang),
    )


def outline_of(session: Session, place: CoursePlace, lang: str) -> Outline:
    """Return the outline of a place; one statement, or two with an enrolment."""
    return outline(
        session,
        version_id=place.version_id,
        content_hash=place.content_hash,
        lang=lang,
        enrolment_id=place.enrolment_id,
        final_minutes=place.final_minutes,
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A module in one language, as it was published."""

    title: str
    reading: ModuleReading
    self_checks: list[Any]
    task_title: str


_texts: KeptReads[tuple[int, str, str], _Text] = KeptReads(TEXTS_KEPT)


def module_page(
    session: Session, *, course: str, module: str, user_id: int | None, lang: str
) -> ModulePage:
    """Return a module to read; three statements, more where it was not read before.

    A published text never changes, so it is kept in memory.

    Raises:
        NotFoundError: No such course, or no such module in the reader's version.
    """
    values = {"course": course, "module": module, "user_id": user_id, "lang": lang}
    row = session.execute(MODULE_PAGE, values).first()
    if row is None:
        raise NotFoundError
    place = place_of(row)
    text = _texts.value(
        (row.module_id, row.module_hash, row.text_lang),
        lambda: _module_text(session, row.module_id, row.text_lang),
    )
    return ModulePage(
        place=place,
        course_title=row.course_title,
        module_id=row.module_id,
        slug=module,
        title=text.title,
        lang=row.text_lang,
        reading=text.reading,
        self_checks=text.self_checks,
        task_title=text.task_title,
        work=_work(row),
        outline=outline_of(session, place, lang),
    )


def _work(row: Row[*tuple[Any, ...]]) -> OwnWork:
    if row.sheet is None:
        return OwnWork()
    return OwnWork(row.sheet, row.sheet_save_number, row.sheet_saved_at, row.checks)


def reading_in(session: Session, page: ModulePage, lang: str) -> ModuleReading:
    """Return the text of a module in another language; one statement, then none.

    It is empty where the module has none in that language.
    """
    here = page.outline.module(page.slug)
    if here is None:
        return ModuleReading()
    return _texts.value(
        (page.module_id, here.content_hash, lang),
        lambda: _module_text(session, page.module_id, lang),
    ).reading


def _module_text(session: Session, module_id: int, lang: str) -> _Text:
    values = {"module_id": module_id, "lang": lang}
    row = session.scalars(MODULE_TEXT, values).one_or_none()
    if row is None:
        return _Text("", ModuleReading(), [], "")
    reading = module_reading(row.segments, row.headings)
    return _Text(row.title, reading, row.self_checks, row.task_title)


def quiz_place(
    session: Session, *, course: str, module: str | None, user_id: int, lang: str
) -> QuizPlace:
    """Return a quiz with its rules and attempts; three statements.

    Raises:
        NotFoundError: No such course, module or quiz in the reader's version.
    """
    page = course_page(session, slug=course, user_id=user_id, lang=lang)
    found = page.outline.module(module) if module else None
    quiz = found.quiz if found else (page.outline.final if module is None else None)
    if quiz is None:
        raise NotFoundError
    return QuizPlace(
        place=page.place,
        course_title=page.title,
        module_slug=module,
        pass_percent=quiz.rules.pass_percent,
        outline=page.outline,
    )


def course_modules(
    session: Session, *, version_id: int, lang: str
) -> list[tuple[int, ModuleText]]:
    """Return number and text of every module, in order, for the offline copy."""
    rows = session.execute(
        select(Module.number, ModuleText)
        .join(ModuleText, ModuleText.module_id == Module.id)
        .where(Module.course_version_id == version_id)
        .order_by(Module.number, case((ModuleText.lang == lang, 0), else_=1))
    )
    first: dict[int, ModuleText] = {}
    for number, text in rows:
        first.setdefault(number, text)
    return sorted(first.items())


def media_file(session: Session, *, sha256: str) -> tuple[str, bytes]:
    """Return kind and content of a published image or PDF.

    Raises:
        NotFoundError: No course shows such a file.
    """
    row = session.execute(
        select(MediaFile.mime, MediaFile.content).where(MediaFile.sha256 == sha256)
    ).first()
    if row is None:
        raise NotFoundError
    return row[0], row[1]


def version_media(session: Session, *, version_id: int) -> dict[str, tuple[str, bytes]]:
    """Return hash to kind and content of every file that a version shows."""
    rows = session.execute(
        select(MediaFile.sha256, MediaFile.mime, MediaFile.content)
        .join(CourseMedia, CourseMedia.sha256 == MediaFile.sha256)
        .where(CourseMedia.course_version_id == version_id)
    )
    return {sha: (mime, content) for sha, mime, content in rows}
