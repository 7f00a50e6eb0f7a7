"""Is this person the holder? Yes or no to an address that somebody already knows."""

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import today
from conexx_learn.domain.credentials.recipients import is_recipient
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import grouped, read_number
from conexx_learn.queries.certification import HeldCertificate, certificate_by_number
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.language import gettext as _
from conexx_learn.web.limits import count_guessed_person, count_miss
from conexx_learn.web.public.verification import uncached

holder_checks = Blueprint(
    "holder_checks", __name__, url_prefix="/verify/<number>/person"
)
UNPROCESSABLE = 422
LONGEST_ADDRESS = 254


@holder_checks.get("")
@public
def show(number: str) -> Response:
    """Ask for the address of the person."""
    return _page(_known(number))


@holder_checks.post("")
@public
def compare(number: str) -> ResponseReturnValue:
    """Say whether an address is the holder's; guessing is slowed."""
    held = _known(number)
    count_guessed_person(held.claims.number)
    typed = request.form.get("address", "").strip()
    if "@" not in typed or len(typed) > LONGEST_ADDRESS:
        error = _("Write a whole e-mail address, such as name@example.org.")
        return _page(held, typed[:LONGEST_ADDRESS], error), UNPROCESSABLE
    recipient = held.claims.recipient
    answer = is_recipient(recipient, typed) if recipient else None
    return _page(held, typed, answer=answer)


def _known(number: str) -> HeldCertificate:
    known = read_number(number)
    held = certificate_by_number(reading(), number=known or "?" * 12, today=today())
    if held is None:
        count_miss("verify")
        raise NotFoundError
    return held


def _page(
    held: HeldCertificate,
    typed: str = "",
    error: str = "",
    *,
    answer: bool | None = None,
) -> Response:
    g.form_path = request.path
    page = render_template(
        "public/holder_check.html",
        number=grouped(held.claims.number),
        has_address=held.claims.recipient is not None,
        typed=typed,
        error=error,
        answer=answer,
    )
    return uncached(Response(page, mimetype="text/html"))
