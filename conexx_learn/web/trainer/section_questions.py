"""Questions at the sections of a course: trainers answer them and publish pairs."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.section_questions import Pile, QuestionState
from conexx_learn.queries.question_desk import pile, pile_counts, question_on_desk
from conexx_learn.queries.repairs import course_id_of
from conexx_learn.queries.section_questions import AskedQuestion
from conexx_learn.services import outbox
from conexx_learn.services import section_questions as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.question_pages import ListPages
from conexx_learn.web.section_question_forms import PairForm, QuestionAnswerForm
from conexx_learn.web.section_question_mails import answer_mail
from conexx_learn.web.section_question_words import (
    SHAPES,
    desk_state_words,
    section_address,
    waited_words,
)

course_questions = Blueprint("course_questions", __name__, url_prefix="/trainer")
CONFLICT = 409
UNPROCESSABLE = 422
PILES = {one.value: one for one in Pile}


@course_questions.get("/courses/<course>/section-questions")
@requires(Role.TRAINER)
def index(course: str) -> str:
    """List one pile of a course: what waits by the oldest, the rest by the newest."""
    if course_id_of(reading(), slug=course) is None:
        raise NotFoundError
    which = PILES.get(request.args.get("pile", ""), Pile.WAITING)
    counts = pile_counts(reading(), course=course, actor=actor(), today=today())
    pages = ListPages.asked_for(
        counts[which],
        lambda number: url_for(
            "course_questions.index", course=course, pile=which.value, page=number
        ),
    )
    moment = now()
    found = pile(
        reading(),
        which,
        course=course,
        actor=actor(),
        today=today(),
        lang=page_language(),
        part=pages.part,
    )
    return render_template(
        "trainer/section_questions.html",
        course=course,
        which=which.value,
        counts={one.value: count for one, count in counts.items()},
        rows=[(one, waited_words(one, moment)) for one in found],
        pages=pages,
    )


@course_questions.get("/section-questions/<id:question_id>")
@requires(Role.TRAINER)
def show(question_id: int) -> str:
    """Show a question with what can be done about it."""
    return _page(_asked(question_id))


@course_questions.post("/section-questions/<id:question_id>/answer")
@requires(Role.TRAINER)
def answer(question_id: int) -> ResponseReturnValue:
    """Answer a question, tell who asked, and publish the pair if so ticked."""
    asked = _asked(question_id)
    form = QuestionAnswerForm()
    if not form.accepts(asked):
        return _page(asked, answer_form=form), UNPROCESSABLE
    with unit_of_work() as session:
        is_ours = _answer(session, asked, form)
    if not is_ours:
        return _page(_asked(question_id), not_kept=form.answer.data), CONFLICT
    flash(_("The question is answered."), "success")
    return redirect(url_for("course_questions.index", course=asked.course), code=303)


@course_questions.post("/section-questions/<id:question_id>/publication")
@requires(Role.TRAINER)
def publish(question_id: int) -> ResponseReturnValue:
    """Show a pair under its section, or show it in other words."""
    asked = _asked(question_id)
    form = PairForm()
    if not form.accepts(asked):
        return _page(asked, pair_form=form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.publish_pair(
            session,
            question_id=question_id,
            question=form.question.data,
            answer=form.answer.data,
            published_by=current_user.id,
            now=now(),
        )
    flash(_("The question and the answer are published."), "success")
    return redirect(url_for("course_questions.show", question_id=question_id), code=303)


@course_questions.post("/section-questions/<id:question_id>/publication/end")
@requires(Role.TRAINER)
def take_back(question_id: int) -> ResponseReturnValue:
    """Show a pair no longer."""
    asked = _asked(question_id)
    with unit_of_work() as session:
        verbs.take_pair_back(session, question_id=question_id, now=now())
    flash(_("The question and the answer are no longer published."), "success")
    return redirect(url_for("course_questions.index", course=asked.course), code=303)


def _answer(session: Session, asked: AskedQuestion, form: QuestionAnswerForm) -> bool:
    """Answer, publish and write the mail in one transaction; say whether we did."""
    is_ours = verbs.answer_question(
        session,
        question_id=asked.id,
        answer=form.answer.data,
        answered_by=current_user.id,
        now=now(),
    )
    if not is_ours:
        return False
    if form.publish.data:
        verbs.publish_pair(
            session,
            question_id=asked.id,
            question=form.question.data,
            answer=form.answer.data,
            published_by=current_user.id,
            now=now(),
        )
    if asked.email:
        mail = answer_mail(
            asked,
            recipient=asked.email,
            answer=form.answer.data,
            is_published=bool(form.publish.data),
        )
        outbox.post(session, mail, now=now())
    return True


def _asked(question_id: int) -> AskedQuestion:
    found = question_on_desk(
        reading(),
        question_id=question_id,
        actor=actor(),
        today=today(),
        lang=page_language(),
    )
    if found is None:
        raise NotFoundError
    return found


def _page(
    asked: AskedQuestion,
    *,
    answer_form: QuestionAnswerForm | None = None,
    pair_form: PairForm | None = None,
    not_kept: str = "",
) -> str:
    """Show a question; `not_kept` is an answer that came after another one."""
    g.form_path = url_for("course_questions.show", question_id=asked.id)
    return render_template(
        "trainer/section_question.html",
        asked=asked,
        shape=SHAPES[asked.state],
        words=desk_state_words(asked.state),
        waited=waited_words(asked, now()),
        address=section_address(asked),
        is_open=asked.state in (QuestionState.WAITING, QuestionState.LATE),
        is_published=asked.state is QuestionState.PUBLISHED,
        is_own=asked.user_id == current_user.id,
        not_kept=not_kept,
        answer_form=answer_form or QuestionAnswerForm(None, question=asked.text),
        pair_form=pair_form
        or PairForm(
            None,
            question=asked.published_question or asked.text,
            answer=asked.published_answer or asked.answer,
        ),
    )
