"""A large file in pieces, for pages with a script; without one the form sends it whole.

What has arrived stays when a connection is lost or a tab is closed: the same file,
chosen again, goes on where it was.
"""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import ShapeError
from conexx_learn.domain.graded_work.uploads import LONGEST_MARK, PIECE
from conexx_learn.domain.graded_work.work_files import MOST_BYTES, announced_fault
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.permissions import Role
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.services.work_uploads import (
    Progress,
    add_piece,
    begin_upload,
    upload_progress,
)
from conexx_learn.web.access import requires
from conexx_learn.web.json_bodies import json_body
from conexx_learn.web.work_words import fault_words

work_uploads = Blueprint(
    "work_uploads", __name__, url_prefix="/courses/<course>/work/uploads"
)
UNPROCESSABLE = 422
DIGITS_OF_OFFSET = 8


@work_uploads.post("")
@requires(Role.LEARNER)
def create(course: str) -> ResponseReturnValue:
    """Begin a file, or say how far it came."""
    sent = json_body()
    if not isinstance(sent, dict):
        raise ShapeError
    name, mark, size = sent.get("name"), sent.get("mark"), sent.get("size")
    if not isinstance(name, str) or not isinstance(mark, str) or type(size) is not int:
        raise ShapeError
    fault = announced_fault(name, min(size, MOST_BYTES + 1))
    if fault is not None:
        return jsonify(error=fault_words(fault)), UNPROCESSABLE
    with unit_of_work() as session:
        progress = begin_upload(
            session,
            course=course,
            user_id=current_user.id,
            name=printed_name(name)[-LONGEST_MARK:],
            mark=printed_name(mark)[:LONGEST_MARK],
            byte_count=size,
            now=now(),
        )
    return _told(progress)


@work_uploads.get("/<id:upload_id>")
@requires(Role.LEARNER)
def show(course: str, upload_id: int) -> ResponseReturnValue:
    """Say how far a file came."""
    return _told(
        upload_progress(
            reading(), course=course, upload_id=upload_id, user_id=current_user.id
        )
    )


@work_uploads.post("/<id:upload_id>/pieces")
@requires(Role.LEARNER)
def add(course: str, upload_id: int) -> ResponseReturnValue:
    """Take a piece; one that came before is acknowledged again."""
    typed = request.args.get("offset", "")
    if not (typed.isascii() and typed.isdigit()) or len(typed) > DIGITS_OF_OFFSET:
        raise ShapeError
    with unit_of_work() as session:
        progress = add_piece(
            session,
            course=course,
            upload_id=upload_id,
            user_id=current_user.id,
            offset=int(typed),
            content=request.get_data(),
            now=now(),
        )
    return _told(progress)


def _told(progress: Progress) -> ResponseReturnValue:
    return jsonify(
        id=progress.upload_id,
        received=progress.received,
        size=progress.byte_count,
        piece=PIECE,
    )
