"""New versions, closing and giving up: nothing in force ever changes."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import (
    RuleError,
)
from conexx_learn.domain.planning.states import PlanState
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import (
    AcceptedException,
    Requirement,
    TrainingPlan,
)
from conexx_learn.queries.planning import (
    accepted_exceptions,
)
from conexx_learn.services import planning
from tests.institutions import (
    make_plan,
    place_of,
    real_today,
    requirement,
)
from tests.planned_towns import approve, seen, state


def amend(session: Session, town: Institution, plan: TrainingPlan, by: User) -> int:
    return planning.amend_plan(
        session, place_of(session, town), plan_id=plan.id, by=by.id, now=now()
    )


def test_a_new_version_begins_with_all_lines_and_what_was_accepted(
    session: Session, town: Institution, lucia: User, budget: Course
) -> None:
    first = requirement(budget, weight=3, recert_months=12, min_holders=2)
    second = requirement(budget, audience_kind="profile", audience_key="PM")
    plan = make_plan(session, town, first, second, hours_budget=80)
    session.add(
        AcceptedException(
            plan_id=plan.id,
            kind="empty_audience",
            subject="institution: course:budget",
            reason="Known",
            accepted_by=lucia.id,
            accepted_at=now(),
        )
    )
    session.flush()

    new = session.get_one(TrainingPlan, amend(session, town, plan, lucia))

    assert (new.series, new.version, new.hours_budget) == (plan.series, 2, 80)
    assert state(session, new) is PlanState.DRAFT
    lines = session.scalars(
        select(Requirement)
        .where(Requirement.plan_id == new.id)
        .order_by(Requirement.ordinal)
    ).all()
    assert [(one.weight, one.recert_months, one.min_holders) for one in lines] == [
        (3, 12, 2),
        (2, None, None),
    ]
    kept = accepted_exceptions(session, institution_id=town.id)
    assert kept[new.id] == kept[plan.id]


def test_a_second_wish_for_a_new_version_finds_the_first(
    session: Session, town: Institution, lucia: User, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget))

    assert amend(session, town, plan, lucia) == amend(session, town, plan, lucia)


def test_approving_a_new_version_ends_the_old_one_the_same_day(
    session: Session, town: Institution, lucia: User, ana: User, budget: Course
) -> None:
    old = make_plan(session, town, requirement(budget))
    new = session.get_one(TrainingPlan, amend(session, town, old, lucia))

    approve(session, town, new, lucia)

    assert (old.superseded_on, new.approved_on) == (real_today(), real_today())
    assert state(session, old) is PlanState.SUPERSEDED
    assert state(session, new) is PlanState.ACTIVE


def test_a_version_that_was_given_up_keeps_its_number(
    session: Session, town: Institution, lucia: User, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget))
    second = session.get_one(TrainingPlan, amend(session, town, plan, lucia))
    assert planning.cancel_plan(session, seen(session, town, second), now=now())

    third = session.get_one(TrainingPlan, amend(session, town, plan, lucia))

    assert (second.version, third.version) == (2, 3)
    assert state(session, second) is PlanState.CANCELLED


def test_a_draft_is_neither_amended_nor_closed(
    session: Session, town: Institution, lucia: User
) -> None:
    plan = make_plan(session, town, is_approved=False)

    with pytest.raises(RuleError, match="plan-not-in-force"):
        amend(session, town, plan, lucia)
    with pytest.raises(RuleError, match="plan-not-in-force"):
        planning.complete_plan(session, seen(session, town, plan), now=now())


def test_a_plan_is_closed_once(
    session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget))
    before = seen(session, town, plan)

    assert planning.complete_plan(session, before, now=now())
    assert not planning.complete_plan(session, before, now=now())

    assert plan.completed_on == real_today()
    assert state(session, plan) is PlanState.COMPLETED


def test_a_plan_in_force_is_not_given_up(
    session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget))

    with pytest.raises(RuleError, match="plan-not-draft"):
        planning.cancel_plan(session, seen(session, town, plan), now=now())
