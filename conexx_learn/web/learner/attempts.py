"""An attempt: its questions while it is open, its result afterwards."""

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from conexx_learn.adapters.clock import now
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.errors import ShapeError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.assessment import sitting
from conexx_learn.services import assessment
from conexx_learn.services.assessment import Submission
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.attempt_pages import open_page, result_page
from conexx_learn.web.issuing import issuing
from conexx_learn.web.json_bodies import json_body
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.response_forms import raw_responses, unreadable_numbers

attempts = Blueprint("attempts", __name__)
LARGEST_NUMBER = 2**53


def _sitting(attempt_id: int) -> Sitting:
    return sitting(
        reading(),
        attempt_id=attempt_id,
        user_id=current_user.id,
        lang=page_language(),
    )


@attempts.get("/attempts/<id:attempt_id>")
@requires(Role.LEARNER)
def show(attempt_id: int) -> str:
    """Show the questions of an open attempt, or the result of a closed one."""
    found = _sitting(attempt_id)
    if found.closed_at is not None:
        return result_page(reading(), found, moment=now())
    return open_page(found, moment=now())


@attempts.post("/attempts/<id:attempt_id>/responses")
@requires(Role.LEARNER)
def save(attempt_id: int) -> ResponseReturnValue:
    """Keep the responses that changed, as JSON."""
    number, responses = _read_save(json_body())
    with unit_of_work() as session:
        assessment.save_responses(
            session,
            attempt_id=attempt_id,
            user_id=current_user.id,
            number=number,
            responses=responses,
            lang=page_language(),
            now=now(),
        )
    return "", 204


def _read_save(body: object) -> tuple[int, dict[str, object]]:
    """Read `{"number": 7, "responses": {…}}`; anything else is refused."""
    if not isinstance(body, dict) or set(body) != {"number", "responses"}:
        raise ShapeError
    number, responses = body["number"], body["responses"]
    if type(number) is not int or not 0 < number < LARGEST_NUMBER:
        raise ShapeError
    if not isinstance(responses, dict):
        raise ShapeError
    return number, responses


@attempts.post("/attempts/<id:attempt_id>/draft")
@requires(Role.LEARNER)
def draft(attempt_id: int) -> ResponseReturnValue:
    """Keep the whole form, for who has no script, and stay on the page."""
    found = _sitting(attempt_id)
    with unit_of_work() as session:
        assessment.save_responses(
            session,
            attempt_id=attempt_id,
            user_id=current_user.id,
            number=found.save_number + 1,
            responses=_form_responses(found, request.form),
            lang=page_language(),
            now=now(),
        )
    flash(_("Saved. You can go on now or later."), "success")
    return redirect(url_for("attempts.show", attempt_id=attempt_id), code=303)


@attempts.post("/attempts/<id:attempt_id>/submission")
@requires(Role.LEARNER)
def submit(attempt_id: int) -> ResponseReturnValue:
    """Submit an open attempt, then show its grade."""
    found = _sitting(attempt_id)
    raw = _form_responses(found, request.form)
    unreadable = unreadable_numbers(found.asked, raw)
    moment = now()
    if unreadable and found.closed_at is None and not found.is_over(now=moment):
        g.form_path = url_for("attempts.show", attempt_id=attempt_id)
        return open_page(found, moment=moment, raw=raw, unreadable=unreadable), 422
    with unit_of_work() as session:
        submission = assessment.submit_attempt(
            session,
            attempt_id=attempt_id,
            user_id=current_user.id,
            responses=raw,
            lang=page_language(),
            issuing=issuing(),
            now=moment,
        )
    _tell(submission)
    return redirect(url_for("attempts.show", attempt_id=attempt_id), code=303)


def _form_responses(found: Sitting, form: MultiDict[str, str]) -> dict[str, object]:
    """Return what a form says of each question.

    A form older than the newest save (another tab went on) erases nothing: where it
    is blank, what was saved stays.
    """
    raw = raw_responses(found.asked, form)
    known = form.get("save_number", "")
    if known.isascii() and known.isdigit() and int(known[:20]) >= found.save_number:
        return raw
    return {key: value for key, value in raw.items() if value is not None}


def _tell(submission: Submission) -> None:
    if not submission.in_time:
        flash(_("The time had run out: what was saved by then was sent."), "warning")
    if submission.certificate_issued:
        flash(_("You have completed the course. Your certificate is ready."), "success")
