"""Errors become a page, or JSON for a script; nobody else catches them."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TypeVar

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import (
    InterfaceError,
    InternalError,
    OperationalError,
    TimeoutError,  # noqa: A004 (of waiting for a connection, not the builtin)
)
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from conexx_learn.domain.errors import LearnError, LimitError, NotSignedYetError
from conexx_learn.domain.sentences.errors import error_sentence
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.filters import moment
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.sign_in import forget_person

E = TypeVar("E", bound=Exception)
AWAY = (OperationalError, InterfaceError, TimeoutError)
"""How the library says that the database does not answer."""

RETRY_SECONDS = 5

READ_ONLY = "25006"
"""What PostgreSQL calls a write where it takes none: a standby, a full disk."""


def _wants_json() -> bool:
    return request.is_json or request.path.startswith("/api/")


def _answer(status: int, sentence: str) -> Response:
    """Render the one error page, or its JSON twin, with the request's id."""
    request_id = g.get("request_id", "")
    if _wants_json():
        answer = jsonify(error=sentence, request_id=request_id)
    elif request_ctx.url_adapter is None:
        # Asked under a name that is not ours: no page can be made, for it has links.
        answer = Response(f"{sentence}\n{request_id}\n", mimetype="text/plain")
    else:
        answer = Response(
            render_template(
                "errors/error.html",
                status=status,
                sentence=sentence,
                request_id=request_id,
            ),
            mimetype="text/html",
        )
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    return answer


def unless_away(handler: Callable[[E], BaseResponse]) -> Callable[[E], BaseResponse]:
    """Answer with 503 where a page about an error cannot be made either.

    An error page says who is signed in, and asks the database for it.
    """

    @wraps(handler)
    def answered(error: E) -> BaseResponse:
        try:
            return handler(error)
        except AWAY as away:
            return database_away(away)

    return answered


@unless_away
def learn_error(error: LearnError) -> Response:
    """Answer an error that the house raised on purpose."""
    facts = {
        name: moment(value) if isinstance(value, datetime) else value
        for name, value in error.facts.items()
    }
    answer = _answer(error.status, error_sentence(error.code, facts, page_language()))
    if isinstance(error, LimitError | NotSignedYetError):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


@unless_away
def csrf_error(_error: CSRFError) -> Response:
    """Answer a form whose token is missing or old."""
    return _answer(
        400,
        _(
            "The page was open for too long or came from elsewhere; nothing was "
            "stored. Go back, reload it and send it again."
        ),
    )


@unless_away
def http_error(error: HTTPException) -> BaseResponse:
    """Answer an error of HTTP itself, and keep its headers (Allow, Retry-After)."""
    if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004 (HTTP's own border)
        return Response.force_type(error.get_response())
    answer = _answer(error.code, _http_sentence(error.code))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _http_sentence(code: int) -> str:
    sentences = {
        400: _("We could not read this request; nothing was stored."),
        403: error_sentence("forbidden", {}, page_language()),
        404: error_sentence("not-found", {}, page_language()),
        405: _("This address does not take this kind of request."),
        413: _(
            "This is too large; nothing was stored. Go back and send something smaller."
        ),
        429: _("Too many tries in a row. Wait a minute and try again."),
    }
    return sentences.get(code, _("This request cannot be answered."))


def database_away(error: Exception) -> Response:
    """Answer while the database does not: a wait, not a fault of the visitor.

    The page says nothing of who is signed in, for that would be one more question to
    the database.
    """
    current_app.logger.error("database away: %s", type(error).__name__)
    forget_person()
    answer = _answer(503, _("The data cannot be reached just now. Try again shortly."))
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def database_refused(error: InternalError) -> Response:
    """Answer a database that takes no writes just now; else the fault is ours."""
    is_read_only = getattr(error.orig, "sqlstate", None) == READ_ONLY
    return database_away(error) if is_read_only else our_fault(error)


def our_fault(error: Exception) -> Response:
    """Answer an error that nobody foresaw; it is logged once, with the id."""
    current_app.logger.error("unforeseen", exc_info=error)
    forget_person()
    return _answer(500, _("This was our fault, not yours. It has been written down."))


def end_reading(_error: BaseException | None) -> None:
    """End what was read; a connection lost by now spoils no answer that is made."""
    try:
        reading().rollback()
    except AWAY as error:
        current_app.logger.warning("connection lost: %s", type(error).__name__)


def init_app(app: Flask) -> None:
    """Bind the handlers to the application."""
    app.teardown_appcontext(end_reading)
    app.register_error_handler(LearnError, learn_error)
    app.register_error_handler(CSRFError, csrf_error)
    app.register_error_handler(HTTPException, http_error)
    for kind in AWAY:
        app.register_error_handler(kind, database_away)
    app.register_error_handler(InternalError, database_refused)
    app.register_error_handler(Exception, our_fault)
