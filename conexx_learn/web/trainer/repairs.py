"""The dry run of a repair: what publishing voided questions would do to results."""

from flask import Blueprint, render_template

from conexx_learn.adapters.clock import today
from conexx_learn.domain.permissions import Role
from conexx_learn.services.course_desk import course_draft
from conexx_learn.services.repair_preview import repair_preview
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.trainer.homes import course_homes, path_for_the_shell

course_repairs = Blueprint("course_repairs", __name__, url_prefix="/trainer")
MOST_SHOWN = 200
"""Results that the page lists; the command lists them all."""


@course_repairs.get("/courses/<course>/repair")
@requires(Role.TRAINER)
def show(course: str) -> str:
    """Say whose results would rise, from what to what, and who would pass."""
    draft = course_draft(course, course_homes(), today=today())
    preview = repair_preview(reading(), slug=draft.slug, marks=draft.marks)
    return render_template(
        "trainer/repair.html",
        draft=draft,
        preview=preview,
        shown=preview.changes[:MOST_SHOWN],
        folder=path_for_the_shell(draft.folder),
    )
