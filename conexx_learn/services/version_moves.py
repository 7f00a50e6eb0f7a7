"""Moving to the newer version of a course: a choice that loses no work."""

from datetime import datetime

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.catalogue import CoursePlace
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import Module, Quiz, QuizText
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.progress import ModuleCompletion
from conexx_learn.queries.catalogue import course_place
from conexx_learn.services import audit
from conexx_learn.services.completion import (
    Issuing,
    held_enrolment,
    settle_completion,
)

RULES = (
    Quiz.mode,
    Quiz.pass_mark,
    Quiz.attempts_allowed,
    Quiz.wait_seconds,
    Quiz.time_seconds,
    Quiz.attempt_grade,
    Quiz.feedback,
)


def move_to_newer_version(
    session: Session,
    *,
    slug: str,
    user_id: int,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> CoursePlace:
    """Move an open enrolment to the live version.

    A module that did not change stays read, and its attempts, the open one too, go
    on counting; so do those of a final that did not change. What was changed is read
    and answered anew; its old attempts keep their pages.

    Raises:
        NotFoundError: Not enrolled, or nothing newer.
    """
    place = course_place(session, slug=slug, user_id=user_id)
    if place.newer_version_id is None or place.enrolment_id is None:
        raise NotFoundError
    enrolment = held_enrolment(session, place.enrolment_id)
    if enrolment.ended_at or enrolment.course_version_id == place.newer_version_id:
        raise NotFoundError
    former_id = enrolment.course_version_id
    enrolment.course_version_id = place.newer_version_id
    for former, newer in _equal_modules(session, former_id, place.newer_version_id):
        _keep_reading(session, enrolment, former, newer)
    for former, newer in _equal_quizzes(session, former_id, place.newer_version_id):
        _keep_attempts(session, enrolment, former, newer)
    session.flush()
    audit.record(session, act="move-version", thing=f"course:{slug}", now=now)
    settle_completion(
        session, enrolment=enrolment, slug=slug, lang=lang, issuing=issuing, now=now
    )
    return course_place(session, slug=slug, user_id=user_id)


def _equal_modules(
    session: Session, former_id: int, newer_id: int
) -> list[Row[int, int]]:
    """Pair the modules of two versions in which nothing changed, by key."""
    newer = aliased(Module)
    return list(
        session.execute(
            select(Module.id, newer.id)
            .join(newer, newer.content_hash == Module.content_hash)
            .where(
                Module.course_version_id == former_id,
                newer.course_version_id == newer_id,
                newer.slug == Module.slug,
            )
        )
    )


def _keep_reading(
    session: Session, enrolment: Enrolment, former: int, newer: int
) -> None:
    completed_at = session.scalar(
        select(ModuleCompletion.completed_at).where(
            ModuleCompletion.enrolment_id == enrolment.id,
            ModuleCompletion.module_id == former,
        )
    )
    if completed_at is not None:
        insert_once(
            session,
            ModuleCompletion,
            enrolment_id=enrolment.id,
            module_id=newer,
            completed_at=completed_at,
        )


def _equal_quizzes(
    session: Session, former_id: int, newer_id: int
) -> list[tuple[int, int]]:
    """Pair the quizzes of two versions that ask the same by the same rules."""
    newer = {
        (slug, said): quiz_id for slug, said, quiz_id in _quizzes(session, newer_id)
    }
    return [
        (quiz_id, newer[slug, said])
        for slug, said, quiz_id in _quizzes(session, former_id)
        if (slug, said) in newer
    ]


def _quizzes(session: Session, version_id: int) -> list[tuple[str | None, str, int]]:
    """List slug (None for the final), everything a quiz says, and its key."""
    rows = session.execute(
        select(Quiz.id, Module.slug, QuizText.lang, QuizText.document, *RULES)
        .join(QuizText, QuizText.quiz_id == Quiz.id)
        .outerjoin(Module, Module.id == Quiz.module_id)
        .where(Quiz.course_version_id == version_id)
        .order_by(Quiz.id, QuizText.lang)
    )
    said: dict[tuple[int, str | None], list[object]] = {}
    for quiz_id, slug, lang, document, *rules in rows:
        said.setdefault((quiz_id, slug), []).append((lang, document["quiz"], rules))
    return [(slug, repr(texts), quiz_id) for (quiz_id, slug), texts in said.items()]


def _keep_attempts(
    session: Session, enrolment: Enrolment, former: int, newer: int
) -> None:
    session.execute(
        update(Attempt)
        .where(Attempt.enrolment_id == enrolment.id, Attempt.quiz_id == former)
        .values(quiz_id=newer)
    )
