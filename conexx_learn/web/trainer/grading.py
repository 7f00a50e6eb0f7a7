"""Works that wait for me as an assessor: begun, marked, submitted."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.graded_work.marks import LONGEST_COMMENT, Marks, gaps
from conexx_learn.domain.graded_work.rubric import Rubric
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.work_assessments import (
    AssessmentRow,
    assessed_file,
    assessments_of,
    others_marks,
    own_assessment_row,
)
from conexx_learn.queries.work_rubrics import version_rubric
from conexx_learn.services.marking import save_marks, submit_marks
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.services.work_assessors import begin_assessment
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.evidence_answers import evidence_answer
from conexx_learn.web.issuing import issuing
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.trainer.marks_form import MarkField, mark_fields, typed_marks
from conexx_learn.web.work_mails import tell_result

grading = Blueprint("grading", __name__, url_prefix="/trainer/grading")
UNPROCESSABLE = 422


@grading.get("")
@requires(Role.TRAINER)
def index() -> str:
    """List what waits for me, the oldest first, and what I have done; one statement."""
    rows = assessments_of(reading(), assessor_id=current_user.id, lang=page_language())
    return render_template(
        "trainer/grading.html",
        waiting=[row for row in rows if row.submitted_at is None],
        done=[row for row in rows if row.submitted_at is not None],
    )


@grading.get("/<id:assessment_id>")
@requires(Role.TRAINER)
def show(assessment_id: int) -> str:
    """Show a work with its rubric: to begin, to mark, or as I submitted it."""
    row = _own(assessment_id)
    rubric = _rubric(row)
    return _page(row, rubric, mark_fields(rubric, row.marks))


@grading.post("/<id:assessment_id>/begin")
@requires(Role.TRAINER)
def begin(assessment_id: int) -> ResponseReturnValue:
    """Begin to read; from now on the work cannot be replaced."""
    with unit_of_work() as session:
        begin_assessment(
            session,
            assessment_id=assessment_id,
            assessor_id=current_user.id,
            now=now(),
        )
    return redirect(url_for("grading.show", assessment_id=assessment_id), code=303)


@grading.post("/<id:assessment_id>/marks")
@requires(Role.TRAINER)
def mark(assessment_id: int) -> ResponseReturnValue:
    """Keep the marks as a draft, or submit them for good."""
    row = _own(assessment_id)
    rubric = _rubric(row)
    marks = typed_marks(rubric, row.marks)
    act = request.form.get("act", "")
    if act == "save":
        return _save(row, marks)
    if act != "submit":
        raise ShapeError
    if row.submitted_at is None and gaps(rubric, marks):
        _keep(row, marks)
        fields = mark_fields(rubric, marks, check=True)
        return _page(row, rubric, fields), UNPROCESSABLE
    _submit(row, marks)
    flash(_("Your assessment is submitted. Thank you."), "success")
    return redirect(url_for("grading.show", assessment_id=row.id), code=303)


@grading.get("/<id:assessment_id>/file")
@requires(Role.TRAINER)
def file(assessment_id: int) -> Response:
    """Give the file of a work that I have begun, under its number."""
    return evidence_answer(
        assessed_file(
            reading(), assessment_id=assessment_id, assessor_id=current_user.id
        )
    )


def _save(row: AssessmentRow, marks: Marks) -> ResponseReturnValue:
    _keep(row, marks)
    flash(_("The draft is saved. Only you see it."), "success")
    return redirect(url_for("grading.show", assessment_id=row.id), code=303)


def _keep(row: AssessmentRow, marks: Marks) -> None:
    with unit_of_work() as session:
        save_marks(
            session,
            assessment_id=row.id,
            assessor_id=current_user.id,
            marks=marks,
            now=now(),
        )


def _submit(row: AssessmentRow, marks: Marks) -> None:
    moment = now()
    with unit_of_work() as session:
        done = submit_marks(
            session,
            assessment_id=row.id,
            assessor_id=current_user.id,
            marks=marks,
            issuing=issuing(),
            now=moment,
        )
        if done.is_decided:
            _tell(session, done.hand_in_id)


def _tell(session: Session, hand_in_id: int) -> None:
    tell_result(session, hand_in_id=hand_in_id, now=now())


def _own(assessment_id: int) -> AssessmentRow:
    return own_assessment_row(
        reading(),
        assessment_id=assessment_id,
        assessor_id=current_user.id,
        lang=page_language(),
    )


def _rubric(row: AssessmentRow) -> Rubric:
    rubric = version_rubric(reading(), version_id=row.version_id, lang=page_language())
    if rubric is None:
        raise NotFoundError
    return rubric


def _page(row: AssessmentRow, rubric: Rubric, fields: list[MarkField]) -> str:
    g.form_path = url_for("grading.show", assessment_id=row.id)
    return render_template(
        "trainer/assessment.html",
        row=row,
        rubric=rubric,
        fields=fields,
        wrong=[field for field in fields if field.error],
        others=others_marks(reading(), row=row),
        longest=LONGEST_COMMENT,
    )
