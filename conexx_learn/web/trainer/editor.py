"""Writing a file of a course: saved when asked and as one types, never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    redirect,
    request,
)
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.domain.course_source.source_files import over_limit
from conexx_learn.domain.errors import (
    ContentError,
    EditConflictError,
    ShapeError,
)
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.problems import Problem
from conexx_learn.services.drafts import save_file
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import clock
from conexx_learn.web.json_bodies import json_body
from conexx_learn.web.language import gettext as _
from conexx_learn.web.trainer.desk import draft_act
from conexx_learn.web.trainer.editor_pages import editor_page, line_problems
from conexx_learn.web.trainer.merging import conflict_page
from conexx_learn.web.trainer.opened_files import (
    OpenedFile,
    newest_step,
    opened_file,
    typed_text,
)
from conexx_learn.web.trainer.text_back import give_text_back
from conexx_learn.web.uploads import takes_file

editor = Blueprint("editor", __name__, url_prefix="/trainer")
give_text_back(editor)

LARGEST_FORM = 24 * 1024 * 1024
"""Bytes of a form that come back with their text; in a form a byte may take three."""

_FILE = "/courses/<course>/files/<path:path>"


@dataclass(frozen=True, slots=True)
class Typed:
    """What the editor sent: the text, and what it began with."""

    text: str
    seen: str | None
    is_asked: bool = True


@editor.get(_FILE)
@requires(Role.TRAINER)
def show(course: str, path: str) -> str:
    """Show a file to write, beside what learners will see of it."""
    opened = opened_file(course, path)
    return editor_page(opened, text=opened.text, seen=opened.seen)


@editor.post(_FILE)
@takes_file(most_bytes=LARGEST_FORM, most_text=LARGEST_FORM)
@requires(Role.TRAINER)
def save(course: str, path: str) -> ResponseReturnValue:
    """Save the text, or show it as learners will see it without saving."""
    opened = opened_file(course, path)
    typed = _typed(request.form.to_dict())
    if request.form.get("act") == "preview":
        return editor_page(opened, text=typed.text, seen=typed.seen or "")
    size = len(typed.text.encode())
    if size > opened.most_bytes:
        return _refused(opened, typed, [over_limit(path, size, opened.most_bytes)])
    try:
        _save(opened, typed)
    except EditConflictError:
        return conflict_page(opened, typed.text, typed.seen), HTTPStatus.CONFLICT
    except ContentError as refusal:
        return _refused(opened, typed, refusal.problems)
    flash(_("Draft saved."), "success")
    return redirect(url_for("editor.show", course=course, path=path), code=303)


def _refused(
    opened: OpenedFile, typed: Typed, problems: Sequence[Problem]
) -> ResponseReturnValue:
    page = editor_page(
        opened, text=typed.text, seen=typed.seen or "", refusals=problems
    )
    return page, _status(problems)


@editor.post(f"{_FILE}/autosave")
@requires(Role.TRAINER)
def autosave(course: str, path: str) -> ResponseReturnValue:
    """Save what a script sends while somebody types."""
    opened, typed = opened_file(course, path), _typed(json_body())
    try:
        sha256 = _save(opened, typed)
    except EditConflictError as conflict:
        return _told_conflict(course, path, conflict.current), HTTPStatus.CONFLICT
    except ContentError as refusal:
        return _told_refusal(refusal, typed.text), _status(refusal.problems)
    return jsonify(sha256=sha256, saved_at=clock(now()))


def _save(opened: OpenedFile, typed: Typed) -> str:
    with unit_of_work() as session:
        return save_file(
            session,
            draft_act(opened.draft.slug),
            path=opened.path,
            content=opened.written(typed.text),
            seen=typed.seen,
            is_autosave=not typed.is_asked,
        )


def _typed(sent: object) -> Typed:
    """Read what a form or a script sent.

    Raises:
        ShapeError: There is no text in it.
    """
    if not isinstance(sent, dict) or not isinstance(sent.get("text"), str):
        raise ShapeError
    seen = sent.get("seen")
    is_asked = not request.is_json or sent.get("asked") is True
    return Typed(
        typed_text(sent["text"]),
        seen if isinstance(seen, str) and seen else None,
        is_asked=is_asked,
    )


def _told_conflict(course: str, path: str, current: str | None) -> Response:
    step = newest_step(course, path, current or "")
    return jsonify(
        current=current or "",
        person=step.person if step else "",
        saved_at=clock(step.saved_at) if step else "",
        url=url_for("editor.show", course=course, path=path),
    )


def _told_refusal(refusal: ContentError, text: str) -> Response:
    told = line_problems(refusal.problems, text)
    sentences = [f"{one.message} {one.hint}" for one in told]
    return jsonify(error=" ".join(sentences))


def _status(problems: Sequence[Problem]) -> HTTPStatus:
    is_too_large = any(one.code == "E008" for one in problems)
    if is_too_large:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return HTTPStatus.UNPROCESSABLE_ENTITY
