"""Units of an institution: opened, changed, closed, opened again."""

from flask import Blueprint, Response, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.posts import UnitRow, unit_list
from conexx_learn.services import units as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.post_forms import UnitForm
from conexx_learn.web.institution.refusals import REFUSALS, UNPROCESSABLE, told
from conexx_learn.web.language import gettext as _

units = Blueprint("units", __name__, url_prefix="/institutions")


@units.get("/<slug>/units/new")
@requires(Role.MANAGER)
def new(slug: str) -> Response:
    """Show the form of a new unit."""
    return _new_page(managed_place(slug), UnitForm(None))


@units.post("/<slug>/units")
@requires(Role.MANAGER)
def create(slug: str) -> ResponseReturnValue:
    """Open a unit."""
    place, form = managed_place(slug), UnitForm()
    form.offer(unit_list(reading(), institution_id=place.id))
    if not form.validate():
        return _new_page(place, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            verbs.open_unit(
                session, institution_id=place.id, traits=form.traits(), now=now()
            )
    except REFUSALS as error:
        status = told(form, error)
        return _new_page(place, form), status
    return _back(slug, _("The unit is saved."))


@units.get("/<slug>/units/<id:unit_id>/edit")
@requires(Role.MANAGER)
def edit(slug: str, unit_id: int) -> Response:
    """Show the form of a unit."""
    place = managed_place(slug)
    unit = _found(place, unit_id)
    return _edit_page(place, unit, UnitForm.of(unit))


@units.post("/<slug>/units/<id:unit_id>/edit")
@requires(Role.MANAGER)
def update(slug: str, unit_id: int) -> ResponseReturnValue:
    """Rename a unit, move it, or say whether it runs projects."""
    place, form = managed_place(slug), UnitForm()
    unit = _found(place, unit_id)
    # A place inside itself is refused by the verb, with a sentence that says why.
    form.offer(unit_list(reading(), institution_id=place.id))
    if not form.validate():
        return _edit_page(place, unit, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            verbs.change_unit(
                session,
                institution_id=place.id,
                unit_id=unit_id,
                traits=form.traits(),
                seen=form.seen.data or "",
                now=now(),
            )
    except REFUSALS as error:
        status = told(form, error)
        unit = _found(place, unit_id)
        form.seen.data = unit.traits.fingerprint
        return _edit_page(place, unit, form), status
    return _back(slug, _("The unit is saved."))


@units.post("/<slug>/units/<id:unit_id>/closing")
@requires(Role.MANAGER)
def close(slug: str, unit_id: int) -> ResponseReturnValue:
    """Close an empty unit; it can be opened again."""
    place = managed_place(slug)
    unit = _found(place, unit_id)
    form = UnitForm.of(unit)
    try:
        with unit_of_work() as session:
            verbs.close_unit(
                session,
                institution_id=place.id,
                unit_id=unit_id,
                today=place.today(now()),
                now=now(),
            )
    except REFUSALS as error:
        status = told(form, error)
        return _edit_page(place, unit, form), status
    return _back(slug, _("The unit is closed."))


@units.post("/<slug>/units/<id:unit_id>/reopening")
@requires(Role.MANAGER)
def reopen(slug: str, unit_id: int) -> ResponseReturnValue:
    """Open a closed unit again."""
    place = managed_place(slug)
    with unit_of_work() as session:
        verbs.reopen_unit(session, institution_id=place.id, unit_id=unit_id, now=now())
    return _back(slug, _("The unit is open again."))


def _found(place: InstitutionPlace, unit_id: int) -> UnitRow:
    """Return an open unit of an institution.

    Raises:
        NotFoundError: It is another one's, closed, or not there.
    """
    every_unit = unit_list(reading(), institution_id=place.id)
    found = next((unit for unit in every_unit if unit.id == unit_id), None)
    if found is None or found.closed_on is not None:
        raise NotFoundError
    return found


def _back(slug: str, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for("posts.index", slug=slug), code=303)


def _new_page(place: InstitutionPlace, form: UnitForm) -> Response:
    g.form_path = url_for("units.new", slug=place.slug)
    form.offer(unit_list(reading(), institution_id=place.id))
    page = render_template(
        "institution/unit.html", place=place, form=form, unit=None, around=""
    )
    return Response(page, mimetype="text/html")


def _edit_page(place: InstitutionPlace, unit: UnitRow, form: UnitForm) -> Response:
    g.form_path = url_for("units.edit", slug=place.slug, unit_id=unit.id)
    every_unit = unit_list(reading(), institution_id=place.id)
    form.offer(every_unit, but=unit.id)
    names = {one.id: one.traits.name for one in every_unit}
    page = render_template(
        "institution/unit.html",
        place=place,
        form=form,
        unit=unit,
        around=names.get(unit.traits.parent_id or 0, ""),
    )
    return Response(page, mimetype="text/html")
