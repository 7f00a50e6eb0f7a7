"""The dry run of a repair: what publishing voided questions would do to results."""

from collections.abc import Sequence

from flask import Blueprint, render_template

from conexx_learn.adapters.clock import today
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.trainer_scope import people_seen_by
from conexx_learn.services.course_desk import course_draft
from conexx_learn.services.repair_preview import PreviewedChange, repair_preview
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import actor, requires
from conexx_learn.web.trainer.homes import course_homes, path_for_the_shell

course_repairs = Blueprint("course_repairs", __name__, url_prefix="/trainer")
MOST_SHOWN = 200
"""Results that the page lists; the command lists them all."""


@course_repairs.get("/courses/<course>/repair")
@requires(Role.TRAINER)
def show(course: str) -> str:
    """Say whose results would rise, from what to what, and who would pass.

    All are counted; named are those whose names the trainer may see.
    """
    draft = course_draft(course, course_homes(), today=today())
    preview = repair_preview(reading(), slug=draft.slug, marks=draft.marks)
    named = _named(preview.changes)
    return render_template(
        "trainer/repair.html",
        draft=draft,
        preview=preview,
        named_count=len(named),
        shown=named[:MOST_SHOWN],
        folder=path_for_the_shell(draft.lying),
    )


def _named(changes: Sequence[PreviewedChange]) -> list[PreviewedChange]:
    seen = people_seen_by(
        reading(),
        actor=actor(),
        user_ids={one.result.user_id for one in changes},
        today=today(),
    )
    return [one for one in changes if one.result.user_id in seen]
