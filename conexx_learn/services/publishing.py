"""Publishing: a checked course becomes an immutable version that newcomers get."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.course import Competency, Course
from conexx_learn.domain.course_source import content_problem
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.markup import SANITISER_VERSION
from conexx_learn.domain.publication import RenderedCourse
from conexx_learn.domain.repairs import course_marks
from conexx_learn.models import catalogue as tables
from conexx_learn.models.course_reviews import VersionOrigin
from conexx_learn.models.insertion import insert_once
from conexx_learn.services import audit
from conexx_learn.services.rendering import render_anew
from conexx_learn.services.repair_notes import note_repair
from conexx_learn.services.version_storing import store_version


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing did.

    Attributes:
        slug: Of the course.
        version: Such as `1.0`, the one that is live now.
        changed: False when the folder says what is live already.
        module_count: Modules of the version.
        quiz_count: Quizzes, the final included.
    """

    slug: str
    version: str
    changed: bool
    module_count: int
    quiz_count: int


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for a version that is published from the browser.

    Attributes:
        published_by: Who published it.
        approved_by: The second person; None where the coordination allowed one alone.
        note: Why, for who works on the course.
    """

    published_by: int
    approved_by: int | None
    note: str


def publish_course(
    session: Session,
    course: Course,
    rendered: RenderedCourse,
    *,
    competencies: dict[str, Competency],
    change_note: dict[str, str],
    now: datetime,
    signature: Signature | None = None,
) -> Publication:
    """Store a version and make it live; the same content again changes nothing.

    What was withdrawn stays so until it is put back, or until something newer comes.

    Args:
        session: Where to write.
        course: Free of errors.
        rendered: Of the same course, made outside of the transaction.
        competencies: Code to competency, whose titles the certificates copy.
        change_note: Language to one sentence for learners.
        now: This moment.
        signature: Who answers for it; None for a command.

    Raises:
        ContentError: The content changed and its version was not raised (E016).
    """
    row = _course_row(session, course.slug, now)
    live = session.scalar(
        select(tables.CourseVersion)
        .join(
            tables.LiveVersion,
            tables.LiveVersion.course_version_id == tables.CourseVersion.id,
        )
        .where(tables.LiveVersion.course_id == row.id)
    )
    if live is not None:
        if live.content_hash == course.content_hash:
            if live.sanitiser_version != SANITISER_VERSION:
                render_anew(session, live, rendered)
            return unchanged_publication(course)
        _refuse_unraised(live, course)
    newest = _newest(session, row.id)
    if newest is not None and newest is not live:
        if newest.content_hash == course.content_hash:
            return unchanged_publication(course)
        _refuse_unraised(newest, course)
    version = store_version(
        session, row, course, rendered, competencies, change_note, now
    )
    if signature is not None:
        _sign(session, version.id, signature)
    make_live(session, row.id, version.id)
    note_repair(
        session,
        course_id=row.id,
        version_id=version.id,
        marks=course_marks(course),
        now=now,
    )
    audit.record(
        session,
        act="publish",
        thing=f"course:{course.slug}:{label(course.version)}",
        now=now,
    )
    return _publication(course, changed=True)


def label(version: tuple[int, int]) -> str:
    """Write a version: 1.0."""
    return f"{version[0]}.{version[1]}"


def unchanged_publication(course: Course) -> Publication:
    """Say that a folder holds what is live already."""
    return _publication(course, changed=False)


def _publication(course: Course, *, changed: bool) -> Publication:
    quizzes = sum(bool(module.quizzes) for module in course.modules)
    return Publication(
        course.slug,
        label(course.version),
        changed,
        len(course.modules),
        quizzes + bool(course.finals),
    )


def _refuse_unraised(live: tables.CourseVersion, course: Course) -> None:
    problem = content_problem(course, (live.major, live.minor), live.content_hash)
    if problem is not None:
        raise ContentError("content-refused", problems=[problem])


def _course_row(session: Session, slug: str, now: datetime) -> tables.Course:
    insert_once(session, tables.Course, slug=slug, created_at=now)
    return session.scalars(
        select(tables.Course).where(tables.Course.slug == slug).with_for_update()
    ).one()


def _newest(session: Session, course_id: int) -> tables.CourseVersion | None:
    """Return the version with the highest number; it may not be the live one."""
    return session.scalar(
        select(tables.CourseVersion)
        .where(tables.CourseVersion.course_id == course_id)
        .order_by(tables.CourseVersion.major.desc(), tables.CourseVersion.minor.desc())
        .limit(1)
    )


def base_version(session: Session, slug: str) -> tables.CourseVersion | None:
    """Return the version that a draft is compared with: live, else newest."""
    is_live = tables.LiveVersion.course_version_id == tables.CourseVersion.id
    return session.scalar(
        select(tables.CourseVersion)
        .join(tables.Course, tables.Course.id == tables.CourseVersion.course_id)
        .outerjoin(tables.LiveVersion, is_live)
        .where(tables.Course.slug == slug)
        .order_by(
            tables.LiveVersion.course_id.is_(None),
            tables.CourseVersion.major.desc(),
            tables.CourseVersion.minor.desc(),
        )
        .limit(1)
    )


def _sign(session: Session, version_id: int, signature: Signature) -> None:
    session.add(
        VersionOrigin(
            course_version_id=version_id,
            published_by=signature.published_by,
            approved_by=signature.approved_by,
            note=signature.note,
        )
    )


def make_live(session: Session, course_id: int, version_id: int) -> None:
    """Let newcomers get a version; who has begun another stays on it."""
    live = session.get(tables.LiveVersion, course_id)
    if live is None:
        live = tables.LiveVersion(course_id=course_id, course_version_id=version_id)
        session.add(live)
    live.course_version_id = version_id
    session.flush()
