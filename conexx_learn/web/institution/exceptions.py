"""What in the plans of an institution needs somebody's eyes: one list, none hidden."""

from flask import Blueprint, render_template

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.exemption_requests import waiting_requests
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.institution.exemption_answers import shown_requests
from conexx_learn.web.institution.plan_cases import cases
from conexx_learn.web.institution.plan_desk import plans_desk

exceptions = Blueprint("exceptions", __name__, url_prefix="/institutions")


@exceptions.get("/<slug>/exceptions")
@requires(Role.MANAGER)
def index(slug: str) -> str:
    """List the exceptions of every plan in force, and of those being written.

    Beside them stands what people asked to be exempt from.
    """
    desk = plans_desk(slug)
    shown = [
        desk.in_full(one)
        for one in desk.documents
        if one.state.is_in_force or one.state.is_open
    ]
    return render_template(
        "institution/exceptions.html",
        place=desk.place,
        here="plans",
        groups=[(plan.document, cases(plan, {})) for plan in shown],
        requests=shown_requests(
            desk,
            waiting_requests(reading(), institution_id=desk.place.id, now=now()),
        ),
    )
