"""Acts on the plans of a town, as its training manager and the coordination do them."""

from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.domain.planning.states import PlanState
from conexx_learn.domain.planning.terms import PlanTerms
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import TrainingPlan
from conexx_learn.queries.planning import plan_documents
from conexx_learn.services import plan_approval, planning
from conexx_learn.services.held_plans import SeenPlan
from conexx_learn.services.plan_approval import InstitutionAct
from tests.institutions import in_days, make_coordinator, place_of, real_today

TERMS = PlanTerms("Plan 2027", in_days(0), in_days(365), 90, 200)
ACT = InstitutionAct("Acuerdo de Cabildo 14", in_days(0))


def manager(user: User, institution: Institution) -> Actor:
    """Let somebody act as the training manager of an institution."""
    return Actor(user.id, (Place(Role.MANAGER, institution.id),))


def coordination(session: Session) -> Actor:
    """Let a new coordinator act."""
    return Actor(make_coordinator(session).id, (Place(Role.COORDINATOR, None),))


def seen(session: Session, town: Institution, plan: TrainingPlan) -> SeenPlan:
    """Return a plan as somebody sees it now."""
    return SeenPlan(place_of(session, town), plan.id, plan.revision)


def state(session: Session, plan: TrainingPlan) -> PlanState:
    """Return how a plan stands today."""
    documents = plan_documents(
        session, institution_id=plan.institution_id, today=real_today()
    )
    return next(one.state for one in documents if one.id == plan.id)


def draft(session: Session, town: Institution, by: User) -> TrainingPlan:
    """Draft the plan of `TERMS`."""
    plan_id = planning.draft_plan(
        session, place_of(session, town), TERMS, by=by.id, now=now()
    )
    return session.get_one(TrainingPlan, plan_id)


def approve(
    session: Session,
    town: Institution,
    plan: TrainingPlan,
    by: User,
    accepted: dict[tuple[str, str], str] | None = None,
) -> bool:
    """Approve a plan as it stands now, by `ACT`."""
    return plan_approval.approve_plan(
        session,
        seen(session, town, plan),
        ACT,
        accepted=accepted or {},
        by=manager(by, town),
        now=now(),
    )
