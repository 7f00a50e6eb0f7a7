"""Calls for proposals in hand: entered in five minutes, answered on one sheet."""

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.calls import MOST_NEEDS, CallCheck, decide
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.readiness.call_readiness import deadline_day
from conexx_learn.domain.readiness.call_starts import BUFFER
from conexx_learn.domain.readiness.situation import Situation, situation
from conexx_learn.queries.calls import call_check, call_list
from conexx_learn.queries.frameworks import competency_list
from conexx_learn.queries.institution_facts import InstitutionPlace, institution_facts
from conexx_learn.queries.institution_surroundings import surroundings
from conexx_learn.services import calls as verbs
from conexx_learn.services.planning import amend_plan
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution import call_conditions, call_page, call_words
from conexx_learn.web.institution.call_choices import CallOffers
from conexx_learn.web.institution.call_forms import CallForm, call_form
from conexx_learn.web.institution.call_rows import (
    Entries,
    with_one_row_more,
    without_row,
)
from conexx_learn.web.institution.call_values import (
    changed_meanwhile,
    first_values,
    stored_values,
)
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language

calls = Blueprint("calls", __name__, url_prefix="/institutions")
UNPROCESSABLE = 422
CONFLICT = 409
CRITICAL = 3
"""How heavy a requirement weighs that a call rests on."""


@calls.get("/<slug>/calls")
@requires(Role.MANAGER)
def index(slug: str) -> str:
    """List the calls by deadline, each with its verdict; ten statements."""
    place = managed_place(slug)
    here = _situation(place)
    found = call_list(reading(), institution_id=place.id)
    zone = ZoneInfo(place.timezone)
    rows = [(call, decide(call.terms, here, zone=zone)) for call in found]
    waiting = [row for row in rows if not row[1].people.is_over]
    over = [row for row in reversed(rows) if row[1].people.is_over]
    shown = [row for row in [*waiting, *over] if not row[0].is_archived]
    return render_template(
        "institution/calls.html",
        place=place,
        rows=[
            (
                call,
                call_words.deadline_words(call.terms),
                call_words.verdict_state(decision),
                call_words.verdict_words(decision),
            )
            for call, decision in shown
        ],
        archived=[call for call in found if call.is_archived],
        just_archived=request.args.get("archived", type=int),
    )


@calls.get("/<slug>/calls/new")
@requires(Role.MANAGER)
def new(slug: str) -> str:
    """Show the form with the functions that calls usually ask for."""
    place = managed_place(slug)
    offers = _offers(place)
    return _form_page(place, call_form(offers, values=first_values(offers)))


@calls.post("/<slug>/calls/new")
@requires(Role.MANAGER)
def create(slug: str) -> ResponseReturnValue:
    """Enter a call; a button of a row only brings the form back."""
    place = managed_place(slug)
    offers, entries = _offers(place), _entries()
    if entries is not None:
        return _form_page(place, call_form(offers, entries))
    form = call_form(offers, request.form)
    if not form.accepts():
        return _form_page(place, form), UNPROCESSABLE
    with unit_of_work() as session:
        call_id = verbs.enter_call(
            session,
            institution_id=place.id,
            terms=form.terms(),
            user_id=current_user.id,
            now=now(),
        )
    return redirect(url_for("calls.show", slug=slug, call_id=call_id), code=303)


@calls.get("/<slug>/calls/<id:call_id>")
@requires(Role.MANAGER)
def show(slug: str, call_id: int) -> str:
    """Show the sheet on which it is decided; ten statements."""
    place = managed_place(slug)
    call = _call(place, call_id)
    here = _situation(place)
    decision = decide(call.terms, here, zone=ZoneInfo(place.timezone))
    people = decision.people
    return render_template(
        "institution/call.html",
        place=place,
        call=call,
        decision=decision,
        deadline=call_words.deadline_words(call.terms),
        headline=call_words.verdict_words(decision),
        sentence=call_words.verdict_sentence(decision),
        needs=call_page.need_rows(here, decision),
        deeds=call_page.deeds(here, decision, is_archived=call.is_archived),
        team=call_page.team_places(here, people.team),
        team_sentence=call_page.team_sentence(people.team),
        team_in_reach=call_page.team_sentence(people.team_in_reach),
        counted_twice=call_page.counted_twice(here, people.team),
        gates=call_conditions.gate_rows(call.terms),
        sums=call_conditions.sum_facts(call.terms),
    )


@calls.get("/<slug>/calls/<id:call_id>/edit")
@requires(Role.MANAGER)
def edit(slug: str, call_id: int) -> str:
    """Show the form with what the call says."""
    place = managed_place(slug)
    call = _call(place, call_id)
    return _form_page(place, _stored_form(_offers(place), call), call=call)


