"""Courses as files: out as a ZIP; in after a look at what they would change."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.adapters.course_archive import MOST_ENTRIES
from conexx_learn.domain.course_source.source_files import COURSE_LIMIT, MB
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.question_exchange import Arrival
from conexx_learn.domain.sentences import problem_sentence
from conexx_learn.domain.sentences.errors import error_sentence
from conexx_learn.domain.sentences.quiz_exchange import exchange_sentence
from conexx_learn.queries.version_files import version_labels
from conexx_learn.services.course_exchange import draft_archive, version_archive
from conexx_learn.services.course_parcels import (
    ParcelReport,
    forget_parcel,
    keep_parcel,
    kept_parcel,
    report_on,
)
from conexx_learn.services.draft_reading import Draft, is_taken
from conexx_learn.services.drafts import begin_with, bring_files
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext, page_language
from conexx_learn.web.problem_words import as_sentence
from conexx_learn.web.trainer.course_file_forms import (
    BringForm,
    NewCourseForm,
    ParcelForm,
)
from conexx_learn.web.trainer.desk import draft_act, refuse_foreign, written_course
from conexx_learn.web.trainer.homes import course_homes
from conexx_learn.web.uploads import takes_file

course_files = Blueprint("course_files", __name__, url_prefix="/trainer")

CONFLICT = 409
UNPROCESSABLE = 422
MOST_SHOWN = 200
"""Lines of a list that a page shows; it says how many more there are."""

ROOM_FOR_FIELDS = 2 * MB
LARGEST_REQUEST = COURSE_LIMIT + ROOM_FOR_FIELDS
MOST_PARTS = MOST_ENTRIES + 100


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A problem or remark as the page shows it.

    Attributes:
        line: Of the file, from 1.
        subject: The file, or the name of a question.
        code: Of the check; empty for a remark.
        message: What is wrong, as a sentence.
        hint: What to do.
    """

    line: int
    subject: str
    code: str
    message: str
    hint: str = ""


