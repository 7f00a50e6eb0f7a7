"""An attempt: its questions while it is open, its result afterwards."""

import json

from flask import Blueprint, Response, flash, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.answer_files import (
    LARGEST_FILE,
    FileRefusal,
    answers_file,
    read_answers_file,
)
from conexx_learn.domain.attempt_saves import Save, read_save
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.errors import AttemptClosedError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.assessment import sitting
from conexx_learn.services import assessment
from conexx_learn.services.attempt_closing import Submission
from conexx_learn.services.attempt_saving import Saved, save_responses
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.attempt_pages import result_page
from conexx_learn.web.attempt_parts import part_of, wanted_part
from conexx_learn.web.issuing import issuing
from conexx_learn.web.json_bodies import json_body, parsed_json
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext, page_language
from conexx_learn.web.open_attempt import open_page
from conexx_learn.web.response_forms import (
    changed_responses,
    raw_responses,
    unreadable_numbers,
)

attempts = Blueprint("attempts", __name__)
UNPROCESSABLE = 422


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
    return open_page(found, moment=now(), part=wanted_part(request.args))


@attempts.post("/attempts/<id:attempt_id>/responses")
@requires(Role.LEARNER)
def save(attempt_id: int) -> ResponseReturnValue:
    """Keep the responses that changed, as JSON.

    A page that says what it knows is told what it does not: the answers of other
    devices, and the time that is left.
    """
    sent = read_save(json_body())
    saved = _save(attempt_id, sent)
    if sent.known is None:
        return "", 204
    return jsonify(
        count=saved.count,
        newer=dict(saved.newer),
        age=saved.age,
        seconds_left=_seconds_left(saved),
    )


def _save(attempt_id: int, sent: Save) -> Saved:
    """Save in a transaction of its own.

    Raises:
        AttemptClosedError: It was over, or is since just now.
    """
    with unit_of_work() as session:
        saved = save_responses(
            session,
            attempt_id=attempt_id,
            user_id=current_user.id,
            save=sent,
            lang=page_language(),
            issuing=issuing(),
            now=now(),
        )
    if not saved.is_open:
        raise AttemptClosedError
    return saved


def _seconds_left(saved: Saved) -> int | None:
    if saved.deadline_at is None:
        return None
    return max(0, int((saved.deadline_at - now()).total_seconds()))


@attempts.post("/attempts/<id:attempt_id>/draft")
@requires(Role.LEARNER)
def draft(attempt_id: int) -> ResponseReturnValue:
    """Keep what the form changed, for who has no script, and go where it says."""
    found = _sitting(attempt_id)
    asked = part_of(found.asked, wanted_part(request.form))
    _save(attempt_id, Save(number=0, responses=changed_responses(asked, request.form)))
    flash(_("Saved. You can go on now or later."), "success")
    part = wanted_part(request.form, "go" if "go" in request.form else "part")
    address = url_for("attempts.show", attempt_id=attempt_id, part=part)
    return redirect(address, code=303)


@attempts.post("/attempts/<id:attempt_id>/submission")
@requires(Role.LEARNER)
def submit(attempt_id: int) -> ResponseReturnValue:
    """Submit an open attempt, then show its grade."""
    found = _sitting(attempt_id)
    part = wanted_part(request.form)
    asked = part_of(found.asked, part)
    raw = raw_responses(asked, request.form)
    unreadable = unreadable_numbers(asked, raw)
    moment = now()
    if unreadable and found.closed_at is None and not found.is_due(now=moment):
        g.form_path = url_for("attempts.show", attempt_id=attempt_id, part=part)
        page = open_page(
            found, moment=moment, raw=raw, unreadable=unreadable, part=part
        )
        return page, UNPROCESSABLE
    with unit_of_work() as session:
        submission = assessment.submit_attempt(
            session,
            attempt_id=attempt_id,
            user_id=current_user.id,
            responses=changed_responses(asked, request.form),
            lang=page_language(),
            issuing=issuing(),
            now=moment,
        )
    _tell(submission)
    return redirect(url_for("attempts.show", attempt_id=attempt_id), code=303)


def _tell(submission: Submission) -> None:
    if not submission.in_time:
        flash(_("The time had run out: what was saved by then was sent."), "warning")
    if submission.certificate_issued:
        flash(_("You have completed the course. Your certificate is ready."), "success")


@attempts.get("/attempts/<id:attempt_id>/answers")
@requires(Role.LEARNER)
def download(attempt_id: int) -> Response:
    """Give what is saved of an open attempt as a file."""
    found = _sitting(attempt_id)
    if found.closed_at is not None:
        raise AttemptClosedError
    content = answers_file(found, now=now())
    response = Response(
        json.dumps(content, ensure_ascii=False, indent=1), mimetype="application/json"
    )
    name = _("answers-%(number)s.json", number=attempt_id)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@attempts.post("/attempts/<id:attempt_id>/answers")
@requires(Role.LEARNER)
def take_back(attempt_id: int) -> ResponseReturnValue:
    """Take the answers of such a file back; what was answered later stays."""
    found = _sitting(attempt_id)
    read = read_answers_file(_file_content(), found)
    if isinstance(read, FileRefusal) and found.closed_at is None:
        g.form_path = url_for("attempts.show", attempt_id=attempt_id)
        page = open_page(found, moment=now(), file_error=_refusal(read))
        return page, UNPROCESSABLE
    if isinstance(read, FileRefusal):
        raise AttemptClosedError
    saved = _save(attempt_id, read)
    flash(_told(taken=len(saved.taken), given=len(read.responses)), "success")
    return redirect(url_for("attempts.show", attempt_id=attempt_id), code=303)


def _file_content() -> object:
    """Return the JSON value of the file that was sent; None where it is none."""
    file = request.files.get("file")
    if file is None:
        return None
    data = file.read(LARGEST_FILE + 1)
    file.close()
    return parsed_json(data) if len(data) <= LARGEST_FILE else None


def _refusal(refusal: FileRefusal) -> str:
    words = {
        FileRefusal.UNREADABLE: _(
            "This is not a file of answers, or it was changed. Nothing was taken from "
            "it; choose the file that this page gave you."
        ),
        FileRefusal.ANOTHER_PERSON: _(
            "This file holds the answers of another person. Nothing was taken from it."
        ),
        FileRefusal.ANOTHER_ATTEMPT: _(
            "This file is of another attempt, in which the options stood in another "
            "order. Nothing was taken from it."
        ),
    }
    return words[refusal]


def _told(*, taken: int, given: int) -> str:
    said = ngettext(
        "%(num)s answer of your file was taken.",
        "%(num)s answers of your file were taken.",
        taken,
    )
    if taken == given:
        return said
    newer = ngettext(
        "%(num)s stays as you answered it later.",
        "%(num)s stay as you answered them later.",
        given - taken,
    )
    return f"{said} {newer}"
