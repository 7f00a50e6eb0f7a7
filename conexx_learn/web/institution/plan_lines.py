"""The lines of a draft: added, changed, moved, removed."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.planning.states import PlanState, edit_refusal
from conexx_learn.domain.readiness.facts import Requirement
from conexx_learn.queries.institution_surroundings import surroundings
from conexx_learn.queries.planning import typed_reason, was_removed
from conexx_learn.services import plan_lines as verbs
from conexx_learn.services.held_plans import refuse
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution import plan_words as words
from conexx_learn.web.institution.plan_desk import PlanDesk, plan_desk
from conexx_learn.web.institution.plan_forms import RevisionForm
from conexx_learn.web.institution.plan_pages import latest_act, line_row, plan_page
from conexx_learn.web.institution.requirement_forms import (
    RequirementForm,
    filled_form,
)
from conexx_learn.web.language import gettext as _

plan_lines = Blueprint("plan_lines", __name__, url_prefix="/institutions")
UNPROCESSABLE, CONFLICT = 422, 409


@plan_lines.get("/<slug>/plans/<id:plan_id>/requirements/new")
@requires(Role.MANAGER)
def new(slug: str, plan_id: int) -> Response:
    """Show the form of a new line; the address may say what it begins with."""
    plan = plan_desk(slug, plan_id)
    refuse(edit_refusal(plan.document.state))
    form = RequirementForm(request.args, revision=plan.document.revision)
    return _page(plan, form, None)


@plan_lines.post("/<slug>/plans/<id:plan_id>/requirements")
@requires(Role.MANAGER)
def create(slug: str, plan_id: int) -> ResponseReturnValue:
    """Add a line."""
    plan, form = plan_desk(slug, plan_id), RequirementForm()
    _offer(plan, form, None)
    if not form.accepts(plan.document.ends_on, plan.plans.today):
        return _page(plan, form, None), UNPROCESSABLE
    with unit_of_work() as session:
        is_done = verbs.add_requirement(
            session, plan.seen(form.seen_revision), form.terms(), now=now()
        )
    if not is_done:
        return _conflict(slug, plan_id, form, None)
    return _back(slug, plan_id, _("The requirement is added."))


@plan_lines.get("/<slug>/plans/<id:plan_id>/requirements/<id:requirement_id>")
@requires(Role.MANAGER)
def edit(slug: str, plan_id: int, requirement_id: int) -> Response:
    """Show the form of a line."""
    plan = plan_desk(slug, plan_id)
    line = _line(plan, requirement_id)
    refuse(edit_refusal(plan.document.state))
    typed = typed_reason(reading(), plan_id=plan_id, requirement_id=requirement_id)
    return _page(plan, filled_form(line, plan.document.revision, typed), line)


@plan_lines.post("/<slug>/plans/<id:plan_id>/requirements/<id:requirement_id>")
@requires(Role.MANAGER)
def update(slug: str, plan_id: int, requirement_id: int) -> ResponseReturnValue:
    """Change a line; who comes second is told, and keeps what they typed."""
    plan, form = plan_desk(slug, plan_id), RequirementForm()
    line = plan.line(requirement_id)
    _offer(plan, form, line)
    if line is None and not _was_here(plan, requirement_id):
        raise NotFoundError
    is_good = form.accepts(
        plan.document.ends_on,
        plan.plans.today,
        former_due_on=line.due_on if line else None,
    )
    if line is None:
        return _conflict(slug, plan_id, form, requirement_id)
    if not is_good:
        return _page(plan, form, line), UNPROCESSABLE
    with unit_of_work() as session:
        is_done = verbs.change_requirement(
            session,
            plan.seen(form.seen_revision),
            requirement_id,
            form.terms(),
            now=now(),
        )
    if not is_done:
        return _conflict(slug, plan_id, form, requirement_id)
    return _back(slug, plan_id, _("The requirement is saved."))


@plan_lines.post("/<slug>/plans/<id:plan_id>/requirements/<id:requirement_id>/removal")
@requires(Role.MANAGER)
def remove(slug: str, plan_id: int, requirement_id: int) -> ResponseReturnValue:
    """Remove a line of a draft."""
    plan, form = plan_desk(slug, plan_id), RevisionForm()
    with unit_of_work() as session:
        is_done = verbs.remove_requirement(
            session, plan.seen(form.seen_revision), requirement_id, now=now()
        )
    if not is_done:
        return plan_page(plan_desk(slug, plan_id), is_conflict=True), CONFLICT
    return _back(slug, plan_id, _("The requirement is removed."))


@plan_lines.post("/<slug>/plans/<id:plan_id>/requirements/<id:requirement_id>/place")
@requires(Role.MANAGER)
def move(slug: str, plan_id: int, requirement_id: int) -> ResponseReturnValue:
    """Move a line one place up or down."""
    plan, form = plan_desk(slug, plan_id), RevisionForm()
    direction = verbs.UP if request.form.get("direction") == "up" else verbs.DOWN
    with unit_of_work() as session:
        is_done = verbs.move_requirement(
            session,
            plan.seen(form.seen_revision),
            requirement_id,
            direction=direction,
            now=now(),
        )
    if not is_done:
        return plan_page(plan_desk(slug, plan_id), is_conflict=True), CONFLICT
    shown = url_for("plans.show", slug=slug, plan_id=plan_id)
    return redirect(f"{shown}#line-{requirement_id}", code=303)


def _line(plan: PlanDesk, requirement_id: int) -> Requirement:
    line = plan.line(requirement_id)
    if line is None:
        raise NotFoundError
    return line


def _was_here(plan: PlanDesk, requirement_id: int) -> bool:
    return was_removed(
        reading(),
        institution_id=plan.plans.place.id,
        plan_id=plan.document.id,
        requirement_id=requirement_id,
    )


def _offer(plan: PlanDesk, form: RequirementForm, line: Requirement | None) -> None:
    around = surroundings(reading(), institution_id=plan.plans.place.id)
    form.offer(plan.plans, around, line)


def _conflict(
    slug: str, plan_id: int, form: RequirementForm, requirement_id: int | None
) -> ResponseReturnValue:
    """Show what was typed beside what is stored now; sent again, it is saved."""
    plan = plan_desk(slug, plan_id)
    form.revision.data = plan.document.revision
    line = plan.line(requirement_id) if requirement_id else None
    is_gone = requirement_id is not None and line is None
    return _page(plan, form, line, is_conflict=True, is_gone=is_gone), CONFLICT


def _page(
    plan: PlanDesk,
    form: RequirementForm,
    line: Requirement | None,
    *,
    is_conflict: bool = False,
    is_gone: bool = False,
) -> Response:
    place, document = plan.plans.place, plan.document
    here = {"slug": place.slug, "plan_id": document.id}
    if line is None:
        g.form_path = url_for("plan_lines.new", **here)
    else:
        g.form_path = url_for("plan_lines.edit", **here, requirement_id=line.id)
    _offer(plan, form, line)
    page = render_template(
        "institution/requirement.html",
        place=place,
        here="plans",
        plan=document,
        line=line_row(line, plan) if line else None,
        form=form,
        may_save=document.state is PlanState.DRAFT,
        sentence=words.state_sentence(document),
        is_gone=is_gone,
        conflict=latest_act(plan) if is_conflict else None,
    )
    return Response(page, mimetype="text/html")


def _back(slug: str, plan_id: int, told: str) -> ResponseReturnValue:
    flash(told, "success")
    return redirect(url_for("plans.show", slug=slug, plan_id=plan_id), code=303)
