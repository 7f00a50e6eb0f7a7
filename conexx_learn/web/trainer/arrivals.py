"""A document or a table of questions comes into a course: sent, looked at, taken in."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import ContentError, EditConflictError, NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.word_import.arrival import WordArrival
from conexx_learn.services.arrivals import (
    bring_arrival,
    bring_questions,
    keep_arrival,
)
from conexx_learn.services.draft_reading import Draft
from conexx_learn.services.question_tables import table_template
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.services.word_import import MOST_PASTED
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.problem_words import problem_line
from conexx_learn.web.trainer.arrival_rows import (
    Picked,
    module_previews,
    picked,
    picture_rows,
    question_rows,
    quiz_targets,
    remark_rows,
    table_rows,
)
from conexx_learn.web.trainer.desk import draft_act, refuse_foreign, written_course
from conexx_learn.web.trainer.kept_arrivals import (
    DOCUMENT,
    PASTE,
    TABLE,
    KeptArrival,
    kept_bytes,
    kind_of,
    picture_address,
    read_picture,
    read_signed,
    shown_name,
    table_of,
    typed_page,
    word_arrival_of,
)
from conexx_learn.web.trainer.workspace_rows import source_language
from conexx_learn.web.uploads import takes_file

arrivals = Blueprint("arrivals", __name__, url_prefix="/trainer/courses/<course>")

UNPROCESSABLE = 422
MOST_SENT = 58 * 1000 * 1000
"""Bytes of a request: the largest document, and what goes with it."""

MOST_TYPED = 3 * 1000 * 1000
"""Bytes of text: somewhat more than a paste may have, so that it comes back told."""

LANGUAGES = ("es", "en")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {b"\x89P": "image/png", b"\xff\xd8": "image/jpeg", b"RI": "image/webp"}


@arrivals.get("/arrivals")
@requires(Role.TRAINER)
def new(course: str) -> str:
    """Ask for a document, a table of questions, or a text to be pasted."""
    return _form(written_course(course))


@arrivals.post("/arrivals")
@takes_file(most_bytes=MOST_SENT, most_text=2 * MOST_TYPED)
@requires(Role.TRAINER)
def create(course: str) -> ResponseReturnValue:
    """Read what was sent and keep it for the next page; the course does not change."""
    draft = written_course(course)
    data, kept = _sent(draft)
    if not data:
        message = _("Choose a file, or paste a text.")
        return _form(draft, error=message), UNPROCESSABLE
    try:
        pictures = _pictures(kept, data, draft)
    except ContentError as refusal:
        message = problem_line(refusal.problems[0])
        return _form(draft, error=message, name=kept.name), UNPROCESSABLE
    with unit_of_work() as session:
        sha256 = keep_arrival(session, data, pictures, now())
    known = KeptArrival(kept.course, sha256, kept.kind, kept.name, kept.lang)
    address = url_for("arrivals.show", course=course, signed=known.signed)
    return redirect(address, code=303)


@arrivals.get("/arrivals/<signed>")
@requires(Role.TRAINER)
def show(course: str, signed: str) -> str:
    """Show what would come in, before anything changes."""
    draft, kept = written_course(course), read_signed(signed, course)
    if kept.kind == TABLE:
        return _table_page(draft, kept, signed)
    arrival = word_arrival_of(kept, kept_bytes(kept), draft)
    return _arrival_page(draft, kept, signed, arrival, picked(arrival, None))


@arrivals.post("/arrivals/<signed>")
@requires(Role.TRAINER)
def take_in(course: str, signed: str) -> ResponseReturnValue:
    """Put what was chosen into the draft: all of it, or nothing."""
    draft, kept = written_course(course), read_signed(signed, course)
    if kept.kind == TABLE:
        return _take_questions(draft, kept, signed)
    arrival = word_arrival_of(kept, kept_bytes(kept), draft)
    chosen = picked(arrival, request.form)
    if chosen.unsaid:
        page = _arrival_page(draft, kept, signed, arrival, chosen)
        return page, UNPROCESSABLE
    try:
        with unit_of_work() as session:
            bring_arrival(session, draft_act(course), arrival, chosen.choices)
    except (ContentError, EditConflictError) as refusal:
        page = _arrival_page(draft, kept, signed, arrival, chosen, _why(refusal))
        return page, UNPROCESSABLE
    flash(
        _("It is in the draft. Learners see nothing of it until you publish."),
        "success",
    )
    return redirect(url_for("trainer_courses.show", course=course), code=303)


@arrivals.get("/arrival-pictures/<signed>")
@requires(Role.TRAINER)
def picture(course: str, signed: str) -> Response:
    """Show a picture of what was sent, to who sent it."""
    refuse_foreign(course)
    content = read_picture(signed)
    mime = _KINDS.get(content[:2])
    if mime is None:
        raise NotFoundError
    answer = Response(content, mimetype=mime)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@arrivals.get("/arrivals/questions.xlsx")
@requires(Role.TRAINER)
def template(course: str) -> Response:
    """Give the table that people fill in with their questions."""
    refuse_foreign(course)
    answer = Response(table_template(page_language()), mimetype=_XLSX)
    name = "preguntas" if page_language() == "es" else "questions"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _sent(draft: Draft) -> tuple[bytes, KeptArrival]:
    """Read the file, or what was pasted where there is none."""
    lang = request.form.get("text_language", "")
    lang = lang if lang in LANGUAGES else (source_language(draft) or page_language())
    sent = request.files.get("file")
    data = sent.read() if sent else b""
    name = shown_name((sent.filename or "") if sent else "")
    if sent is not None:
        # A large one lies in a file of its own until it is closed.
        sent.close()
    if data:
        return data, KeptArrival(draft.slug, "", kind_of(name), name, lang)
    html = request.form.get("dressed", "") or typed_page(request.form.get("text", ""))
    title = shown_name(request.form.get("title", "").strip()) or _("Pasted text")
    return html.encode(), KeptArrival(draft.slug, "", PASTE, title, lang)


def _pictures(kept: KeptArrival, data: bytes, draft: Draft) -> list[bytes]:
    """Read what was sent once, so that what cannot come is refused right away."""
    if kept.kind == TABLE:
        table_of(kept, data)
        return []
    return [one.data for one in word_arrival_of(kept, data, draft).pictures]


def _form(draft: Draft, *, error: str = "", name: str = "") -> str:
    g.form_path = url_for("arrivals.new", course=draft.slug)
    return render_template(
        "trainer/arrival_new.html",
        slug=draft.slug,
        error=error,
        name=name,
        text=request.form.get("text", ""),
        title=request.form.get("title", ""),
        most_pasted=MOST_PASTED,
        lang=request.form.get("text_language") or source_language(draft),
    )


def _arrival_page(
    draft: Draft,
    kept: KeptArrival,
    signed: str,
    arrival: WordArrival,
    chosen: Picked,
    error: str = "",
) -> str:
    g.form_path = url_for("arrivals.show", course=draft.slug, signed=signed)
    address = picture_address(draft.slug)
    return render_template(
        "trainer/arrival.html",
        slug=draft.slug,
        name=kept.name,
        is_document=kept.kind == DOCUMENT,
        signed=signed,
        error=error,
        modules=module_previews(arrival, chosen, address),
        questions=question_rows(arrival, chosen),
        pictures=picture_rows(arrival, chosen, address),
        remarks=remark_rows(arrival),
        unsaid=len(chosen.unsaid),
    )


def _table_page(draft: Draft, kept: KeptArrival, signed: str, error: str = "") -> str:
    g.form_path = url_for("arrivals.show", course=draft.slug, signed=signed)
    table = table_of(kept, kept_bytes(kept))
    chosen = set(request.form.getlist("rows"))
    everything = request.method == "GET"
    return render_template(
        "trainer/arrival_questions.html",
        slug=draft.slug,
        name=kept.name,
        signed=signed,
        error=error,
        questions=table.questions,
        chosen={
            one.row for one in table.questions if everything or str(one.row) in chosen
        },
        remarks=table_rows(table),
        targets=quiz_targets(draft, kept.lang),
        target=request.form.get("target", ""),
    )


def _take_questions(
    draft: Draft, kept: KeptArrival, signed: str
) -> ResponseReturnValue:
    table = table_of(kept, kept_bytes(kept))
    typed = set(request.form.getlist("rows"))
    wanted = {one.row for one in table.questions if str(one.row) in typed}
    targets = {one.path: one for one in quiz_targets(draft, kept.lang)}
    target = targets.get(request.form.get("target", ""))
    if not wanted or target is None:
        message = _("Choose at least one question, and the quiz that it goes into.")
        return _table_page(draft, kept, signed, message), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            bring_questions(
                session,
                draft_act(draft.slug),
                table,
                wanted,
                path=target.path,
                title=target.title,
            )
    except (ContentError, EditConflictError) as refusal:
        return _table_page(draft, kept, signed, _why(refusal)), UNPROCESSABLE
    flash(_("The questions are in the draft of the quiz."), "success")
    return redirect(url_for("trainer_courses.show", course=draft.slug), code=303)


def _why(refusal: ContentError | EditConflictError) -> str:
    if isinstance(refusal, ContentError) and refusal.problems:
        return problem_line(refusal.problems[0])
    return _(
        "The course was changed meanwhile. Look at it again and take it in once more."
    )
