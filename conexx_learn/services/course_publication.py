"""From course folders to live versions: check, make, store, each course by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from conexx_learn.domain.course import Competency
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.markup import SANITISER_VERSION
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.publication import render_course
from conexx_learn.models.catalogue import Course, CourseVersion, LiveVersion
from conexx_learn.services.course_checking import (
    PROJECT_COURSES,
    CheckedCourse,
    read_courses,
)
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.glossary import glossary_names
from conexx_learn.services.publishing import (
    Publication,
    publish_course,
    unchanged_publication,
)
from conexx_learn.services.unit_of_work import reading, unit_of_work


@dataclass(frozen=True, slots=True)
class FolderOutcome:
    """What became of one course folder.

    Attributes:
        slug: Of the course.
        publication: None where the published course stays as it was.
        problems: What stands in the way; empty after a publication.
    """

    slug: str
    publication: Publication | None
    problems: tuple[Problem, ...]


def publish_folder(
    path: Path, *, change_note: dict[str, str], now: datetime
) -> Iterator[FolderOutcome]:
    """Publish a course, or every course of a folder; one in error keeps none back.

    Raises:
        ContentError: There is no course there.
    """
    checked = read_courses(path, today=now.date())
    with unit_of_work() as session:
        load_standards(session, competencies=checked.competencies, now=now)
    for course in checked.courses:
        yield _publish(course, checked.competencies, change_note, now)


def _publish(
    checked: CheckedCourse,
    competencies: dict[str, Competency],
    change_note: dict[str, str],
    now: datetime,
) -> FolderOutcome:
    course = checked.course
    if course is None:
        errors = [p for p in checked.problems if p.severity is Severity.ERROR]
        return FolderOutcome(checked.slug, None, tuple(errors))
    live = live_rendering(course.slug)
    if live == (course.content_hash, SANITISER_VERSION):
        return FolderOutcome(course.slug, unchanged_publication(course), ())
    rendered = render_course(course, glossary_names(PROJECT_COURSES))
    try:
        with unit_of_work() as session:
            publication = publish_course(
                session,
                course,
                rendered,
                competencies=competencies,
                change_note=change_note,
                now=now,
            )
    except ContentError as error:
        return FolderOutcome(course.slug, None, error.problems)
    return FolderOutcome(course.slug, publication, ())


def live_rendering(slug: str) -> tuple[str, str] | None:
    """Return content hash and cleaner of a course's live version; None without one."""
    row = (
        reading()
        .execute(
            select(CourseVersion.content_hash, CourseVersion.sanitiser_version)
            .join(LiveVersion, LiveVersion.course_version_id == CourseVersion.id)
            .join(Course, Course.id == LiveVersion.course_id)
            .where(Course.slug == slug)
        )
        .first()
    )
    return (row.content_hash, row.sanitiser_version) if row else None
