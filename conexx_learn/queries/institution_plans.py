"""What an institution asks for: its plans, line by line; one of its statements."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from conexx_learn.domain.readiness import facts
from conexx_learn.models.calls import CallCheck
from conexx_learn.models.catalogue import Course
from conexx_learn.models.planning import Priority, Requirement, TrainingPlan
from conexx_learn.queries.institution_scope import INSTITUTION, Rows


def plans_statement(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Build the statement of plans, line by line; what was given up is left out."""
    return (
        select(
            TrainingPlan,
            Requirement,
            Course.slug,
            Priority.rank,
            Priority.title.label("priority_title"),
            CallCheck.title.label("call_title"),
        )
        .outerjoin(Requirement, Requirement.plan_id == TrainingPlan.id)
        .outerjoin(Course, Course.id == Requirement.course_id)
        .outerjoin(Priority, Priority.id == Requirement.priority_id)
        .outerjoin(CallCheck, CallCheck.id == Requirement.call_check_id)
        .where(whose, TrainingPlan.cancelled_on.is_(None))
        .order_by(TrainingPlan.series, TrainingPlan.version, Requirement.ordinal)
    )


PLANS = plans_statement(TrainingPlan.institution_id == INSTITUTION)


def read_plans(rows: Rows) -> tuple[facts.Plan, ...]:
    """Read plans from their rows, one for each line."""
    plans: dict[int, tuple[TrainingPlan, list[facts.Requirement]]] = {}
    for plan, requirement, slug, rank, priority, call in rows:
        lines = plans.setdefault(plan.id, (plan, []))[1]
        if requirement is not None:
            reason = _reason(requirement, rank, priority, call)
            lines.append(requirement_fact(requirement, slug, reason))
    return tuple(plan_fact(plan, lines) for plan, lines in plans.values())


def plan_fact(row: TrainingPlan, lines: Iterable[facts.Requirement]) -> facts.Plan:
    """Read a plan from its row, with its lines."""
    return facts.Plan(
        id=row.id,
        series=row.series,
        version=row.version,
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        target_bp=row.target_bp,
        approved_on=row.approved_on,
        superseded_on=row.superseded_on,
        completed_on=row.completed_on,
        requirements=tuple(lines),
    )


def requirement_fact(
    row: Requirement, slug: str, reason: facts.Reason
) -> facts.Requirement:
    """Read a line of a plan from its row, with the slug of its course."""
    return facts.Requirement(
        id=row.id,
        plan_id=row.plan_id,
        audience=facts.Audience(
            facts.AudienceKind(row.audience_kind), row.audience_key
        ),
        course=slug,
        min_major=row.min_major,
        due_on=row.due_on,
        due_days=row.due_days,
        recert_months=row.recert_months,
        weight=row.weight,
        min_holders=row.min_holders,
        reason=reason,
    )


def _reason(
    row: Requirement, rank: int | None, priority: str | None, call: str | None
) -> facts.Reason:
    if row.priority_id is not None:
        text = f"{rank}. {priority}" if not row.reason_text else row.reason_text
        return facts.Reason("priority", text, row.priority_id)
    if row.call_check_id is not None:
        return facts.Reason("call", row.reason_text or call or "", row.call_check_id)
    return facts.Reason(row.reason_kind, row.reason_text, needs=_needs(row))


def _needs(row: Requirement) -> tuple[facts.CitedNeed, ...]:
    """Read what a line was proposed for; nothing where somebody wrote why."""
    return tuple(
        facts.CitedNeed(
            profile=need["profile"],
            competency=need["competency"],
            level=need["level"],
            holders=need["holders"],
            profile_titles=tuple(need["profile_titles"].items()),
            competency_titles=tuple(need["competency_titles"].items()),
        )
        for need in row.reason_needs or ()
    )
