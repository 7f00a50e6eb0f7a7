"""The outline of a course: modules added, put in order, renamed, removed, undone."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from conexx_learn.domain.course_editing.module_texts import new_module_texts
from conexx_learn.domain.course_editing.outline import (
    OutlinedModule,
    added_module,
    outline,
    references_to,
    removed_module,
    reordered_modules,
)
from conexx_learn.domain.course_editing.settings_text import Value
from conexx_learn.domain.errors import (
    ContentError,
    NotFoundError,
    RuleError,
    ShapeError,
)
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.quiz_source.headings import proposed_id
from conexx_learn.domain.sentences.errors import error_sentence
from conexx_learn.services.draft_reading import Draft
from conexx_learn.services.drafts import change_files, take_from_folder, undo_bring
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.problem_words import problem_line
from conexx_learn.web.trainer.desk import draft_act, refuse_foreign, written_course
from conexx_learn.web.trainer.module_forms import ModuleForm
from conexx_learn.web.trainer.workspace_rows import (
    course_languages,
    module_rows,
    module_tables,
    source_language,
)

course_modules = Blueprint("course_modules", __name__, url_prefix="/trainer")
UNPROCESSABLE = 422
LONGEST_TITLE = 200


class NewModuleForm(PageForm):
    """What a module is begun with."""

    title = StringField(
        _l("Title of the module"),
        filters=[lambda text: printed_name(text or "")],
        validators=[
            InputRequired(_l("Write the title of the module.")),
            Length(max=LONGEST_TITLE, message=_l("This is too long.")),
        ],
    )
    with_quiz = BooleanField(
        _l("With a quiz at its end"),
        description=_l("It begins with one question, to be replaced by yours."),
    )


@course_modules.get("/courses/<course>/modules/new")
@requires(Role.TRAINER)
def new(course: str) -> str:
    """Ask for the title of a module."""
    return _new_page(written_course(course), NewModuleForm(None, with_quiz=True))


@course_modules.post("/courses/<course>/modules/new")
@requires(Role.TRAINER)
def create(course: str) -> ResponseReturnValue:
    """Add a module in the language of the course."""
    draft, form = written_course(course), NewModuleForm()
    if not form.validate():
        return _new_page(draft, form), UNPROCESSABLE
    slug = proposed_id(form.title.data)
    lang = source_language(draft) or page_language()
    texts = new_module_texts(
        course=course,
        slug=slug,
        title=form.title.data,
        lang=lang,
        with_quiz=form.with_quiz.data,
    )
    values: dict[str, Value] = {"minutes": 10}
    if form.with_quiz.data:
        values["quiz_minutes"] = 5
    refusal = _changed(
        course, partial(added_module, slug=slug, texts=texts, values=values)
    )
    if refusal:
        form.title.errors = [*form.title.errors, refusal]
        return _new_page(draft, form), UNPROCESSABLE
    flash(_("The module is added at the end."), "success")
    return redirect(
        url_for("course_modules.edit", course=course, module=slug), code=303
    )


@course_modules.get("/courses/<course>/modules/<module>")
@requires(Role.TRAINER)
def edit(course: str, module: str) -> str:
    """Show the facts of a module, to be changed."""
    draft = written_course(course)
    found = _module(draft, module)
    tables = module_tables(draft)
    return _edit_page(draft, found, ModuleForm.of(found.slug, tables.get(found.slug)))


@course_modules.post("/courses/<course>/modules/<module>")
@requires(Role.TRAINER)
def save(course: str, module: str) -> ResponseReturnValue:
    """Write the facts of a module into `course.toml`; a new name moves its files."""
    draft = written_course(course)
    found, form = _module(draft, module), ModuleForm()
    if not form.validate():
        return _edit_page(draft, found, form), UNPROCESSABLE
    refusal = _changed(course, partial(form.changes, slug=module))
    if refusal:
        form.slug.errors = [*form.slug.errors, refusal]
        return _edit_page(draft, found, form), UNPROCESSABLE
    flash(_("The module is saved in the draft."), "success")
    return redirect(_workspace(course), code=303)


@course_modules.post("/courses/<course>/order")
@requires(Role.TRAINER)
def order(course: str) -> ResponseReturnValue:
    """Move a module up or down, or put all in the order of the numbers typed."""
    draft = written_course(course)
    slugs = [module.slug for module in outline(draft.files)]
    wanted = _wanted_order(slugs)
    refusal = _changed(course, partial(reordered_modules, slugs=wanted))
    flash(refusal or _("The order is saved in the draft."), _kind(refusal))
    return redirect(f"{_workspace(course)}#outline", code=303)


def _wanted_order(slugs: list[str]) -> list[str]:
    """Read the order; what was not typed stays where it is."""
    step, _dot, moved = request.form.get("move", "").partition(".")
    if moved in slugs and step in {"up", "down"}:
        place = slugs.index(moved)
        other = max(place - 1, 0) if step == "up" else min(place + 1, len(slugs) - 1)
        slugs[place], slugs[other] = slugs[other], slugs[place]
        return slugs
    typed = {slug: request.form.get(f"place-{slug}", "") for slug in slugs}
    numbers = {
        slug: int(text)
        for slug, text in typed.items()
        if text.isascii() and text.isdigit() and len(text) <= len("99")
    }
    return sorted(slugs, key=lambda slug: numbers.get(slug, slugs.index(slug) + 1))


@course_modules.get("/courses/<course>/modules/<module>/removal")
@requires(Role.TRAINER)
def ask_removal(course: str, module: str) -> str:
    """Say what goes with a module, and what names it elsewhere."""
    draft = written_course(course)
    found = _module(draft, module)
    return render_template(
        "trainer/module_removal.html",
        slug=course,
        module=found,
        title=_title(draft, module),
        references=references_to(draft.files, module),
    )


@course_modules.post("/courses/<course>/modules/<module>/removal")
@requires(Role.TRAINER)
def remove(course: str, module: str) -> ResponseReturnValue:
    """Take a module out of the draft; learners keep what is published."""
    _module(written_course(course), module)
    refusal = _changed(course, partial(removed_module, slug=module))
    done = _("The module is out of the draft. You can undo it below for an hour.")
    flash(refusal or done, _kind(refusal))
    return redirect(_workspace(course), code=303)


@course_modules.post("/courses/<course>/undo")
@requires(Role.TRAINER)
def undo(course: str) -> ResponseReturnValue:
    """Take back the last change of several files."""
    refuse_foreign(course)
    step = request.form.get("step", "")
    if not (step.isascii() and step.isdigit() and len(step) <= len("1000000000")):
        raise NotFoundError
    with unit_of_work() as session:
        undo_bring(session, draft_act(course), step_id=int(step))
    flash(_("The last change is taken back."), "success")
    return redirect(_workspace(course), code=303)


@course_modules.post("/courses/<course>/give-up")
@requires(Role.TRAINER)
def give_up(course: str) -> ResponseReturnValue:
    """Let files be what the folder says again; their history keeps what was typed."""
    draft = written_course(course)
    chosen = request.form.getlist("path") or sorted(draft.changed)
    with unit_of_work() as session:
        take_from_folder(session, draft_act(course), chosen)
    flash(
        _("The changes are given up. The history of each file keeps them."), "success"
    )
    return redirect(_workspace(course), code=303)


def _changed(course: str, change: partial[dict[str, bytes | None]]) -> str:
    """Change the draft; return why not, or nothing."""
    try:
        with unit_of_work() as session:
            change_files(session, draft_act(course), change)
    except (RuleError, ShapeError) as refusal:
        return error_sentence(refusal.code, refusal.facts, page_language())
    except ContentError as refusal:
        return problem_line(refusal.problems[0])
    return ""


def _kind(refusal: str) -> str:
    return "error" if refusal else "success"


def _workspace(course: str) -> str:
    return url_for("trainer_courses.show", course=course)


def _module(draft: Draft, slug: str) -> OutlinedModule:
    for module in outline(draft.files):
        if module.slug == slug:
            return module
    raise NotFoundError


def _title(draft: Draft, slug: str) -> str:
    rows = module_rows(draft, (), course_languages(draft))
    return next(row.title for row in rows if row.module.slug == slug)


def _new_page(draft: Draft, form: NewModuleForm) -> str:
    return render_template("trainer/module_new.html", slug=draft.slug, form=form)


def _edit_page(draft: Draft, module: OutlinedModule, form: ModuleForm) -> str:
    return render_template(
        "trainer/module_edit.html",
        slug=draft.slug,
        module=module,
        title=_title(draft, module.slug),
        form=form,
    )
