"""When a course is complete, its certificate follows in the same transaction."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from conexx_learn.domain.catalogue import CoursePlace
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import Course, Quiz
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.catalogue import course_place, outline_of
from conexx_learn.services.certification import Issuing, issue_certificate


def settle_completion(
    session: Session,
    *,
    place: CoursePlace,
    user_id: int,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> bool:
    """Issue the certificate of a course that has become complete, at most once.

    Without an issuer the completion waits: `settle_waiting` issues it when there is
    one. A learner is never held up by a missing file.

    Returns:
        True when this call issued it.
    """
    if place.enrolment_id is None or place.enrolment_ended or issuing.issuer is None:
        return False
    outline = outline_of(session, place, lang)
    if not outline.is_complete:
        return False
    issued = issue_certificate(
        session,
        place=place,
        outline=outline,
        user_id=user_id,
        lang=lang,
        issuing=issuing,
        now=now,
    )
    enrolment = session.get_one(Enrolment, place.enrolment_id)
    enrolment.ended_at = enrolment.ended_at or now
    session.flush()
    return issued


def waiting_enrolments(session: Session) -> list[tuple[str, int]]:
    """List course and learner of every open enrolment with a passed final quiz."""
    rows = session.execute(
        select(Course.slug, Enrolment.user_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.ended_at.is_(None), Enrolment.id.in_(_passed_finals()))
    )
    return [(row.slug, row.user_id) for row in rows]


def _passed_finals() -> Select[int]:
    return (
        select(Attempt.enrolment_id)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Quiz.module_id.is_(None), Attempt.passed.is_(True))
    )


def settle_one(
    session: Session,
    *,
    slug: str,
    user_id: int,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> bool:
    """Settle one waiting enrolment."""
    place = course_place(session, slug=slug, user_id=user_id)
    return settle_completion(
        session, place=place, user_id=user_id, lang=lang, issuing=issuing, now=now
    )


__all__ = [
    "Issuing",
    "settle_completion",
    "settle_one",
    "waiting_enrolments",
]
