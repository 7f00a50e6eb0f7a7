"""The authors of a course: who may read and change its draft."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.sentences.errors import error_sentence
from conexx_learn.queries.course_authors import authors_of
from conexx_learn.services.course_team import add_author, remove_author
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.trainer.desk import written_course

course_team = Blueprint("course_team", __name__, url_prefix="/trainer")
UNPROCESSABLE = 422
LONGEST_IDENTITY = 254


@course_team.get("/courses/<course>/authors")
@requires(Role.TRAINER)
def index(course: str) -> str:
    """List the authors, and ask for another one."""
    written_course(course)
    return _page(course)


@course_team.post("/courses/<course>/authors")
@requires(Role.TRAINER)
def add(course: str) -> ResponseReturnValue:
    """Add an author by e-mail address or username."""
    written_course(course)
    identity = request.form.get("identity", "")[:LONGEST_IDENTITY]
    try:
        with unit_of_work() as session:
            name = add_author(
                session,
                slug=course,
                identity=identity,
                added_by=current_user.id,
                now=now(),
            )
    except RuleError as refusal:
        return _page(course, identity, _sentence(refusal)), UNPROCESSABLE
    flash(_("%(name)s writes this course from now on.", name=name), "success")
    return redirect(url_for("course_team.index", course=course), code=303)


@course_team.post("/courses/<course>/authors/<id:user_id>/removal")
@requires(Role.TRAINER)
def remove(course: str, user_id: int) -> ResponseReturnValue:
    """Let an author go; what they wrote stays."""
    written_course(course)
    try:
        with unit_of_work() as session:
            remove_author(session, slug=course, user_id=user_id, now=now())
    except RuleError as refusal:
        flash(_sentence(refusal), "error")
        return redirect(url_for("course_team.index", course=course), code=303)
    flash(_("They no longer write this course; what they wrote stays."), "success")
    leads = "trainer_courses.index" if user_id == current_user.id else ""
    address = url_for(leads) if leads else url_for("course_team.index", course=course)
    return redirect(address, code=303)


def _sentence(refusal: RuleError) -> str:
    return error_sentence(refusal.code, refusal.facts, page_language())


def _page(course: str, identity: str = "", error: str = "") -> str:
    g.form_path = url_for("course_team.index", course=course)
    return render_template(
        "trainer/team.html",
        slug=course,
        authors=authors_of(reading(), course),
        identity=identity,
        error=error,
    )
