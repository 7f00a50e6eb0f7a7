"""Two texts of one file: seen side by side, put together, and neither lost."""

from http import HTTPStatus

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.domain.drafts import fingerprint
from conexx_learn.domain.errors import ContentError, EditConflictError
from conexx_learn.domain.merging import BETWEEN, MINE, THEIRS, Merge, undecided_lines
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.problems import Problem
from conexx_learn.queries.drafts import kept_content
from conexx_learn.services.draft_reading import folder_content
from conexx_learn.services.drafts import keep_aside, save_file, take_from_folder
from conexx_learn.services.preview import merge_texts, plain_text
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext
from conexx_learn.web.trainer.desk import draft_act
from conexx_learn.web.trainer.editor_pages import line_problems
from conexx_learn.web.trainer.opened_files import (
    OpenedFile,
    newest_step,
    opened_file,
    typed_text,
)
from conexx_learn.web.trainer.text_back import give_text_back
from conexx_learn.web.uploads import takes_file

merges = Blueprint("merges", __name__, url_prefix="/trainer")
give_text_back(merges)

LARGEST_FORM = 8 * 1024 * 1024
_MERGE = "/courses/<course>/files/<path:path>/merge"


def conflict_page(opened: OpenedFile, mine: str, seen: str | None) -> str:
    """Show what was typed beside what somebody else saved meanwhile.

    Args:
        opened: The file as it is now.
        mine: What was typed.
        seen: Fingerprint of what it was typed over.
    """
    base = kept_content(reading(), seen) if seen else b""
    known = None if base is None else plain_text(base)
    theirs = opened.text if opened.seen else ""
    return _page(opened, mine, theirs, merge_texts(known, mine, theirs))


@merges.get(_MERGE)
@requires(Role.TRAINER)
def show(course: str, path: str) -> ResponseReturnValue:
    """Show a draft beside the file of the folder that changed beneath it."""
    opened = opened_file(course, path)
    if not opened.is_beneath:
        return _editor(opened)
    return _folder_page(opened, opened.text)


@merges.post(_MERGE)
@takes_file(most_bytes=LARGEST_FORM, most_text=LARGEST_FORM)
@requires(Role.TRAINER)
def settle(course: str, path: str) -> ResponseReturnValue:
    """Save the two put together, keep one's own aside, or leave what is there."""
    opened = opened_file(course, path)
    act = request.form.get("act", "")
    if act == "theirs":
        return _left(opened)
    if act == "aside":
        return _kept_aside(opened, typed_text(request.form.get("mine")))
    return _saved(opened, typed_text(request.form.get("text")))


def _saved(opened: OpenedFile, text: str) -> ResponseReturnValue:
    lines = undecided_lines(text)
    if lines:
        return _again(opened, text, _undecided(lines)), HTTPStatus.UNPROCESSABLE_ENTITY
    seen = request.form.get("seen") or None
    if request.form.get("folder", "") != _folder_mark(opened):
        return _again(opened, text, _("It changed once more.")), HTTPStatus.CONFLICT
    try:
        with unit_of_work() as session:
            save_file(
                session,
                draft_act(opened.draft.slug),
                path=opened.path,
                content=text.encode(),
                seen=seen,
                is_merged=opened.is_beneath,
            )
    except EditConflictError:
        return conflict_page(opened, text, seen), HTTPStatus.CONFLICT
    except ContentError as refusal:
        error = _sentences(refusal.problems, text)
        return _again(opened, text, error), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Both are in the draft now."), "success")
    return _editor(opened)


def _kept_aside(opened: OpenedFile, mine: str) -> ResponseReturnValue:
    try:
        with unit_of_work() as session:
            keep_aside(
                session,
                draft_act(opened.draft.slug),
                path=opened.path,
                content=mine.encode(),
            )
    except ContentError as refusal:
        error = _sentences(refusal.problems, mine)
        return _again(opened, mine, error), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Your text is in the history of the file; the file stays as it was."))
    return redirect(
        url_for("file_history.index", course=opened.draft.slug, path=opened.path),
        code=303,
    )


def _left(opened: OpenedFile) -> ResponseReturnValue:
    if opened.is_beneath:
        with unit_of_work() as session:
            take_from_folder(session, draft_act(opened.draft.slug), [opened.path])
    flash(_("The file stays as it was."))
    return _editor(opened)


def _editor(opened: OpenedFile) -> ResponseReturnValue:
    address = url_for("editor.show", course=opened.draft.slug, path=opened.path)
    return redirect(address, code=303)


def _again(opened: OpenedFile, text: str, error: str) -> str:
    """Show the page once more with what was typed, beside what is there now."""
    if opened.is_beneath:
        return _folder_page(opened, opened.text, Merge(text), error)
    mine = typed_text(request.form.get("mine"))
    theirs = opened.text if opened.seen else ""
    return _page(opened, mine, theirs, Merge(text), error)


def _folder_page(
    opened: OpenedFile, mine: str, merge: Merge | None = None, error: str = ""
) -> str:
    theirs, base = _folder_text(opened), _base_text(opened)
    return _page(
        opened,
        mine,
        theirs,
        merge or merge_texts(base, mine, theirs),
        error,
    )


def _page(
    opened: OpenedFile, mine: str, theirs: str, merge: Merge, error: str = ""
) -> str:
    course, path = opened.draft.slug, opened.path
    g.form_path = url_for("editor.show", course=course, path=path)
    return render_template(
        "trainer/merge.html",
        opened=opened,
        mine=mine,
        theirs=theirs,
        merge=merge,
        error=error,
        step=None if opened.is_beneath else newest_step(course, path, opened.seen),
        folder=_folder_mark(opened),
        signs=(MINE, BETWEEN, THEIRS),
    )


def _folder_text(opened: OpenedFile) -> str:
    return plain_text(folder_content(opened.draft, opened.path))


def _base_text(opened: OpenedFile) -> str | None:
    base = opened.draft.changed[opened.path].entry.base_sha256
    content = kept_content(reading(), base) if base else b""
    return None if content is None else plain_text(content)


def _folder_mark(opened: OpenedFile) -> str:
    """Say what lies in the folder while it differs from what the draft was made of."""
    if not opened.is_beneath:
        return ""
    return fingerprint(_folder_text(opened).encode())


def _undecided(lines: tuple[int, ...]) -> str:
    places = ", ".join(map(str, lines))
    return ngettext(
        "Line %(places)s still holds a sign of what is to be decided.",
        "Lines %(places)s still hold signs of what is to be decided.",
        len(lines),
        places=places,
    )


def _sentences(problems: tuple[Problem, ...], text: str) -> str:
    told = line_problems(problems, text)
    return " ".join(f"{one.message} {one.hint}" for one in told)
