"""A plan becomes binding: by the institution's own act, with nothing left unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import (
    ForbiddenError,
    NotFoundError,
    RuleError,
    ShapeError,
)
from conexx_learn.domain.permissions import Actor, may_approve_plan
from conexx_learn.domain.planning import states
from conexx_learn.domain.planning.accepted import (
    Matter,
    exceptions_on,
    matter,
    unresolved,
)
from conexx_learn.domain.planning.terms import LONGEST_REASON, act_refusal
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Plan
from conexx_learn.models.planning import AcceptedException, TrainingPlan
from conexx_learn.queries.institution_facts import (
    InstitutionPlace,
    institution_facts,
)
from conexx_learn.services import audit
from conexx_learn.services.held_plans import (
    SeenPlan,
    end_act,
    held_plan,
    lines_of,
    refuse,
    state_of,
    unchanged_plan,
)

LONGEST_REFERENCE = 200


@dataclass(frozen=True, slots=True)
class InstitutionAct:
    """The act by which an institution approves its plan.

    Attributes:
        reference: As its papers name it, such as "Acuerdo de Cabildo 14/2026".
        on: Its day.
    """

    reference: str
    on: date


def accept_exception(
    session: Session,
    place: InstitutionPlace,
    *,
    plan_id: int,
    what: Matter,
    reason: str,
    by: int,
    now: datetime,
) -> None:
    """Accept one exception of a plan as it is, with a reason; a new reason replaces it.

    Raises:
        NotFoundError: The plan is not of this institution, or has no such exception.
        RuleError: The plan is over.
        ShapeError: The reason is empty or too long.
    """
    plan = held_plan(session, place=place, plan_id=plan_id)
    state = state_of(plan, place, now)
    if not (state.is_open or state.is_in_force):
        raise RuleError("plan-not-in-force")
    index, known = _known(session, place, plan_id, now)
    exceptions = exceptions_on(index, known, place.today(now))
    if what not in {matter(one, known) for one in exceptions}:
        raise NotFoundError
    _accept(session, plan, {what: reason}, by, now)
    # It changes nothing that the plan says: who edits it meanwhile need not be told.
    audit.record(
        session,
        act="exception-accept",
        thing=f"plan:{plan_id}",
        now=now,
        institution_id=place.id,
        kind=what[0],
        about=what[1],
    )


def approve_plan(
    session: Session,
    seen: SeenPlan,
    act: InstitutionAct,
    *,
    accepted: Mapping[Matter, str],
    by: Actor,
    now: datetime,
) -> bool:
    """Approve a plan: it binds from today, and its former version ends today.

    Args:
        session: Where to write.
        seen: The draft as it was read.
        act: Of the institution.
        accepted: Exceptions that are accepted with this act, each with its reason.
        by: Its training manager.
        now: This moment.

    Returns:
        False when somebody changed the plan since it was seen; nothing is written.

    Raises:
        ForbiddenError: Not by who asks: the institution approves its own plan.
        NotFoundError: It is not of this institution.
        RuleError: It is no draft, it asks for nothing, advice is obligatory and
            missing, the act is of a day to come, or an exception is neither mended
            nor accepted.
        ShapeError: The reference or a reason is empty or too long.
    """
    place = seen.place
    if not may_approve_plan(by, institution_id=place.id):
        raise ForbiddenError
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    today = place.today(now)
    refuse(
        states.approval_refusal(
            state_of(plan, place, now),
            has_requirements=bool(lines_of(session, plan)),
            is_advised=plan.reviewed_at is not None,
            review_is_obligatory=place.review_is_obligatory,
        )
    )
    refuse(act_refusal(act.on, today))
    if not 0 < len(act.reference.strip()) <= LONGEST_REFERENCE:
        raise ShapeError
    _accept_all_or_refuse(session, plan, place, accepted, by.user_id, now)
    plan.act_reference = act.reference.strip()
    plan.act_on = act.on
    plan.approved_on = today
    plan.approved_by = by.user_id
    _supersede_former(session, plan, today)
    end_act(session, plan, "plan-approve", now=now, act_reference=plan.act_reference)
    return True


def _known(
    session: Session, place: InstitutionPlace, plan_id: int, now: datetime
) -> tuple[FactIndex, Plan]:
    known = institution_facts(
        session, place=place, as_of=place.today(now), lang=place.locale
    )
    plan = next(plan for plan in known.plans if plan.id == plan_id)
    return FactIndex(known), plan


def _accept_all_or_refuse(
    session: Session,
    plan: TrainingPlan,
    place: InstitutionPlace,
    accepted: Mapping[Matter, str],
    by: int | None,
    now: datetime,
) -> None:
    """Keep the reasons that belong to exceptions of the plan; refuse if one is left."""
    index, known = _known(session, place, plan.id, now)
    exceptions = exceptions_on(index, known, place.today(now))
    matters = {matter(one, known) for one in exceptions}
    reasons = {what: reason for what, reason in accepted.items() if what in matters}
    before = {(row.kind, row.subject) for row in _accepted(session, plan)}
    left = unresolved(exceptions, known, before | reasons.keys())
    if left:
        raise RuleError("plan-has-exceptions", count=len(left))
    _accept(session, plan, reasons, by, now)


def _accepted(session: Session, plan: TrainingPlan) -> list[AcceptedException]:
    return list(
        session.scalars(
            select(AcceptedException).where(AcceptedException.plan_id == plan.id)
        )
    )


def _accept(
    session: Session,
    plan: TrainingPlan,
    reasons: Mapping[Matter, str],
    by: int | None,
    now: datetime,
) -> None:
    rows = {(row.kind, row.subject): row for row in _accepted(session, plan)}
    for what, reason in reasons.items():
        if not 0 < len(reason.strip()) <= LONGEST_REASON:
            raise ShapeError
        row = rows.get(what)
        if row is None:
            kind, subject = what
            row = AcceptedException(plan_id=plan.id, kind=kind, subject=subject)
            session.add(row)
        row.reason = reason.strip()
        row.accepted_by = by
        row.accepted_at = now
    session.flush()


def _supersede_former(session: Session, plan: TrainingPlan, today: date) -> None:
    """End the versions before this one on the day on which it begins to bind."""
    former = session.scalars(
        select(TrainingPlan)
        .where(
            TrainingPlan.institution_id == plan.institution_id,
            TrainingPlan.series == plan.series,
            TrainingPlan.id != plan.id,
            TrainingPlan.approved_on.is_not(None),
            TrainingPlan.superseded_on.is_(None),
            TrainingPlan.completed_on.is_(None),
        )
        .with_for_update()
    )
    for row in former:
        row.superseded_on = today
        row.revision += 1
    session.flush()
