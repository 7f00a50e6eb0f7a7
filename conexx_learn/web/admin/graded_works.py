"""Graded works for the coordination: who judges what, and what came of it."""

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.graded_work.assessors import may_assess, proposal
from conexx_learn.domain.graded_work.rubric import LEVELS, Rubric
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.handed_work import HandedWork, any_work, any_work_file
from conexx_learn.queries.work_assessors import (
    NamedCandidate,
    authors_of,
    chosen_for,
    trainers,
)
from conexx_learn.queries.work_queue import (
    AssessorPart,
    Need,
    corrections_of,
    decided_works,
    parts_of,
    waiting_works,
)
from conexx_learn.queries.work_rubrics import version_rubric
from conexx_learn.queries.work_titles import course_titles
from conexx_learn.services import work_assessors as verbs
from conexx_learn.services.mark_corrections import (
    LONGEST_REASON,
    NewLevel,
    correct_mark,
)
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.evidence_answers import evidence_answer
from conexx_learn.web.issuing import issuing
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.work_mails import tell_assessors, tell_result
from conexx_learn.web.work_words import SHAPES, shown_result, state_words

graded_works = Blueprint("graded_works", __name__, url_prefix="/admin/work")
DIGITS_OF_KEY = 9


@graded_works.get("")
@requires(Role.COORDINATOR)
def index() -> str:
    """List what needs assessors, is being judged, and is done; five statements."""
    waiting, decided = waiting_works(reading()), decided_works(reading())
    return render_template(
        "admin/works.html",
        unassigned=[row for row in waiting if row.need is Need.ASSESSORS],
        third=[row for row in waiting if row.need is Need.THIRD],
        judged=[row for row in waiting if row.need is Need.MARKS],
        decided=decided,
        titles=_titles({row.version_id for row in (*waiting, *decided)}),
    )


@graded_works.get("/<id:hand_in_id>")
@requires(Role.COORDINATOR)
def show(hand_in_id: int) -> str:
    """Show one work: its team, its assessors, their levels, and who else may judge.

    Who handed it in, or judges it before it has a result, sees no levels here.
    """
    work = any_work(reading(), hand_in_id=hand_in_id)
    authors = authors_of(reading(), hand_in_id=hand_in_id, today=today())
    parts = parts_of(reading(), hand_in_id=hand_in_id)
    is_own = current_user.id in authors.user_ids
    judges = any(part.user_id == current_user.id for part in parts)
    rubric = _rubric(work)
    candidates, proposed = _candidates(hand_in_id, parts)
    return render_template(
        "admin/work.html",
        work=work,
        title=_titles({work.version_id})[work.version_id],
        rubric=rubric,
        state=(SHAPES[work.state], state_words(work.state)),
        parts=[] if is_own else parts,
        is_own=is_own,
        sees_levels=not is_own and (not judges or work.decided_at is not None),
        may_assign=not is_own and _needs_more(work, parts),
        candidates=candidates,
        proposed=proposed,
        corrections=[] if is_own else corrections_of(reading(), hand_in_id=hand_in_id),
        result=shown_result(work, rubric),
        longest=LONGEST_REASON,
    )


@graded_works.get("/<id:hand_in_id>/file")
@requires(Role.COORDINATOR)
def file(hand_in_id: int) -> Response:
    """Give what was handed in."""
    return evidence_answer(any_work_file(reading(), hand_in_id=hand_in_id))


@graded_works.post("/<id:hand_in_id>/assessors")
@requires(Role.COORDINATOR)
def assign(hand_in_id: int) -> ResponseReturnValue:
    """Give the work to a trainer, or to whom the queue proposes."""
    typed = request.form.get("assessor", "")
    moment = now()
    with unit_of_work() as session:
        if typed:
            chosen = [_key(typed)]
            verbs.assign_assessor(
                session,
                hand_in_id=hand_in_id,
                assessor_id=chosen[0],
                given_by=current_user.id,
                now=moment,
            )
        else:
            chosen = verbs.assign_proposed(
                session,
                hand_in_id=hand_in_id,
                given_by=current_user.id,
                now=moment,
            )
        tell_assessors(session, hand_in_id=hand_in_id, user_ids=chosen, now=moment)
    flash(_("The work is given to its assessors."), "success")
    return _back(hand_in_id)


@graded_works.post("/<id:hand_in_id>/assessors/<id:assessment_id>/withdrawal")
@requires(Role.COORDINATOR)
def withdraw(hand_in_id: int, assessment_id: int) -> ResponseReturnValue:
    """Take the work from an assessor who has not submitted."""
    with unit_of_work() as session:
        verbs.withdraw_assessor(
            session,
            hand_in_id=hand_in_id,
            assessment_id=assessment_id,
            by=current_user.id,
            now=now(),
        )
    flash(_("The work was taken from this assessor."), "success")
    return _back(hand_in_id)


@graded_works.post("/<id:hand_in_id>/assessors/<id:assessment_id>/corrections")
@requires(Role.COORDINATOR)
def correct(hand_in_id: int, assessment_id: int) -> ResponseReturnValue:
    """Change one level that was given by mistake."""
    level = request.form.get("level", "")
    if level not in {str(one) for one in LEVELS}:
        raise ShapeError("correction-shape")
    new = NewLevel(
        request.form.get("criterion", "")[:60],
        int(level),
        request.form.get("reason", "").strip(),
    )
    moment = now()
    with unit_of_work() as session:
        done = correct_mark(
            session,
            hand_in_id=hand_in_id,
            assessment_id=assessment_id,
            new=new,
            by=current_user.id,
            issuing=issuing(),
            now=moment,
        )
        if done.is_decided:
            tell_result(session, hand_in_id=hand_in_id, now=moment)
    flash(_("The level is corrected, and the result made anew."), "success")
    return _back(hand_in_id)


def _needs_more(work: HandedWork, parts: list[AssessorPart]) -> bool:
    """Say whether the work still needs somebody to judge it."""
    if work.decided_at is not None or work.is_replaced:
        return False
    return len(parts) < _wanted(parts)


def _wanted(parts: list[AssessorPart]) -> int:
    return verbs.wanted([part.submitted_at is not None for part in parts])


def _candidates(
    hand_in_id: int, parts: list[AssessorPart]
) -> tuple[list[NamedCandidate], list[str]]:
    """List who may judge this work, and the names of the best; seven statements."""
    known = trainers(reading(), hand_in_id=hand_in_id, today=today())
    authors = authors_of(reading(), hand_in_id=hand_in_id, today=today())
    chosen = chosen_for(reading(), hand_in_id=hand_in_id, known=known)
    free = [one for one in known if may_assess(one.candidate, authors, chosen)]
    best = proposal(
        [one.candidate for one in free], authors, chosen, wanted=_wanted(parts)
    )
    names = {one.id: one.name for one in free}
    return free, [names[one.user_id] for one in best]


def _titles(version_ids: set[int]) -> dict[int, str]:
    return course_titles(reading(), version_ids=version_ids, lang=page_language())


def _rubric(work: HandedWork) -> Rubric:
    rubric = version_rubric(reading(), version_id=work.version_id, lang=page_language())
    if rubric is None:
        raise NotFoundError
    return rubric


def _key(typed: str) -> int:
    is_key = typed.isascii() and typed.isdigit() and len(typed) <= DIGITS_OF_KEY
    if not is_key:
        raise NotFoundError
    return int(typed)


def _back(hand_in_id: int) -> ResponseReturnValue:
    return redirect(url_for("graded_works.show", hand_in_id=hand_in_id), code=303)
