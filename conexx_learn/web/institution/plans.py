"""Training plans: listed, proposed, drafted, read, amended, closed, given up."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.calendar import add_months
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.planning.states import (
    PlanState,
    amendment_refusal,
    cancellation_refusal,
    completion_refusal,
    edit_refusal,
)
from conexx_learn.domain.readiness.amendments import amendment as amendment_of
from conexx_learn.domain.readiness.tally import tally
from conexx_learn.queries.planning import PlanDocument
from conexx_learn.services import planning
from conexx_learn.services.held_plans import refuse
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution import plan_words as words
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.plan_changes import change_groups
from conexx_learn.web.institution.plan_desk import (
    PlanDesk,
    PlansDesk,
    plan_desk,
    plans_desk,
)
from conexx_learn.web.institution.plan_forms import PlanForm, RevisionForm
from conexx_learn.web.institution.plan_pages import latest_act, plan_page
from conexx_learn.web.institution.plan_proposals import (
    chosen_lines,
    proposed_page,
    suggested,
)
from conexx_learn.web.language import gettext as _

plans = Blueprint("plans", __name__, url_prefix="/institutions")
UNPROCESSABLE, CONFLICT = 422, 409
USUAL_TARGET = 90
YEAR = 12


@plans.get("/<slug>/plans")
@requires(Role.MANAGER)
def index(slug: str) -> str:
    """List the plans, each in its newest version, with what waits in them."""
    desk = plans_desk(slug)
    shown = [desk.in_full(one) for one in desk.documents if _is_shown(desk, one)]
    return render_template(
        "institution/plans.html",
        place=desk.place,
        here="plans",
        rows=[
            {
                "plan": one.document,
                "state": words.state_word(one.document.state),
                "shape": words.STATE_SHAPES[one.document.state],
                "period": words.period(one.document),
                "waiting": len(one.unresolved),
            }
            for one in shown
        ],
    )


def _is_shown(desk: PlansDesk, one: PlanDocument) -> bool:
    """Say whether a version is listed: what is open or in force, else the newest."""
    newest = next(other for other in desk.documents if other.series == one.series)
    return one.state.is_open or one.state.is_in_force or one is newest


@plans.get("/<slug>/plans/new")
@requires(Role.MANAGER)
def new(slug: str) -> Response:
    """Show the form of a plan without lines."""
    place = managed_place(slug)
    today = place.today(now())
    form = PlanForm(
        None,
        starts_on=today,
        ends_on=add_months(today, YEAR),
        target_percent=USUAL_TARGET,
    )
    return _new_page(slug, form)


@plans.post("/<slug>/plans")
@requires(Role.MANAGER)
def create(slug: str) -> ResponseReturnValue:
    """Draft a plan without lines."""
    place, form = managed_place(slug), PlanForm()
    if not form.accepts(place.today(now()), []):
        return _new_page(slug, form), UNPROCESSABLE
    with unit_of_work() as session:
        plan_id = planning.draft_plan(
            session, place, form.terms(), by=current_user.id, now=now()
        )
    return redirect(url_for("plans.show", slug=slug, plan_id=plan_id), code=303)


def _new_page(slug: str, form: PlanForm) -> Response:
    g.form_path = url_for("plans.new", slug=slug)
    page = render_template(
        "institution/plan_new.html", place=managed_place(slug), here="plans", form=form
    )
    return Response(page, mimetype="text/html")


@plans.get("/<slug>/plans/proposal")
@requires(Role.MANAGER)
def propose(slug: str) -> Response:
    """Propose lines for what profiles ask for and people lack; all are ticked."""
    return proposed_page(plans_desk(slug), None)


@plans.post("/<slug>/plans/proposal")
@requires(Role.MANAGER)
def create_proposed(slug: str) -> ResponseReturnValue:
    """Draft a plan with the lines that stayed ticked."""
    desk, form = plans_desk(slug), PlanForm()
    lines = chosen_lines(desk, suggested(desk), request.form.getlist("line"))
    due_days = [line.due_on for line in lines if line.due_on is not None]
    if not form.accepts(desk.today, due_days) or not lines:
        return proposed_page(desk, form), UNPROCESSABLE
    with unit_of_work() as session:
        plan_id = planning.draft_plan(
            session,
            desk.place,
            form.terms(),
            lines=lines,
            by=current_user.id,
            now=now(),
        )
    return redirect(url_for("plans.show", slug=slug, plan_id=plan_id), code=303)


@plans.get("/<slug>/plans/<id:plan_id>")
@requires(Role.MANAGER)
def show(slug: str, plan_id: int) -> Response:
    """Show a plan: its lines, whom they bind, what waits, and the next act."""
    return plan_page(plan_desk(slug, plan_id))


@plans.get("/<slug>/plans/<id:plan_id>/edit")
@requires(Role.MANAGER)
def edit(slug: str, plan_id: int) -> Response:
    """Show the form of what a draft says of itself."""
    plan = plan_desk(slug, plan_id)
    refuse(edit_refusal(plan.document.state))
    return _edit_page(plan, PlanForm.of(plan.document))


@plans.post("/<slug>/plans/<id:plan_id>/edit")
@requires(Role.MANAGER)
def update(slug: str, plan_id: int) -> ResponseReturnValue:
    """Change what a draft says of itself."""
    plan, form = plan_desk(slug, plan_id), PlanForm()
    due_days = [line.due_on for line in plan.plan.requirements if line.due_on]
    if not form.accepts(plan.plans.today, due_days):
        return _edit_page(plan, form), UNPROCESSABLE
    with unit_of_work() as session:
        is_done = planning.edit_plan(
            session, plan.seen(form.seen_revision), form.terms(), now=now()
        )
    if not is_done:
        plan = plan_desk(slug, plan_id)
        form.revision.data = plan.document.revision
        return _edit_page(plan, form, is_conflict=True), CONFLICT
    flash(_("The plan is saved."), "success")
    return redirect(url_for("plans.show", slug=slug, plan_id=plan_id), code=303)


def _edit_page(
    plan: PlanDesk, form: PlanForm, *, is_conflict: bool = False
) -> Response:
    place, document = plan.plans.place, plan.document
    g.form_path = url_for("plans.edit", slug=place.slug, plan_id=document.id)
    page = render_template(
        "institution/plan_edit.html",
        place=place,
        here="plans",
        plan=document,
        period=words.period(document),
        form=form,
        may_save=document.state is PlanState.DRAFT,
        sentence=words.state_sentence(document),
        conflict=latest_act(plan) if is_conflict else None,
    )
    return Response(page, mimetype="text/html")


@plans.get("/<slug>/plans/<id:plan_id>/changes")
@requires(Role.MANAGER)
def changes(slug: str, plan_id: int) -> str:
    """Show what a version changes for whom, and how readiness moves."""
    plan = plan_desk(slug, plan_id)
    desk, former = plan.plans, plan.former
    difference = (
        amendment_of(desk.index, former, plan.plan, desk.today) if former else None
    )
    return render_template(
        "institution/plan_changes.html",
        place=desk.place,
        here="plans",
        plan=plan.document,
        former=former,
        difference=difference,
        groups=change_groups(difference, desk) if difference else [],
    )


@plans.get("/<slug>/plans/<id:plan_id>/amendment")
@requires(Role.MANAGER)
def amendment(slug: str, plan_id: int) -> str:
    """Say what a new version is, before one is begun."""
    plan = plan_desk(slug, plan_id)
    refuse(amendment_refusal(plan.document.state))
    return _confirmation(plan, "institution/plan_amendment.html")


@plans.post("/<slug>/plans/<id:plan_id>/amendment")
@requires(Role.MANAGER)
def amend(slug: str, plan_id: int) -> ResponseReturnValue:
    """Begin a new version of a plan in force, with all its lines."""
    place = managed_place(slug)
    with unit_of_work() as session:
        new_id = planning.amend_plan(
            session, place, plan_id=plan_id, by=current_user.id, now=now()
        )
    return redirect(url_for("plans.show", slug=slug, plan_id=new_id), code=303)


@plans.get("/<slug>/plans/<id:plan_id>/end")
@requires(Role.MANAGER)
def end(slug: str, plan_id: int) -> str:
    """Ask once more before a plan is closed, and say what is left open."""
    plan = plan_desk(slug, plan_id)
    refuse(completion_refusal(plan.document.state))
    return _confirmation(plan, "institution/plan_end.html")


@plans.post("/<slug>/plans/<id:plan_id>/end")
@requires(Role.MANAGER)
def complete(slug: str, plan_id: int) -> ResponseReturnValue:
    """Close a plan in force."""
    plan, form = plan_desk(slug, plan_id), RevisionForm()
    with unit_of_work() as session:
        is_done = planning.complete_plan(
            session, plan.seen(form.seen_revision), now=now()
        )
    if not is_done:
        return plan_page(plan_desk(slug, plan_id), is_conflict=True), CONFLICT
    flash(_("The plan is closed."), "success")
    return redirect(url_for("plans.show", slug=slug, plan_id=plan_id), code=303)


@plans.get("/<slug>/plans/<id:plan_id>/cancellation")
@requires(Role.MANAGER)
def cancellation(slug: str, plan_id: int) -> str:
    """Ask once more before a draft is given up."""
    plan = plan_desk(slug, plan_id)
    refuse(cancellation_refusal(plan.document.state))
    return _confirmation(plan, "institution/plan_cancellation.html")


@plans.post("/<slug>/plans/<id:plan_id>/cancellation")
@requires(Role.MANAGER)
def cancel(slug: str, plan_id: int) -> ResponseReturnValue:
    """Give a draft up."""
    plan, form = plan_desk(slug, plan_id), RevisionForm()
    with unit_of_work() as session:
        is_done = planning.cancel_plan(
            session, plan.seen(form.seen_revision), now=now()
        )
    if not is_done:
        return plan_page(plan_desk(slug, plan_id), is_conflict=True), CONFLICT
    flash(_("The draft is given up."), "success")
    return redirect(url_for("plans.index", slug=slug), code=303)


def _confirmation(plan: PlanDesk, template: str) -> str:
    return render_template(
        template,
        place=plan.plans.place,
        here="plans",
        plan=plan.document,
        counted=tally(plan.judged, plan.plans.today),
        next_draft=plan.next_draft,
    )
