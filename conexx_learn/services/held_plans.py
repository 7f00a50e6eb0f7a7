"""A plan held by one transaction, and whether it is still what somebody saw."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.planning.states import PlanState, edit_refusal, plan_state
from conexx_learn.models.planning import Requirement, TrainingPlan
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.planning import plan_days
from conexx_learn.services import audit


@dataclass(frozen=True, slots=True)
class SeenPlan:
    """A plan as somebody saw it when they decided to act on it.

    Attributes:
        place: The institution whose pages they are on.
        plan_id: Which plan of it.
        revision: What the page that they saw was made of.
    """

    place: InstitutionPlace
    plan_id: int
    revision: int


def held_plan(
    session: Session, *, place: InstitutionPlace, plan_id: int
) -> TrainingPlan:
    """Return a plan that nobody else changes until this transaction ends.

    Raises:
        NotFoundError: It does not exist, or is not of this institution.
    """
    found = session.scalar(
        select(TrainingPlan)
        .where(TrainingPlan.id == plan_id, TrainingPlan.institution_id == place.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFoundError
    return found


def unchanged_plan(session: Session, seen: SeenPlan) -> TrainingPlan | None:
    """Return a plan, held, if it is what was seen; None when somebody changed it.

    What the second of two editors typed must not be lost in an error: the verbs say
    that nothing was written, and the page shows both versions.

    Raises:
        NotFoundError: It does not exist, or is not of this institution.
    """
    plan = held_plan(session, place=seen.place, plan_id=seen.plan_id)
    return plan if plan.revision == seen.revision else None


def state_of(plan: TrainingPlan, place: InstitutionPlace, now: datetime) -> PlanState:
    """Say where a plan is in its life at this moment."""
    return plan_state(plan_days(plan), place.today(now))


def lines_of(session: Session, plan: TrainingPlan) -> list[Requirement]:
    """List the lines of a plan in their order."""
    return list(
        session.scalars(
            select(Requirement)
            .where(Requirement.plan_id == plan.id)
            .order_by(Requirement.ordinal, Requirement.id)
        )
    )


def refuse(refusal: RuleError | None) -> None:
    """Raise a refusal, if there is one."""
    if refusal is not None:
        raise refusal


def begin_edit(plan: TrainingPlan, place: InstitutionPlace, now: datetime) -> None:
    """Open a draft for a change; advice on what it said before no longer counts.

    Raises:
        RuleError: It is no draft.
    """
    refuse(edit_refusal(state_of(plan, place, now)))
    plan.sent_for_review_at = None
    plan.reviewed_at = None


def end_act(
    session: Session,
    plan: TrainingPlan,
    act: str,
    *,
    now: datetime,
    **facts: str | int | None,
) -> None:
    """Count the act, so that who saw the plan before is told, and write it down."""
    plan.revision += 1
    session.flush()
    audit.record(
        session,
        act=act,
        thing=f"plan:{plan.id}",
        now=now,
        institution_id=plan.institution_id,
        **facts,
    )
