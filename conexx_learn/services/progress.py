"""Marking a module as read; safe to repeat."""

from datetime import datetime

from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.progress import ModuleCompletion
from conexx_learn.queries.catalogue import course_place, outline_of
from conexx_learn.services.completion import (
    Issuing,
    held_enrolment,
    settle_completion,
)


def complete_module(
    session: Session,
    *,
    course: str,
    module: str,
    user_id: int,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> bool:
    """Mark a module as read, and settle the course if that was the last thing missing.

    Returns:
        True when this call issued the certificate.

    Raises:
        NotFoundError: No such course, or no such module in the learner's version.
        RuleError: Not enrolled.
    """
    place = course_place(session, slug=course, user_id=user_id)
    outline = outline_of(session, place, lang)
    found = outline.module(module)
    if found is None:
        raise NotFoundError
    if place.enrolment_id is None:
        raise RuleError("not-enrolled")
    enrolment = held_enrolment(session, place.enrolment_id)
    insert_once(
        session,
        ModuleCompletion,
        enrolment_id=enrolment.id,
        module_id=found.id,
        completed_at=now,
    )
    return settle_completion(
        session,
        enrolment=enrolment,
        slug=course,
        lang=lang,
        issuing=issuing,
        now=now,
    )
