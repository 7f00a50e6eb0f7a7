"""A plan becomes binding by the institution's act, with nothing left unseen."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import (
    ForbiddenError,
    NotFoundError,
    RuleError,
)
from conexx_learn.domain.permissions import Actor
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
from conexx_learn.services import plan_approval, plan_reviews, planning
from conexx_learn.services.plan_approval import InstitutionAct
from tests.institutions import (
    appoint,
    in_days,
    make_learner,
    make_manager,
    make_plan,
    make_post,
    make_town,
    make_unit,
    place_of,
    real_today,
    requirement,
)
from tests.planned_towns import (
    ACT,
    TERMS,
    approve,
    coordination,
    manager,
    seen,
    state,
)


def test_the_institution_approves_its_own_plan_by_its_act(
    session: Session, town: Institution, lucia: User, ana: User, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)

    assert approve(session, town, plan, lucia)

    assert state(session, plan) is PlanState.ACTIVE
    assert (plan.act_reference, plan.act_on) == ("Acuerdo de Cabildo 14", in_days(0))
    assert (plan.approved_on, plan.approved_by) == (real_today(), lucia.id)


def test_a_plan_that_was_approved_meanwhile_tells_the_editor_so(
    session: Session, town: Institution, lucia: User, ana: User, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)
    before = seen(session, town, plan)
    approve(session, town, plan, lucia)

    assert not planning.edit_plan(session, before, TERMS, now=now())
    with pytest.raises(RuleError, match="plan-not-draft"):
        planning.edit_plan(session, seen(session, town, plan), TERMS, now=now())


def test_neither_the_coordination_nor_a_neighbour_approves(
    session: Session, town: Institution, ana: User, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)
    neighbour = make_manager(session, make_town(session, "izalpa"))

    for actor in (coordination(session), Actor(neighbour.id, ())):
        with pytest.raises(ForbiddenError):
            plan_approval.approve_plan(
                session,
                seen(session, town, plan),
                ACT,
                accepted={},
                by=actor,
                now=now(),
            )


def test_an_act_of_tomorrow_approves_nothing(
    session: Session, town: Institution, lucia: User, ana: User, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)

    with pytest.raises(RuleError, match="act-to-come"):
        plan_approval.approve_plan(
            session,
            seen(session, town, plan),
            InstitutionAct("Acuerdo 1", in_days(1)),
            accepted={},
            by=manager(lucia, town),
            now=now(),
        )


def test_advice_is_awaited_where_it_is_obligatory(
    session: Session, lucia: User, budget: Course
) -> None:
    town = make_town(session, "chorti", review_is_obligatory=True)
    appoint(
        session,
        make_learner(session, town),
        make_post(session, make_unit(session, town)),
    )
    plan = make_plan(session, town, requirement(budget), is_approved=False)

    with pytest.raises(RuleError, match="plan-needs-advice"):
        approve(session, town, plan, lucia)
    plan_reviews.send_for_review(session, seen(session, town, plan), now=now())
    plan_reviews.advise(
        session,
        seen(session, town, plan),
        note="Good.",
        is_favourable=True,
        by=coordination(session),
        now=now(),
    )

    assert approve(session, town, plan, lucia)


@pytest.fixture
def over_an_empty_unit(
    session: Session, town: Institution, ana: User, budget: Course
) -> TrainingPlan:
    """A plan whose only line binds a unit without posts."""
    empty = make_unit(session, town, "Archivo")
    line = requirement(budget, audience_kind="unit", audience_key=str(empty.id))
    return make_plan(session, town, line, is_approved=False)


def test_a_plan_over_an_empty_unit_waits_for_a_reason(
    session: Session,
    town: Institution,
    lucia: User,
    over_an_empty_unit: TrainingPlan,
) -> None:
    with pytest.raises(RuleError, match="plan-has-exceptions") as refused:
        approve(session, town, over_an_empty_unit, lucia)
    session.rollback()
    assert refused.value.facts == {"count": 1}
    assert not session.scalars(select(AcceptedException)).all()


def test_a_reason_lets_it_be_approved_and_is_kept(
    session: Session,
    town: Institution,
    lucia: User,
    over_an_empty_unit: TrainingPlan,
) -> None:
    plan = over_an_empty_unit
    unit = session.scalars(select(Requirement.audience_key)).one()
    matter = ("empty_audience", f"unit:{unit} course:budget")
    stray = ("impossible_due", "person:1 course:x")

    done = approve(
        session, town, plan, lucia, {matter: " It opens in May. ", stray: "Tampered"}
    )

    assert done
    kept = accepted_exceptions(session, institution_id=town.id)
    assert kept == {plan.id: {matter: "It opens in May."}}


def test_an_exception_is_accepted_alone_and_its_reason_may_change(
    session: Session,
    town: Institution,
    lucia: User,
    over_an_empty_unit: TrainingPlan,
) -> None:
    plan, place = over_an_empty_unit, place_of(session, town)
    unit = session.scalars(select(Requirement.audience_key)).one()
    matter = ("empty_audience", f"unit:{unit} course:budget")

    for reason in ("It opens in May.", "It opens in June."):
        plan_approval.accept_exception(
            session,
            place,
            plan_id=plan.id,
            what=matter,
            reason=reason,
            by=lucia.id,
            now=now(),
        )

    kept = accepted_exceptions(session, institution_id=town.id)
    assert kept == {plan.id: {matter: "It opens in June."}}
    assert approve(session, town, plan, lucia)


def test_what_is_no_exception_cannot_be_accepted(
    session: Session, town: Institution, lucia: User, ana: User, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget))

    with pytest.raises(NotFoundError):
        plan_approval.accept_exception(
            session,
            place_of(session, town),
            plan_id=plan.id,
            what=("empty_audience", "unit:1 course:budget"),
            reason="x",
            by=lucia.id,
            now=now(),
        )
