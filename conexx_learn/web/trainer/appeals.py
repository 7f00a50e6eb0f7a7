"""Questions that learners reported: the trainers of a course read and answer them."""

from fractions import Fraction

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.appeals import ANSWERS, AppealOutcome
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.item_statistics import LEAST_LEARNERS
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.appeals import (
    AppealRow,
    answered_appeals,
    appeal_row,
    open_appeals,
    question_titles,
)
from conexx_learn.queries.assessment import sitting
from conexx_learn.queries.repairs import course_id_of
from conexx_learn.services import appeals as verbs
from conexx_learn.services import outbox
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.appeal_forms import AppealAnswerForm
from conexx_learn.web.appeal_mails import appeal_mail
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.question_views import ResultView, result_view
from conexx_learn.web.trainer.question_rows import question_rows

course_appeals = Blueprint("course_appeals", __name__, url_prefix="/trainer")
UNPROCESSABLE = 422
OUTCOMES = {one.value: one for one in ANSWERS}


@course_appeals.get("/courses/<course>/appeals")
@requires(Role.TRAINER)
def index(course: str) -> str:
    """List what was reported, the oldest first, and what was answered."""
    if course_id_of(reading(), slug=course) is None:
        raise NotFoundError
    waiting = open_appeals(reading(), course=course, actor=actor(), today=today())
    answered = answered_appeals(reading(), course=course, actor=actor(), today=today())
    return render_template(
        "trainer/appeals.html",
        course=course,
        waiting=waiting,
        answered=answered,
        titles=question_titles(
            reading(),
            attempt_ids={one.attempt_id for one in [*waiting, *answered]},
            lang=page_language(),
        ),
    )


@course_appeals.get("/appeals/<id:appeal_id>")
@requires(Role.TRAINER)
def show(appeal_id: int) -> str:
    """Show one report with the question, the learner's answer and how it proves."""
    return _page(_appeal(appeal_id), AppealAnswerForm(None))


@course_appeals.post("/appeals/<id:appeal_id>/answer")
@requires(Role.TRAINER)
def answer(appeal_id: int) -> ResponseReturnValue:
    """Answer a report, and tell who sent it."""
    appeal = _appeal(appeal_id)
    outcome = OUTCOMES.get(request.form.get("outcome", ""))
    if outcome is None:
        raise ShapeError
    form = AppealAnswerForm()
    if not form.validate():
        return _page(appeal, form), UNPROCESSABLE
    _answer(appeal, outcome, form.answer.data)
    flash(_("The report is answered."), "success")
    return redirect(url_for("course_appeals.index", course=appeal.course), code=303)


def _answer(appeal: AppealRow, outcome: AppealOutcome, text: str) -> None:
    """Answer, with its mail in the same transaction."""
    title = _title(appeal, appeal.locale or page_language())
    with unit_of_work() as session:
        verbs.answer_appeal(
            session,
            appeal_id=appeal.id,
            outcome=outcome,
            answer=text,
            answered_by=current_user.id,
            now=now(),
        )
        if appeal.email:
            mail = appeal_mail(
                appeal,
                recipient=appeal.email,
                title=title,
                outcome=outcome,
                answer=text,
            )
            outbox.post(session, mail, now=now())


def _appeal(appeal_id: int) -> AppealRow:
    found = appeal_row(reading(), appeal_id=appeal_id, actor=actor(), today=today())
    if found is None:
        raise NotFoundError
    return found


def _sitting(appeal: AppealRow, lang: str) -> Sitting:
    return sitting(
        reading(), attempt_id=appeal.attempt_id, user_id=appeal.user_id, lang=lang
    )


def _title(appeal: AppealRow, lang: str) -> str:
    found = _sitting(appeal, lang)
    return next(q.title for _, q in found.asked if q.id == appeal.question_id)


def _question(found: Sitting, question_id: str) -> ResultView:
    """Show the question as the learner saw it, with its key: trainers wrote it."""
    repaired = found.with_voids()
    asked, question = next(one for one in repaired.asked if one[1].id == question_id)
    earned = {
        m.question_id: m.fraction for m in repaired.outcome(found.responses).marked
    }
    return result_view(
        question,
        asked,
        found.documents[found.lang],
        found.responses.get(question_id),
        earned=earned.get(question_id, Fraction(0)),
        shows_all=True,
    )


def _page(appeal: AppealRow, form: AppealAnswerForm) -> str:
    g.form_path = url_for("course_appeals.show", appeal_id=appeal.id)
    course_id = course_id_of(reading(), slug=appeal.course) or 0
    rows = question_rows(reading(), course_id=course_id)
    return render_template(
        "trainer/appeal.html",
        appeal=appeal,
        q=_question(_sitting(appeal, page_language()), appeal.question_id),
        form=form,
        is_own=appeal.user_id == current_user.id,
        least=LEAST_LEARNERS,
        rows=[row for row in rows if row.question_id == appeal.question_id],
    )
