"""The versions of a course: who published each and why, and what is in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Text, case, cast, func, select
from sqlalchemy.orm import Session, aliased, undefer

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import (
    Course,
    CourseMedia,
    CourseText,
    CourseVersion,
    LiveVersion,
    MediaFile,
    Module,
    ModuleText,
    Quiz,
    QuizText,
)
from conexx_learn.models.course_reviews import LiveVersionChange, VersionOrigin
from conexx_learn.models.enrolment import Enrolment

NOTHING = len("{}")
"""Length of the files of a version of which none were kept."""

Publisher, Approver = aliased(User), aliased(User)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a course.

    Attributes:
        id: Key.
        label: Such as `1.2`.
        published_at: When.
        publisher: Who; empty for a command, or after their account was erased.
        approver: The second person; empty where there was none.
        note: Why, for who works on the course.
        change_note: Language to the sentence for learners.
        learners: How many are on it now.
        is_live: Newcomers get it.
        is_written: Its files are kept, so that it can be compared.
    """

    id: int
    label: str
    published_at: datetime
    publisher: str
    approver: str
    note: str
    change_note: dict[str, Any]
    learners: int
    is_live: bool
    is_written: bool


@dataclass(frozen=True, slots=True)
class OfferChange:
    """The course was withdrawn, or a version of it offered again."""

    label: str
    act: str
    reason: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CourseHistory:
    """A course over all its versions.

    Attributes:
        course_id: Key.
        slug: In its address.
        titles: Language to title, of the newest version.
        versions: The newest first.
        offers: When it was withdrawn and offered again, the newest first.
    """

    course_id: int
    slug: str
    titles: dict[str, str]
    versions: tuple[VersionRow, ...]
    offers: tuple[OfferChange, ...]

    @property
    def live(self) -> VersionRow | None:
        """Return the version that newcomers get; None for a withdrawn course."""
        return next((one for one in self.versions if one.is_live), None)

    def version(self, label: str) -> VersionRow:
        """Return a version by its label.

        Raises:
            NotFoundError: There is no such version.
        """
        found = next((one for one in self.versions if one.label == label), None)
        if found is None:
            raise NotFoundError
        return found


def course_history(session: Session, *, slug: str) -> CourseHistory:
    """Return the versions of a course; three statements.

    Raises:
        NotFoundError: It was never published.
    """
    rows = session.execute(_VERSIONS.where(Course.slug == slug)).all()
    if not rows:
        raise NotFoundError
    titles = session.execute(
        select(CourseText.lang, CourseText.title)
        .where(CourseText.course_version_id == rows[0].id)
        .order_by(CourseText.lang)
    )
    return CourseHistory(
        course_id=rows[0].course_id,
        slug=slug,
        titles={row.lang: row.title for row in titles},
        versions=tuple(_version(row) for row in rows),
        offers=_offers(session, rows[0].course_id),
    )


_VERSIONS: Select[*tuple[Any, ...]] = (
    select(
        CourseVersion.id,
        CourseVersion.course_id,
        CourseVersion.major,
        CourseVersion.minor,
        CourseVersion.published_at,
        CourseVersion.change_note,
        (func.length(cast(CourseVersion.sources, Text)) > NOTHING).label("is_written"),
        VersionOrigin.note,
        Publisher.full_name.label("publisher"),
        Approver.full_name.label("approver"),
        LiveVersion.course_id.label("live"),
        select(func.count())
        .where(
            Enrolment.course_version_id == CourseVersion.id,
            Enrolment.ended_at.is_(None),
        )
        .correlate(CourseVersion)
        .scalar_subquery()
        .label("learners"),
    )
    .join(Course, Course.id == CourseVersion.course_id)
    .outerjoin(LiveVersion, LiveVersion.course_version_id == CourseVersion.id)
    .outerjoin(VersionOrigin, VersionOrigin.course_version_id == CourseVersion.id)
    .outerjoin(Publisher, Publisher.id == VersionOrigin.published_by)
    .outerjoin(Approver, Approver.id == VersionOrigin.approved_by)
    .order_by(CourseVersion.major.desc(), CourseVersion.minor.desc())
)


def _version(row: Row[*tuple[Any, ...]]) -> VersionRow:
    return VersionRow(
        id=row.id,
        label=f"{row.major}.{row.minor}",
        published_at=row.published_at,
        publisher=row.publisher or "",
        approver=row.approver or "",
        note=row.note or "",
        change_note=row.change_note,
        learners=row.learners,
        is_live=row.live is not None,
        is_written=bool(row.is_written),
    )


