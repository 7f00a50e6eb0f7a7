"""One certificate of mine: share it, keep its files, choose what others see of it."""

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import grouped, read_number
from conexx_learn.domain.issuer_addresses import credential_address, verify_address
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.profile_links import linkedin_address
from conexx_learn.queries.certification import HeldCertificate, certificate_by_number
from conexx_learn.services.certificate_choices import choose_what_others_see
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.credential_files import credential_files
from conexx_learn.web.language import gettext as _
from conexx_learn.web.learner.certificates import correction_address

certificate_choices = Blueprint(
    "certificate_choices", __name__, url_prefix="/me/certificates"
)


@certificate_choices.get("/<number>")
@requires(Role.LEARNER)
def show(number: str) -> str:
    """Show a certificate to its holder, with all that can be done with it."""
    held = _mine(number)
    claims = held.claims
    title = claims.titles.get(claims.lang) or next(iter(claims.titles.values()))
    origin = current_app.config["PUBLIC_URL"]
    address = verify_address(origin, claims.number)
    return render_template(
        "learner/certificate.html",
        held=held,
        claims=claims,
        verdict=held.verdict,
        number=grouped(claims.number),
        title=title,
        verify_url=address,
        credential_url=f"{credential_address(origin, claims.uuid)}.json",
        files=credential_files(claims),
        correction_address=correction_address(held),
        linkedin=linkedin_address(
            title=title,
            issuer=claims.issuer.name,
            issued_on=claims.issued_on,
            valid_until=claims.valid_until,
            verify_url=address,
            number=grouped(claims.number),
        ),
    )


@certificate_choices.post("/<number>")
@requires(Role.LEARNER)
def update(number: str) -> ResponseReturnValue:
    """Keep the choices of the form; a box that is not ticked is a no."""
    known = read_number(number)
    if known is None:
        raise NotFoundError
    with unit_of_work() as session:
        choose_what_others_see(
            session,
            number=known,
            user_id=current_user.id,
            hides_name=request.form.get("hides_name") == "yes",
            shows_score=request.form.get("shows_score") == "yes",
            now=now(),
        )
    flash(_("Your choice is saved."), "success")
    return redirect(
        url_for("certificate_choices.show", number=grouped(known)), code=303
    )


def _mine(number: str) -> HeldCertificate:
    """Return a certificate of who is signed in.

    Raises:
        NotFoundError: No such certificate, or somebody else's.
    """
    known = read_number(number)
    held = (
        certificate_by_number(reading(), number=known, today=today()) if known else None
    )
    if held is None or held.user_id != current_user.id:
        raise NotFoundError
    return held
