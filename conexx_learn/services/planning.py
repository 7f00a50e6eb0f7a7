"""Training plans: drafted, edited, amended by a new version, closed, given up."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from conexx_learn.domain.errors import ShapeError
from conexx_learn.domain.planning import states
from conexx_learn.domain.planning.terms import (
    LONGEST_TITLE,
    MOST_HOURS,
    PlanTerms,
    RequirementTerms,
    period_refusal,
)
from conexx_learn.models.planning import (
    AcceptedException,
    Requirement,
    TrainingPlan,
)
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.services.held_plans import (
    SeenPlan,
    begin_edit,
    end_act,
    held_plan,
    lines_of,
    refuse,
    state_of,
    unchanged_plan,
)
from conexx_learn.services.institutions import held_institution
from conexx_learn.services.plan_lines import write_line

WHOLE = 100
"""Basis points in a percent."""

COPIED = (
    "ordinal",
    "audience_kind",
    "audience_key",
    "course_id",
    "min_major",
    "due_on",
    "due_days",
    "recert_months",
    "weight",
    "min_holders",
    "reason_kind",
    "reason_text",
    "reason_needs",
    "priority_id",
    "call_check_id",
)
"""What a line hands on to the next version."""


def draft_plan(
    session: Session,
    place: InstitutionPlace,
    terms: PlanTerms,
    *,
    by: int,
    now: datetime,
    lines: Sequence[RequirementTerms] = (),
) -> int:
    """Draft a plan, with its lines if there are some; sent twice, it is made once.

    Returns:
        Key of the draft; of the one that says the same of itself already, if any.

    Raises:
        RuleError: The period or a line contradicts a rule.
        ShapeError: A text or number is outside of what is possible.
        NotFoundError: A line names what is not of this institution.
    """
    today = place.today(now)
    _refuse_terms(terms, today, [])
    held_institution(session, place.id)
    same = _open_draft(
        session,
        place,
        TrainingPlan.title == terms.title,
        TrainingPlan.starts_on == terms.starts_on,
        TrainingPlan.ends_on == terms.ends_on,
    )
    if same is not None:
        return same
    plan = TrainingPlan(
        institution_id=place.id,
        series=1 + _greatest(session, TrainingPlan.series, place),
        version=1,
        title=terms.title,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        target_bp=terms.target_percent * WHOLE,
        hours_budget=terms.hours_budget,
        revision=0,
        created_at=now,
        created_by=by,
    )
    session.add(plan)
    session.flush()
    for line in lines:
        write_line(session, plan, place, line, now=now)
    end_act(session, plan, "plan-draft", now=now, lines=len(lines))
    return plan.id


def edit_plan(
    session: Session, seen: SeenPlan, terms: PlanTerms, *, now: datetime
) -> bool:
    """Change what a draft says about itself.

    Returns:
        False when somebody changed the plan since it was seen; nothing is written.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It is no draft, or its period contradicts a rule.
        ShapeError: A text or number is outside of what is possible.
    """
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    begin_edit(plan, seen.place, now)
    due = [line.due_on for line in lines_of(session, plan) if line.due_on is not None]
    _refuse_terms(terms, seen.place.today(now), due)
    plan.title = terms.title
    plan.starts_on = terms.starts_on
    plan.ends_on = terms.ends_on
    plan.target_bp = terms.target_percent * WHOLE
    plan.hours_budget = terms.hours_budget
    end_act(session, plan, "plan-edit", now=now)
    return True


def amend_plan(
    session: Session,
    place: InstitutionPlace,
    *,
    plan_id: int,
    by: int,
    now: datetime,
) -> int:
    """Begin a new version of a plan in force, with all its lines; twice is once.

    What was accepted in the old version stays accepted in the new one.

    Returns:
        Key of the new version, or of the one that is being written already.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It is not in force.
    """
    old = held_plan(session, place=place, plan_id=plan_id)
    refuse(states.amendment_refusal(state_of(old, place, now)))
    held_institution(session, place.id)
    written = _open_draft(session, place, TrainingPlan.series == old.series)
    if written is not None:
        return written
    of_series = TrainingPlan.series == old.series
    new = TrainingPlan(
        institution_id=place.id,
        series=old.series,
        version=1 + _greatest(session, TrainingPlan.version, place, of_series),
        title=old.title,
        starts_on=old.starts_on,
        ends_on=old.ends_on,
        target_bp=old.target_bp,
        hours_budget=old.hours_budget,
        revision=0,
        created_at=now,
        created_by=by,
    )
    session.add(new)
    session.flush()
    _copy(session, old, new)
    end_act(session, new, "plan-amend", now=now, former=old.id)
    return new.id


def complete_plan(session: Session, seen: SeenPlan, *, now: datetime) -> bool:
    """Close a plan in force: from today it asks for nothing.

    Returns:
        False when somebody changed the plan since it was seen; nothing is written.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It is not in force.
    """
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    refuse(states.completion_refusal(state_of(plan, seen.place, now)))
    plan.completed_on = seen.place.today(now)
    end_act(session, plan, "plan-complete", now=now)
    return True


def cancel_plan(session: Session, seen: SeenPlan, *, now: datetime) -> bool:
    """Give a draft up; it keeps its page.

    Returns:
        False when somebody changed the plan since it was seen; nothing is written.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It is no draft.
    """
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    refuse(states.cancellation_refusal(state_of(plan, seen.place, now)))
    plan.cancelled_on = seen.place.today(now)
    end_act(session, plan, "plan-cancel", now=now)
    return True


def _refuse_terms(terms: PlanTerms, today: date, due_days: Sequence[date]) -> None:
    if not (
        terms.title.strip()
        and len(terms.title) <= LONGEST_TITLE
        and 1 <= terms.target_percent <= WHOLE
        and (terms.hours_budget is None or 1 <= terms.hours_budget <= MOST_HOURS)
    ):
        raise ShapeError
    refuse(period_refusal(terms.starts_on, terms.ends_on, today, due_days))


def _greatest(
    session: Session,
    column: InstrumentedAttribute[int],
    place: InstitutionPlace,
    *conditions: ColumnElement[bool],
) -> int:
    """Return the greatest number given so far; 0 for none."""
    return (
        session.scalar(
            select(func.max(column)).where(
                TrainingPlan.institution_id == place.id, *conditions
            )
        )
        or 0
    )


def _open_draft(
    session: Session, place: InstitutionPlace, *conditions: ColumnElement[bool]
) -> int | None:
    """Find a draft of the institution that was neither approved nor given up."""
    return session.scalar(
        select(TrainingPlan.id)
        .where(
            TrainingPlan.institution_id == place.id,
            TrainingPlan.approved_on.is_(None),
            TrainingPlan.cancelled_on.is_(None),
            *conditions,
        )
        .order_by(TrainingPlan.id)
        .limit(1)
    )


def _copy(session: Session, old: TrainingPlan, new: TrainingPlan) -> None:
    """Give a new version the lines of the old one, and what was accepted in it."""
    session.add_all(
        Requirement(plan_id=new.id, **{name: getattr(line, name) for name in COPIED})
        for line in lines_of(session, old)
    )
    session.add_all(
        AcceptedException(
            plan_id=new.id,
            kind=one.kind,
            subject=one.subject,
            reason=one.reason,
            accepted_by=one.accepted_by,
            accepted_at=one.accepted_at,
        )
        for one in session.scalars(
            select(AcceptedException).where(AcceptedException.plan_id == old.id)
        )
    )
    session.flush()
