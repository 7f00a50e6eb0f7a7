"""With whom a work is handed in: asked, accepted, left."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.permissions import Role
from conexx_learn.services import work_teams as verbs
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.work_mails import tell_invitation

work_teams = Blueprint("work_teams", __name__, url_prefix="/courses/<course>/work/team")
DIGITS_OF_KEY = 9
ANSWERS = {"yes": True, "no": False}


@work_teams.post("/invitations")
@requires(Role.LEARNER)
def invite(course: str) -> ResponseReturnValue:
    """Ask a colleague into my team."""
    typed = request.form.get("colleague", "")
    is_key = typed.isascii() and typed.isdigit() and len(typed) <= DIGITS_OF_KEY
    if not is_key:
        raise NotFoundError
    moment, colleague_id = now(), int(typed)
    with unit_of_work() as session:
        name = verbs.invite_colleague(
            session,
            course=course,
            user_id=current_user.id,
            colleague_id=colleague_id,
            now=moment,
        )
        tell_invitation(
            session,
            course=course,
            user_id=colleague_id,
            name=current_user.full_name,
            now=moment,
        )
    flash(_("%(name)s is asked. It counts once they accept.", name=name), "success")
    return _back(course)


@work_teams.post("/invitations/<id:member_id>/answer")
@requires(Role.LEARNER)
def answer(course: str, member_id: int) -> ResponseReturnValue:
    """Accept the invitation of a team, or say no."""
    accepts = ANSWERS.get(request.form.get("answer", ""))
    if accepts is None:
        raise ShapeError
    with unit_of_work() as session:
        verbs.answer_invitation(
            session,
            course=course,
            user_id=current_user.id,
            member_id=member_id,
            accepts=accepts,
            now=now(),
        )
    flash(_("You are in the team.") if accepts else _("You said no."), "success")
    return _back(course)


@work_teams.post("/invitations/<id:member_id>/withdrawal")
@requires(Role.LEARNER)
def withdraw(course: str, member_id: int) -> ResponseReturnValue:
    """Ask somebody no longer."""
    with unit_of_work() as session:
        verbs.withdraw_invitation(
            session,
            course=course,
            user_id=current_user.id,
            member_id=member_id,
            now=now(),
        )
    flash(_("The invitation is withdrawn."), "success")
    return _back(course)


@work_teams.post("/departure")
@requires(Role.LEARNER)
def leave(course: str) -> ResponseReturnValue:
    """Leave my team."""
    with unit_of_work() as session:
        verbs.leave_team(session, course=course, user_id=current_user.id, now=now())
    flash(_("You left the team."), "success")
    return _back(course)


def _back(course: str) -> ResponseReturnValue:
    return redirect(f"{url_for('graded_work.show', course=course)}#team", code=303)
