"""Two managers at one plan at the same moment, each with a connection of its own."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.config import Config
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.domain.planning.terms import PlanTerms, RequirementTerms
from conexx_learn.domain.readiness.facts import Audience, AudienceKind, Reason
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import (
    Exemption,
    Priority,
    Requirement,
    TrainingPlan,
)
from conexx_learn.models.registry import db
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.services import exemptions, plan_lines, planning, priorities
from conexx_learn.services.exemptions import ExemptionTerms
from conexx_learn.services.held_plans import SeenPlan
from conexx_learn.services.plan_approval import InstitutionAct, approve_plan
from conexx_learn.services.priorities import PriorityTerms
from tests.conftest import empty_database
from tests.institutions import (
    appoint,
    in_days,
    make_course,
    make_learner,
    make_manager,
    make_plan,
    make_post,
    make_town,
    make_unit,
    place_of,
    requirement,
)
from tests.real_application import at_once, real_application

MANAGERS = 8
_numbers = itertools.count(1)
LINE = RequirementTerms(
    audience=Audience(AudienceKind.INSTITUTION),
    course="budget",
    due_on=in_days(100),
    due_days=None,
    weight=2,
    reason=Reason("other", "The council wants it"),
)


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    with real_application(
        config, empty_database(tmp_path_factory.mktemp("plans"), "plans")
    ) as app:
        with app.app_context():
            make_course(db.session(), "budget")
            db.session.commit()
        yield app


@pytest.fixture
def session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()


@pytest.fixture
def town(session: Session) -> Institution:
    """A town of this test alone, with Ana in its only post."""
    town = make_town(session, f"town-{next(_numbers)}")
    unit = make_unit(session, town)
    appoint(session, make_learner(session, town), make_post(session, unit))
    session.commit()
    return town


def counted(session: Session, table: Any, *conditions: Any) -> int:
    session.rollback()
    return (
        session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0
    )


def placed(session: Session, town: Institution) -> InstitutionPlace:
    place = place_of(session, town)
    session.rollback()
    return place


def test_of_many_editors_of_one_plan_one_writes_and_all_others_are_told(
    real_app: Flask, session: Session, town: Institution
) -> None:
    plan_id = make_plan(session, town, is_approved=False).id
    session.commit()
    seen = SeenPlan(placed(session, town), plan_id, 1)

    def edit(work: Session, number: int) -> bool:
        terms = PlanTerms(f"Plan of {number}", in_days(0), in_days(300), 90)
        return planning.edit_plan(work, seen, terms, now=now())

    outcomes = at_once(real_app, MANAGERS, edit)

    assert sorted(outcomes) == [False] * (MANAGERS - 1) + [True]
    plan = session.get_one(TrainingPlan, plan_id)
    assert plan.title == f"Plan of {outcomes.index(True)}"
    assert plan.revision == 2


def test_of_many_lines_added_at_once_one_is_added(
    real_app: Flask, session: Session, town: Institution
) -> None:
    plan_id = make_plan(session, town, is_approved=False).id
    session.commit()
    seen = SeenPlan(placed(session, town), plan_id, 1)

    outcomes = at_once(
        real_app,
        MANAGERS,
        lambda work, _: plan_lines.add_requirement(work, seen, LINE, now=now()),
    )

    assert outcomes.count(True) == 1
    assert counted(session, Requirement, Requirement.plan_id == plan_id) == 1


def test_many_drafts_of_one_name_at_once_are_one(
    real_app: Flask, session: Session, town: Institution
) -> None:
    place, by = placed(session, town), make_manager(session, town).id
    session.commit()
    terms = PlanTerms("Plan 2027", in_days(0), in_days(300), 90)

    made = at_once(
        real_app,
        MANAGERS,
        lambda work, _: planning.draft_plan(
            work, place, terms, lines=[LINE], by=by, now=now()
        ),
    )

    assert len(set(made)) == 1
    assert counted(session, Requirement, Requirement.plan_id == made[0]) == 1


def test_drafts_of_many_names_at_once_get_numbers_of_their_own(
    real_app: Flask, session: Session, town: Institution
) -> None:
    place, by = placed(session, town), make_manager(session, town).id
    session.commit()

    def draft(work: Session, number: int) -> int:
        terms = PlanTerms(f"Plan {number}", in_days(0), in_days(300), 90)
        return planning.draft_plan(work, place, terms, by=by, now=now())

    made = at_once(real_app, MANAGERS, draft)

    session.rollback()
    series = session.scalars(
        select(TrainingPlan.series).where(TrainingPlan.id.in_(made))
    ).all()
    assert sorted(series) == list(range(1, MANAGERS + 1))


def test_many_amendments_at_once_begin_one_version(
    real_app: Flask, session: Session, town: Institution
) -> None:
    plan_id = make_plan(session, town).id
    place, by = placed(session, town), make_manager(session, town).id
    session.commit()

    made = at_once(
        real_app,
        MANAGERS,
        lambda work, _: planning.amend_plan(
            work, place, plan_id=plan_id, by=by, now=now()
        ),
    )

    assert len(set(made)) == 1


def test_a_plan_is_approved_once_or_edited_never_both(
    real_app: Flask, session: Session, town: Institution
) -> None:
    course = make_course(session, f"course-{town.id}")
    plan_id = make_plan(session, town, requirement(course), is_approved=False).id
    by = Actor(make_manager(session, town).id, (Place(Role.MANAGER, town.id),))
    session.commit()
    seen = SeenPlan(placed(session, town), plan_id, 1)
    act = InstitutionAct("Acuerdo 1", in_days(0))
    terms = PlanTerms("Edited", in_days(0), in_days(300), 90)

    def race(work: Session, number: int) -> bool:
        if number % 2:
            return planning.edit_plan(work, seen, terms, now=now())
        return approve_plan(work, seen, act, accepted={}, by=by, now=now())

    outcomes = at_once(real_app, MANAGERS, race)

    assert outcomes.count(True) == 1
    session.rollback()
    plan = session.get_one(TrainingPlan, plan_id)
    assert (plan.approved_on is not None) != (plan.title == "Edited")


def test_many_wishes_to_exempt_at_once_are_one(
    real_app: Flask, session: Session, town: Institution
) -> None:
    course = make_course(session, f"course-{town.id}")
    make_plan(session, town, requirement(course))
    ana = make_learner(session, town, "Beto")
    appoint(session, ana, make_post(session, make_unit(session, town, "Obras")))
    by = Actor(make_manager(session, town).id, (Place(Role.MANAGER, town.id),))
    terms = ExemptionTerms(ana.id, course.slug, "On leave", in_days(0), in_days(9))
    session.commit()
    place = placed(session, town)

    outcomes = at_once(
        real_app,
        MANAGERS,
        lambda work, _: exemptions.exempt(work, place, terms, by=by, now=now()),
    )

    assert outcomes == [True] * MANAGERS
    assert counted(session, Exemption, Exemption.user_id == terms.user_id) == 1


def test_priorities_added_and_moved_at_once_keep_ranks_without_gaps(
    real_app: Flask, session: Session, town: Institution
) -> None:
    place = placed(session, town)

    def add_and_move(work: Session, number: int) -> None:
        terms = PriorityTerms(f"Priority {number}", "Mayor", "Plan")
        priority_id = priorities.add_priority(work, place, terms, now=now())
        priorities.move_priority(work, place, priority_id, direction=-1, now=now())

    at_once(real_app, MANAGERS, add_and_move)

    session.rollback()
    ranks = session.scalars(
        select(Priority.rank).where(Priority.institution_id == place.id)
    ).all()
    assert sorted(ranks) == list(range(1, MANAGERS + 1))
