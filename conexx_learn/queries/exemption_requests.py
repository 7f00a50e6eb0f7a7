"""Reads of requests for an exemption: a person's own, and those of an institution."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, case, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.planning.exemption_requests import (
    RequestDecision,
    RequestState,
    request_state,
)
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Exemption
from conexx_learn.models.requests import ExemptionRequest
from conexx_learn.queries.exemptions import state_of

MOST_LISTED = 200
MOST_DECIDED = 20
"""Of what was answered, the newest are shown."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request for an exemption, as its person and the training manager see it.

    Attributes:
        id: Key.
        user_id: Who asks.
        person: Their name.
        email: The confirmed mailbox that an answer goes to, or None.
        locale: Their language, or None.
        institution_id: Whose plan asks for the course.
        institution: Its name.
        institution_locale: Language of its papers.
        course: Slug.
        reason: Why it is not theirs.
        until_on: Until when they ask, or None.
        asked_at: When.
        decision: What became of it; None while it waits.
        decided_at: When, or None.
        decided_by: Name, or empty.
        answer: What they are told; may be empty.
        exempt_until: Last day of the exemption that came of it, or None.
        state: Today at the institution.
    """

    id: int
    user_id: int
    person: str
    email: str | None
    locale: str | None
    institution_id: int
    institution: str
    institution_locale: str
    course: str
    reason: str
    until_on: date | None
    asked_at: datetime
    decision: RequestDecision | None
    decided_at: datetime | None
    decided_by: str
    answer: str
    exempt_until: date | None
    state: RequestState

    @property
    def lang(self) -> str:
        """Return the language of the person, else of their institution."""
        return self.locale or self.institution_locale


Decider = aliased(User)
REQUESTS: Select[*tuple[Any, ...]] = (
    select(
        ExemptionRequest,
        User.full_name,
        case((User.confirmed_at.is_not(None), User.email)).label("email"),
        User.locale,
        Institution.name.label("institution"),
        Institution.default_locale,
        Institution.timezone,
        Course.slug,
        Decider.full_name.label("decider"),
        Exemption,
    )
    .join(User, User.id == ExemptionRequest.user_id)
    .join(Institution, Institution.id == ExemptionRequest.institution_id)
    .join(Course, Course.id == ExemptionRequest.course_id)
    .outerjoin(Decider, Decider.id == ExemptionRequest.decided_by)
    .outerjoin(Exemption, Exemption.id == ExemptionRequest.exemption_id)
)
WAITING = ExemptionRequest.decision.is_(None)
ANSWERED = ExemptionRequest.decision.in_(("granted", "refused"))


def requests_of(session: Session, *, user_id: int, now: datetime) -> list[RequestRow]:
    """List what a person asked, the newest first; one statement."""
    wanted = (
        REQUESTS.where(ExemptionRequest.user_id == user_id)
        .order_by(ExemptionRequest.asked_at.desc(), ExemptionRequest.id.desc())
        .limit(MOST_LISTED)
    )
    return _rows(session, wanted, now)


def waiting_requests(
    session: Session, *, institution_id: int, now: datetime
) -> list[RequestRow]:
    """List what waits for an institution's answer, the oldest first; one statement."""
    wanted = (
        REQUESTS.where(ExemptionRequest.institution_id == institution_id, WAITING)
        .order_by(ExemptionRequest.asked_at, ExemptionRequest.id)
        .limit(MOST_LISTED)
    )
    return _rows(session, wanted, now)


def answered_requests(
    session: Session, *, institution_id: int, now: datetime
) -> list[RequestRow]:
    """List what an institution answered, the newest first; one statement."""
    wanted = (
        REQUESTS.where(ExemptionRequest.institution_id == institution_id, ANSWERED)
        .order_by(ExemptionRequest.decided_at.desc(), ExemptionRequest.id.desc())
        .limit(MOST_DECIDED)
    )
    return _rows(session, wanted, now)


def request_row(
    session: Session, *, institution_id: int, request_id: int, now: datetime
) -> RequestRow | None:
    """Return a request to an institution; one withdrawn is nobody's matter."""
    wanted = REQUESTS.where(
        ExemptionRequest.id == request_id,
        ExemptionRequest.institution_id == institution_id,
        WAITING | ANSWERED,
    )
    return next(iter(_rows(session, wanted, now)), None)


def request_behind(
    session: Session, *, institution_id: int, exemption_id: int, now: datetime
) -> RequestRow | None:
    """Return the request that an exemption came of, if it did."""
    wanted = REQUESTS.where(
        ExemptionRequest.exemption_id == exemption_id,
        ExemptionRequest.institution_id == institution_id,
    )
    return next(iter(_rows(session, wanted, now)), None)


def _rows(
    session: Session, wanted: Select[*tuple[Any, ...]], now: datetime
) -> list[RequestRow]:
    return [_row(found, now) for found in session.execute(wanted)]


def _row(found: Row[*tuple[Any, ...]], now: datetime) -> RequestRow:
    row: ExemptionRequest = found.ExemptionRequest
    exemption: Exemption | None = found.Exemption
    today = now.astimezone(ZoneInfo(found.timezone)).date()
    decision = RequestDecision(row.decision) if row.decision else None
    return RequestRow(
        id=row.id,
        user_id=row.user_id,
        person=found.full_name,
        email=found.email,
        locale=found.locale,
        institution_id=row.institution_id,
        institution=found.institution,
        institution_locale=found.default_locale,
        course=found.slug,
        reason=row.reason,
        until_on=row.until_on,
        asked_at=row.asked_at,
        decision=decision,
        decided_at=row.decided_at,
        decided_by=found.decider or "",
        answer=row.answer,
        exempt_until=exemption.until_on if exemption else None,
        state=request_state(
            decision, state_of(exemption, today) if exemption else None
        ),
    )
