"""Content to review: what may no longer be right, and the sources it rests on."""

from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.content_review import Cause, ReviewMatter, ReviewOutcome
from conexx_learn.domain.content_sources import QuestionUse
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.few_people import FEWEST_PEOPLE, tells_of_few
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.content_reviews import (
    NotedChange,
    certificate_counts,
    noted_changes,
)
from conexx_learn.queries.course_content import LiveCourse, live_courses
from conexx_learn.services import content_reviews as verbs
from conexx_learn.services.content_reviews import ContentToReview
from conexx_learn.services.course_desk import course_drafts
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import day, in_language, number
from conexx_learn.web.language import gettext as _
from conexx_learn.web.trainer.homes import course_homes
from conexx_learn.web.trainer.review_forms import ReviewForm, SourceChangeForm

content_review = Blueprint("content_review", __name__, url_prefix="/trainer")
UNPROCESSABLE = 422
LONGEST_QUERY = 120


@dataclass(frozen=True, slots=True)
class MatterRow:
    """Something to look at, as pages show it.

    Attributes:
        matter: What.
        course: Title of the course.
        modules: Titles.
        questions: Titles.
        state: For the shape and colour of the word.
        why: In a few words.
        since: In words.
        certificates: How many depend on it, in words.
        change: Of the source, or None.
        address: Of its own page.
    """

    matter: ReviewMatter
    course: str
    modules: list[str]
    questions: list[str]
    state: str
    why: str
    since: str
    certificates: str
    change: NotedChange | None
    address: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, and what rests on it.

    Attributes:
        name: An id, or its words.
        wording: What modules write of it.
        uses: One for each course: title, titles of modules, titles of questions.
        changes: What was noted of it, the newest first.
    """

    name: str
    wording: str
    uses: list[tuple[str, list[str], list[str]]]
    changes: list[NotedChange]


@content_review.get("/review")
@requires(Role.TRAINER)
def index() -> str:
    """List what is to be looked at, the most urgent first; six statements at most."""
    found = _to_review()
    return render_template(
        "trainer/review.html", rows=_rows(found), has_courses=bool(found.courses)
    )


@content_review.get("/review/<course>/<matter>")
@requires(Role.TRAINER)
def show(course: str, matter: str) -> str:
    """Show one, with what depends on it, and how it is settled."""
    found = _to_review()
    one = _matter(found, course, matter)
    return _page(found, one, _form(found, one))


@content_review.post("/review/<course>/<matter>")
@requires(Role.TRAINER)
def settle(course: str, matter: str) -> ResponseReturnValue:
    """Keep what came of it; settled by somebody meanwhile, it is off the list."""
    found = _to_review()
    one = _matter(found, course, matter)
    form = _form(found, one)
    if not form.validate():
        return _page(found, one, form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.review_content(
            session,
            one,
            course=found.courses[course],
            change=found.changes.get(one.source_change_id or 0),
            outcome=ReviewOutcome(form.outcome.data),
            reason=form.reason.data,
            by=current_user.id,
            now=now(),
        )
    flash(_("Saved. It is off the list."), "success")
    return redirect(url_for("content_review.index"), code=303)


@content_review.get("/sources")
@requires(Role.TRAINER)
def sources() -> str:
    """List what courses rest on; five statements at most."""
    query = request.args.get("q", "")[:LONGEST_QUERY].strip()
    rows = _source_rows()
    wanted = query.casefold()
    return render_template(
        "trainer/sources.html",
        rows=[r for r in rows if wanted in f"{r.name} {r.wording}".casefold()],
        query=query,
        are_any=bool(rows),
    )


@content_review.get("/sources/change")
@requires(Role.TRAINER)
def new_change() -> str:
    """Show one source with the form that says that it changed."""
    return _source_page(_source(), SourceChangeForm(formdata=None))


@content_review.post("/sources/change")
@requires(Role.TRAINER)
def note_change() -> ResponseReturnValue:
    """Note that a source changed."""
    source, form = _source(), SourceChangeForm()
    if not form.validate():
        return _source_page(source, form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.mark_source_changed(
            session,
            source=source.name,
            changed_on=form.changed_on.data,
            note=form.note.data,
            link=form.link.data or "",
            by=current_user.id,
            now=now(),
        )
    flash(_("Saved. What rests on it is on the list."), "success")
    return redirect(url_for("content_review.index"), code=303)


def _to_review() -> ContentToReview:
    return verbs.content_to_review(
        reading(), drafts=course_drafts(course_homes(), today=today()), today=today()
    )


def _matter(found: ContentToReview, course: str, key: str) -> ReviewMatter:
    for one in found.matters:
        if (one.course, one.key) == (course, key):
            return one
    raise NotFoundError


def _form(found: ContentToReview, one: ReviewMatter) -> ReviewForm:
    course = found.courses[one.course]
    change = found.changes.get(one.source_change_id or 0)
    is_mended = verbs.may_be_mended(course, change)
    return ReviewForm.offering(mended=course.version if is_mended else "")


def _page(found: ContentToReview, one: ReviewMatter, form: ReviewForm) -> str:
    (row,) = _rows(found, [one])
    g.form_path = row.address
    return render_template(
        "trainer/review_matter.html",
        row=row,
        form=form,
        competencies=sorted({c for q in one.questions for c in q.competencies}),
    )


def _rows(
    found: ContentToReview, matters: list[ReviewMatter] | None = None
) -> list[MatterRow]:
    counts = certificate_counts(reading(), today=today())
    rows = []
    for one in matters if matters is not None else found.matters:
        course = found.courses[one.course]
        titles = {
            module.slug: in_language({**module.titles}) for module in course.modules
        }
        concerned = {*one.modules, *(m for q in one.questions for m in q.modules)}
        change = found.changes.get(one.source_change_id or 0)
        state, why = _cause_words(one.cause, change)
        rows.append(
            MatterRow(
                matter=one,
                course=in_language({**course.titles}),
                modules=[titles[slug] for slug in one.modules],
                questions=_titles(one.questions),
                state=state,
                why=why,
                since=_since_words(one),
                certificates=_certificate_words(counts.on(course.id, concerned)),
                change=change,
                address=url_for(
                    "content_review.show", course=one.course, matter=one.key
                ),
            )
        )
    return rows


def _cause_words(cause: Cause, change: NotedChange | None) -> tuple[str, str]:
    if cause is Cause.SOURCE:
        name = change.source if change else ""
        return "exception", _("Source changed: %(source)s", source=name)
    return {
        Cause.EXPIRED: ("overdue", _("Its last day has passed")),
        Cause.EXPIRING: ("expiring", _("Its last day is near")),
        Cause.TRANSLATION: ("progress", _("Translation older than its source")),
    }[cause]


def _since_words(one: ReviewMatter) -> str:
    if one.valid_until is not None:
        return _("valid until %(day)s", day=day(one.valid_until))
    return _("changed on %(day)s", day=day(one.since)) if one.since else ""


def _certificate_words(count: int) -> str:
    """Say how many certificates depend on it; a few are not counted out."""
    return (
        _("fewer than %(fewest)s", fewest=FEWEST_PEOPLE)
        if tells_of_few(count)
        else number(count)
    )


def _module_titles(course: LiveCourse) -> dict[str, str]:
    return {one.slug: in_language({**one.titles}) for one in course.modules}


def _titles(questions: tuple[QuestionUse, ...] | list[QuestionUse]) -> list[str]:
    return [in_language({**one.titles}) for one in questions]


def _source_rows() -> list[SourceRow]:
    courses = live_courses(reading())
    changes: dict[str, list[NotedChange]] = {}
    for change in noted_changes(reading()):
        changes.setdefault(change.source, []).append(change)
    names = sorted({n for one in courses.values() for n in one.content.sources})
    return [
        SourceRow(
            name,
            _wording(courses, name),
            [
                use
                for course in courses.values()
                if (use := _use(course, name)) is not None
            ],
            changes.get(name, []),
        )
        for name in names
    ]


def _wording(courses: dict[str, LiveCourse], name: str) -> str:
    for course in courses.values():
        if name in course.content.wordings:
            return in_language({**course.content.wordings[name]})
    return ""


def _use(course: LiveCourse, name: str) -> tuple[str, list[str], list[str]] | None:
    slugs = course.content.modules_on(name)
    questions = course.content.questions_on(name)
    if not slugs and not questions:
        return None
    titles = _module_titles(course)
    return (
        in_language({**course.titles}),
        [titles[slug] for slug in slugs],
        _titles(questions),
    )


def _source() -> SourceRow:
    """Return the source of the address.

    Raises:
        NotFoundError: No published course names it.
    """
    name = request.args.get("source", "")
    for row in _source_rows():
        if row.name == name:
            return row
    raise NotFoundError


def _source_page(row: SourceRow, form: SourceChangeForm) -> str:
    g.form_path = url_for("content_review.new_change", source=row.name)
    return render_template("trainer/source.html", row=row, form=form)
