"""What is pasted into the editor from a text processor comes as Markdown."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.domain.course_source.file_names import file_name
from conexx_learn.domain.errors import ContentError, ShapeError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.word_import.arrival import Choices, WordArrival
from conexx_learn.services.word_import import MOST_PASTED, pasted_arrival
from conexx_learn.web.access import requires
from conexx_learn.web.language import page_language
from conexx_learn.web.limits import count_preview
from conexx_learn.web.problem_words import problem_line
from conexx_learn.web.trainer.arrival_rows import remark_rows
from conexx_learn.web.trainer.desk import refuse_foreign
from conexx_learn.web.uploads import takes_file

pastes = Blueprint("pastes", __name__, url_prefix="/trainer")
UNPROCESSABLE = 422
ROOM = 2
MOST_REMARKS = 20
UNNAMED = "—"
AS_TEXT = Choices(questions=())
"""Nothing that looks like a question leaves the text for a quiz."""


@pastes.post("/courses/<course>/paste/<path:path>")
@takes_file(most_bytes=ROOM * MOST_PASTED)
@requires(Role.TRAINER)
def show(course: str, path: str) -> ResponseReturnValue:
    """Answer with what is left of a paste as Markdown; nothing is stored."""
    refuse_foreign(course)
    count_preview(current_user.id)
    sent = request.get_json(silent=True)
    html = sent.get("html") if isinstance(sent, dict) else None
    if not isinstance(html, str):
        raise ShapeError
    language = file_name(path).lang or page_language()
    try:
        arrival = pasted_arrival(html, name=UNNAMED, language=language)
    except ContentError as refusal:
        return jsonify(error=problem_line(refusal.problems[0])), UNPROCESSABLE
    lost = [f"{one.place}: {one.message}" for one in remark_rows(arrival)]
    return jsonify(markdown=_markdown(arrival), remarks=lost[:MOST_REMARKS])


def _markdown(arrival: WordArrival) -> str:
    """Join the modules that a long paste would become: its author splits them."""
    bodies = []
    for module in arrival.modules:
        heading = f"## {module.title}\n\n" if module.title != UNNAMED else ""
        bodies.append(heading + arrival.body(module, AS_TEXT))
    return "\n\n".join(bodies)
