"""Somebody leaves an institution, or it turns out that they did not."""

from flask import Blueprint, Response, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.people import PersonRow
from conexx_learn.queries.posts import appointments_of_person
from conexx_learn.services import departures as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.people import found_person
from conexx_learn.web.institution.person_forms import LastDayForm
from conexx_learn.web.institution.refusals import REFUSALS, UNPROCESSABLE, told
from conexx_learn.web.language import gettext as _

departures = Blueprint("departures", __name__, url_prefix="/institutions")


@departures.get("/<slug>/people/<id:user_id>/leaving")
@requires(Role.MANAGER)
def new(slug: str, user_id: int) -> Response:
    """Say what happens when somebody leaves, and ask for the day."""
    place = managed_place(slug)
    person = _here(place, user_id)
    return _page(place, person, LastDayForm(None, last_day=place.today(now())))


@departures.post("/<slug>/people/<id:user_id>/leaving")
@requires(Role.MANAGER)
def create(slug: str, user_id: int) -> ResponseReturnValue:
    """Let somebody leave after a day; the same again changes nothing."""
    place, form = managed_place(slug), LastDayForm()
    person = found_person(place, user_id)
    if not form.validate():
        return _page(place, person, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            verbs.end_membership(
                session,
                institution_id=place.id,
                user_id=user_id,
                last_day=form.last_day.data,
                now=now(),
                by=actor(),
            )
    except REFUSALS as error:
        status = told(form, error)
        return _page(place, person, form), status
    flash(_("The departure is noted; the record stays."), "success")
    return redirect(url_for("people.index", slug=slug), code=303)


@departures.post("/<slug>/people/<id:user_id>/return")
@requires(Role.MANAGER)
def undo(slug: str, user_id: int) -> ResponseReturnValue:
    """Let somebody who left belong again."""
    place = managed_place(slug)
    found_person(place, user_id)
    with unit_of_work() as session:
        verbs.resume_membership(
            session, institution_id=place.id, user_id=user_id, now=now()
        )
    flash(_("The person is here again."), "success")
    return redirect(url_for("people.show", slug=slug, user_id=user_id), code=303)


def _here(place: InstitutionPlace, user_id: int) -> PersonRow:
    person = found_person(place, user_id)
    if person.has_left(place.today(now())) or person.id == current_user.id:
        raise NotFoundError
    return person


def _page(place: InstitutionPlace, person: PersonRow, form: LastDayForm) -> Response:
    g.form_path = url_for("departures.new", slug=place.slug, user_id=person.id)
    today = place.today(now())
    rows = appointments_of_person(reading(), institution_id=place.id, user_id=person.id)
    page = render_template(
        "institution/departure.html",
        place=place,
        person=person,
        form=form,
        appointments=[row for row in rows if not row.is_over(today)],
    )
    return Response(page, mimetype="text/html")
