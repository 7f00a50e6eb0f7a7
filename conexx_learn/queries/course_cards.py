"""The list of courses that are published, each as the card that the catalogue shows."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.catalogue import CourseCard
from conexx_learn.domain.search import search_words
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    LiveVersion,
    Module,
)
from conexx_learn.models.certification import Certificate
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.places import READER, hours_of

MOST_COURSES = 500


def course_list(
    session: Session,
    *,
    lang: str,
    user_id: int | None = None,
    search: str = "",
    competency: str = "",
    access: str = "",
) -> list[CourseCard]:
    """Return the live courses by title; one statement.

    Args:
        session: Where to read.
        lang: The reader's language; a course without it comes in its own.
        user_id: Whose enrolments and certificates to tell, or None.
        search: Words, each of which title, summary, outcomes or modules must hold,
            in any language; accents and capitals do not matter.
        competency: Code that the certificate must grant, or empty.
        access: `open`, `members` or empty for both.
    """
    found: dict[str, list[CourseCard]] = {}
    rows = session.execute(_card_statement(search, access), {"user_id": user_id})
    for version, text_lang, title, summary, slug, modules, enrolled, number in rows:
        grants = tuple(grant["competency"] for grant in version.facts["grants"])
        if competency and competency not in grants:
            continue
        card = CourseCard(
            slug=slug,
            title=title,
            summary=summary,
            lang=text_lang,
            languages=(),
            hours=hours_of(version.quarter_hours),
            access=version.access,
            module_count=modules,
            grants=grants,
            validity_months=version.validity_months,
            is_enrolled=bool(enrolled),
            certificate_number=number,
        )
        found.setdefault(slug, []).append(card)
    cards = [_best_card(texts, lang) for texts in found.values()]
    return sorted(cards, key=lambda card: card.title.casefold())


def _best_card(cards: list[CourseCard], lang: str) -> CourseCard:
    """Choose the card in the reader's language, and let it know the others."""
    best = min(cards, key=lambda card: card.lang != lang)
    return replace(best, languages=tuple(sorted(card.lang for card in cards)))


def _cards() -> Select[*tuple[Any, ...]]:
    """Build the statement of all cards: version, text, and what the reader has."""
    module_count = (
        select(func.count())
        .where(Module.course_version_id == CourseVersion.id)
        .correlate(CourseVersion)
        .scalar_subquery()
    )
    enrolled = (
        select(func.count())
        .where(
            Enrolment.course_id == Course.id,
            Enrolment.user_id == READER,
            Enrolment.ended_at.is_(None),
        )
        .correlate(Course)
        .scalar_subquery()
    )
    number = (
        select(Certificate.number)
        .where(Certificate.course_id == Course.id, Certificate.user_id == READER)
        .order_by(Certificate.issued_on.desc(), Certificate.id.desc())
        .limit(1)
        .correlate(Course)
        .scalar_subquery()
    )
    return (
        select(
            CourseVersion,
            CourseText.lang,
            CourseText.title,
            CourseText.summary,
            Course.slug,
            module_count,
            enrolled,
            number,
        )
        .join(LiveVersion, LiveVersion.course_version_id == CourseVersion.id)
        .join(Course, Course.id == LiveVersion.course_id)
        .join(CourseText, CourseText.course_version_id == CourseVersion.id)
        .order_by(Course.id)
        .limit(MOST_COURSES)
    )


CARDS = _cards()


def _card_statement(search: str, access: str) -> Select[*tuple[Any, ...]]:
    """Narrow the cards to what was asked for; nothing asked costs nothing."""
    statement = CARDS
    for word in search_words(search):
        hits = select(CourseText.course_version_id).where(
            CourseText.search_text.contains(word, autoescape=True)
        )
        statement = statement.where(CourseVersion.id.in_(hits))
    if access:
        statement = statement.where(CourseVersion.access == access)
    return statement
