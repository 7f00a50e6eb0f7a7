"""From a draft to a plan in force: the coordination's advice, the institution's act."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.planning.accepted import Matter
from conexx_learn.domain.planning.terms import LONGEST_REASON
from conexx_learn.services import plan_approval, plan_reviews
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.plan_cases import FIELD
from conexx_learn.web.institution.plan_desk import PlanDesk, plan_desk
from conexx_learn.web.institution.plan_forms import (
    AdviceForm,
    ApprovalForm,
    RevisionForm,
)
from conexx_learn.web.institution.plan_pages import plan_page
from conexx_learn.web.language import gettext as _

plan_approvals = Blueprint("plan_approvals", __name__, url_prefix="/institutions")
UNPROCESSABLE, CONFLICT = 422, 409


@plan_approvals.post("/<slug>/plans/<id:plan_id>/review")
@requires(Role.MANAGER)
def send(slug: str, plan_id: int) -> ResponseReturnValue:
    """Hand a draft to the coordination."""
    plan, form = plan_desk(slug, plan_id), RevisionForm()
    with unit_of_work() as session:
        is_done = plan_reviews.send_for_review(
            session, plan.seen(form.seen_revision), now=now()
        )
    return _back(slug, plan_id, _("The coordination has the plan.") if is_done else "")


@plan_approvals.post("/<slug>/plans/<id:plan_id>/review/end")
@requires(Role.MANAGER)
def take_back(slug: str, plan_id: int) -> ResponseReturnValue:
    """Take a draft back from the coordination."""
    plan, form = plan_desk(slug, plan_id), RevisionForm()
    with unit_of_work() as session:
        is_done = plan_reviews.take_back(
            session, plan.seen(form.seen_revision), now=now()
        )
    return _back(slug, plan_id, _("The plan is a draft again.") if is_done else "")


@plan_approvals.post("/<slug>/plans/<id:plan_id>/advice")
@requires(Role.COORDINATOR)
def advise(slug: str, plan_id: int) -> ResponseReturnValue:
    """Answer a draft as the coordination."""
    plan, form = plan_desk(slug, plan_id), AdviceForm()
    if not form.validate():
        return plan_page(plan, advice=form), UNPROCESSABLE
    with unit_of_work() as session:
        is_done = plan_reviews.advise(
            session,
            plan.seen(form.seen_revision),
            note=form.note.data,
            is_favourable=request.form.get("decision") == "approve",
            by=actor(),
            now=now(),
        )
    if not is_done:
        plan = plan_desk(slug, plan_id)
        form.revision.data = plan.document.revision
        return plan_page(plan, advice=form, is_conflict=True), CONFLICT
    return _back(slug, plan_id, _("Your answer is with the institution."))


@plan_approvals.post("/<slug>/plans/<id:plan_id>/approval")
@requires(Role.MANAGER)
def approve(slug: str, plan_id: int) -> ResponseReturnValue:
    """Approve a plan by the institution's act, with what is accepted in it."""
    plan, form, typed = plan_desk(slug, plan_id), ApprovalForm(), typed_reasons()
    is_read = form.accepts(plan.plans.today)
    if not is_read or _left_open(plan, typed):
        shown = plan_page(plan, approval=form, typed=typed, must_say=True)
        return shown, UNPROCESSABLE
    with unit_of_work() as session:
        is_done = plan_approval.approve_plan(
            session,
            plan.seen(form.seen_revision),
            form.act(),
            accepted=typed,
            by=actor(),
            now=now(),
        )
    if not is_done:
        plan = plan_desk(slug, plan_id)
        form.revision.data = plan.document.revision
        shown = plan_page(plan, approval=form, typed=typed, is_conflict=True)
        return shown, CONFLICT
    return _back(slug, plan_id, _("The plan is approved and in force."))


@plan_approvals.post("/<slug>/plans/<id:plan_id>/exceptions")
@requires(Role.MANAGER)
def accept(slug: str, plan_id: int) -> ResponseReturnValue:
    """Accept one exception as it is; the button names it, its field says why."""
    place, typed = managed_place(slug), typed_reasons()
    name = request.form.get("only", "")
    kind, _space, subject = name.removeprefix(FIELD).partition(" ")
    reason = typed.get((kind, subject), "")
    if not reason:
        shown = plan_page(plan_desk(slug, plan_id), typed=typed, must_say=True)
        return shown, UNPROCESSABLE
    with unit_of_work() as session:
        plan_approval.accept_exception(
            session,
            place,
            plan_id=plan_id,
            what=(kind, subject),
            reason=reason,
            by=current_user.id,
            now=now(),
        )
    flash(_("Accepted, with your reason."), "success")
    if request.form.get("from") == "exceptions":
        return redirect(url_for("exceptions.index", slug=slug), code=303)
    address = url_for("plans.show", slug=slug, plan_id=plan_id)
    return redirect(f"{address}#exceptions", code=303)


def typed_reasons() -> dict[Matter, str]:
    """Read the reasons of acceptances that a form carries; empty ones are none."""
    found = {}
    for name, entry in request.form.items():
        kind, _space, subject = name.removeprefix(FIELD).partition(" ")
        reason = " ".join(entry.split())[:LONGEST_REASON]
        if name.startswith(FIELD) and reason:
            found[kind, subject] = reason
    return found


def _left_open(plan: PlanDesk, typed: dict[Matter, str]) -> bool:
    return any(plan.matter(one) not in typed for one in plan.unresolved)


def _back(slug: str, plan_id: int, told: str) -> ResponseReturnValue:
    """Return to the plan with what was done; without it, somebody else was first."""
    if not told:
        return plan_page(plan_desk(slug, plan_id), is_conflict=True), CONFLICT
    flash(told, "success")
    return redirect(url_for("plans.show", slug=slug, plan_id=plan_id), code=303)
