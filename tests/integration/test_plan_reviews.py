"""The coordination's advice: asked for, taken back, given, and never binding."""

import pytest
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import (
    ForbiddenError,
    RuleError,
)
from conexx_learn.domain.planning.states import PlanState
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.services import plan_reviews, planning
from tests.institutions import (
    make_plan,
    requirement,
)
from tests.planned_towns import TERMS, coordination, draft, manager, seen, state


def test_a_plan_in_review_stays_as_it_is_until_it_comes_back(
    session: Session, town: Institution, lucia: User, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)

    assert plan_reviews.send_for_review(session, seen(session, town, plan), now=now())

    assert state(session, plan) is PlanState.IN_REVIEW
    with pytest.raises(RuleError, match="plan-in-review"):
        planning.edit_plan(session, seen(session, town, plan), TERMS, now=now())
    assert plan_reviews.take_back(session, seen(session, town, plan), now=now())
    assert planning.edit_plan(session, seen(session, town, plan), TERMS, now=now())


def test_an_empty_plan_is_not_sent(
    session: Session, town: Institution, lucia: User
) -> None:
    plan = draft(session, town, lucia)

    with pytest.raises(RuleError, match="plan-empty"):
        plan_reviews.send_for_review(session, seen(session, town, plan), now=now())


@pytest.mark.parametrize(
    ("is_favourable", "is_advised"),
    [pytest.param(True, True, id="favourable"), pytest.param(False, False, id="not")],
)
def test_the_coordination_advises_or_returns_a_plan(
    session: Session,
    town: Institution,
    budget: Course,
    is_favourable: bool,
    is_advised: bool,
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)
    plan_reviews.send_for_review(session, seen(session, town, plan), now=now())

    done = plan_reviews.advise(
        session,
        seen(session, town, plan),
        note="  Good, but short.  ",
        is_favourable=is_favourable,
        by=coordination(session),
        now=now(),
    )

    assert done
    assert state(session, plan) is PlanState.DRAFT
    assert plan.review_note == "Good, but short."
    assert (plan.reviewed_at is not None) is is_advised


def test_an_edit_after_the_advice_asks_for_it_anew(
    session: Session, town: Institution, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)
    plan_reviews.send_for_review(session, seen(session, town, plan), now=now())
    plan_reviews.advise(
        session,
        seen(session, town, plan),
        note="Good.",
        is_favourable=True,
        by=coordination(session),
        now=now(),
    )

    planning.edit_plan(session, seen(session, town, plan), TERMS, now=now())

    assert plan.reviewed_at is None
    assert plan.review_note == "Good."


def test_only_the_coordination_advises(
    session: Session, town: Institution, lucia: User, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)
    plan_reviews.send_for_review(session, seen(session, town, plan), now=now())

    with pytest.raises(ForbiddenError):
        plan_reviews.advise(
            session,
            seen(session, town, plan),
            note="Good.",
            is_favourable=True,
            by=manager(lucia, town),
            now=now(),
        )
