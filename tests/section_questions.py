"""Questions at sections for tests: asked by the verb, or as rows of the past."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.section_questions import SectionPlace
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course, LiveVersion
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.services.section_questions import ask_question
from tests.factories import NOW
from tests.learning import SMALL

MODULE = "the-well"
ORIGIN = "u-where-the-water-comes-from"
"""A section of the English text of the module."""
CARE = "u-how-it-is-cared-for"
WORDS = "How deep is the well?"


def ask(
    session: Session,
    user: User,
    text: str = WORDS,
    *,
    anchor: str = ORIGIN,
    lang: str = "en",
    zone: str = "UTC",
    now: datetime = NOW,
) -> SectionQuestion:
    """Ask, and return the row."""
    place = SectionPlace(SMALL, MODULE, anchor)
    ask_question(
        session, place, text=text, user_id=user.id, lang=lang, zone=zone, now=now
    )
    session.commit()
    return session.scalars(
        select(SectionQuestion).order_by(SectionQuestion.id.desc()).limit(1)
    ).one()


def store_questions(
    session: Session, user: User, count: int, **overrides: Any
) -> list[SectionQuestion]:
    """Store many questions at once, each a minute after the one before."""
    course_id = session.scalars(select(Course.id).where(Course.slug == SMALL)).one()
    version_id = session.scalars(
        select(LiveVersion.course_version_id).where(LiveVersion.course_id == course_id)
    ).one()
    rows = []
    for number in range(count):
        values: dict[str, Any] = {
            "user_id": user.id,
            "course_id": course_id,
            "course_version_id": version_id,
            "module_slug": MODULE,
            "anchor": ORIGIN,
            "heading": "Where the water comes from",
            "lang": "en",
            "text": f"Question number {number:03}?",
            "fingerprint": f"{number:03}",
            "zone": "UTC",
            "asked_at": NOW + timedelta(minutes=number),
            "due_at": NOW + timedelta(days=7),
            "answer": "",
            "published_question": "",
            "published_answer": "",
        }
        rows.append(SectionQuestion(**(values | overrides)))
    session.add_all(rows)
    session.commit()
    return rows


ANSWERED = {"answer": "Forty metres.", "answered_at": NOW}
PUBLISHED = {
    **ANSWERED,
    "published_question": "How deep is a well?",
    "published_answer": "About forty metres.",
    "published_at": NOW,
}
