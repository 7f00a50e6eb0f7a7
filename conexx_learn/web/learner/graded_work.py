"""Graded work of a course: what is asked, with whom, handed in, and its result."""

from dataclasses import replace

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.adapters.folder_document import DOCX, folder_document
from conexx_learn.domain.catalogue import CoursePlace
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.folder import Folder
from conexx_learn.domain.graded_work.handing_in import (
    MOST_MEMBERS,
    MOST_ROUNDS,
    Source,
    WorkState,
)
from conexx_learn.domain.graded_work.rubric import Rubric
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.catalogue import course_page
from conexx_learn.queries.folder import folder_of
from conexx_learn.queries.handed_work import HandedWork, works_of
from conexx_learn.queries.work_rubrics import version_rubric
from conexx_learn.queries.work_teams import invitable, invitations_to, team_of
from conexx_learn.services.handing_in import NewWork, hand_in_work
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import day
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.learner.work_forms import ACCEPTED, HandInForm
from conexx_learn.web.uploads import takes_file
from conexx_learn.web.work_mails import tell_receipt
from conexx_learn.web.work_words import SHAPES, pass_rule, shown_result, state_words

graded_work = Blueprint("graded_work", __name__)
UNPROCESSABLE = 422
WAITING = frozenset({WorkState.HANDED_IN, WorkState.READING})
"""While a work waits for its result, nobody leaves its team."""
MOST_BYTES_SENT = 12 * 1024 * 1024
"""Above the limit of a file, so that a file a little too large gets its message."""


@graded_work.get("/courses/<course>/work")
@requires(Role.LEARNER)
def show(course: str) -> str:
    """Show what is asked, my team, what was handed in, and the form for it."""
    return _page(course, HandInForm(None))


@graded_work.post("/courses/<course>/work")
@requires(Role.LEARNER)
@takes_file(most_bytes=MOST_BYTES_SENT)
def create(course: str) -> ResponseReturnValue:
    """Hand in the folder as it stands now, or a file; the team gets a receipt."""
    form = HandInForm()
    is_good = form.validate()
    work = _work(form, course) if is_good else None
    if work is None:
        if form.file.data and not form.file.errors:
            form.file.errors = [_("Choose the file again: browsers forget it.")]
        return _page(course, form), UNPROCESSABLE
    moment = now()
    with unit_of_work() as session:
        hand_in_id = hand_in_work(
            session, course=course, user_id=current_user.id, work=work, now=moment
        )
        tell_receipt(session, hand_in_id=hand_in_id, now=moment)
    flash(_("Your work is handed in."), "success")
    address = url_for("work_receipts.show", course=course, hand_in_id=hand_in_id)
    return redirect(address, code=303)


def _work(form: HandInForm, course: str) -> NewWork | None:
    if form.source.data == Source.FILE.value:
        return form.work(course)
    folder = folder_of(reading(), user_id=current_user.id, lang=page_language())
    if not folder.written:
        form.source.errors = [_("Your folder is empty. Write in it first.")]
        return None
    return NewWork(
        Source.FOLDER, f"{_('project-folder')}.docx", DOCX, _snapshot(folder)
    )


def _snapshot(folder: Folder) -> bytes:
    """Freeze a folder as a document; it bears no name, since assessors know none."""
    return folder_document(
        replace(folder, owner=""),
        lang=page_language(),
        title=_("Project folder"),
        subtitle=day(today()),
        nothing=_("Nothing written yet."),
    )


def rubric_here(place: CoursePlace) -> Rubric:
    """Return the rubric of a course that its learner is enrolled in.

    Raises:
        NotFoundError: Nobody grades a work in it.
        RuleError: They are not enrolled.
    """
    rubric = version_rubric(
        reading(), version_id=place.version_id, lang=page_language()
    )
    if rubric is None:
        raise NotFoundError
    if place.enrolment_id is None:
        raise RuleError("not-enrolled")
    return rubric


def _page(course: str, form: HandInForm) -> str:
    """Write the page; at most twelve statements, whatever was handed in."""
    g.form_path = request.path
    lang, user_id = page_language(), current_user.id
    page = course_page(reading(), slug=course, user_id=user_id, lang=lang)
    rubric = rubric_here(page.place)
    enrolment_id = page.place.enrolment_id or 0
    works = works_of(reading(), enrolment_id=enrolment_id)
    current = next((work for work in works if not work.is_replaced), None)
    team = team_of(reading(), enrolment_id=enrolment_id)
    asked = {one.user_id for one in team}
    colleagues = invitable(
        reading(), user_id=user_id, course_id=page.place.course_id, today=today()
    )
    folder = folder_of(reading(), user_id=user_id, lang=lang)
    state = current.state if current else WorkState.OPEN
    may_change = not page.place.enrolment_ended and state not in WAITING
    return render_template(
        "learner/work.html",
        page=page,
        rubric=rubric,
        rules=pass_rule(rubric),
        state=(SHAPES[state], state_words(state)),
        current=current,
        result=shown_result(current, rubric) if current else None,
        earlier=[(work, *_stands(work)) for work in works if work is not current],
        team=team,
        is_full=len(team) >= MOST_MEMBERS,
        most_members=MOST_MEMBERS,
        colleagues=[one for one in colleagues if one.id not in asked],
        invitations=invitations_to(reading(), enrolment_id=enrolment_id)
        if may_change
        else [],
        may_change=may_change,
        form=form,
        accepted=ACCEPTED,
        written=folder.written,
        may_hand_in=_may_hand_in(page.place, current),
        rounds_left=MOST_ROUNDS - (current.round if current else 0),
    )


def _stands(work: HandedWork) -> tuple[str, str]:
    if work.is_replaced:
        return "none", _("Replaced by a newer one")
    return SHAPES[work.state], state_words(work.state)


def _may_hand_in(place: CoursePlace, current: HandedWork | None) -> bool:
    if place.enrolment_ended:
        return False
    if current is None or current.state is WorkState.HANDED_IN:
        return True
    return current.state is WorkState.FAILED and current.round < MOST_ROUNDS
