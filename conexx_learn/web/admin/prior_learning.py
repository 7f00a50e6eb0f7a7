"""Claims of prior learning, as the coordination reads and answers them."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.prior_learning import ClaimState, Decision
from conexx_learn.queries.prior_learning import (
    ClaimRow,
    claim_row,
    claimed_evidence,
    decided_claims,
    waiting_claims,
)
from conexx_learn.services import outbox
from conexx_learn.services import prior_learning as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.admin.prior_learning_forms import AnswerForm
from conexx_learn.web.competency_words import level_word
from conexx_learn.web.evidence_answers import evidence_answer
from conexx_learn.web.language import gettext as _
from conexx_learn.web.prior_learning_mails import recognised_mail, refused_mail
from conexx_learn.web.prior_learning_words import CLAIM_STATES, claim_words

learning_claims = Blueprint(
    "learning_claims", __name__, url_prefix="/admin/prior-learning"
)
UNPROCESSABLE = 422
DECISIONS = {one.value: one for one in (Decision.RECOGNISED, Decision.REFUSED)}


@learning_claims.get("")
@requires(Role.COORDINATOR)
def index() -> str:
    """List what waits, the oldest first, and what was decided; three statements."""
    moment = now()
    return render_template(
        "admin/prior_learning.html",
        waiting=[(one, level_word(one.level)) for one in waiting_claims(reading())],
        decided=[
            (one, level_word(one.level), *_stands(one, one.state(moment)))
            for one in decided_claims(reading())
        ],
    )


@learning_claims.get("/<id:claim_id>")
@requires(Role.COORDINATOR)
def show(claim_id: int) -> str:
    """Show one claim with its evidence, and the form to answer it."""
    claim = _claim(claim_id)
    return _page(claim, AnswerForm.answering(claim))


@learning_claims.post("/<id:claim_id>/decision")
@requires(Role.COORDINATOR)
def decide(claim_id: int) -> ResponseReturnValue:
    """Recognise a claim, or refuse it, and tell its person."""
    claim = _claim(claim_id)
    decision = DECISIONS.get(request.form.get("decision", ""))
    if decision is None:
        raise ShapeError
    form, moment = AnswerForm.answering(claim), now()
    if not form.accepts(decision, claim.today(moment)):
        return _page(claim, form), UNPROCESSABLE
    with unit_of_work() as session:
        if decision is Decision.RECOGNISED:
            _recognise(session, claim, form)
        else:
            _refuse(session, claim, form)
    flash(_("The claim is answered."), "success")
    return redirect(url_for("learning_claims.index"), code=303)


@learning_claims.post("/<id:claim_id>/end")
@requires(Role.COORDINATOR)
def end(claim_id: int) -> ResponseReturnValue:
    """Let a recognition count for the last time today."""
    with unit_of_work() as session:
        verbs.end_recognition(session, claim_id=claim_id, now=now())
    flash(_("The recognition ends today."), "success")
    return redirect(url_for("learning_claims.show", claim_id=claim_id), code=303)


@learning_claims.get("/<id:claim_id>/evidence")
@requires(Role.COORDINATOR)
def evidence(claim_id: int) -> Response:
    """Give the file that was handed in."""
    file = claimed_evidence(reading(), claim_id=claim_id)
    if file is None:
        raise NotFoundError
    return evidence_answer(file)


def _recognise(session: Session, claim: ClaimRow, form: AnswerForm) -> None:
    level, until = int(form.level.data), form.recognised_until()
    verbs.recognise_claim(
        session,
        claim_id=claim.id,
        level=level,
        valid_until=until,
        answer=form.answer.data,
        decided_by=current_user.id,
        now=now(),
    )
    if claim.email:
        mail = recognised_mail(
            claim,
            recipient=claim.email,
            level=level,
            valid_until=until,
            answer=form.answer.data,
        )
        outbox.post(session, mail, now=now())


def _refuse(session: Session, claim: ClaimRow, form: AnswerForm) -> None:
    verbs.refuse_claim(
        session,
        claim_id=claim.id,
        answer=form.answer.data,
        decided_by=current_user.id,
        now=now(),
    )
    if claim.email:
        mail = refused_mail(claim, recipient=claim.email, answer=form.answer.data)
        outbox.post(session, mail, now=now())


def _claim(claim_id: int) -> ClaimRow:
    found = claim_row(reading(), claim_id=claim_id)
    if found is None:
        raise NotFoundError
    return found


def _stands(claim: ClaimRow, state: ClaimState) -> tuple[str, str]:
    return CLAIM_STATES[state], claim_words(state, claim.valid_until)


def _page(claim: ClaimRow, form: AnswerForm) -> str:
    g.form_path = url_for("learning_claims.show", claim_id=claim.id)
    moment = now()
    state = claim.state(moment)
    shape, words = _stands(claim, state)
    ends_later = claim.valid_until is not None and claim.valid_until > claim.today(
        moment
    )
    return render_template(
        "admin/prior_learning_claim.html",
        claim=claim,
        form=form,
        level=level_word(claim.level),
        state=shape,
        words=words,
        is_waiting=state is ClaimState.WAITING,
        is_own=claim.user_id == current_user.id,
        can_end=state is ClaimState.RECOGNISED and ends_later,
    )
