"""Receipts for works that were handed in: a page, a text to keep, and the file."""

from flask import Blueprint, Response, render_template
from flask_login import current_user

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.handed_work import HandedWork, own_work, own_work_file
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.evidence_answers import evidence_answer
from conexx_learn.web.work_words import SHAPES, state_words

work_receipts = Blueprint(
    "work_receipts", __name__, url_prefix="/courses/<course>/work/receipts"
)


def _found(course: str, hand_in_id: int) -> HandedWork:
    work = own_work(reading(), hand_in_id=hand_in_id, user_id=current_user.id)
    if work.course != course:
        raise NotFoundError
    return work


@work_receipts.get("/<id:hand_in_id>")
@requires(Role.LEARNER)
def show(course: str, hand_in_id: int) -> str:
    """Show what was handed in, by whom, when, and its hash."""
    work = _found(course, hand_in_id)
    return render_template(
        "learner/work_receipt.html",
        work=work,
        state=(SHAPES[work.state], state_words(work.state)),
    )


@work_receipts.get("/<id:hand_in_id>.txt")
@requires(Role.LEARNER)
def text(course: str, hand_in_id: int) -> Response:
    """Give the receipt as a text to keep."""
    work = _found(course, hand_in_id)
    answer = Response(
        render_template("learner/work_receipt.txt", work=work), mimetype="text/plain"
    )
    name = f"receipt-{work.label}.txt"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@work_receipts.get("/<id:hand_in_id>/file")
@requires(Role.LEARNER)
def file(course: str, hand_in_id: int) -> Response:
    """Give back what was handed in."""
    _found(course, hand_in_id)
    return evidence_answer(
        own_work_file(reading(), hand_in_id=hand_in_id, user_id=current_user.id)
    )
