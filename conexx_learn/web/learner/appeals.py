"""A question of my result that has a mistake: said to the trainers, and taken back."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.appeals import appeals_of_attempt
from conexx_learn.services import appeals as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.appeal_forms import AppealForm
from conexx_learn.web.appeal_words import appeal_sentence
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.question_views import result_view

appeals = Blueprint("appeals", __name__)
UNPROCESSABLE = 422


@appeals.get("/attempts/<id:attempt_id>/questions/<question_id>/appeal")
@requires(Role.LEARNER)
def show(attempt_id: int, question_id: str) -> str:
    """Show a question of a closed attempt, with the form to report it."""
    return _page(_sitting(attempt_id, question_id), question_id, AppealForm(None))


@appeals.post("/attempts/<id:attempt_id>/questions/<question_id>/appeal")
@requires(Role.LEARNER)
def create(attempt_id: int, question_id: str) -> ResponseReturnValue:
    """Hand the report to the trainers of the course."""
    found = _sitting(attempt_id, question_id)
    form = AppealForm()
    if not form.validate():
        return _page(found, question_id, form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.send_appeal(
            session,
            attempt_id=attempt_id,
            question_id=question_id,
            user_id=current_user.id,
            statement=form.statement.data,
            lang=page_language(),
            now=now(),
        )
    flash(_("Thank you. A trainer will read it and answer you."), "success")
    return redirect(url_for("attempts.show", attempt_id=attempt_id), code=303)


@appeals.post("/appeals/<id:appeal_id>/withdrawal")
@requires(Role.LEARNER)
def withdraw(appeal_id: int) -> ResponseReturnValue:
    """Take back a report that nobody answered yet."""
    with unit_of_work() as session:
        attempt_id = verbs.withdraw_appeal(
            session, appeal_id=appeal_id, user_id=current_user.id, now=now()
        )
    flash(_("The report is withdrawn."), "success")
    return redirect(url_for("attempts.show", attempt_id=attempt_id), code=303)


def _sitting(attempt_id: int, question_id: str) -> Sitting:
    return verbs.appealed_sitting(
        reading(),
        attempt_id=attempt_id,
        question_id=question_id,
        user_id=current_user.id,
        lang=page_language(),
    )


def _page(found: Sitting, question_id: str, form: AppealForm) -> str:
    """Show the question with the learner's answer, and nothing that tells the key."""
    g.form_path = request.path
    asked, question = next(pair for pair in found.asked if pair[1].id == question_id)
    view = result_view(
        question,
        asked,
        found.documents[found.lang],
        found.responses.get(question_id),
        earned=question.points * 0,
        shows_all=False,
    )
    appeal = appeals_of_attempt(reading(), attempt_id=found.id).get(question_id)
    return render_template(
        "learner/appeal.html",
        sitting=found,
        q=view,
        form=form,
        form_address=request.path,
        appeal=appeal,
        sentence=appeal_sentence(appeal) if appeal else "",
    )
