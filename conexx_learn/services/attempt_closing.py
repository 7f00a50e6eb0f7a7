"""Closing a sitting: marked once, by what was answered until its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.responses import Response
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.services import audit
from conexx_learn.services.completion import Issuing, settle_completion
from conexx_learn.services.corrections import corrected_at_close


@dataclass(frozen=True, slots=True)
class Submission:
    """What submitting did.

    Attributes:
        passed: None without a pass mark.
        is_new: False when the attempt was closed before.
        in_time: False when it closed with what had been saved by the deadline.
        certificate_issued: Whether this submission completed the course.
    """

    passed: bool | None
    is_new: bool
    in_time: bool
    certificate_issued: bool


def merged_responses(
    before: Mapping[str, Response], changed: Mapping[str, Response]
) -> dict[str, Response]:
    """Put changed answers over those of before; one that was cleared is gone."""
    both = {**before, **changed}
    return {key: value for key, value in both.items() if value is not None}


def close_attempt(
    session: Session,
    enrolment: Enrolment,
    found: Sitting,
    read: Mapping[str, Response],
    *,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> Submission:
    """Close an attempt that this transaction holds, with what was answered last.

    It ends at its deadline at the latest: what arrives within the grace left in time.

    Args:
        session: Where to write.
        enrolment: Held by this transaction.
        found: The attempt, open.
        read: Answers that came along; none where they came too late.
        lang: The learner's language.
        issuing: Who certifies.
        now: This moment.
    """
    is_over = found.is_over(now=now)
    responses = merged_responses(found.responses, read)
    grade = found.outcome(responses).grade
    session.execute(
        update(Attempt)
        .where(Attempt.id == found.id, Attempt.closed_at.is_(None))
        .values(
            responses=responses,
            closed_at=min(now, found.deadline_at or now),
            points_earned=str(grade.earned),
            points_possible=str(grade.possible),
            passed=grade.passed,
            lang=found.lang,
        )
    )
    audit.record(session, act="submit", thing=f"attempt:{found.id}", now=now)
    grade = corrected_at_close(session, found, responses, grade, now=now)
    session.flush()
    issued = False
    if grade.passed:
        issued = settle_completion(
            session,
            enrolment=enrolment,
            slug=found.course_slug,
            lang=lang,
            issuing=issuing,
            now=now,
            known_hash=found.content_hash
            if found.version_id == enrolment.course_version_id
            else None,
        )
    return Submission(
        grade.passed, is_new=True, in_time=not is_over, certificate_issued=issued
    )
