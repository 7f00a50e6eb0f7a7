"""Codes on paper: a manager hands over invitations and new passwords."""

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.adapters.code_sheets import CodeSlip, typeset_codes
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role, holds
from conexx_learn.queries.memberships import (
    InstitutionName,
    Member,
    institution_by_slug,
    members_of,
)
from conexx_learn.services import access_codes
from conexx_learn.services.access_codes import HandedCode
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.mails import absolute

handed_codes = Blueprint("handed_codes", __name__, url_prefix="/institutions")
MOST_AT_ONCE = 100
UNPROCESSABLE = 422


@handed_codes.get("/<slug>/people/codes")
@requires(Role.MANAGER)
def new(slug: str) -> Response:
    """List the people, to choose for whom to print a code."""
    return _page(_institution(slug), "")


@handed_codes.post("/<slug>/people/codes")
@requires(Role.MANAGER)
def create(slug: str) -> ResponseReturnValue:
    """Make the codes and give the sheet; it is the only place where they stand."""
    institution = _institution(slug)
    people = _members(institution)
    chosen = [person for person in people if _is_chosen(person)]
    if not 0 < len(chosen) <= MOST_AT_ONCE:
        error = _("Choose at least one person, and at most 100.")
        return _page(institution, error), UNPROCESSABLE
    with unit_of_work() as session:
        codes = [
            access_codes.hand_over_code(
                session, user_id=person.user_id, now=now(), by=actor()
            )
            for person in chosen
        ]
    sheet = typeset_codes(
        [_slip(code) for code in codes],
        lang=institution.locale,
        place=institution.name,
    )
    response = Response(sheet, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _institution(slug: str) -> InstitutionName:
    """Return the institution, if it is one that the reader manages."""
    found = institution_by_slug(reading(), slug=slug)
    if found is None or not holds(actor(), Role.MANAGER, institution_id=found.id):
        raise NotFoundError
    return found


def _members(institution: InstitutionName) -> list[Member]:
    """List the people of the institution, but not who hands over: they have a page."""
    people = members_of(reading(), institution_id=institution.id, today=today())
    return [person for person in people if person.user_id != current_user.id]


def _is_chosen(person: Member) -> bool:
    return str(person.user_id) in request.form.getlist("person")


def _slip(code: HandedCode) -> CodeSlip:
    return CodeSlip(
        purpose="invitation" if code.purpose == "invitation" else "reset",
        name=code.full_name,
        username=code.identity,
        link=absolute(url_for("joining.show", code=code.code)),
        code=code.code,
        expires_on=code.expires_at.date(),
    )


def _page(institution: InstitutionName, error: str) -> Response:
    g.form_path = request.path
    page = render_template(
        "account/codes.html",
        institution=institution,
        people=_members(institution),
        error=error,
    )
    return Response(page, mimetype="text/html")
