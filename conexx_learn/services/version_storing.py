"""The rows of a course version, added once and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from conexx_learn.domain.course import Competency, Course, Module
from conexx_learn.domain.markup import SANITISER_VERSION
from conexx_learn.domain.publication import RenderedCourse
from conexx_learn.domain.quiz import QuizSettings
from conexx_learn.models import catalogue as tables
from conexx_learn.models.insertion import insert_once
from conexx_learn.queries.work_rubrics import GRADED_WORK

QUARTERS = 4


def store_version(
    session: Session,
    row: tables.Course,
    course: Course,
    rendered: RenderedCourse,
    competencies: dict[str, Competency],
    change_note: dict[str, str],
    now: datetime,
) -> tables.CourseVersion:
    """Add a version with its texts, quizzes and images; it is not live yet."""
    version = tables.CourseVersion(
        course_id=row.id,
        major=course.version[0],
        minor=course.version[1],
        content_hash=course.content_hash,
        sanitiser_version=SANITISER_VERSION,
        published_at=now,
        source_language=course.source_language,
        quarter_hours=int(course.hours * QUARTERS),
        access=course.access,
        validity_months=course.validity_months,
        eqf_level=course.eqf_level,
        final_minutes=course.final_minutes,
        byte_count=rendered.byte_count,
        facts=_facts(course, competencies),
        change_note=change_note,
        sources=course.files,
    )
    session.add(version)
    session.flush()
    session.add_all(
        tables.CourseText(
            course_version_id=version.id,
            lang=lang,
            title=text.title,
            summary=text.summary,
            outcomes=text.outcomes,
            body_html=rendered.bodies[lang],
            search_text=rendered.search_texts[lang],
        )
        for lang, text in course.texts.items()
    )
    for module in course.modules:
        _store_module(session, version.id, module, rendered)
    _store_quiz(session, version.id, None, None, course.finals, rendered)
    _store_media(session, version.id, rendered)
    return version


def _facts(course: Course, competencies: dict[str, Competency]) -> dict[str, Any]:
    return {
        "grants": [
            {
                "competency": grant.competency,
                "level": grant.level,
                "titles": competencies[grant.competency].title,
            }
            for grant in course.grants
        ],
        "outcomes": list(course.outcomes),
        "prerequisites": list(course.prerequisites),
        "assessment": list(course.assessment),
        "participation": course.participation,
        "quality_assurance": course.quality_assurance,
        "supervision": course.supervision,
        "ects": str(course.ects) if course.ects is not None else None,
        GRADED_WORK: bool(course.rubric_md),
    }


def _store_module(
    session: Session, version_id: int, module: Module, rendered: RenderedCourse
) -> None:
    row = tables.Module(
        course_version_id=version_id,
        number=module.number,
        slug=module.slug,
        minutes=module.minutes,
        quiz_minutes=module.quiz_minutes,
        task_minutes=module.task_minutes,
        required=module.required,
        valid_until=module.valid_until,
        content_hash=module.content_hash,
    )
    session.add(row)
    session.flush()
    for lang in module.texts:
        made = rendered.modules[module.slug, lang]
        session.add(
            tables.ModuleText(
                module_id=row.id,
                lang=lang,
                title=made.title,
                segments=made.segments,
                headings=made.headings,
                self_checks=made.self_checks,
                task_title=made.task_title,
                byte_count=made.byte_count,
            )
        )
    _store_quiz(session, version_id, row.id, module.slug, module.quizzes, rendered)


def _store_quiz(
    session: Session,
    version_id: int,
    module_id: int | None,
    slug: str | None,
    quizzes: dict[str, Any],
    rendered: RenderedCourse,
) -> None:
    if not quizzes:
        return
    first = next(iter(quizzes.values()))
    settings: QuizSettings = first.settings
    row = tables.Quiz(
        course_version_id=version_id,
        module_id=module_id,
        mode=settings.mode,
        pass_mark=_text_or_none(settings.pass_percent),
        attempts_allowed=settings.attempts,
        wait_seconds=settings.wait_seconds,
        time_seconds=settings.time_seconds,
        attempt_grade=settings.grade,
        feedback=settings.feedback,
        question_count=rendered.question_counts[slug],
    )
    session.add(row)
    session.flush()
    session.add_all(
        tables.QuizText(
            quiz_id=row.id,
            lang=lang,
            title=quiz.title,
            document=rendered.quizzes[slug, lang],
        )
        for lang, quiz in quizzes.items()
    )


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _store_media(session: Session, version_id: int, rendered: RenderedCourse) -> None:
    for name, (digest, mime, content) in rendered.media.items():
        insert_once(
            session, tables.MediaFile, sha256=digest, mime=mime, content=content
        )
        session.add(
            tables.CourseMedia(course_version_id=version_id, name=name, sha256=digest)
        )