@calls.post("/<slug>/calls/<id:call_id>/edit")
@requires(Role.MANAGER)
def update(slug: str, call_id: int) -> ResponseReturnValue:
    """Change a call; who comes second is told, and keeps what they wrote."""
    place = managed_place(slug)
    call = _call(place, call_id)
    offers, entries = _offers(place), _entries()
    form = _sent_form(offers, entries or request.form, call)
    if entries is not None:
        return _form_page(place, form, call=call)
    if not form.accepts():
        return _form_page(place, form, call=call), UNPROCESSABLE
    with unit_of_work() as session:
        is_changed = verbs.change_call(
            session,
            institution_id=place.id,
            call_id=call_id,
            revision=form.seen_revision,
            terms=form.terms(),
            now=now(),
        )
    if not is_changed:
        return _conflict_page(place, offers, form, call_id), CONFLICT
    flash(_("The call is saved."), "success")
    return redirect(url_for("calls.show", slug=slug, call_id=call_id), code=303)


@calls.post("/<slug>/calls/<id:call_id>/archive")
@requires(Role.MANAGER)
def archive(slug: str, call_id: int) -> ResponseReturnValue:
    """Put a call aside; the list offers to undo it."""
    place = managed_place(slug)
    with unit_of_work() as session:
        verbs.archive_call(session, institution_id=place.id, call_id=call_id, now=now())
    return redirect(url_for("calls.index", slug=slug, archived=call_id), code=303)


@calls.post("/<slug>/calls/<id:call_id>/restoration")
@requires(Role.MANAGER)
def restore(slug: str, call_id: int) -> ResponseReturnValue:
    """Take a call up again."""
    place = managed_place(slug)
    with unit_of_work() as session:
        verbs.restore_call(session, institution_id=place.id, call_id=call_id, now=now())
    return redirect(url_for("calls.show", slug=slug, call_id=call_id), code=303)


@calls.post("/<slug>/calls/<id:call_id>/requirement")
@requires(Role.MANAGER)
def require(slug: str, call_id: int) -> ResponseReturnValue:
    """Take what a call lacks into the plan: its next version, with the line begun.

    Raises:
        RuleError: The call was put aside meanwhile, or its deadline is past.
    """
    place = managed_place(slug)
    call = _call(place, call_id)
    due_on = deadline_day(call.terms.deadline_at, zone=ZoneInfo(place.timezone))
    here = _situation(place)
    if call.is_archived or due_on < here.day:
        raise RuleError("call-closed")
    in_force = here.plan(None)
    drafts = [plan.id for plan in here.facts.plans if plan.approved_on is None]
    if in_force is not None:
        with unit_of_work() as session:
            plan_id = amend_plan(
                session,
                place,
                plan_id=in_force.plan.id,
                by=current_user.id,
                now=now(),
            )
    elif drafts:
        plan_id = drafts[0]
    else:
        return redirect(url_for("plans.propose", slug=slug), code=303)
    line = url_for(
        "plan_lines.new",
        slug=slug,
        plan_id=plan_id,
        audience=f"person:{request.form.get('person', '')}",
        course=request.form.get("course", ""),
        due_on=max(here.day, due_on - BUFFER).isoformat(),
        weight=CRITICAL,
        reason=f"call:{call.id}",
    )
    return redirect(line, code=303)


def _situation(place: InstitutionPlace) -> Situation:
    today = place.today(now())
    facts = institution_facts(reading(), place=place, as_of=today, lang=page_language())
    return situation(facts, today)


def _call(place: InstitutionPlace, call_id: int) -> CallCheck:
    found = call_check(reading(), institution_id=place.id, call_id=call_id)
    if found is None:
        raise NotFoundError
    return found


def _offers(place: InstitutionPlace) -> CallOffers:
    near = surroundings(reading(), institution_id=place.id)
    return CallOffers(competency_list(reading()), near.priorities, place.timezone)


def _entries() -> Entries | None:
    """Return what was sent, a row more or less; None where all is to be saved."""
    if "add" in request.form:
        return with_one_row_more(request.form)
    if "remove" in request.form:
        return without_row(request.form, request.form["remove"])
    return None


def _sent_form(offers: CallOffers, entries: Entries, call: CallCheck) -> CallForm:
    return call_form(offers, entries, kept=call.terms, kept_priority=call.priority)


def _stored_form(offers: CallOffers, call: CallCheck) -> CallForm:
    return call_form(
        offers,
        values=stored_values(call),
        kept=call.terms,
        kept_priority=call.priority,
    )


def _conflict_page(
    place: InstitutionPlace, offers: CallOffers, form: CallForm, call_id: int
) -> str:
    """Show what was written beside what somebody else saved; sending again decides."""
    call = _call(place, call_id)
    others = changed_meanwhile(form, _stored_form(offers, call))
    form.revision.data = str(call.revision)
    return _form_page(place, form, call=call, others=others)


def _form_page(
    place: InstitutionPlace,
    form: CallForm,
    *,
    call: CallCheck | None = None,
    others: list[tuple[str, str]] | None = None,
) -> str:
    g.form_path = request.path
    return render_template(
        "institution/call_form.html",
        place=place,
        form=form,
        call=call,
        others=others,
        most_needs=MOST_NEEDS,
    )
