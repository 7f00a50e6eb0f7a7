"""The history of a course: its versions, what changed, and which one is offered."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.course_changes import CourseChanges
from conexx_learn.domain.course_reviews import may_look_at
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role, holds
from conexx_learn.queries.course_authors import authors_of
from conexx_learn.queries.course_versions import (
    CourseHistory,
    VersionRow,
    course_history,
)
from conexx_learn.services import course_offers as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.services.version_comparison import compared, version_files
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.trainer.change_words import WORDS
from conexx_learn.web.trainer.homes import course_homes
from conexx_learn.web.trainer.version_forms import OfferForm

course_versions = Blueprint(
    "course_versions", __name__, url_prefix="/trainer/courses/<course>/versions"
)
UNPROCESSABLE = 422


def history_of(course: str) -> CourseHistory:
    """Return the versions of a course that who asks may look at.

    Raises:
        NotFoundError: It was never published, or is not theirs to see.
    """
    authors = [author.user_id for author in authors_of(reading(), course)]
    if not may_look_at(actor(), authors=authors):
        raise NotFoundError
    return course_history(reading(), slug=course)


@course_versions.get("")
@requires(Role.TRAINER)
def index(course: str) -> str:
    """List the versions, the newest first."""
    return render_template(
        "trainer/versions.html",
        history=history_of(course),
        may_offer=holds(actor(), Role.COORDINATOR),
    )


@course_versions.get("/compare")
@requires(Role.TRAINER)
def compare(course: str) -> str:
    """Show what changed between two versions, as it is read."""
    history = history_of(course)
    after = history.version(request.args.get("after", ""))
    before = history.version(request.args.get("before", ""))
    return render_template(
        "trainer/version_comparison.html",
        history=history,
        before=before,
        after=after,
        found=_changes(course, before, after),
        words=WORDS,
    )


def _changes(course: str, before: VersionRow, after: VersionRow) -> CourseChanges:
    both = [
        version_files(
            reading(),
            slug=course,
            version_id=one.id,
            homes=course_homes(),
            today=today(),
        )
        for one in (before, after)
    ]
    return compared(both[0], both[1])


@course_versions.get("/withdraw")
@requires(Role.COORDINATOR)
def withdrawal(course: str) -> str:
    """Say what withdrawing the course means, and ask why."""
    return _offer_page(history_of(course), None, OfferForm(None))


@course_versions.post("/withdraw")
@requires(Role.COORDINATOR)
def withdraw(course: str) -> ResponseReturnValue:
    """Take the course out of the catalogue; its learners go on."""
    history, form = history_of(course), OfferForm()
    if not form.validate():
        return _offer_page(history, None, form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.withdraw_course(
            session,
            slug=course,
            reason=form.reason.data,
            user_id=current_user.id,
            now=now(),
        )
    flash(_("The course is withdrawn. Who has begun it goes on with it."), "success")
    return redirect(url_for("course_versions.index", course=course), code=303)


@course_versions.get("/offer/<label>")
@requires(Role.COORDINATOR)
def offering(course: str, label: str) -> str:
    """Say what offering this version means, and ask why."""
    history = history_of(course)
    return _offer_page(history, history.version(label), OfferForm(None))


@course_versions.post("/offer/<label>")
@requires(Role.COORDINATOR)
def offer(course: str, label: str) -> ResponseReturnValue:
    """Let newcomers begin this version."""
    history, form = history_of(course), OfferForm()
    version = history.version(label)
    if not form.validate():
        return _offer_page(history, version, form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.offer_version(
            session,
            slug=course,
            version_id=version.id,
            reason=form.reason.data,
            user_id=current_user.id,
            now=now(),
        )
    flash(_("Newcomers now begin version %(version)s.", version=label), "success")
    return redirect(url_for("course_versions.index", course=course), code=303)


def _offer_page(
    history: CourseHistory, version: VersionRow | None, form: OfferForm
) -> str:
    """Show the form; without a version it withdraws the course.

    Raises:
        NotFoundError: There is nothing to withdraw.
    """
    if version is None and history.live is None:
        raise NotFoundError
    values = {"course": history.slug}
    address = (
        url_for("course_versions.offering", label=version.label, **values)
        if version
        else url_for("course_versions.withdrawal", **values)
    )
    g.form_path = address
    return render_template(
        "trainer/version_offer.html",
        history=history,
        version=version,
        form=form,
        address=address,
    )
