"""The HTML of a live version, made anew when the cleaner of HTML has changed.

What was published stays what it was: the same source through a better cleaner. It is
the one change that a version ever sees.
"""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.markup import SANITISER_VERSION
from conexx_learn.domain.publication import RenderedCourse
from conexx_learn.models.catalogue import (
    CourseText,
    CourseVersion,
    Module,
    ModuleText,
    Quiz,
    QuizText,
)


def render_anew(
    session: Session, live: CourseVersion, rendered: RenderedCourse
) -> None:
    """Replace the HTML of a version by that of the same content, cleaned anew.

    Args:
        session: Where to write.
        live: The version.
        rendered: Of a course with the same content hash, by the cleaner of today.
    """
    for lang, html in rendered.bodies.items():
        session.execute(
            update(CourseText)
            .where(CourseText.course_version_id == live.id, CourseText.lang == lang)
            .values(body_html=html)
        )
    ids = _module_ids(session, live)
    for (slug, lang), made in rendered.modules.items():
        session.execute(
            update(ModuleText)
            .where(ModuleText.module_id == ids[slug], ModuleText.lang == lang)
            .values(
                segments=made.segments,
                headings=made.headings,
                self_checks=made.self_checks,
                task_title=made.task_title,
            )
        )
    for (place, lang), document in rendered.quizzes.items():
        quiz_id = _quiz_id(session, live, None if place is None else ids[place])
        session.execute(
            update(QuizText)
            .where(QuizText.quiz_id == quiz_id, QuizText.lang == lang)
            .values(document=document)
        )
    live.sanitiser_version = SANITISER_VERSION
    session.flush()


def _module_ids(session: Session, live: CourseVersion) -> dict[str, int]:
    rows = session.execute(
        select(Module.slug, Module.id).where(Module.course_version_id == live.id)
    )
    return {slug: id_ for slug, id_ in rows}  # noqa: C416 (a row is no pair to the type checker)


def _quiz_id(session: Session, live: CourseVersion, module_id: int | None) -> int:
    is_its = (
        Quiz.module_id.is_(None) if module_id is None else Quiz.module_id == module_id
    )
    return session.scalars(
        select(Quiz.id).where(Quiz.course_version_id == live.id, is_its)
    ).one()
