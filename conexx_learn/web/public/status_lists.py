"""The status lists: what any verifier asks whether a certificate was taken back."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.status_documents import LIST_WINDOW
from conexx_learn.queries.status_lists import KeptList, is_list, kept_list
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.published_documents import published_document

status_lists = Blueprint("status_lists", __name__, url_prefix="/status/revocation")
UNAVAILABLE = 503
RETRY_SECONDS = 60
KEPT_SECONDS = 300
JSON_TYPES = ("application/vc+ld+json", "application/vc")
"""The first contains "json", which common clients look for."""


@status_lists.get("/<id:number>")
@public
def show(number: int) -> ResponseReturnValue:
    """Give a list with its embedded proof."""
    mime = request.accept_mimetypes.best_match(JSON_TYPES, default=JSON_TYPES[0])
    return _answer(number, "json", mime)


@status_lists.get("/<id:number>.jwt")
@public
def show_jwt(number: int) -> ResponseReturnValue:
    """Give a list as compact JWS."""
    return _answer(number, "jwt", "application/jwt")


def _answer(number: int, form: str, mime: str) -> Response:
    """Give the stored bytes, or say clearly that they cannot be given.

    An empty list would say that nobody's certificate was ever taken back.
    """
    kept = kept_list(reading(), number=number)
    if kept is None and not is_list(reading(), number=number):
        raise NotFoundError
    if kept is None or not _counts(kept):
        return _unavailable()
    body = kept.body(form)
    response = published_document(body, media_type=mime, seconds=KEPT_SECONDS)
    response.vary.add("Accept")
    return response


def _counts(kept: KeptList) -> bool:
    """Say whether a verifier would believe the list."""
    return not kept.has_lost_key and now() < kept.signed_at + LIST_WINDOW


def _unavailable() -> Response:
    response = Response(
        "The status list cannot be given now. Without it no certificate counts as "
        "checked: try again in a minute.\n",
        status=UNAVAILABLE,
        mimetype="text/plain",
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
