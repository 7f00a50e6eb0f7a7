"""A holder asks for a correction of the name on a certificate."""

from flask import Blueprint, Response, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import StringField
from wtforms.validators import InputRequired

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.certificate_life import open_request, refuse_the_final
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import grouped, read_number
from conexx_learn.domain.names import LONGEST_NAME, printed_name
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.certification import HeldCertificate, certificates_of
from conexx_learn.services.certificate_corrections import ask_for_correction
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm

certificate_corrections = Blueprint("certificate_corrections", __name__)
UNPROCESSABLE = 422


class RequestForm(PageForm):
    """The name as it should be."""

    name = StringField(
        _l("The name as it should be"),
        validators=[InputRequired(_l("Write your name."))],
        description=_l("Exactly as you want to read it, with its accents."),
    )

    def accepts(self, holder: str) -> bool:
        """Check that it is a name, and another one than the certificate says."""
        if not self.validate():
            return False
        name = printed_name(self.name.data)
        if not name or len(name) > LONGEST_NAME:
            self.name.errors = [_("Write a name of 1 to 200 characters.")]
        elif name == holder:
            self.name.errors = [_("The certificate already says this name.")]
        return not self.name.errors


@certificate_corrections.get("/me/certificates/<number>/correction")
@requires(Role.LEARNER)
def new(number: str) -> ResponseReturnValue:
    """Say what a correction is, with the form that asks for it."""
    held = _own(number)
    refuse_the_final(held.events)
    if open_request(held.events) is not None:
        return _already()
    return _page(held, RequestForm(None))


@certificate_corrections.post("/me/certificates/<number>/correction")
@requires(Role.LEARNER)
def create(number: str) -> ResponseReturnValue:
    """Hand the request to the coordination, once."""
    held, form = _own(number), RequestForm()
    if not form.accepts(held.claims.holder):
        return _page(held, form), UNPROCESSABLE
    with unit_of_work() as session:
        is_new = ask_for_correction(
            session,
            number=held.claims.number,
            user_id=current_user.id,
            name=form.name.data,
            now=now(),
        )
    if not is_new:
        return _already()
    flash(_("The coordination has your request. The answer appears here."), "success")
    return _back()


def _own(number: str) -> HeldCertificate:
    known = read_number(number)
    mine = certificates_of(reading(), user_id=current_user.id, today=today())
    for held in mine:
        if held.claims.number == known:
            return held
    raise NotFoundError


def _already() -> ResponseReturnValue:
    flash(_("You have asked already; the answer appears here."), "info")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("certificates.index"), code=303)


def _page(held: HeldCertificate, form: RequestForm) -> Response:
    number = grouped(held.claims.number)
    g.form_path = url_for("certificate_corrections.new", number=number)
    page = render_template(
        "learner/certificate_correction.html",
        claims=held.claims,
        number=number,
        form=form,
    )
    return Response(page, mimetype="text/html")
