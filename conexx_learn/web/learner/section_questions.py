"""Asking at a section of a module, and all that I asked."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.catalogue import ModulePage
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.section_questions import QuestionState, SectionPlace
from conexx_learn.queries.catalogue import module_page
from conexx_learn.queries.section_questions import questions_of
from conexx_learn.services import section_questions as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.learner.section_threads import section_threads
from conexx_learn.web.section_question_forms import QuestionForm
from conexx_learn.web.section_question_words import (
    SHAPES,
    own_state_words,
    section_address,
)

section_questions = Blueprint("section_questions", __name__)
UNPROCESSABLE = 422
OPEN = (QuestionState.WAITING, QuestionState.LATE)


@section_questions.get("/courses/<course>/<module>/questions/new")
@requires(Role.LEARNER)
def new(course: str, module: str) -> str:
    """Show the form, and what was already answered at the section."""
    page = _page(course, module)
    return _form_page(page, request.args.get("section", ""), QuestionForm(None))


@section_questions.post("/courses/<course>/<module>/questions")
@requires(Role.LEARNER)
def create(course: str, module: str) -> ResponseReturnValue:
    """Hand the question to the trainers of the course."""
    anchor, form = request.form.get("section", ""), QuestionForm()
    if not form.validate():
        return _form_page(_page(course, module), anchor, form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.ask_question(
            session,
            SectionPlace(course, module, anchor),
            text=form.text.data,
            user_id=current_user.id,
            lang=page_language(),
            zone=g.get("timezone", "UTC"),
            now=now(),
        )
    flash(
        _(
            "Your question was sent. You will find the answer here and in "
            "“My questions”."
        ),
        "success",
    )
    address = url_for("modules.show", course=course, module=module)
    return redirect(f"{address}#{anchor or 'questions'}", code=303)


@section_questions.get("/me/questions")
@requires(Role.LEARNER)
def index() -> str:
    """List what I asked, the newest first, with its answers."""
    asked = questions_of(reading(), user_id=current_user.id, lang=page_language())
    return render_template(
        "learner/section_questions.html",
        rows=[
            (
                one,
                SHAPES[one.state],
                own_state_words(one.state),
                section_address(one),
                one.state in OPEN,
            )
            for one in asked
        ],
    )


@section_questions.post("/me/questions/<id:question_id>/withdrawal")
@requires(Role.LEARNER)
def withdraw(question_id: int) -> ResponseReturnValue:
    """Take back a question that nobody answered yet."""
    with unit_of_work() as session:
        verbs.withdraw_question(
            session, question_id=question_id, user_id=current_user.id, now=now()
        )
    flash(_("The question is withdrawn."), "success")
    return redirect(url_for("section_questions.index"), code=303)


def _page(course: str, module: str) -> ModulePage:
    """Return the module; who may ask reads it, for every account may read."""
    return module_page(
        reading(),
        course=course,
        module=module,
        user_id=current_user.id,
        lang=page_language(),
    )


def _form_page(page: ModulePage, anchor: str, form: QuestionForm) -> str:
    thread = section_threads(page, user_id=current_user.id).get(anchor)
    if thread is None:
        raise NotFoundError
    g.form_path = thread.address
    return render_template(
        "learner/section_question.html",
        page=page,
        anchor=anchor,
        thread=thread,
        form=form,
    )
