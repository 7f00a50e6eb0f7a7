"""Exemptions: given by the training manager; from what is critical, only asked for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import (
    ForbiddenError,
    NotFoundError,
    RuleError,
    ShapeError,
)
from conexx_learn.domain.permissions import Actor, Role, holds
from conexx_learn.domain.planning.exemption_requests import RequestDecision
from conexx_learn.domain.planning.exemptions import (
    exemption_refusal,
    needs_coordination,
)
from conexx_learn.domain.planning.terms import LONGEST_REASON
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.obligations import obligations
from conexx_learn.models.catalogue import Course
from conexx_learn.models.planning import Exemption
from conexx_learn.models.requests import ExemptionRequest
from conexx_learn.queries.exemptions import state_of
from conexx_learn.queries.institution_facts import (
    InstitutionPlace,
    institution_facts,
)
from conexx_learn.services import audit
from conexx_learn.services.institutions import held_institution

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ExemptionTerms:
    """Who need not take which course, why and for how long.

    Attributes:
        user_id: Whom.
        course: Slug.
        reason: Why.
        from_on: First day.
        until_on: Last day, inclusive.
    """

    user_id: int
    course: str
    reason: str
    from_on: date
    until_on: date


def weight_owed(index: FactIndex, *, user_id: int, course: str, day: date) -> int:
    """Return the greatest weight with which a person owes a course; 0 for not at all.

    Plans in force and drafts count: who writes a plan exempts before it binds.
    """
    plans = [
        plan
        for plan in index.facts.plans
        if plan.is_in_force(day) or plan.approved_on is None
    ]
    return max(
        (
            owed.weight
            for owed in obligations(index, day, plans=plans)
            if owed.person_id == user_id and owed.course == course
        ),
        default=0,
    )


def exempt(
    session: Session,
    place: InstitutionPlace,
    terms: ExemptionTerms,
    *,
    by: Actor,
    now: datetime,
) -> bool:
    """Exempt a person from a course, or ask the coordination to; twice is once.

    Returns:
        True when the exemption counts, False when the coordination has to agree.

    Raises:
        NotFoundError: The person does not owe the course here.
        RuleError: The days contradict a rule, or another exemption covers some of them.
        ShapeError: The reason is empty or too long.
    """
    today = place.today(now)
    refusal = exemption_refusal(terms.from_on, terms.until_on, today)
    if refusal is not None:
        raise refusal
    if not 0 < len(terms.reason.strip()) <= LONGEST_REASON:
        raise ShapeError
    held_institution(session, place.id)
    known = institution_facts(session, place=place, as_of=today, lang=place.locale)
    weight = weight_owed(
        FactIndex(known), user_id=terms.user_id, course=terms.course, day=today
    )
    course_id = session.scalar(select(Course.id).where(Course.slug == terms.course))
    if not weight or course_id is None:
        raise NotFoundError
    is_free = holds(by, Role.COORDINATOR) or not needs_coordination(weight)
    for row in _open(session, place, terms.user_id, course_id, today):
        if (row.from_on, row.until_on) == (terms.from_on, terms.until_on):
            _answer_request(session, row, by=by, now=now)
            return row.approved_at is not None
        if row.from_on <= terms.until_on and terms.from_on <= row.until_on:
            raise RuleError("exemption-exists")
    row = Exemption(
        institution_id=place.id,
        user_id=terms.user_id,
        course_id=course_id,
        reason=terms.reason.strip(),
        from_on=terms.from_on,
        until_on=terms.until_on,
        asked_by=by.user_id,
        asked_at=now,
        approved_at=now if is_free else None,
        approved_by=by.user_id if is_free else None,
    )
    session.add(row)
    session.flush()
    _answer_request(session, row, by=by, now=now)
    _record(session, row, "exemption-give" if is_free else "exemption-ask", now)
    return is_free


def decide_exemption(
    session: Session,
    place: InstitutionPlace,
    exemption_id: int,
    *,
    agrees: bool,
    by: Actor,
    now: datetime,
) -> None:
    """Let the coordination agree to an exemption that was asked for, or refuse it.

    Raises:
        ForbiddenError: Not by who decides.
        NotFoundError: It is not of this institution.
        RuleError: It was decided already, or its time is over.
    """
    if not holds(by, Role.COORDINATOR):
        raise ForbiddenError
    row = _held(session, place, exemption_id)
    is_over = row.until_on < place.today(now)
    if row.approved_at is not None or row.refused_at is not None or is_over:
        raise RuleError("exemption-decided")
    if agrees:
        # What the days before looked like stays true.
        row.from_on = max(row.from_on, place.today(now))
        row.approved_at = now
        row.approved_by = by.user_id
    else:
        row.refused_at = now
    _record(session, row, "exemption-agree" if agrees else "exemption-refuse", now)


def end_exemption(
    session: Session, place: InstitutionPlace, exemption_id: int, *, now: datetime
) -> None:
    """End an exemption early: today it counts no longer; the days before stay exempt.

    One that was not agreed to, or begins today or later, is taken back as a whole.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It is over already.
    """
    row = _held(session, place, exemption_id)
    today = place.today(now)
    if not state_of(row, today).is_open:
        raise RuleError("exemption-over")
    if row.approved_at is None or row.from_on >= today:
        row.approved_at = row.approved_by = None
        row.refused_at = now
    else:
        row.until_on = today - _DAY
    _record(session, row, "exemption-end", now)


def _answer_request(
    session: Session, row: Exemption, *, by: Actor, now: datetime
) -> None:
    """Let what the person asked for be granted by this, if they asked."""
    session.execute(
        update(ExemptionRequest)
        .where(
            ExemptionRequest.institution_id == row.institution_id,
            ExemptionRequest.user_id == row.user_id,
            ExemptionRequest.course_id == row.course_id,
            ExemptionRequest.decision.is_(None),
        )
        .values(
            decision=RequestDecision.GRANTED.value,
            decided_at=now,
            decided_by=by.user_id,
            exemption_id=row.id,
        )
    )


def _held(session: Session, place: InstitutionPlace, exemption_id: int) -> Exemption:
    row = session.scalar(
        select(Exemption)
        .where(Exemption.id == exemption_id, Exemption.institution_id == place.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFoundError
    return row


def _open(
    session: Session,
    place: InstitutionPlace,
    user_id: int,
    course_id: int,
    today: date,
) -> list[Exemption]:
    """List what counts or waits for a person and a course, now or later."""
    return list(
        session.scalars(
            select(Exemption).where(
                Exemption.institution_id == place.id,
                Exemption.user_id == user_id,
                Exemption.course_id == course_id,
                Exemption.refused_at.is_(None),
                Exemption.until_on >= today,
            )
        )
    )


def _record(session: Session, row: Exemption, act: str, now: datetime) -> None:
    session.flush()
    audit.record(
        session,
        act=act,
        thing=f"exemption:{row.id}",
        now=now,
        institution_id=row.institution_id,
        user=row.user_id,
    )
