"""The coordination's advice on a draft: asked for, taken back, given."""

from datetime import datetime

from sqlalchemy.orm import Session

from conexx_learn.domain.errors import ForbiddenError, ShapeError
from conexx_learn.domain.permissions import Actor, Role, holds
from conexx_learn.domain.planning import states
from conexx_learn.services.held_plans import (
    SeenPlan,
    end_act,
    lines_of,
    refuse,
    state_of,
    unchanged_plan,
)

LONGEST_NOTE = 2000


def send_for_review(session: Session, seen: SeenPlan, *, now: datetime) -> bool:
    """Hand a draft to the coordination; it does not change until it comes back.

    Returns:
        False when somebody changed the plan since it was seen; nothing is written.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It is no draft, or asks for nothing.
    """
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    has_requirements = bool(lines_of(session, plan))
    state = state_of(plan, seen.place, now)
    refuse(states.sending_refusal(state, has_requirements=has_requirements))
    plan.sent_for_review_at = now
    plan.reviewed_at = None
    end_act(session, plan, "plan-send", now=now)
    return True


def take_back(session: Session, seen: SeenPlan, *, now: datetime) -> bool:
    """Take a draft back from the coordination, to write on.

    Returns:
        False when somebody changed the plan since it was seen; nothing is written.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It is not in review.
    """
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    refuse(states.review_refusal(state_of(plan, seen.place, now)))
    plan.sent_for_review_at = None
    end_act(session, plan, "plan-take-back", now=now)
    return True


def advise(
    session: Session,
    seen: SeenPlan,
    *,
    note: str,
    is_favourable: bool,
    by: Actor,
    now: datetime,
) -> bool:
    """Answer a draft: it may be approved, or it comes back with what is to change.

    Args:
        session: Where to write.
        seen: The draft as the coordination read it.
        note: What they say to the institution.
        is_favourable: Whether they advise to approve it as it is.
        by: One of the coordination.
        now: This moment.

    Returns:
        False when somebody changed the plan since it was seen; nothing is written.

    Raises:
        ForbiddenError: Not by who asks.
        NotFoundError: It is not of this institution.
        RuleError: It is not in review.
        ShapeError: The note is empty or too long.
    """
    if not holds(by, Role.COORDINATOR):
        raise ForbiddenError
    if not 0 < len(note.strip()) <= LONGEST_NOTE:
        raise ShapeError
    plan = unchanged_plan(session, seen)
    if plan is None:
        return False
    refuse(states.review_refusal(state_of(plan, seen.place, now)))
    plan.review_note = note.strip()
    plan.reviewed_by = by.user_id
    if is_favourable:
        plan.reviewed_at = now
    else:
        plan.sent_for_review_at = None
    act = "plan-advise" if is_favourable else "plan-return"
    end_act(session, plan, act, now=now)
    return True
