"""What a version of a course certifies, as its certificates say it."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, String, bindparam, select
from sqlalchemy.orm import Session

from conexx_learn.domain.catalogue import QUARTERS
from conexx_learn.domain.certificates import CompetencyClaim
from conexx_learn.domain.credentials.course_facts import CourseFacts
from conexx_learn.domain.sentences import micro_credentials as words
from conexx_learn.models.catalogue import Course, CourseText, CourseVersion

LANGUAGES = ("es", "en")

_VERSION = (
    select(CourseVersion, CourseText)
    .join(Course, Course.id == CourseVersion.course_id)
    .join(CourseText, CourseText.course_version_id == CourseVersion.id)
    .where(
        Course.slug == bindparam("slug", type_=String),
        CourseVersion.major == bindparam("major", type_=Integer),
        CourseVersion.minor == bindparam("minor", type_=Integer),
    )
    .order_by(CourseText.lang)
)


def course_achievement(
    session: Session, *, slug: str, version: tuple[int, int], lang: str, demo: bool
) -> CourseFacts | None:
    """Return what a published version certifies; one statement.

    Args:
        session: To read with.
        slug: Of the course.
        version: Major and minor number.
        lang: Of the reader; the course's own where it is not written in that.
        demo: Whether all that is certified here is for demonstration.

    Returns:
        None for what was never published.
    """
    major, minor = version
    values = {"slug": slug, "major": major, "minor": minor}
    rows = session.execute(_VERSION, values).all()
    if not rows:
        return None
    texts = {text.lang: text for _row, text in rows}
    row = rows[0].CourseVersion
    facts: dict[str, Any] = row.facts
    participation = facts["participation"] or "online"
    ects = facts.get("ects")
    return CourseFacts(
        lang=lang if lang in texts else row.source_language,
        course_slug=slug,
        course_version=f"{major}.{minor}",
        titles={code: text.title for code, text in texts.items()},
        outcomes={
            code: tuple(text.outcomes[key] for key in facts["outcomes"])
            for code, text in texts.items()
        },
        hours=row.quarter_hours / QUARTERS,
        eqf_level=row.eqf_level,
        competencies=tuple(
            CompetencyClaim(grant["competency"], grant["titles"], grant["level"])
            for grant in facts["grants"]
        ),
        assessment=_by_language(words.ASSESSMENT, facts["assessment"]),
        supervision=_supervision(facts["supervision"]),
        demo=demo,
        assessment_codes=tuple(facts["assessment"]),
        participation_code=participation,
        quality_url=facts["quality_assurance"] or "",
        ects=Decimal(ects) if ects else None,
    )


def _by_language(table: dict[str, dict[str, str]], codes: list[str]) -> dict[str, str]:
    return {lang: words.in_words(table, codes, lang) for lang in LANGUAGES}


def _supervision(text: str | None) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text) if text else dict(words.NO_SUPERVISION)
