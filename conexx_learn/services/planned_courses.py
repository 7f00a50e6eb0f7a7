"""Announcing courses that are not written yet; the demonstration alone does."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.planned_courses import planned_courses
from conexx_learn.domain.markup import SANITISER_VERSION
from conexx_learn.domain.planned_courses import (
    IN_PREPARATION,
    PlannedCourse,
    PlannedModule,
)
from conexx_learn.domain.search import folded
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    LiveVersion,
    Module,
    ModuleText,
)
from conexx_learn.models.competencies import Competency
from conexx_learn.services import audit

ANNOUNCED = (0, 1)
"""Version of an announcement: lower than any that a course folder may have."""

QUARTERS = 4
SOURCE_LANGUAGE = "es"


def publish_planned_courses(
    session: Session,
    *,
    now: datetime,
    planned: Sequence[PlannedCourse] | None = None,
) -> tuple[str, ...]:
    """Announce the courses of which there is no version at all; twice is once.

    Args:
        session: Where to write; the competencies are there.
        now: This moment.
        planned: None for those that ship.

    Returns:
        Slugs of those that this call announced.
    """
    known = set(
        session.scalars(
            select(Course.slug).join(
                CourseVersion, CourseVersion.course_id == Course.id
            )
        )
    )
    competencies = {row.code: row.titles for row in session.scalars(select(Competency))}
    announced = []
    for course in planned_courses() if planned is None else planned:
        if course.slug not in known:
            _announce(session, course, competencies, now)
            announced.append(course.slug)
    return tuple(announced)


def _announce(
    session: Session,
    course: PlannedCourse,
    competencies: Mapping[str, Mapping[str, str]],
    now: datetime,
) -> None:
    row = session.scalar(select(Course).where(Course.slug == course.slug))
    if row is None:
        row = Course(slug=course.slug, created_at=now)
        session.add(row)
        session.flush()
    version = CourseVersion(
        course_id=row.id,
        major=ANNOUNCED[0],
        minor=ANNOUNCED[1],
        content_hash=course.content_hash,
        sanitiser_version=SANITISER_VERSION,
        published_at=now,
        source_language=SOURCE_LANGUAGE,
        quarter_hours=int(course.hours * QUARTERS),
        access=IN_PREPARATION,
        validity_months=course.validity_months,
        eqf_level=course.eqf_level,
        final_minutes=None,
        byte_count=0,
        facts={
            "grants": [
                {
                    "competency": code,
                    "level": level,
                    "titles": dict(competencies[code]),
                }
                for code, level in course.grants
            ],
            "outcomes": [],
            "prerequisites": list(course.prerequisites),
            "assessment": ["quiz"],
            "participation": "online",
            "quality_assurance": None,
            "supervision": None,
            "ects": None,
        },
        change_note={},
        sources={},
    )
    session.add(version)
    session.flush()
    session.add_all(_texts(course, version.id))
    for number, module in enumerate(course.modules, start=1):
        _store_module(session, version, number, module)
    session.add(LiveVersion(course_id=row.id, course_version_id=version.id))
    session.flush()
    audit.record(session, act="announce", thing=f"course:{course.slug}", now=now)


def _texts(course: PlannedCourse, version_id: int) -> list[CourseText]:
    return [
        CourseText(
            course_version_id=version_id,
            lang=lang,
            title=title,
            summary=course.summaries[lang],
            outcomes={},
            body_html="",
            search_text=folded(
                " ".join(
                    [
                        title,
                        course.summaries[lang],
                        *(module.titles[lang] for module in course.modules),
                    ]
                )
            ),
        )
        for lang, title in course.titles.items()
    ]


def _store_module(
    session: Session, version: CourseVersion, number: int, module: PlannedModule
) -> None:
    row = Module(
        course_version_id=version.id,
        number=number,
        slug=module.slug,
        minutes=module.minutes,
        quiz_minutes=0,
        task_minutes=0,
        required=True,
        valid_until=None,
        # No module of a course that is written later counts as the same one.
        content_hash=version.content_hash,
    )
    session.add(row)
    session.flush()
    session.add_all(
        ModuleText(
            module_id=row.id,
            lang=lang,
            title=title,
            segments=[],
            headings=[],
            self_checks=[],
            byte_count=0,
        )
        for lang, title in module.titles.items()
    )
