"""Images and PDF files of a course in the making: listed, shown, added, removed."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.course_source.media import MIME
from conexx_learn.domain.course_source.source_files import MB, shown_size
from conexx_learn.domain.errors import ContentError, NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.services.draft_media import add_media, image_line, made_media
from conexx_learn.services.draft_reading import Draft
from conexx_learn.services.drafts import bring_files
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.problem_words import problem_line
from conexx_learn.web.trainer.desk import draft_act, written_course
from conexx_learn.web.uploads import takes_file

draft_media = Blueprint("draft_media", __name__, url_prefix="/trainer")
UNPROCESSABLE = 422
MOST_SENT = 26 * MB
LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class MediaRow:
    """A file of `media/` on the page.

    Attributes:
        path: Inside the folder.
        name: Without `media/`.
        size: As people write it.
        is_picture: Whether it can be shown as one.
        used_in: Files that name it.
        line: How a text shows it.
    """

    path: str
    name: str
    size: str
    is_picture: bool
    used_in: tuple[str, ...]
    line: str


@draft_media.get("/courses/<course>/media")
@requires(Role.TRAINER)
def index(course: str) -> str:
    """List the files, with where each is used, and ask for another one."""
    return _page(written_course(course))


@draft_media.post("/courses/<course>/media")
@takes_file(most_bytes=MOST_SENT)
@requires(Role.TRAINER)
def create(course: str) -> ResponseReturnValue:
    """Add a file; an image says what it shows, or that it only decorates."""
    draft = written_course(course)
    sent = request.files.get("file")
    content, name = (sent.read(), sent.filename or "") if sent else (b"", "")
    if sent is not None:
        sent.close()
    text = " ".join(request.form.get("text", "").split())[:LONGEST_TEXT]
    if not content:
        return _page(draft, file_error=_("Choose a file.")), UNPROCESSABLE
    if not text and not request.form.get("decorative"):
        error = _("Say what the image shows, or tick that it only decorates.")
        return _page(draft, text_error=error), UNPROCESSABLE
    try:
        made = made_media(content, name=name)
        with unit_of_work() as session:
            path = add_media(
                session,
                draft_act(course),
                made,
                insert_into=_chosen_text(draft),
                text=text,
            )
    except ContentError as refusal:
        told = problem_line(refusal.problems[0])
        return _page(draft, file_error=told), UNPROCESSABLE
    line = image_line(path, text)
    flash(_("The file is in the draft. A text shows it with: %(line)s", line=line))
    return redirect(url_for("draft_media.index", course=course), code=303)


@draft_media.get("/courses/<course>/media/<name>")
@requires(Role.TRAINER)
def show(course: str, name: str) -> Response:
    """Give a file of the draft; whatever it holds can neither run nor reach out."""
    content = written_course(course).files.get(f"media/{name}")
    mime = MIME.get(name.rpartition(".")[2].lower())
    if content is None or mime is None:
        raise NotFoundError
    response = Response(content, mimetype=mime)
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    )
    return response


@draft_media.post("/courses/<course>/media/<name>/removal")
@requires(Role.TRAINER)
def remove(course: str, name: str) -> ResponseReturnValue:
    """Take a file out of the draft; it can be undone, and learners keep theirs."""
    draft, path = written_course(course), f"media/{name}"
    if path not in draft.files:
        raise NotFoundError
    with unit_of_work() as session:
        bring_files(session, draft_act(course), {path: None})
    flash(_("%(name)s is out of the draft; the workspace can undo it.", name=name))
    return redirect(url_for("draft_media.index", course=course), code=303)


def _chosen_text(draft: Draft) -> str:
    chosen = request.form.get("into", "")
    return chosen if chosen in _texts(draft) else ""


def _texts(draft: Draft) -> list[str]:
    kinds = {FileKind.MODULE, FileKind.COURSE_TEXT}
    return [path for path in draft.files if file_name(path).kind in kinds]


def _page(draft: Draft, *, file_error: str = "", text_error: str = "") -> str:
    g.form_path = url_for("draft_media.index", course=draft.slug)
    return render_template(
        "trainer/media.html",
        slug=draft.slug,
        rows=_rows(draft),
        texts=_texts(draft),
        chosen=request.form.get("into", ""),
        text=request.form.get("text", "")[:LONGEST_TEXT],
        decorative=bool(request.form.get("decorative")),
        file_error=file_error,
        text_error=text_error,
    )


def _rows(draft: Draft) -> list[MediaRow]:
    return [
        MediaRow(
            path=path,
            name=path.removeprefix("media/"),
            size=shown_size(len(content)),
            is_picture=not path.endswith(".pdf"),
            used_in=_used_in(draft, path),
            line=image_line(path, _("What it shows")),
        )
        for path, content in draft.files.items()
        if path.startswith("media/")
    ]


def _used_in(draft: Draft, path: str) -> tuple[str, ...]:
    return tuple(
        other
        for other, content in draft.files.items()
        if other.endswith(".md") and path.encode() in content
    )