def _offers(session: Session, course_id: int) -> tuple[OfferChange, ...]:
    rows = session.execute(
        select(LiveVersionChange, CourseVersion.major, CourseVersion.minor)
        .add_columns(User.full_name)
        .join(CourseVersion, CourseVersion.id == LiveVersionChange.course_version_id)
        .outerjoin(User, User.id == LiveVersionChange.changed_by)
        .where(LiveVersionChange.course_id == course_id)
        .order_by(LiveVersionChange.id.desc())
    )
    return tuple(
        OfferChange(f"{major}.{minor}", row.act, row.reason, name or "", row.changed_at)
        for row, major, minor, name in rows
    )


def learner_count(session: Session, *, slug: str) -> int:
    """Count who has begun a course, in any version, and not ended it."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Enrolment)
            .join(Course, Course.id == Enrolment.course_id)
            .where(Course.slug == slug, Enrolment.ended_at.is_(None))
        )
        or 0
    )


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """What a version was published from.

    Attributes:
        id: Key.
        label: Such as `1.2`.
        content_hash: Of everything in it.
        files: Path to content, images included; empty where they were not kept.
    """

    id: int
    label: str
    content_hash: str
    files: dict[str, bytes]


def stored_version(session: Session, *, version_id: int) -> StoredVersion:
    """Return the files of a version; two statements.

    Raises:
        NotFoundError: There is no such version.
    """
    row = session.scalar(
        select(CourseVersion)
        .options(undefer(CourseVersion.sources))
        .where(CourseVersion.id == version_id)
    )
    if row is None:
        raise NotFoundError
    media = session.execute(
        select(CourseMedia.name, MediaFile.content)
        .join(MediaFile, MediaFile.sha256 == CourseMedia.sha256)
        .where(CourseMedia.course_version_id == version_id)
        .order_by(CourseMedia.name)
    )
    texts = {path: text.encode() for path, text in row.sources.items()}
    images = {f"media/{name}": content for name, content in media}
    files = {**texts, **images} if texts else {}
    return StoredVersion(row.id, f"{row.major}.{row.minor}", row.content_hash, files)


@dataclass(frozen=True, slots=True)
class ListedModule:
    """A module of a version, and its quiz.

    Attributes:
        slug: In its address; empty for the final quiz.
        number: From 1; 0 for the final quiz.
        title: In the best language.
        minutes: Of reading.
        question_count: Questions of an attempt; 0 without a quiz.
    """

    slug: str
    number: int
    title: str
    minutes: int
    question_count: int


def listed_modules(
    session: Session, *, version_id: int, lang: str
) -> tuple[ListedModule, ...]:
    """List the modules of a version in order; one statement."""
    rows = session.execute(
        select(Module, ModuleText.title, Quiz.question_count)
        .join(ModuleText, ModuleText.module_id == Module.id)
        .outerjoin(Quiz, Quiz.module_id == Module.id)
        .where(Module.course_version_id == version_id)
        .order_by(
            Module.number, case((ModuleText.lang == lang, 0), else_=1), ModuleText.lang
        )
    )
    found: dict[str, ListedModule] = {}
    for module, title, questions in rows:
        listed = ListedModule(
            module.slug, module.number, title, module.minutes, questions or 0
        )
        found.setdefault(module.slug, listed)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class ReadModule:
    """A module of any version, as it is read."""

    title: str
    lang: str
    content_hash: str
    module_id: int
    segments: list[Any]
    self_checks: list[Any]


def read_module(
    session: Session, *, version_id: int, module: str, lang: str
) -> ReadModule:
    """Return a module of a version in the best language; one statement.

    Raises:
        NotFoundError: The version has no such module.
    """
    row = session.execute(
        select(ModuleText, Module.content_hash)
        .join(Module, Module.id == ModuleText.module_id)
        .where(Module.course_version_id == version_id, Module.slug == module)
        .order_by(case((ModuleText.lang == lang, 0), else_=1), ModuleText.lang)
        .limit(1)
    ).first()
    if row is None:
        raise NotFoundError
    text = row.ModuleText
    return ReadModule(
        text.title,
        text.lang,
        row.content_hash,
        text.module_id,
        text.segments,
        text.self_checks,
    )


def quiz_document(
    session: Session, *, version_id: int, module: str | None, lang: str
) -> dict[str, Any] | None:
    """Return the quiz of a module, or the final; None where there is none."""
    place = Quiz.module_id.is_(None) if module is None else Module.slug == module
    return session.scalar(
        select(QuizText.document)
        .join(Quiz, Quiz.id == QuizText.quiz_id)
        .outerjoin(Module, Module.id == Quiz.module_id)
        .where(Quiz.course_version_id == version_id, place)
        .order_by(case((QuizText.lang == lang, 0), else_=1), QuizText.lang)
        .limit(1)
    )
