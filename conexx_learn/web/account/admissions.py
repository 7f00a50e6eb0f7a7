"""An institution would add me, with the account that I have: I accept, or say no."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.admissions import AdmissionRow, waiting_admissions
from conexx_learn.services import admissions as verbs
from conexx_learn.services import outbox
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.admission_mails import declined_mail
from conexx_learn.web.language import gettext as _

admissions = Blueprint("admissions", __name__, url_prefix="/me/admissions")
ACCEPTED, REFUSED = "accepted", "refused"


@admissions.get("/<id:admission_id>")
@requires(Role.LEARNER)
def show(admission_id: int) -> str:
    """Say who asks, and what it means to accept; one statement."""
    return render_template("account/admission.html", one=_mine(admission_id))


@admissions.post("/<id:admission_id>/answer")
@requires(Role.LEARNER)
def answer(admission_id: int) -> ResponseReturnValue:
    """Belong to the institution from now on, or tell it that one does not want to."""
    decision = request.form.get("decision")
    if decision == ACCEPTED:
        flash(_accept(admission_id), "success")
    elif decision == REFUSED:
        flash(_refuse(admission_id), "success")
    else:
        raise ShapeError
    return redirect(url_for("dashboard.index"), code=303)


def _mine(admission_id: int) -> AdmissionRow:
    """Find what the reader is asked.

    Raises:
        NotFoundError: It is not theirs, was answered, or is not asked any longer.
    """
    rows = waiting_admissions(reading(), owner_id=current_user.id, today=today())
    found = next((row for row in rows if row.id == admission_id), None)
    if found is None:
        raise NotFoundError
    return found


def _accept(admission_id: int) -> str:
    with unit_of_work() as session:
        institution = verbs.accept_admission(
            session, admission_id, owner_id=current_user.id, now=now()
        )
    return _("You belong to %(institution)s now.", institution=institution)


def _refuse(admission_id: int) -> str:
    with unit_of_work() as session:
        declined = verbs.refuse_admission(
            session, admission_id, owner_id=current_user.id, now=now()
        )
        if declined.email is not None:
            mail = declined_mail(declined, recipient=declined.email)
            outbox.post(session, mail, now=now())
    return _("The institution is told that you do not wish to be added.")
