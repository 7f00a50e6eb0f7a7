"""Appointments of one person: begun, corrected, ended, taken back."""

from flask import Blueprint, Response, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.posts import AppointmentRow, appointment_row
from conexx_learn.services import appointments as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.people import (
    found_person,
    open_posts,
    person_page,
)
from conexx_learn.web.institution.person_forms import (
    AppointmentForm,
    LastDayForm,
    PersonForm,
    TermForm,
)
from conexx_learn.web.institution.refusals import REFUSALS, UNPROCESSABLE, told
from conexx_learn.web.language import gettext as _

appointments = Blueprint("appointments", __name__, url_prefix="/institutions")


@appointments.post("/<slug>/people/<id:user_id>/appointments")
@requires(Role.MANAGER)
def create(slug: str, user_id: int) -> ResponseReturnValue:
    """Put a person into a post."""
    place = managed_place(slug)
    person = found_person(place, user_id)
    form = AppointmentForm(prefix="new")
    form.offer(open_posts(place))
    status = UNPROCESSABLE
    if form.validate():
        try:
            with unit_of_work() as session:
                verbs.appoint(
                    session,
                    institution_id=place.id,
                    user_id=user_id,
                    post_id=form.post.data,
                    term=form.term(),
                    now=now(),
                    by=actor(),
                )
        except REFUSALS as error:
            status = told(form, error)
        else:
            return _back(slug, user_id, _("The appointment is saved."))
    page = person_page(place, person, PersonForm.of(person.traits), appointment=form)
    return page, status


@appointments.get("/<slug>/people/<id:user_id>/appointments/<id:appointment_id>")
@requires(Role.MANAGER)
def edit(slug: str, user_id: int, appointment_id: int) -> Response:
    """Show one appointment, to correct or to end it."""
    place = managed_place(slug)
    row = _found(place, user_id, appointment_id)
    form = TermForm(None)
    form.fill(row.term)
    return _page(place, row, form)


@appointments.post("/<slug>/people/<id:user_id>/appointments/<id:appointment_id>")
@requires(Role.MANAGER)
def update(slug: str, user_id: int, appointment_id: int) -> ResponseReturnValue:
    """Correct what was entered of an appointment."""
    place, form = managed_place(slug), TermForm()
    row = _found(place, user_id, appointment_id)
    if not form.validate():
        return _page(place, row, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            verbs.correct_appointment(
                session,
                institution_id=place.id,
                appointment_id=appointment_id,
                term=form.term(),
                seen=form.seen.data or "",
                now=now(),
            )
    except REFUSALS as error:
        status = told(form, error)
        row = _found(place, user_id, appointment_id)
        form.seen.data = row.term.fingerprint
        return _page(place, row, form), status
    return _back(slug, user_id, _("The appointment is saved."))


@appointments.post("/<slug>/people/<id:user_id>/appointments/<id:appointment_id>/end")
@requires(Role.MANAGER)
def end(slug: str, user_id: int, appointment_id: int) -> ResponseReturnValue:
    """End an appointment after a day."""
    place, form = managed_place(slug), LastDayForm(prefix="end")
    row = _found(place, user_id, appointment_id)
    status = UNPROCESSABLE
    if form.validate():
        try:
            with unit_of_work() as session:
                verbs.end_appointment(
                    session,
                    institution_id=place.id,
                    appointment_id=appointment_id,
                    last_day=form.last_day.data,
                    now=now(),
                )
        except REFUSALS as error:
            status = told(form, error)
        else:
            return _back(slug, user_id, _("The appointment ends on that day."))
    term = TermForm(None)
    term.fill(row.term)
    return _page(place, row, term, end_form=form), status


@appointments.post(
    "/<slug>/people/<id:user_id>/appointments/<id:appointment_id>/withdrawal"
)
@requires(Role.MANAGER)
def withdraw(slug: str, user_id: int, appointment_id: int) -> ResponseReturnValue:
    """Take back an appointment that was entered by mistake today."""
    place = managed_place(slug)
    _found(place, user_id, appointment_id)
    with unit_of_work() as session:
        verbs.withdraw_appointment(
            session,
            institution_id=place.id,
            appointment_id=appointment_id,
            now=now(),
        )
    return _back(slug, user_id, _("The appointment is taken back."))


def _found(
    place: InstitutionPlace, user_id: int, appointment_id: int
) -> AppointmentRow:
    """Return an appointment of this person at this institution.

    Raises:
        NotFoundError: It is another one's, or not there.
    """
    row = appointment_row(
        reading(), institution_id=place.id, appointment_id=appointment_id
    )
    if row is None or row.user_id != user_id:
        raise NotFoundError
    return row


def _back(slug: str, user_id: int, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for("people.show", slug=slug, user_id=user_id), code=303)


def _page(
    place: InstitutionPlace,
    row: AppointmentRow,
    form: TermForm,
    *,
    end_form: LastDayForm | None = None,
) -> Response:
    g.form_path = url_for(
        "appointments.edit",
        slug=place.slug,
        user_id=row.user_id,
        appointment_id=row.id,
    )
    today = place.today(now())
    entered_on = place.today(row.created_at)
    page = render_template(
        "institution/appointment.html",
        place=place,
        row=row,
        form=form,
        end_form=end_form or LastDayForm(None, prefix="end", last_day=today),
        is_over=row.is_over(today),
        may_withdraw=entered_on == today,
    )
    return Response(page, mimetype="text/html")
