"""Requests for an exemption: asked by a person, withdrawn, granted, refused."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.domain.permissions import Actor
from conexx_learn.domain.planning.exemption_requests import (
    RequestDecision,
    wish_refusal,
)
from conexx_learn.domain.planning.terms import LONGEST_REASON
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.models.catalogue import Course
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.requests import ExemptionRequest
from conexx_learn.queries.institution_facts import (
    InstitutionPlace,
    institution_facts,
)
from conexx_learn.services import audit
from conexx_learn.services.exemptions import ExemptionTerms, exempt, weight_owed
from conexx_learn.services.institutions import held_institution


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for.

    Attributes:
        course: Slug.
        reason: Why it is not theirs.
        until_on: Until when; None leaves it to the training manager.
    """

    course: str
    reason: str
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Grant:
    """What a training manager gives.

    Attributes:
        until_on: Last day of the exemption, which begins today.
        reason: As it stays with the plan.
        answer: What the person is told besides; may be empty.
    """

    until_on: date
    reason: str
    answer: str


def ask_exemption(
    session: Session, place: InstitutionPlace, wish: Wish, *, by: int, now: datetime
) -> None:
    """Ask the training managers of an institution; nothing changes until they grant it.

    Raises:
        NotFoundError: The person does not owe the course there.
        RuleError: A request of theirs waits already, or the day contradicts a rule.
        ShapeError: The reason is empty or too long.
    """
    today = place.today(now)
    refusal = wish_refusal(wish.until_on, today)
    if refusal is not None:
        raise refusal
    if not 0 < len(wish.reason.strip()) <= LONGEST_REASON:
        raise ShapeError
    known = institution_facts(session, place=place, as_of=today, lang=place.locale)
    course_id = session.scalar(select(Course.id).where(Course.slug == wish.course))
    weight = weight_owed(FactIndex(known), user_id=by, course=wish.course, day=today)
    if not weight or course_id is None:
        raise NotFoundError
    made = insert_once(
        session,
        ExemptionRequest,
        user_id=by,
        institution_id=place.id,
        course_id=course_id,
        reason=wish.reason.strip(),
        until_on=wish.until_on,
        asked_at=now,
        answer="",
    )
    if not made:
        raise RuleError("request-waits")
    audit.record(
        session,
        act="exemption-request",
        thing=f"user:{by}",
        now=now,
        institution_id=place.id,
        course=wish.course,
    )


def withdraw_request(
    session: Session, *, request_id: int, user_id: int, now: datetime
) -> str:
    """Take back a request of one's own that nobody answered yet.

    Returns:
        Slug of the course that it was about.

    Raises:
        NotFoundError: No such request, or not theirs.
        RuleError: It was answered meanwhile.
    """
    row = session.scalar(
        select(ExemptionRequest)
        .where(ExemptionRequest.id == request_id, ExemptionRequest.user_id == user_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFoundError
    _refuse_answered(row)
    row.decision, row.decided_at = RequestDecision.WITHDRAWN.value, now
    _record(session, row, "exemption-request-withdraw", now)
    return session.scalars(select(Course.slug).where(Course.id == row.course_id)).one()


def grant_request(
    session: Session,
    place: InstitutionPlace,
    request_id: int,
    grant: Grant,
    *,
    by: Actor,
    now: datetime,
) -> bool:
    """Exempt who asked, from today on; from what is critical, ask the coordination.

    Returns:
        True when the exemption counts, False when the coordination has to agree.

    Raises:
        NotFoundError: It is not of this institution, or the course is owed no longer.
        RuleError: It was answered, is one's own, or the days contradict a rule.
        ShapeError: A text is empty or too long.
    """
    # First, as whoever exempts without a request holds it before the request.
    held_institution(session, place.id)
    row = _waiting(session, place, request_id, by)
    if len(grant.answer) > LONGEST_REASON:
        raise ShapeError
    course = session.scalars(
        select(Course.slug).where(Course.id == row.course_id)
    ).one()
    terms = ExemptionTerms(
        user_id=row.user_id,
        course=course,
        reason=grant.reason,
        from_on=place.today(now),
        until_on=grant.until_on,
    )
    counts = exempt(session, place, terms, by=by, now=now)
    row.answer = grant.answer
    _record(session, row, "exemption-request-grant", now)
    return counts


def refuse_request(
    session: Session,
    place: InstitutionPlace,
    request_id: int,
    *,
    answer: str,
    by: Actor,
    now: datetime,
) -> None:
    """Refuse a request, and say why.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It was answered, or is one's own.
        ShapeError: The answer is empty or too long.
    """
    row = _waiting(session, place, request_id, by)
    if not 0 < len(answer) <= LONGEST_REASON:
        raise ShapeError
    row.decision, row.answer = RequestDecision.REFUSED.value, answer
    row.decided_at, row.decided_by = now, by.user_id
    _record(session, row, "exemption-request-refuse", now)


def forget_exemption_requests(session: Session, *, user_id: int, now: datetime) -> None:
    """Erase what a person wrote and was answered; what waited is withdrawn."""
    mine = ExemptionRequest.user_id == user_id
    session.execute(update(ExemptionRequest).where(mine).values(reason="", answer=""))
    session.execute(
        update(ExemptionRequest)
        .where(mine, ExemptionRequest.decision.is_(None))
        .values(decision=RequestDecision.WITHDRAWN.value, decided_at=now)
    )


def _waiting(
    session: Session, place: InstitutionPlace, request_id: int, by: Actor
) -> ExemptionRequest:
    """Hold a request that the actor may answer."""
    row = session.scalar(
        select(ExemptionRequest)
        .where(
            ExemptionRequest.id == request_id,
            ExemptionRequest.institution_id == place.id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFoundError
    if row.user_id == by.user_id:
        raise RuleError("request-own")
    _refuse_answered(row)
    return row


def _refuse_answered(row: ExemptionRequest) -> None:
    if row.decision is not None:
        raise RuleError("request-answered")


def _record(session: Session, row: ExemptionRequest, act: str, now: datetime) -> None:
    session.flush()
    audit.record(
        session,
        act=act,
        thing=f"user:{row.user_id}",
        now=now,
        institution_id=row.institution_id,
        request=row.id,
    )
