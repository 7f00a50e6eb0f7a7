"""My folder: what I wrote in the tasks of courses, as one document, and who sees it."""

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.adapters.folder_document import DOCX, folder_document
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.folder import Folder
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.folder import (
    colleagues_of,
    folder_of,
    folders_shown_to,
    readers_of,
    shown_folder_owner,
)
from conexx_learn.services.folder import end_share, share_folder
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import day
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language

folder = Blueprint("folder", __name__)


def _mine() -> Folder:
    return folder_of(reading(), user_id=current_user.id, lang=page_language())


@folder.get("/me/folder")
@requires(Role.LEARNER)
def index() -> str:
    """Show my folder, who may read it, and the folders shown to me; six statements."""
    readers = readers_of(reading(), owner_id=current_user.id)
    reading_it = {reader.id for reader in readers}
    colleagues = colleagues_of(reading(), user_id=current_user.id, today=today())
    return render_template(
        "learner/folder.html",
        folder=_mine(),
        readers=readers,
        colleagues=[one for one in colleagues if one.id not in reading_it],
        has_colleagues=bool(colleagues),
        shown=folders_shown_to(reading(), reader_id=current_user.id, today=today()),
    )


@folder.get("/me/folder.docx")
@requires(Role.LEARNER)
def download() -> Response:
    """Give my folder as a Word document."""
    return _document(_mine())


@folder.post("/me/folder/readers")
@requires(Role.LEARNER)
def share() -> ResponseReturnValue:
    """Let a colleague read my folder."""
    reader_id = request.form.get("colleague", "")
    if not (reader_id.isascii() and reader_id.isdigit()) or len(reader_id) > 9:  # noqa: PLR2004 (digits of a key)
        raise NotFoundError
    with unit_of_work() as session:
        name = share_folder(
            session, owner_id=current_user.id, reader_id=int(reader_id), now=now()
        )
    flash(_("%(name)s can read your folder now.", name=name), "success")
    return redirect(url_for("folder.index"), code=303)


@folder.post("/me/folder/readers/<id:share_id>/end")
@requires(Role.LEARNER)
def unshare(share_id: int) -> ResponseReturnValue:
    """Stop showing my folder to somebody."""
    with unit_of_work() as session:
        end_share(session, owner_id=current_user.id, share_id=share_id, now=now())
    flash(_("Your folder is not shown to them any more."), "success")
    return redirect(url_for("folder.index"), code=303)


def _shown(share_id: int) -> Folder:
    """Return the folder that a colleague shows me."""
    owner = shown_folder_owner(
        reading(), share_id=share_id, reader_id=current_user.id, today=today()
    )
    return folder_of(reading(), user_id=owner, lang=page_language())


@folder.get("/me/folder/shown/<id:share_id>")
@requires(Role.LEARNER)
def shown(share_id: int) -> str:
    """Show a colleague's folder, to read."""
    return render_template(
        "learner/shown_folder.html", folder=_shown(share_id), share_id=share_id
    )


@folder.get("/me/folder/shown/<id:share_id>.docx")
@requires(Role.LEARNER)
def download_shown(share_id: int) -> Response:
    """Give a colleague's folder as a Word document."""
    return _document(_shown(share_id))


def _document(made: Folder) -> Response:
    content = folder_document(
        made,
        lang=page_language(),
        title=_("Project folder"),
        subtitle=_("%(name)s · as of %(day)s", name=made.owner, day=day(today())),
        nothing=_("Nothing written yet."),
    )
    response = Response(content, mimetype=DOCX)
    name = _("project-folder")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    response.headers["Cache-Control"] = "no-store"
    return response
