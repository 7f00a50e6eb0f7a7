"""From course folders to live versions: check, rehearse, make, store, one by one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from conexx_learn.domain.course import Competency
from conexx_learn.domain.course_source import content_problem
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.markup import SANITISER_VERSION
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.publication import render_course
from conexx_learn.domain.repairs import course_marks
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
    base_version,
    label,
    publish_course,
    unchanged_publication,
)
from conexx_learn.services.repair_preview import RepairPreview, repair_preview
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


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What publishing a course folder would do.

    Attributes:
        slug: Of the course.
        version: Such as `1.1`; empty where problems stand in the way.
        changed: Whether there would be a new version.
        preview: What it would do to results; None where problems stand in the way.
        problems: What stands in the way.
    """

    slug: str
    version: str
    changed: bool
    preview: RepairPreview | None
    problems: tuple[Problem, ...]


def rehearse_folder(path: Path, *, now: datetime) -> Iterator[Rehearsal]:
    """Say what publishing would do to each course, and write nothing.

    Raises:
        ContentError: There is no course there.
    """
    for checked in read_courses(path, today=now.date()).courses:
        yield _rehearsed(checked)


def _rehearsed(checked: CheckedCourse) -> Rehearsal:
    course = checked.course
    problems = [p for p in checked.problems if p.severity is Severity.ERROR]
    live = base_version(reading(), checked.slug) if course else None
    if course and live:
        raised = content_problem(course, (live.major, live.minor), live.content_hash)
        problems += [raised] if raised else []
    if course is None or problems:
        return Rehearsal(
            checked.slug,
            version="",
            changed=False,
            preview=None,
            problems=tuple(problems),
        )
    marks = course_marks(course)
    return Rehearsal(
        slug=course.slug,
        version=label(course.version),
        changed=live is None or live.content_hash != course.content_hash,
        preview=repair_preview(reading(), slug=course.slug, marks=marks),
        problems=(),
    )


def publish_folder(
    path: Path,
    *,
    change_note: dict[str, str],
    now: datetime,
    passed_over: Collection[str] = (),
) -> Iterator[FolderOutcome]:
    """Publish a course, or every course of a folder; one in error keeps none back.

    Args:
        path: The course, or the folder of courses.
        change_note: Language to one sentence for learners.
        now: This moment.
        passed_over: Slugs of courses that are left as they are.

    Raises:
        ContentError: There is no course there.
    """
    checked = read_courses(path, today=now.date())
    with unit_of_work() as session:
        load_standards(session, competencies=checked.competencies, now=now)
    for course in checked.courses:
        if course.slug in passed_over:
            continue
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
    live = live_version(slug)
    return (live.content_hash, live.sanitiser_version) if live else None


def live_version(slug: str) -> CourseVersion | None:
    """Return the live version of a course; None without one."""
    return reading().scalar(
        select(CourseVersion)
        .join(LiveVersion, LiveVersion.course_version_id == CourseVersion.id)
        .join(Course, Course.id == LiveVersion.course_id)
        .where(Course.slug == slug)
    )
