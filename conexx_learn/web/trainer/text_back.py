"""A text that cannot be saved is given back to who sent it, whatever the reason."""

from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.web.addresses import url_for
from conexx_learn.web.errors import csrf_error, learn_error
from conexx_learn.web.trainer.opened_files import typed_text

TEXT = "text"


def give_text_back(blueprint: Blueprint) -> None:
    """Let the pages of a blueprint lose no text of a form that they refuse."""
    blueprint.before_request(_signed_out)
    blueprint.register_error_handler(CSRFError, _stale)
    blueprint.register_error_handler(NotFoundError, _gone)


def _signed_out() -> ResponseReturnValue | None:
    is_form = request.method == "POST" and TEXT in request.form
    if not is_form or current_user.is_authenticated:
        return None
    return _page("session"), HTTPStatus.UNAUTHORIZED


def _stale(error: CSRFError) -> ResponseReturnValue:
    if TEXT not in request.form:
        return csrf_error(error)
    return _page("stale"), HTTPStatus.BAD_REQUEST


def _gone(error: NotFoundError) -> ResponseReturnValue:
    if TEXT not in request.form:
        return learn_error(error)
    return _page("gone"), HTTPStatus.NOT_FOUND


def _page(reason: str) -> str:
    names = request.view_args or {}
    path = names.get("path", "")
    return render_template(
        "trainer/text_back.html",
        reason=reason,
        path=path,
        address=url_for("editor.save", course=names.get("course", ""), path=path),
        text=typed_text(request.form.get(TEXT)),
        seen=request.form.get("seen", ""),
    )
