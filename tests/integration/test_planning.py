"""Plans: drafted once, edited by whoever saw them last, amended, closed, given up."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import (
    NotFoundError,
    RuleError,
    ShapeError,
)
from conexx_learn.domain.planning.terms import PlanTerms
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.catalogue import Course
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import (
    TrainingPlan,
)
from conexx_learn.queries.planning import (
    last_act_on_plan,
    plan_documents,
)
from conexx_learn.services import plan_approval, plan_reviews, planning
from conexx_learn.services.held_plans import SeenPlan
from tests.institutions import (
    in_days,
    make_plan,
    make_town,
    place_of,
    requirement,
)
from tests.planned_towns import ACT, TERMS, draft, manager, seen


def test_a_draft_sent_twice_is_made_once(
    session: Session, town: Institution, lucia: User
) -> None:
    first, second = draft(session, town, lucia), draft(session, town, lucia)

    assert first.id == second.id
    assert (first.series, first.version, first.revision) == (1, 1, 1)
    assert first.target_bp == 9000
    assert session.scalar(select(func.count()).select_from(TrainingPlan)) == 1


def test_plans_are_numbered_for_each_institution(
    session: Session, town: Institution, lucia: User
) -> None:
    make_plan(session, town, series=4)
    make_plan(session, make_town(session, "izalpa"), series=9)

    assert draft(session, town, lucia).series == 5


@pytest.mark.parametrize(
    ("begin", "end", "code"),
    [
        pytest.param(10, 5, "plan-period-reversed", id="reversed"),
        pytest.param(-20, -10, "plan-period-over", id="past"),
    ],
)
def test_a_period_that_contradicts_a_rule_is_refused(
    session: Session, town: Institution, lucia: User, begin: int, end: int, code: str
) -> None:
    terms = PlanTerms("Plan", in_days(begin), in_days(end), 90)

    with pytest.raises(RuleError, match=code):
        planning.draft_plan(
            session, place_of(session, town), terms, by=lucia.id, now=now()
        )


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(PlanTerms(" ", in_days(0), in_days(9), 90), id="no title"),
        pytest.param(PlanTerms("x" * 201, in_days(0), in_days(9), 90), id="long"),
        pytest.param(PlanTerms("Plan", in_days(0), in_days(9), 0), id="no target"),
        pytest.param(PlanTerms("Plan", in_days(0), in_days(9), 101), id="101 percent"),
        pytest.param(PlanTerms("Plan", in_days(0), in_days(9), 90, 0), id="no hours"),
    ],
)
def test_what_cannot_be_read_is_refused(
    session: Session, town: Institution, lucia: User, terms: PlanTerms
) -> None:
    with pytest.raises(ShapeError):
        planning.draft_plan(
            session, place_of(session, town), terms, by=lucia.id, now=now()
        )


def test_the_second_of_two_editors_is_told_and_changes_nothing(
    session: Session, town: Institution, lucia: User
) -> None:
    plan = draft(session, town, lucia)
    as_both_saw_it = seen(session, town, plan)
    longer = PlanTerms("Plan of the first", in_days(0), in_days(400), 80)
    other = PlanTerms("Plan of the second", in_days(0), in_days(300), 70)

    assert planning.edit_plan(session, as_both_saw_it, longer, now=now())
    assert not planning.edit_plan(session, as_both_saw_it, other, now=now())

    assert plan.title == "Plan of the first"
    assert planning.edit_plan(session, seen(session, town, plan), other, now=now())
    assert plan.title == "Plan of the second"


def test_a_foreign_plan_is_not_there(
    session: Session, town: Institution, lucia: User
) -> None:
    foreign = make_plan(session, make_town(session, "izalpa"), is_approved=False)
    wrong = SeenPlan(place_of(session, town), foreign.id, foreign.revision)
    place, actor = place_of(session, town), manager(lucia, town)

    for act in (
        lambda: planning.edit_plan(session, wrong, TERMS, now=now()),
        lambda: planning.complete_plan(session, wrong, now=now()),
        lambda: planning.cancel_plan(session, wrong, now=now()),
        lambda: planning.amend_plan(
            session, place, plan_id=foreign.id, by=lucia.id, now=now()
        ),
        lambda: plan_reviews.send_for_review(session, wrong, now=now()),
        lambda: plan_approval.approve_plan(
            session, wrong, ACT, accepted={}, by=actor, now=now()
        ),
        lambda: plan_approval.accept_exception(
            session,
            place,
            plan_id=foreign.id,
            what=("empty_audience", "x"),
            reason="x",
            by=lucia.id,
            now=now(),
        ),
    ):
        with pytest.raises(NotFoundError):
            act()


def test_every_act_is_written_down(
    session: Session, town: Institution, lucia: User, ana: User, budget: Course
) -> None:
    plan = make_plan(session, town, requirement(budget), is_approved=False)
    planning.edit_plan(session, seen(session, town, plan), TERMS, now=now())

    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.thing) == ("plan-edit", f"plan:{plan.id}")
    assert entry.institution_id == town.id
    last = last_act_on_plan(session, institution_id=town.id, plan_id=plan.id)
    assert last is not None
    elsewhere = make_town(session, "izalpa")
    assert (
        last_act_on_plan(session, institution_id=elsewhere.id, plan_id=plan.id) is None
    )


def test_the_list_of_plans_is_one_statement(
    session: Session, town: Institution, budget: Course, statements: list[str]
) -> None:
    for _number in range(20):
        make_plan(session, town, requirement(budget))
    make_plan(session, make_town(session, "izalpa"), requirement(budget))
    statements.clear()

    documents = plan_documents(session, institution_id=town.id, today=date(2026, 1, 1))

    assert len(documents) == 20
    assert {one.line_count for one in documents} == {1}
    assert len(statements) == 1
