"""Lines of a draft: added, changed, moved, removed; foreign things do not exist."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.domain.planning.terms import RequirementTerms
from conexx_learn.domain.readiness.facts import Audience, AudienceKind, Reason
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Priority, Requirement, TrainingPlan
from conexx_learn.queries.planning import was_removed
from conexx_learn.services import plan_lines
from tests.factories import NOW
from tests.institutions import (
    in_days,
    make_course,
    make_learner,
    make_plan,
    make_post,
    make_town,
    make_unit,
    requirement,
)
from tests.planned_towns import seen

LINE = RequirementTerms(
    audience=Audience(AudienceKind.INSTITUTION),
    course="budget",
    due_on=in_days(100),
    due_days=None,
    weight=3,
    reason=Reason("other", "The council wants it"),
)


@pytest.fixture
def plan(session: Session, town: Institution) -> TrainingPlan:
    courses = [make_course(session, slug) for slug in ("budget", "design", "calls")]
    lines = [requirement(course) for course in courses]
    return make_plan(session, town, *lines, is_approved=False)


def lines(session: Session, plan: TrainingPlan) -> list[Requirement]:
    return list(
        session.scalars(
            select(Requirement)
            .where(Requirement.plan_id == plan.id)
            .order_by(Requirement.ordinal)
        )
    )


def add(
    session: Session, town: Institution, plan: TrainingPlan, terms: RequirementTerms
) -> bool:
    return plan_lines.add_requirement(
        session, seen(session, town, plan), terms, now=now()
    )


def test_a_line_is_added_at_the_end(
    session: Session, town: Institution, plan: TrainingPlan
) -> None:
    terms = replace(LINE, due_on=None, due_days=90, recert_months=12, min_major=2)

    assert add(session, town, plan, terms)

    last = lines(session, plan)[-1]
    assert (last.ordinal, last.weight, last.due_days) == (4, 3, 90)
    assert (last.recert_months, last.min_major, last.due_on) == (12, 2, None)
    assert plan.revision == 2


def test_the_second_editor_is_told_and_adds_nothing(
    session: Session, town: Institution, plan: TrainingPlan
) -> None:
    as_both_saw_it = seen(session, town, plan)
    first = lines(session, plan)[0]

    assert plan_lines.add_requirement(session, as_both_saw_it, LINE, now=now())
    assert not plan_lines.add_requirement(session, as_both_saw_it, LINE, now=now())
    assert not plan_lines.change_requirement(
        session, as_both_saw_it, first.id, LINE, now=now()
    )
    assert not plan_lines.remove_requirement(
        session, as_both_saw_it, first.id, now=now()
    )
    assert not plan_lines.move_requirement(
        session, as_both_saw_it, first.id, direction=1, now=now()
    )

    assert len(lines(session, plan)) == 4
    assert lines(session, plan)[0].weight == 2


def test_a_line_is_changed_and_its_reason_cites_a_priority(
    session: Session, town: Institution, plan: TrainingPlan
) -> None:
    priority = Priority(
        institution_id=town.id,
        rank=1,
        title="Water",
        political_owner="Mayor",
        source_document="Plan",
        created_at=NOW,
    )
    session.add(priority)
    session.flush()
    line = lines(session, plan)[0]
    terms = replace(LINE, reason=Reason("priority", "", priority.id))

    assert plan_lines.change_requirement(
        session, seen(session, town, plan), line.id, terms, now=now()
    )

    session.refresh(line)
    assert (line.priority_id, line.reason_text) == (priority.id, "")
    assert line.due_on == in_days(100)


def test_a_due_day_that_has_passed_may_stay(
    session: Session, town: Institution, plan: TrainingPlan
) -> None:
    line = lines(session, plan)[0]
    line.due_on = in_days(-3)
    session.flush()

    assert plan_lines.change_requirement(
        session,
        seen(session, town, plan),
        line.id,
        replace(LINE, due_on=in_days(-3)),
        now=now(),
    )
    with pytest.raises(RuleError, match="due-past"):
        plan_lines.change_requirement(
            session,
            seen(session, town, plan),
            line.id,
            replace(LINE, due_on=in_days(-2)),
            now=now(),
        )


@pytest.mark.parametrize(
    ("place", "direction", "order"),
    [
        pytest.param(2, plan_lines.UP, ["budget", "calls", "design"], id="up"),
        pytest.param(0, plan_lines.DOWN, ["design", "budget", "calls"], id="down"),
        pytest.param(0, plan_lines.UP, ["budget", "design", "calls"], id="first"),
        pytest.param(2, plan_lines.DOWN, ["budget", "design", "calls"], id="last"),
    ],
)
def test_a_line_moves_one_place(
    session: Session,
    town: Institution,
    plan: TrainingPlan,
    place: int,
    direction: int,
    order: list[str],
) -> None:
    slugs = dict(
        zip(
            [line.course_id for line in lines(session, plan)],
            ["budget", "design", "calls"],
            strict=True,
        )
    )
    line = lines(session, plan)[place]

    assert plan_lines.move_requirement(
        session, seen(session, town, plan), line.id, direction=direction, now=now()
    )

    assert [slugs[one.course_id] for one in lines(session, plan)] == order


def test_a_line_is_removed_and_the_plan_remembers(
    session: Session, town: Institution, plan: TrainingPlan
) -> None:
    gone = lines(session, plan)[1].id

    assert plan_lines.remove_requirement(
        session, seen(session, town, plan), gone, now=now()
    )

    assert len(lines(session, plan)) == 2
    for requirement_id, is_known in ((gone, True), (gone + 999, False)):
        assert (
            was_removed(
                session,
                institution_id=town.id,
                plan_id=plan.id,
                requirement_id=requirement_id,
            )
            is is_known
        )


def test_a_plan_in_force_keeps_its_lines(session: Session, town: Institution) -> None:
    plan = make_plan(session, town, requirement(make_course(session, "budget")))

    with pytest.raises(RuleError, match="plan-not-draft"):
        add(session, town, plan, LINE)


def _unit(session: Session, institution: Institution) -> Audience:
    return Audience(AudienceKind.UNIT, str(make_unit(session, institution, "A").id))


def _post(session: Session, institution: Institution) -> Audience:
    post = make_post(session, make_unit(session, institution, "B"))
    return Audience(AudienceKind.POST, str(post.id))


def _person(session: Session, institution: Institution) -> Audience:
    return Audience(AudienceKind.PERSON, str(make_learner(session, institution).id))


def _profile(session: Session, institution: Institution) -> Audience:
    make_post(session, make_unit(session, institution, "C"), "ODD")
    return Audience(AudienceKind.PROFILE, "ODD")


AUDIENCES = [_unit, _post, _person, _profile]


@pytest.mark.parametrize("audience", AUDIENCES, ids=lambda one: one.__name__)
def test_a_line_binds_what_is_here_and_nothing_foreign(
    session: Session,
    town: Institution,
    plan: TrainingPlan,
    audience: Callable[[Session, Institution], Audience],
) -> None:
    elsewhere = make_town(session, "izalpa")
    foreign = audience(session, elsewhere)

    with pytest.raises(NotFoundError):
        add(session, town, plan, replace(LINE, audience=foreign))
    here = make_town(session, "harribide")
    own_plan = make_plan(session, here, is_approved=False)
    own = audience(session, here)
    assert add(session, here, own_plan, replace(LINE, audience=own))


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(replace(LINE, course="no-such-course"), id="unknown course"),
        pytest.param(
            replace(LINE, reason=Reason("priority", "", 999)), id="unknown priority"
        ),
        pytest.param(replace(LINE, reason=Reason("call", "", 999)), id="unknown call"),
        *(
            pytest.param(
                replace(LINE, audience=Audience(AudienceKind.POST, key)), id=f"{key!r}"
            )
            for key in ("", "0", "-1", "abc", "٣", str(2**31), str(2**63))
        ),
    ],
)
def test_what_a_line_names_has_to_exist(
    session: Session, town: Institution, plan: TrainingPlan, terms: RequirementTerms
) -> None:
    with pytest.raises(NotFoundError):
        add(session, town, plan, terms)


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(replace(LINE, weight=4), id="weight 4"),
        pytest.param(replace(LINE, weight=0), id="weight 0"),
        pytest.param(replace(LINE, recert_months=0), id="0 months"),
        pytest.param(replace(LINE, min_holders=1000), id="1000 people"),
        pytest.param(
            replace(LINE, due_on=None, due_days=3651), id="ten years and a day"
        ),
        pytest.param(replace(LINE, reason=Reason("fate", "x")), id="unknown reason"),
        pytest.param(
            replace(LINE, audience=Audience(AudienceKind.INSTITUTION, "1")),
            id="everybody with a key",
        ),
    ],
)
def test_what_is_outside_of_what_is_possible_is_refused(
    session: Session, town: Institution, plan: TrainingPlan, terms: RequirementTerms
) -> None:
    with pytest.raises(ShapeError):
        add(session, town, plan, terms)


def test_a_line_of_another_plan_is_not_there(
    session: Session, town: Institution, plan: TrainingPlan
) -> None:
    other = seen(session, town, make_plan(session, town, is_approved=False))
    line_id = lines(session, plan)[0].id

    with pytest.raises(NotFoundError):
        plan_lines.change_requirement(session, other, line_id, LINE, now=now())
    with pytest.raises(NotFoundError):
        plan_lines.remove_requirement(session, other, line_id, now=now())
    with pytest.raises(NotFoundError):
        plan_lines.move_requirement(session, other, line_id, direction=1, now=now())
