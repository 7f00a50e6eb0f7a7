"""The readiness of one person, for who runs the training of their institution."""

from flask import Blueprint, render_template

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.institution_facts import institution_facts
from conexx_learn.queries.learning_cycles import learning_cycles
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.person_page import person_page
from conexx_learn.web.language import page_language

person = Blueprint("person", __name__, url_prefix="/institutions")


@person.get("/<slug>/people/<id:user_id>")
@requires(Role.MANAGER)
def show(slug: str, user_id: int) -> str:
    """Show what a person owes, holds and covers; ten statements.

    Raises:
        NotFoundError: Somebody who never belonged here.
    """
    place, lang = managed_place(slug), page_language()
    today = place.today(now())
    known = institution_facts(reading(), place=place, as_of=today, lang=lang)
    found = next((one for one in known.people if one.id == user_id), None)
    if found is None:
        raise NotFoundError
    cycles = learning_cycles(reading(), user_id=user_id, lang=lang)
    return render_template(
        "institution/person.html",
        place=place,
        today=today,
        page=person_page(known, found, cycles, today),
        plans=[plan for plan in known.plans if plan.is_in_force(today)],
    )
