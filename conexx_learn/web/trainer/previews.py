"""The learner's view while somebody writes: shown and tried, and nothing is kept."""

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.permissions import Role
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.json_bodies import json_body
from conexx_learn.web.limits import count_preview
from conexx_learn.web.self_checks import PIECE
from conexx_learn.web.trainer.editor import LARGEST_FORM
from conexx_learn.web.trainer.editor_pages import View, editor_page, view_of
from conexx_learn.web.trainer.opened_files import OpenedFile, opened_file, typed_text
from conexx_learn.web.trainer.text_back import give_text_back
from conexx_learn.web.trainer.trials import TRIAL, Trial, all_trials, tried
from conexx_learn.web.uploads import takes_file

previews = Blueprint("previews", __name__, url_prefix="/trainer")
give_text_back(previews)

_FILE = "/courses/<course>/files/<path:path>"


@previews.post(f"{_FILE}/preview")
@requires(Role.TRAINER)
def show(course: str, path: str) -> ResponseReturnValue:
    """Show a text as learners will see it, with what the check says of it."""
    count_preview(current_user.id)
    opened = opened_file(course, path)
    sent = json_body()
    if not isinstance(sent, dict) or not isinstance(sent.get("text"), str):
        raise ShapeError
    view = view_of(opened, typed_text(sent["text"]))
    return jsonify(
        html=render_template("trainer/preview.html", **_facts(opened, view)),
        problems_html=render_template("trainer/problems.html", **_facts(opened, view)),
        problems=[
            {"line": one.line, "code": one.code, "message": one.message}
            for one in view.problems
        ],
    )


@previews.post(f"{_FILE}/try")
@takes_file(most_bytes=LARGEST_FORM, most_text=LARGEST_FORM)
@requires(Role.TRAINER)
def try_out(course: str, path: str) -> ResponseReturnValue:
    """Answer a question of a text as a learner would; the answer goes nowhere."""
    count_preview(current_user.id)
    opened = opened_file(course, path)
    sent = request.form.get("text")
    text = opened.text if sent is None else typed_text(sent)
    if PIECE not in request.headers:
        seen = request.form.get("seen", opened.seen)
        return editor_page(opened, text=text, seen=seen, fields=request.form)
    view = view_of(opened, text, request.form)
    trial = tried([*view.checks, *all_trials(view.sections)], request.form)
    if trial is None:
        raise NotFoundError
    return _piece(opened, trial)


def _facts(opened: OpenedFile, view: View) -> dict[str, object]:
    address = url_for("previews.try_out", course=opened.draft.slug, path=opened.path)
    return {"opened": opened, "view": view, "address": address}


def _piece(opened: OpenedFile, trial: Trial) -> Response:
    address = url_for("previews.try_out", course=opened.draft.slug, path=opened.path)
    page = render_template("trainer/trial.html", trial=trial, address=address)
    response = Response(page, mimetype="text/html")
    response.headers[PIECE] = TRIAL
    response.headers["Cache-Control"] = "no-store"
    return response
