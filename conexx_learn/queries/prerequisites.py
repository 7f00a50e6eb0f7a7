"""Courses that come before another one, and which of them a learner has completed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import Course, CourseText, CourseVersion, LiveVersion
from conexx_learn.models.certification import Certificate
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.places import READER
from conexx_learn.queries.withdrawn_certificates import withdrawn_certificates


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """A course that comes first.

    Attributes:
        slug: In its address.
        title: In the reader's language, or the course's own; its slug where there never
            was such a course.
        is_met: Whether the learner holds a certificate of it, be it expired.
        is_open: Whether the learner finds its page: it is offered, or they began it.
    """

    slug: str
    title: str
    is_met: bool
    is_open: bool = True


def prerequisites(
    session: Session, *, slugs: Sequence[str], user_id: int | None, lang: str
) -> list[Prerequisite]:
    """Return the courses of these slugs, in their order; one statement, none for none.

    Args:
        session: Where to read.
        slugs: As a version states them.
        user_id: Of the learner; None for a visitor.
        lang: Of the titles.
    """
    if not slugs:
        return []
    held = (
        select(Certificate.id)
        .where(
            Certificate.course_id == Course.id,
            Certificate.user_id == READER,
            Certificate.id.not_in(withdrawn_certificates()),
        )
        .correlate(Course)
        .exists()
    )
    begun = (
        select(Enrolment.id)
        .where(Enrolment.course_id == Course.id, Enrolment.user_id == READER)
        .correlate(Course)
        .exists()
    )
    newest = (
        select(func.max(CourseVersion.id))
        .where(CourseVersion.course_id == Course.id)
        .correlate(Course)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Course.slug,
            CourseText.lang,
            CourseText.title,
            held.label("is_met"),
            or_(LiveVersion.course_id.is_not(None), begun).label("is_open"),
        )
        .outerjoin(LiveVersion, LiveVersion.course_id == Course.id)
        .outerjoin(
            CourseText,
            CourseText.course_version_id
            == func.coalesce(LiveVersion.course_version_id, newest),
        )
        .where(Course.slug.in_(slugs))
        .order_by(CourseText.lang),
        {"user_id": user_id},
    ).all()
    found: dict[str, Prerequisite] = {}
    for row in rows:
        if row.slug not in found or row.lang == lang:
            title = row.title or row.slug
            found[row.slug] = Prerequisite(row.slug, title, row.is_met, row.is_open)
    return [
        found.get(slug) or Prerequisite(slug, slug, is_met=False, is_open=False)
        for slug in slugs
    ]
