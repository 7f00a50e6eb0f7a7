"""The facts of a course as a form that writes `course.toml`."""

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.domain.course_editing.outline import Changes
from conexx_learn.domain.course_editing.settings_text import with_values
from conexx_learn.domain.course_source.settings_check import (
    SETTINGS_FILE,
    check_settings,
)
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.problems import Severity
from conexx_learn.services.course_desk import offered_competencies, offered_courses
from conexx_learn.services.draft_reading import Draft
from conexx_learn.services.drafts import change_files
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.problem_words import problem_line
from conexx_learn.web.trainer.desk import draft_act, written_course
from conexx_learn.web.trainer.homes import course_homes
from conexx_learn.web.trainer.settings_form import SettingsForm, granted_levels
from conexx_learn.web.trainer.workspace_rows import settings_values

course_settings = Blueprint("course_settings", __name__, url_prefix="/trainer")
UNPROCESSABLE = 422
GRANT = "grant."
"""What the names of the fields for levels begin with."""


@course_settings.get("/courses/<course>/settings")
@requires(Role.TRAINER)
def edit(course: str) -> str:
    """Show the facts of a course, to be changed."""
    draft = written_course(course)
    form = SettingsForm.of(settings_values(draft))
    return _page(draft, _offered(form, draft))


@course_settings.post("/courses/<course>/settings")
@requires(Role.TRAINER)
def save(course: str) -> ResponseReturnValue:
    """Write them into `course.toml`; its comments and order stay."""
    draft = written_course(course)
    form = _offered(SettingsForm(), draft)
    if not form.validate():
        return _page(draft, form), UNPROCESSABLE
    try:
        with unit_of_work() as session:
            change_files(session, draft_act(course), partial(_changes, form))
    except ContentError as refusal:
        form.form_errors = [problem_line(one) for one in refusal.problems]
        return _page(draft, form), UNPROCESSABLE
    flash(_("The settings are saved in the draft."), "success")
    return redirect(url_for("trainer_courses.show", course=course), code=303)


def _changes(form: SettingsForm, files: Mapping[str, bytes]) -> Changes:
    """Return the new `course.toml`.

    Raises:
        ContentError: It would hold what the check refuses; the problems say what.
    """
    before = files.get(SETTINGS_FILE, b"").decode(errors="replace")
    text = with_values(before, form.values()).encode()
    known = {one.code for one in check_settings(before.encode()).problems}
    problems = [
        one
        for one in check_settings(text).problems
        if one.severity is Severity.ERROR and one.code not in known
    ]
    if problems:
        raise ContentError("content-refused", problems=tuple(problems))
    return {SETTINGS_FILE: text}


def _offered(form: SettingsForm, draft: Draft) -> SettingsForm:
    homes = course_homes()
    typed = {
        name.removeprefix(GRANT): level
        for name, level in request.form.items()
        if name.startswith(GRANT)
    }
    form.offer(
        competencies=offered_competencies(homes, lang=page_language()),
        courses=sorted({*offered_courses(homes), *_named(draft)} - {draft.slug}),
        granted=granted_levels(settings_values(draft), typed),
    )
    return form


def _named(draft: Draft) -> list[str]:
    """List the prerequisites that are written already, whether or not they exist."""
    named = settings_values(draft).get("prerequisites")
    return [str(one) for one in named] if isinstance(named, list) else []


def _page(draft: Draft, form: SettingsForm) -> str:
    return render_template("trainer/settings.html", slug=draft.slug, form=form)