@course_files.get("/courses/<course>/export.zip")
@requires(Role.TRAINER)
def export(course: str) -> Response:
    """Give a course as a ZIP: as it is now, or (`?version=1.2`) as it was published."""
    refuse_foreign(course)
    version = request.args.get("version", "")
    if version:
        content = version_archive(reading(), slug=course, version=version)
        name = f"{course}-{version}.zip"
    else:
        content = draft_archive(reading(), slug=course, homes=course_homes())
        name = f"{course}.zip"
    answer = Response(content, mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@course_files.get("/courses/import")
@course_files.get("/courses/<course>/import")
@requires(Role.TRAINER)
def new(course: str = "") -> str:
    """Ask for files."""
    return _form_page(_course(course), ParcelForm(), [])


@course_files.post("/courses/import")
@course_files.post("/courses/<course>/import")
@takes_file(most_bytes=LARGEST_REQUEST, most_parts=MOST_PARTS)
@requires(Role.TRAINER)
def create(course: str = "") -> ResponseReturnValue:
    """Keep what was sent, to be looked at; what is unsafe is not even kept."""
    draft, form = _course(course), ParcelForm()
    form.offer(draft.files)
    parcel = form.parcel(takes_questions=bool(course))
    if not parcel.sent:
        form.files.errors = [_("Choose a ZIP, files or a folder.")]
        return _form_page(draft, form, []), UNPROCESSABLE
    report = report_on(parcel, draft, homes=course_homes(), today=today())
    refused = _refused(report)
    if refused:
        return _form_page(draft, form, refused), UNPROCESSABLE
    with unit_of_work() as session:
        keep_parcel(session, parcel, slug=course, user_id=current_user.id, now=now())
    return redirect(_address("course_files.show", course), code=303)


@course_files.get("/courses/import/report")
@course_files.get("/courses/<course>/import/report")
@requires(Role.TRAINER)
def show(course: str = "") -> str:
    """Show what bringing the files would do."""
    draft = _course(course)
    report, mark = _report(draft)
    form = _bring_form(draft)
    form.seen_parcel.data, form.seen_revision.data = mark, draft.revision
    if isinstance(form, NewCourseForm) and is_slug(report.reading.slug):
        form.slug.data = report.reading.slug
    return _report_page(draft, report, form)


@course_files.post("/courses/import/report")
@course_files.post("/courses/<course>/import/report")
@requires(Role.TRAINER)
def store(course: str = "") -> ResponseReturnValue:
    """Bring all of it, exactly as it was looked at, or nothing."""
    draft = _course(course)
    report, mark = _report(draft)
    form = _bring_form(draft)
    seen = (form.seen_parcel.data, form.seen_revision.data)
    if seen != (mark, draft.revision):
        form.seen_parcel.data, form.seen_revision.data = mark, draft.revision
        return _report_page(draft, report, form, has_moved=True), CONFLICT
    if not report.can_be_brought or not _is_sound(form):
        return _report_page(draft, report, form), UNPROCESSABLE
    slug = form.slug.data if isinstance(form, NewCourseForm) else course
    act = draft_act(slug)
    with unit_of_work() as session:
        if course:
            bring_files(
                session, act, report.changes.files, seen_revision=draft.revision
            )
        else:
            begin_with(session, act, report.reading.files)
        forget_parcel(session, slug=course, user_id=current_user.id)
    count = len(report.changes.files)
    flash(
        ngettext(
            "Brought: %(num)s file of the draft changed. Learners see it only once it "
            "is published.",
            "Brought: %(num)s files of the draft changed. Learners see them only once "
            "they are published.",
            count,
        ),
        "success",
    )
    return redirect(url_for("trainer_courses.show", course=slug), code=303)


@course_files.post("/courses/import/discard")
@course_files.post("/courses/<course>/import/discard")
@requires(Role.TRAINER)
def discard(course: str = "") -> ResponseReturnValue:
    """Forget what was sent."""
    _course(course)
    with unit_of_work() as session:
        forget_parcel(session, slug=course, user_id=current_user.id)
    flash(_("What you sent is forgotten; nothing was changed."), "success")
    return redirect(_address("course_files.new", course), code=303)


def _course(slug: str) -> Draft:
    """Return a course that who asks may write; one without files for a new one."""
    return written_course(slug) if slug else Draft("", None, {}, {}, frozenset(), 0)


def _report(draft: Draft) -> tuple[ParcelReport, str]:
    parcel, mark = kept_parcel(reading(), slug=draft.slug, user_id=current_user.id)
    return report_on(parcel, draft, homes=course_homes(), today=today()), mark


def _bring_form(draft: Draft) -> BringForm:
    return BringForm() if draft.slug else NewCourseForm()


def _is_sound(form: BringForm) -> bool:
    """Validate; a name that another course has is refused beside its field."""
    if not form.validate():
        return False
    if isinstance(form, NewCourseForm):
        slug = str(form.slug.data)
        if is_taken(reading(), slug=slug, homes=course_homes()):
            facts: dict[str, object] = {"slug": slug}
            form.slug.errors = [error_sentence("course-taken", facts, page_language())]
            return False
    return True


def _refused(report: ParcelReport) -> list[ShownLine]:
    """Say what keeps a parcel from being kept at all."""
    arrival = report.reading.arrival
    if arrival is not None and not arrival.text:
        return _remarks(arrival)
    return _problems(report.refusals)


def _problems(problems: Iterable[Problem]) -> list[ShownLine]:
    lang = page_language()
    return [
        ShownLine(one.line, one.path, one.code, as_sentence(message), hint)
        for one in problems
        for message, hint in [problem_sentence(one, lang)]
    ]


def _remarks(arrival: Arrival) -> list[ShownLine]:
    """List what of a file of questions stays behind or changes."""
    lang = page_language()
    return [
        ShownLine(one.line, one.question, "", as_sentence(exchange_sentence(one, lang)))
        for one in sorted(arrival.remarks)
    ]


def _address(endpoint: str, course: str) -> str:
    return url_for(endpoint, course=course) if course else url_for(endpoint)


def _form_page(draft: Draft, form: ParcelForm, refused: list[ShownLine]) -> str:
    g.form_path = _address("course_files.new", draft.slug)
    form.offer(draft.files)
    labels = version_labels(reading(), draft.slug) if draft.slug else ()
    return render_template(
        "trainer/course_import.html",
        course=draft.slug,
        form=form,
        refused=refused[:MOST_SHOWN],
        refused_count=len(refused),
        most_megabytes=COURSE_LIMIT // MB,
        versions=labels,
        here=_address("course_files.create", draft.slug),
    )


def _report_page(
    draft: Draft, report: ParcelReport, form: BringForm, *, has_moved: bool = False
) -> str:
    g.form_path = _address("course_files.show", draft.slug)
    arrival = report.reading.arrival
    errors = [one for one in report.problems if one.severity is Severity.ERROR]
    warnings = [one for one in report.problems if one.severity is Severity.WARNING]
    return render_template(
        "trainer/course_import_report.html",
        course=draft.slug,
        report=report,
        form=form,
        has_moved=has_moved,
        refused=_problems(report.refusals),
        remarks=(_remarks(arrival) if arrival else [])[:MOST_SHOWN],
        errors=_problems(errors[:MOST_SHOWN]),
        error_count=len(errors),
        warnings=_problems(warnings[:MOST_SHOWN]),
        warning_count=len(warnings),
        most_shown=MOST_SHOWN,
        again=_address("course_files.new", draft.slug),
        here=_address("course_files.store", draft.slug),
        forget=_address("course_files.discard", draft.slug),
    )
