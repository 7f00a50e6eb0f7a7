"""The verifiable forms of a certificate: exact bytes, for whoever has the address."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from conexx_learn.adapters.clock import today
from conexx_learn.domain.badge_pictures import badge_picture
from conexx_learn.domain.errors import NotFoundError, NotSignedYetError
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.issuer_addresses import verify_address
from conexx_learn.queries.certification import certificate_by_number
from conexx_learn.queries.handed_forms import HandedForm, handed_form
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.addresses import url_for
from conexx_learn.web.hidden_names import refuse_hidden
from conexx_learn.web.limits import count_miss
from conexx_learn.web.paper_files import paper_response

credentials = Blueprint("credentials", __name__, url_prefix="/credentials")

JSON_TYPES = (
    "application/vc+ld+json",
    "application/vc",
    "application/ld+json",
    "application/json",
)
JWT_TYPES = ("application/jwt", "application/vc+jwt")
PAGE_TYPES = ("text/html", "application/xhtml+xml")
PICTURE_POLICY = "sandbox; default-src 'none'"


@dataclass(frozen=True, slots=True)
class _Sent:
    """A form on its way: what it is called and by whom it was asked."""

    form: HandedForm
    body: str


@credentials.get("/<uuid:uuid>")
@public
def show(uuid: UUID) -> ResponseReturnValue:
    """Answer as the Accept header asks: the public page, or one of the two forms."""
    wanted = request.accept_mimetypes.best_match(
        [*JSON_TYPES, *JWT_TYPES, *PAGE_TYPES], default=JSON_TYPES[0]
    )
    if wanted in PAGE_TYPES:
        number = grouped(_known(uuid, "json").number)
        answer = redirect(url_for("verification.show", number=number), code=303)
        answer.headers["Vary"] = "Accept"
        return _open(answer)
    return _signed(_sent(uuid, "jwt" if wanted in JWT_TYPES else "json"), wanted)


@credentials.get("/<uuid:uuid>.json")
@public
def document(uuid: UUID) -> BaseResponse:
    """Give the form with an embedded proof."""
    wanted = request.accept_mimetypes.best_match(JSON_TYPES[:2], default=JSON_TYPES[0])
    sent = _sent(uuid, "json")
    return _named(_signed(sent, wanted), sent, "json")


@credentials.get("/<uuid:uuid>.jwt")
@public
def compact(uuid: UUID) -> BaseResponse:
    """Give the compact form."""
    sent = _sent(uuid, "jwt")
    return _named(_signed(sent, JWT_TYPES[0]), sent, "jwt")


@credentials.get("/<uuid:uuid>.svg")
@public
def picture(uuid: UUID) -> BaseResponse:
    """Give the picture with the compact form inside, to keep and not to run."""
    sent = _sent(uuid, "jwt")
    held = certificate_by_number(reading(), number=sent.form.number, today=today())
    if held is None:
        raise NotFoundError
    address = verify_address(current_app.config["PUBLIC_URL"], sent.form.number)
    drawn = badge_picture(held.claims, jws=sent.body, verify_url=address)
    response = _open(Response(drawn, mimetype="image/svg+xml"))
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.add_etag()
    return _named(response.make_conditional(request), sent, "svg")


@credentials.get("/<uuid:uuid>.pdf")
@public
def paper(uuid: UUID) -> Response:
    """Give the paper, as its own address does."""
    return paper_response(_known(uuid, "json").number)


def _known(uuid: UUID, form: str) -> HandedForm:
    """Return a certificate's form, signed or not; guessing is counted."""
    found = handed_form(reading(), uuid=str(uuid), form=form)
    if found is None:
        count_miss("credential")
        raise NotFoundError
    return found


def _sent(uuid: UUID, form: str) -> _Sent:
    """Return what may be handed out to who asks.

    Raises:
        NotFoundError: Nobody's, or its holder hides the name or was erased.
        NotSignedYetError: It was issued a moment ago.
    """
    found = _known(uuid, form)
    refuse_hidden(user_id=found.user_id, hides_name=found.hides_name)
    if found.is_erased:
        raise NotFoundError
    if found.body is None:
        raise NotSignedYetError
    return _Sent(found, found.body)


def _signed(sent: _Sent, mimetype: str) -> BaseResponse:
    """Answer with the stored bytes, or say that the asker has them."""
    response = _open(Response(sent.body.encode(), content_type=mimetype))
    response.headers["Vary"] = "Accept"
    response.set_etag(sent.form.sha256)
    return response.make_conditional(request)


def _open(response: BaseResponse) -> BaseResponse:
    """Let any site read it, and no memory of others keep it without asking again.

    A name that is hidden tomorrow must not go on being handed out.
    """
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _named(response: BaseResponse, sent: _Sent, ending: str) -> BaseResponse:
    name = f"{grouped(sent.form.number)}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
