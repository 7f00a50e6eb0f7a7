"""What a file was before: each step, what changed since, and the way back."""

from http import HTTPStatus

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.domain.errors import EditConflictError, NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.drafts import SavedStep, kept_content, steps_of
from conexx_learn.services.drafts import go_back
from conexx_learn.services.preview import plain_text, text_changes
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.trainer.desk import draft_act
from conexx_learn.web.trainer.opened_files import MOST_STEPS, OpenedFile, opened_file

file_history = Blueprint("file_history", __name__, url_prefix="/trainer")

_HISTORY = "/courses/<course>/files/<path:path>/history"


@file_history.get(_HISTORY)
@requires(Role.TRAINER)
def index(course: str, path: str) -> str:
    """List who saved a file and when, the newest first."""
    opened = opened_file(course, path)
    steps = steps_of(reading(), slug=course, path=path, most=MOST_STEPS)
    return render_template("trainer/file_history.html", opened=opened, steps=steps)


@file_history.get(f"{_HISTORY}/<id:step>")
@requires(Role.TRAINER)
def show(course: str, path: str, step: int) -> str:
    """Show what a file was at a step, and what is different now."""
    opened = opened_file(course, path)
    return _page(opened, _step(opened, step))


@file_history.post(f"{_HISTORY}/<id:step>")
@requires(Role.TRAINER)
def restore(course: str, path: str, step: int) -> ResponseReturnValue:
    """Give a file what it held at a step."""
    opened = opened_file(course, path)
    found = _step(opened, step)
    try:
        with unit_of_work() as session:
            go_back(
                session,
                draft_act(course),
                step_id=step,
                seen=request.form.get("seen") or None,
            )
    except EditConflictError:
        flash(_("Somebody saved the file meanwhile; look at it once more."), "warning")
        return _page(opened, found), HTTPStatus.CONFLICT
    flash(_("The file is what it was then; what it was before is in the history."))
    if found.sha256 is None:
        return redirect(url_for("file_history.index", course=course, path=path), 303)
    return redirect(url_for("editor.show", course=course, path=path), code=303)


def _step(opened: OpenedFile, step_id: int) -> SavedStep:
    """Find a step of this file.

    Raises:
        NotFoundError: It has no such step.
    """
    steps = steps_of(
        reading(), slug=opened.draft.slug, path=opened.path, most=MOST_STEPS
    )
    found = next((step for step in steps if step.id == step_id), None)
    if found is None:
        raise NotFoundError
    return found


def _page(opened: OpenedFile, step: SavedStep) -> str:
    g.form_path = url_for(
        "file_history.show", course=opened.draft.slug, path=opened.path, step=step.id
    )
    content = kept_content(reading(), step.sha256) if step.sha256 else b""
    then, now = plain_text(content or b""), opened.text if opened.seen else ""
    return render_template(
        "trainer/file_step.html",
        opened=opened,
        step=step,
        then=then,
        changes=text_changes(then, now),
        is_now=step.sha256 == (opened.seen or None),
    )
