"""What I learned elsewhere: claimed with evidence, and what became of it."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.frameworks import competency_list
from conexx_learn.queries.prior_learning import (
    ClaimRow,
    claims_of,
    own_evidence,
    own_institutions,
)
from conexx_learn.services import prior_learning as verbs
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.competency_words import level_word
from conexx_learn.web.evidence_answers import evidence_answer
from conexx_learn.web.language import gettext as _
from conexx_learn.web.learner.prior_learning_forms import ACCEPTED, ClaimForm
from conexx_learn.web.prior_learning_words import CLAIM_STATES, claim_words
from conexx_learn.web.uploads import takes_file

prior_learning = Blueprint("prior_learning", __name__, url_prefix="/me")
UNPROCESSABLE = 422
MOST_BYTES_SENT = 8 * 1024 * 1024
"""Above the limit of a file, so that a file a little too large gets its message."""


@prior_learning.get("/prior-learning")
@requires(Role.LEARNER)
def index() -> str:
    """List my claims, with the form for another; four statements."""
    return _page(_offered(ClaimForm(None)), _claims())


@prior_learning.post("/prior-learning")
@requires(Role.LEARNER)
@takes_file(most_bytes=MOST_BYTES_SENT)
def create() -> ResponseReturnValue:
    """Hand a claim to the coordination."""
    form, claims = _offered(ClaimForm()), _claims()
    if not form.accepts({one.competency for one in claims if one.decision is None}):
        return _page(form, claims), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.claim_prior_learning(
            session,
            user_id=current_user.id,
            institution_id=int(form.institution.data),
            claim=form.claim(),
            now=now(),
        )
    flash(_("Your claim is with the coordination."), "success")
    return redirect(url_for("prior_learning.index"), code=303)


@prior_learning.post("/prior-learning/<id:claim_id>/withdrawal")
@requires(Role.LEARNER)
def withdraw(claim_id: int) -> ResponseReturnValue:
    """Take back a claim that waits; its file is deleted."""
    with unit_of_work() as session:
        verbs.withdraw_claim(
            session, claim_id=claim_id, user_id=current_user.id, now=now()
        )
    flash(_("The claim is withdrawn, and its evidence deleted."), "success")
    return redirect(url_for("prior_learning.index"), code=303)


@prior_learning.get("/prior-learning/<id:claim_id>/evidence")
@requires(Role.LEARNER)
def evidence(claim_id: int) -> Response:
    """Give back a file that I handed in."""
    file = own_evidence(reading(), claim_id=claim_id, user_id=current_user.id)
    if file is None:
        raise NotFoundError
    return evidence_answer(file)


def _offered(form: ClaimForm) -> ClaimForm:
    institutions = own_institutions(reading(), user_id=current_user.id, today=today())
    return form.offer(competency_list(reading()), institutions)


def _claims() -> list[ClaimRow]:
    return claims_of(reading(), user_id=current_user.id)


def _page(form: ClaimForm, claims: list[ClaimRow]) -> str:
    g.form_path = request.path
    moment = now()
    stands = [(one, one.state(moment)) for one in claims]
    return render_template(
        "learner/prior_learning.html",
        form=form,
        accepted=ACCEPTED,
        claims=[
            (
                one,
                level_word(one.level),
                CLAIM_STATES[state],
                claim_words(state, one.valid_until),
            )
            for one, state in stands
        ],
    )
