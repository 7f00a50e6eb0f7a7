"""Reads of training plans as documents: versions, acts, what was accepted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Integer, String, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.planning.accepted import Matter
from conexx_learn.domain.planning.states import PlanDays, PlanState, plan_state
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.planning import (
    AcceptedException,
    Requirement,
    TrainingPlan,
)

INSTITUTION = bindparam("institution_id", type_=Integer)
PLAN = bindparam("plan_id", type_=Integer)


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """One version of a plan, without its lines.

    Attributes:
        id: Key.
        series: What all versions of the plan share.
        version: From 1.
        title: As the institution calls it.
        starts_on: First day.
        ends_on: Last day.
        target_percent: Of the weight that is to be met.
        hours_budget: Or None.
        revision: Counts edits.
        line_count: How many requirements it has.
        state: On the day that it was read for.
        sent_at: When it was handed to the coordination, or None.
        advised_at: When the coordination answered that, or None.
        advised_by: Name, or empty.
        advice: What the coordination said last; may be about an earlier draft.
        approved_on: Day from which it binds, or None.
        approved_by: Name, or empty.
        act_reference: Of the institution's own act; empty before the approval.
        act_on: Day of that act, or None.
        superseded_on: First day of the version after it, or None.
        completed_on: Day on which it was closed, or None.
        cancelled_on: Day on which it was given up, or None.
    """

    id: int
    series: int
    version: int
    title: str
    starts_on: date
    ends_on: date
    target_percent: int
    hours_budget: int | None
    revision: int
    line_count: int
    state: PlanState
    sent_at: datetime | None
    advised_at: datetime | None
    advised_by: str
    advice: str
    approved_on: date | None
    approved_by: str
    act_reference: str
    act_on: date | None
    superseded_on: date | None
    completed_on: date | None
    cancelled_on: date | None


def plan_days(row: TrainingPlan) -> PlanDays:
    """Take from a row what its state is read from."""
    return PlanDays(
        starts_on=row.starts_on,
        is_sent=row.sent_for_review_at is not None,
        is_advised=row.reviewed_at is not None,
        approved_on=row.approved_on,
        superseded_on=row.superseded_on,
        completed_on=row.completed_on,
        cancelled_on=row.cancelled_on,
    )


Reviewer, Approver = aliased(User), aliased(User)
PLANS = (
    select(
        TrainingPlan,
        Reviewer.full_name.label("reviewer"),
        Approver.full_name.label("approver"),
        select(func.count(Requirement.id))
        .where(Requirement.plan_id == TrainingPlan.id)
        .correlate(TrainingPlan)
        .scalar_subquery()
        .label("line_count"),
    )
    .outerjoin(Reviewer, Reviewer.id == TrainingPlan.reviewed_by)
    .outerjoin(Approver, Approver.id == TrainingPlan.approved_by)
    .where(TrainingPlan.institution_id == INSTITUTION)
    .order_by(TrainingPlan.series.desc(), TrainingPlan.version.desc())
)


def plan_documents(
    session: Session, *, institution_id: int, today: date
) -> list[PlanDocument]:
    """List every version of an institution's plans, newest first; one statement."""
    rows = session.execute(PLANS, {"institution_id": institution_id})
    return [
        _document(plan, reviewer, approver, line_count, today)
        for plan, reviewer, approver, line_count in rows
    ]


def _document(
    row: TrainingPlan,
    reviewer: str | None,
    approver: str | None,
    line_count: int,
    today: date,
) -> PlanDocument:
    return PlanDocument(
        id=row.id,
        series=row.series,
        version=row.version,
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        target_percent=row.target_bp // 100,
        hours_budget=row.hours_budget,
        revision=row.revision,
        line_count=line_count,
        state=plan_state(plan_days(row), today),
        sent_at=row.sent_for_review_at,
        advised_at=row.reviewed_at,
        advised_by=reviewer or "",
        advice=row.review_note,
        approved_on=row.approved_on,
        approved_by=approver or "",
        act_reference=row.act_reference,
        act_on=row.act_on,
        superseded_on=row.superseded_on,
        completed_on=row.completed_on,
        cancelled_on=row.cancelled_on,
    )


ACCEPTED = (
    select(
        AcceptedException.plan_id,
        AcceptedException.kind,
        AcceptedException.subject,
        AcceptedException.reason,
    )
    .join(TrainingPlan, TrainingPlan.id == AcceptedException.plan_id)
    .where(TrainingPlan.institution_id == INSTITUTION)
)


def accepted_exceptions(
    session: Session, *, institution_id: int
) -> dict[int, dict[Matter, str]]:
    """Map plan to what was accepted in it, each with its reason; one statement."""
    found: dict[int, dict[Matter, str]] = {}
    for row in session.execute(ACCEPTED, {"institution_id": institution_id}):
        found.setdefault(row.plan_id, {})[row.kind, row.subject] = row.reason
    return found


REASON_TEXT = select(Requirement.reason_text).where(
    Requirement.id == bindparam("requirement_id", type_=Integer),
    Requirement.plan_id == PLAN,
)


def typed_reason(session: Session, *, plan_id: int, requirement_id: int) -> str:
    """Return what was typed as a line's reason; empty where a priority speaks."""
    values = {"plan_id": plan_id, "requirement_id": requirement_id}
    return session.scalar(REASON_TEXT, values) or ""


REMOVALS = select(AuditEntry.facts).where(
    AuditEntry.thing == bindparam("thing", type_=String),
    AuditEntry.institution_id == INSTITUTION,
    AuditEntry.act == "requirement-remove",
)


def was_removed(
    session: Session, *, institution_id: int, plan_id: int, requirement_id: int
) -> bool:
    """Say whether a plan had a line once that somebody removed; one statement."""
    values = {"thing": f"plan:{plan_id}", "institution_id": institution_id}
    return any(
        facts.get("requirement") == requirement_id
        for facts in session.scalars(REMOVALS, values)
    )


@dataclass(frozen=True, slots=True)
class LastAct:
    """Who did something last, and when; the name is empty for an erased account."""

    name: str
    at: datetime


LAST_ACT = (
    select(User.full_name, AuditEntry.at)
    .select_from(AuditEntry)
    .outerjoin(User, User.id == AuditEntry.user_id)
    .where(
        AuditEntry.thing == bindparam("thing", type_=String),
        AuditEntry.institution_id == INSTITUTION,
    )
    .order_by(AuditEntry.id.desc())
    .limit(1)
)


def last_act_on_plan(
    session: Session, *, institution_id: int, plan_id: int
) -> LastAct | None:
    """Return who touched a plan last; one statement."""
    values = {"thing": f"plan:{plan_id}", "institution_id": institution_id}
    row = session.execute(LAST_ACT, values).first()
    return None if row is None else LastAct(row[0] or "", row[1])
