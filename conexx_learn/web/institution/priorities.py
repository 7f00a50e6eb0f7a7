"""What the institution wants most: ranked, edited, given up."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.queries.priorities import PriorityRow, priority_rows
from conexx_learn.services import priorities as verbs
from conexx_learn.services.priorities import PriorityTerms
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.entry_fields import TOO_LONG, squeezed
from conexx_learn.web.institution.refusals import REFUSALS, UNPROCESSABLE, told
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm

priorities = Blueprint("priorities", __name__, url_prefix="/institutions")
UP, DOWN = -1, 1


class PriorityForm(PageForm):
    """What a priority says."""

    seen = HiddenField()
    title = StringField(
        _l("What the institution wants"),
        filters=[squeezed],
        validators=[
            DataRequired(_l("Write what the institution wants.")),
            Length(max=verbs.LONGEST_TITLE, message=TOO_LONG),
        ],
        description=_l("In a few words, such as “Ecotourism along the river”."),
    )
    political_owner = StringField(
        _l("Who answers for it"),
        filters=[squeezed],
        validators=[
            DataRequired(_l("Write who answers for it.")),
            Length(max=verbs.LONGEST_OWNER, message=TOO_LONG),
        ],
        description=_l("A name, or an elected office."),
    )
    source_document = StringField(
        _l("Where it is written"),
        filters=[squeezed],
        validators=[
            DataRequired(_l("Write the name or address of the document.")),
            Length(max=verbs.LONGEST_SOURCE, message=TOO_LONG),
        ],
        description=_l("Such as “Municipal development plan 2025-2027, page 14”."),
    )

    def terms(self) -> PriorityTerms:
        """Return what was entered."""
        return PriorityTerms(
            self.title.data, self.political_owner.data, self.source_document.data
        )


@priorities.get("/<slug>/strategy")
@requires(Role.MANAGER)
def index(slug: str) -> Response:
    """List the priorities by rank, with what rests on each."""
    return _page(managed_place(slug), PriorityForm(None))


@priorities.post("/<slug>/strategy")
@requires(Role.MANAGER)
def create(slug: str) -> ResponseReturnValue:
    """Add a priority after all others."""
    place, form = managed_place(slug), PriorityForm()
    if not form.validate():
        return _page(place, form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.add_priority(session, place, form.terms(), now=now())
    return _back(slug, _("The priority is added."))


@priorities.get("/<slug>/strategy/<id:priority_id>")
@requires(Role.MANAGER)
def edit(slug: str, priority_id: int) -> Response:
    """Show the form of a priority."""
    place = managed_place(slug)
    row = _active(place, priority_id)
    form = PriorityForm(
        None,
        seen=_fingerprint(row),
        title=row.title,
        political_owner=row.political_owner,
        source_document=row.source_document,
    )
    return _edit_page(place, row, form)


@priorities.post("/<slug>/strategy/<id:priority_id>")
@requires(Role.MANAGER)
def update(slug: str, priority_id: int) -> ResponseReturnValue:
    """Change what a priority says; who comes second is told, and keeps their words."""
    place, form = managed_place(slug), PriorityForm()
    row = _active(place, priority_id)
    if not form.validate():
        return _edit_page(place, row, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            verbs.edit_priority(
                session,
                place,
                priority_id,
                form.terms(),
                seen=form.seen.data or "",
                now=now(),
            )
    except REFUSALS as error:
        status = told(form, error)
        row = _active(place, priority_id)
        form.seen.data = _fingerprint(row)
        return _edit_page(place, row, form), status
    return _back(slug, _("The priority is saved."))


@priorities.post("/<slug>/strategy/<id:priority_id>/rank")
@requires(Role.MANAGER)
def move(slug: str, priority_id: int) -> ResponseReturnValue:
    """Move a priority one rank up or down."""
    place = managed_place(slug)
    direction = UP if request.form.get("direction") == "up" else DOWN
    with unit_of_work() as session:
        verbs.move_priority(session, place, priority_id, direction=direction, now=now())
    shown = url_for("priorities.index", slug=slug)
    return redirect(f"{shown}#priority-{priority_id}", code=303)


@priorities.get("/<slug>/strategy/<id:priority_id>/end")
@requires(Role.MANAGER)
def end(slug: str, priority_id: int) -> str:
    """Ask once more before a priority is given up, and say what cites it."""
    place = managed_place(slug)
    return render_template(
        "institution/priority_end.html",
        place=place,
        here="priorities",
        row=_active(place, priority_id),
    )


@priorities.post("/<slug>/strategy/<id:priority_id>/end")
@requires(Role.MANAGER)
def retire(slug: str, priority_id: int) -> ResponseReturnValue:
    """Give a priority up."""
    place = managed_place(slug)
    with unit_of_work() as session:
        verbs.retire_priority(session, place, priority_id, now=now())
    return _back(slug, _("The priority is given up."))


def _fingerprint(row: PriorityRow) -> str:
    return PriorityTerms(
        row.title, row.political_owner, row.source_document
    ).fingerprint


def _active(place: InstitutionPlace, priority_id: int) -> PriorityRow:
    for row in priority_rows(reading(), institution_id=place.id):
        if row.id == priority_id:
            if row.retired_on is not None:
                raise RuleError("priority-retired")
            return row
    raise NotFoundError


def _page(place: InstitutionPlace, form: PriorityForm) -> Response:
    g.form_path = url_for("priorities.index", slug=place.slug)
    rows = priority_rows(reading(), institution_id=place.id)
    page = render_template(
        "institution/priorities.html",
        place=place,
        here="priorities",
        rows=[row for row in rows if row.retired_on is None],
        retired=[row for row in rows if row.retired_on is not None],
        form=form,
    )
    return Response(page, mimetype="text/html")


def _edit_page(
    place: InstitutionPlace, row: PriorityRow, form: PriorityForm
) -> Response:
    g.form_path = url_for("priorities.edit", slug=place.slug, priority_id=row.id)
    page = render_template(
        "institution/priority.html",
        place=place,
        here="priorities",
        row=row,
        form=form,
    )
    return Response(page, mimetype="text/html")


def _back(slug: str, told: str) -> ResponseReturnValue:
    flash(told, "success")
    return redirect(url_for("priorities.index", slug=slug), code=303)
