"""The page of one plan as its template reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flask import Response, g, render_template

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Role, holds, may_approve_plan
from conexx_learn.domain.planning.accepted import Matter
from conexx_learn.domain.planning.states import PlanState
from conexx_learn.domain.readiness.facts import Requirement
from conexx_learn.domain.readiness.hours import planned_hours
from conexx_learn.domain.readiness.standings import Judgement
from conexx_learn.queries.planning import LastAct, last_act_on_plan
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import actor
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution import plan_words as words
from conexx_learn.web.institution.plan_cases import cases
from conexx_learn.web.institution.plan_desk import PlanDesk
from conexx_learn.web.institution.plan_forms import AdviceForm, ApprovalForm
from conexx_learn.web.institution.words import course_title

NAMED = 20
"""How many people a line names; all of them stand in the matrix."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a plan as a page lists it.

    Attributes:
        id: Key.
        audience: For whom, in words.
        course: Title.
        due: By when, in words.
        weight: 1 to 3.
        weight_word: The same in words.
        terms: What else it asks.
        reason: Why, in words.
        people: Names of those whom it binds, the first of them.
        more: How many are not named.
        bound: How many people and seats, in words.
        hours: Of all whom it binds together, in words.
    """

    id: int
    audience: str
    course: str
    due: str
    weight: int
    weight_word: str
    terms: list[str]
    reason: str
    people: list[str]
    more: int
    bound: str
    hours: str


def line_row(line: Requirement, plan: PlanDesk) -> LineRow:
    """Put a line into words, with whom it binds."""
    desk = plan.plans
    owed = plan.owed_by(line)
    people = [one.obligation.person_id for one in owed if one.obligation.person_id]
    return LineRow(
        id=line.id,
        audience=words.audience_words(line.audience, desk),
        course=course_title(desk.facts, line.course),
        due=words.due_words(line),
        weight=line.weight,
        weight_word=words.weight_word(line.weight),
        terms=words.terms_words(line),
        reason=words.reason_words(line),
        people=words.names(people[:NAMED], desk),
        more=max(0, len(people) - NAMED),
        bound=words.people_words(len(people), len(owed) - len(people)),
        hours=words.hours_words(hours_of(plan, owed)),
    )


def hours_of(plan: PlanDesk, owed: Iterable[Judgement]) -> Fraction:
    """Sum what obligations cost from the start; the exempt cost nothing."""
    return planned_hours(
        plan.plans.index, [one.obligation for one in owed if not one.is_exempt]
    )


def plan_page(
    plan: PlanDesk,
    *,
    approval: ApprovalForm | None = None,
    advice: AdviceForm | None = None,
    typed: Mapping[Matter, str] | None = None,
    must_say: bool = False,
    is_conflict: bool = False,
) -> Response:
    """Render the page of a plan; a form that was refused comes back as it was filled.

    Args:
        plan: In full.
        approval: The form of the approval that was refused, or None.
        advice: The form of the advice that was refused, or None.
        typed: Reasons of acceptances that were typed and not kept.
        must_say: Whether to tell which exceptions still lack a reason.
        is_conflict: Whether somebody changed the plan since the reader saw it.
    """
    desk, document = plan.plans, plan.document
    slug = desk.place.slug
    g.form_path = url_for("plans.show", slug=slug, plan_id=document.id)
    hours = hours_of(plan, plan.judged)
    is_coordinator = holds(actor(), Role.COORDINATOR)
    page = render_template(
        "institution/plan.html",
        place=desk.place,
        here="plans",
        plan=document,
        state=words.state_word(document.state),
        state_shape=words.STATE_SHAPES[document.state],
        sentence=words.state_sentence(document),
        period=words.period(document),
        lines=[line_row(line, plan) for line in plan.plan.requirements],
        hours=words.hours_words(hours),
        hours_over=_over(hours, document.hours_budget),
        cases=cases(plan, typed or {}, must_say=must_say),
        may_edit=document.state is PlanState.DRAFT,
        may_approve=may_approve_plan(actor(), institution_id=desk.place.id),
        may_advise=is_coordinator and document.state is PlanState.IN_REVIEW,
        waits_for_advice=desk.place.review_is_obligatory and not document.advised_at,
        is_over=document.ends_on < desk.today,
        approval=approval or ApprovalForm(None, revision=document.revision),
        advice=advice or AdviceForm(None, revision=document.revision),
        refused=approval or advice,
        former=plan.former,
        next_draft=plan.next_draft,
        versions=[(one, words.state_word(one.state)) for one in plan.versions],
        conflict=latest_act(plan) if is_conflict else None,
    )
    return Response(page, mimetype="text/html")


def _over(hours: Fraction, budget: int | None) -> str:
    """Say by how many hours a plan exceeds its budget; empty where it does not."""
    if budget is None or hours <= budget:
        return ""
    return words.hours_words(hours - budget)


def latest_act(plan: PlanDesk) -> LastAct:
    """Say who touched the plan last; without a name where nobody can tell."""
    known = last_act_on_plan(
        reading(), institution_id=plan.plans.place.id, plan_id=plan.document.id
    )
    return known or LastAct("", now())
