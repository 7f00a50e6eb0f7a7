"""Enrolling in a course, and moving to its newer version."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Role
from conexx_learn.services import enrolment, version_moves
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.issuing import issuing
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.reading_memory import read_here

enrolments = Blueprint("enrolments", __name__)


@enrolments.post("/courses/<course>/enrolment")
@requires(Role.LEARNER)
def create(course: str) -> ResponseReturnValue:
    """Enrol, with what was read in this browser before there was an account."""
    with unit_of_work() as session:
        enrolment.enrol(
            session,
            slug=course,
            user_id=current_user.id,
            lang=page_language(),
            read_before=read_here(course),
            now=now(),
        )
    return redirect(url_for("catalogue.show", course=course), code=303)


@enrolments.post("/courses/<course>/enrolment/version")
@requires(Role.LEARNER)
def move(course: str) -> ResponseReturnValue:
    """Move to the newer version; equal modules stay read."""
    with unit_of_work() as session:
        place = version_moves.move_to_newer_version(
            session,
            slug=course,
            user_id=current_user.id,
            lang=page_language(),
            issuing=issuing(),
            now=now(),
        )
    flash(_("You are now on version %(version)s.", version=place.version_label))
    return redirect(url_for("catalogue.show", course=course), code=303)
