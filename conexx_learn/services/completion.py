"""When a course is complete, its certificate follows in the same transaction."""

from datetime import datetime

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import Course, CourseVersion, Quiz
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.catalogue import course_place
from conexx_learn.queries.corrected_results import counts_as_passed
from conexx_learn.queries.outlines import outline
from conexx_learn.services.certification import Issuing, issue_certificate

HELD_OF_ATTEMPT = (
    select(Enrolment)
    .join(Attempt, Attempt.enrolment_id == Enrolment.id)
    .where(
        Attempt.id == bindparam("attempt_id", type_=Integer),
        Attempt.user_id == bindparam("user_id", type_=Integer),
    )
    .with_for_update(of=Enrolment)
    .execution_options(populate_existing=True)
)


def held_enrolment(session: Session, enrolment_id: int) -> Enrolment:
    """Return an enrolment that nobody else works on until this transaction ends.

    Whatever a learner does on a course (read, start, save, submit, move) takes this
    lock first. Two acts at once that each lack the other would otherwise both find
    the course incomplete, and its certificate would never be issued.
    """
    return session.scalars(
        select(Enrolment)
        .where(Enrolment.id == enrolment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def held_enrolment_of(session: Session, *, attempt_id: int, user_id: int) -> Enrolment:
    """Return the enrolment of a learner's attempt, held as `held_enrolment` does.

    Raises:
        NotFoundError: No such attempt of this learner.
    """
    found = session.scalar(
        HELD_OF_ATTEMPT, {"attempt_id": attempt_id, "user_id": user_id}
    )
    if found is None:
        raise NotFoundError
    return found


def settle_completion(
    session: Session,
    *,
    enrolment: Enrolment,
    slug: str,
    lang: str,
    issuing: Issuing,
    now: datetime,
    known_hash: str | None = None,
) -> bool:
    """Issue the certificate of a course that has become complete, at most once.

    Without an issuer the completion waits: `settle_one` issues it when there is one.
    A learner is never held up by a missing file.

    Args:
        session: Where to write.
        enrolment: Held by this transaction.
        slug: Of its course.
        lang: The learner's language.
        issuing: Who certifies.
        now: This moment.
        known_hash: Of the content of the enrolment's version, where it was read.

    Returns:
        True when this call issued it.
    """
    if enrolment.ended_at is not None or issuing.issuer is None:
        return False
    standing = outline(
        session,
        version_id=enrolment.course_version_id,
        content_hash=known_hash or _content_hash(session, enrolment.course_version_id),
        lang=lang,
        enrolment_id=enrolment.id,
    )
    if not standing.is_complete:
        return False
    issued = issue_certificate(
        session,
        place=course_place(session, slug=slug, user_id=enrolment.user_id),
        outline=standing,
        user_id=enrolment.user_id,
        lang=lang,
        issuing=issuing,
        now=now,
    )
    enrolment.ended_at = now
    session.flush()
    return issued


def _content_hash(session: Session, version_id: int) -> str:
    return session.scalars(
        select(CourseVersion.content_hash).where(CourseVersion.id == version_id)
    ).one()


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
        .where(Quiz.module_id.is_(None), counts_as_passed())
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
    """Settle one waiting enrolment.

    Raises:
        NotFoundError: No such course, or the learner is not enrolled.
    """
    place = course_place(session, slug=slug, user_id=user_id)
    if place.enrolment_id is None:
        raise NotFoundError
    return settle_completion(
        session,
        enrolment=held_enrolment(session, place.enrolment_id),
        slug=slug,
        lang=lang,
        issuing=issuing,
        now=now,
    )


__all__ = [
    "Issuing",
    "held_enrolment",
    "held_enrolment_of",
    "settle_completion",
    "settle_one",
    "waiting_enrolments",
]
