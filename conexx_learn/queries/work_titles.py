"""Titles of the courses that works are of."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import CourseText


def course_titles(
    session: Session, *, version_ids: Collection[int], lang: str
) -> dict[int, str]:
    """Return version to its title, in the reader's language where there is one."""
    rows = session.execute(
        select(CourseText.course_version_id, CourseText.lang, CourseText.title)
        .where(CourseText.course_version_id.in_(set(version_ids)))
        .order_by(CourseText.course_version_id, CourseText.lang)
    ).all()
    found: dict[int, str] = {}
    for version_id, text_lang, title in rows:
        if text_lang == lang or version_id not in found:
            found[version_id] = title
    return found
