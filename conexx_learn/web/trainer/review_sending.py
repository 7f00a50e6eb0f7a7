"""A draft is sent to a second person: what changed, how far it rises, who looks."""

from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.course_changes import CourseChanges
from conexx_learn.domain.course_changes.version_bump import Bump
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.problems import Severity
from conexx_learn.queries.course_reviews import (
    Colleague,
    ReviewRow,
    possible_reviewers,
    review_row,
    reviews_of,
)
from conexx_learn.services import course_reviews as verbs
from conexx_learn.services import outbox
from conexx_learn.services.course_desk import check_draft
from conexx_learn.services.course_reviews import editors_since
from conexx_learn.services.publishing import base_version
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.services.version_comparison import (
    CourseFiles,
    base_files,
    compared,
)
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.review_mails import asking_mails
from conexx_learn.web.trainer.change_words import WORDS
from conexx_learn.web.trainer.course_review_forms import (
    SendForm,
    send_form,
    sentences_of,
)
from conexx_learn.web.trainer.desk import draft_act, written_course
from conexx_learn.web.trainer.homes import course_homes

review_sending = Blueprint(
    "review_sending", __name__, url_prefix="/trainer/courses/<course>/review"
)
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class _Desk:
    """What sending a course begins with.

    Attributes:
        slug: Of the course.
        title: In its own language; the slug while it cannot be read.
        found: What changed; None while the check finds errors.
        error_count: What the check finds.
        languages: In which learners are told what is new; none for a first version.
        people: Who may be asked.
    """

    slug: str
    title: str
    found: CourseChanges | None
    error_count: int
    languages: tuple[str, ...]
    people: tuple[Colleague, ...]

    @property
    def suggested(self) -> Bump:
        return self.found.bump if self.found else Bump.MINOR

    def form(self, *, is_empty: bool) -> SendForm:
        return send_form(self.languages, self.people, self.suggested, is_empty=is_empty)


def _desk(course: str) -> _Desk:
    draft = written_course(course)
    files = dict(draft.files)
    checked = check_draft(files, slug=course, homes=course_homes(), today=today())
    base = base_version(reading(), course)
    editors = editors_since(reading(), course, base) | {current_user.id}
    people = possible_reviewers(reading(), slug=course, besides=editors, today=today())
    if checked.course is None:
        errors = [p for p in checked.problems if p.severity is Severity.ERROR]
        return _Desk(course, course, None, len(errors), (), people)
    before = base_files(
        reading(),
        slug=course,
        version_id=base.id if base else None,
        homes=course_homes(),
        today=today(),
    )
    after = CourseFiles(course, files, course_homes(), today())
    languages = tuple(sorted(checked.course.texts)) if base else ()
    title = checked.course.texts[checked.course.source_language].title
    return _Desk(course, title, compared(before, after), 0, languages, people)


@review_sending.get("")
@requires(Role.TRAINER)
def new(course: str) -> str:
    """Show what would be sent, and what goes with it."""
    desk = _desk(course)
    return _page(desk, desk.form(is_empty=True))


@review_sending.post("")
@requires(Role.TRAINER)
def send(course: str) -> ResponseReturnValue:
    """Send the draft as it is now, and tell who is asked."""
    desk = _desk(course)
    form = desk.form(is_empty=False)
    if desk.found is None or not form.validate():
        return _page(desk, form), UNPROCESSABLE
    sending = verbs.Sending(
        Bump(form.bump.data),
        form.note.data,
        sentences_of(form, desk.languages),
        form.asked.data or None,
    )
    with unit_of_work() as session:
        review_id = verbs.send_for_review(session, draft_act(course), sending)
        row = review_row(session, review_id=review_id)
        asked = [one for one in desk.people if form.asked.data in {0, one.user_id}]
        if row is not None:
            outbox.post_all(session, list(asking_mails(row, asked)), now=now())
    flash(_("The course is sent for review."), "success")
    return redirect(url_for("course_reviews.show", review_id=review_id), code=303)


def _page(desk: _Desk, form: SendForm) -> str:
    g.form_path = url_for("review_sending.new", course=desk.slug)
    reviews = reviews_of(reading(), slug=desk.slug)
    return render_template(
        "trainer/review_send.html",
        desk=desk,
        form=form,
        sentences=[form[f"sentence_{lang}"] for lang in desk.languages],
        words=WORDS,
        waiting=_waiting(reviews),
        reviews=reviews,
    )


def _waiting(reviews: list[ReviewRow]) -> ReviewRow | None:
    return next((one for one in reviews if one.facts.is_waiting), None)
