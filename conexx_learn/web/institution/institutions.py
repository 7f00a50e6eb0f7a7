"""All the institutions that somebody may see, with one line of figures each."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import today
from conexx_learn.domain.permissions import Role, holds
from conexx_learn.domain.search import folded, search_words
from conexx_learn.queries.institution_overview import (
    InstitutionFigures,
    institution_overview,
    observed_overview,
)
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import percent
from conexx_learn.web.language import gettext as _

institutions = Blueprint("institutions", __name__, url_prefix="/institutions")
ON_A_PAGE = 50
NOTHING = "\N{EN DASH}"
FEWEST_PEOPLE = 5
"""Below this, a figure would tell of single persons: observers see none."""

Order = Callable[[InstitutionFigures], tuple[object, ...]]
ORDERS: dict[str, Order] = {
    "name": lambda one: (folded(one.name), one.id),
    "met": lambda one: (_share(one), folded(one.name), one.id),
    "overdue": lambda one: (-one.overdue, folded(one.name), one.id),
    "critical": lambda one: (-one.critical, folded(one.name), one.id),
}
"""How the list may be sorted: what needs help comes first."""


@dataclass(frozen=True, slots=True)
class ShownInstitution:
    """A line of the list; what may not be told says so.

    Attributes:
        name: Of the institution.
        address: Of its page.
        country: Two letters.
        met: Share of what its plans require, in words; a dash where that is nothing.
        overdue: Required courses that are overdue.
        critical: Critical ones that are not met.
        people: Who belongs to it.
    """

    name: str
    address: str
    country: str
    met: str
    overdue: str
    critical: str
    people: str


@institutions.get("")
@requires(Role.MANAGER, Role.OBSERVER)
def index() -> ResponseReturnValue:
    """List the institutions; two statements, however many there are.

    Who runs the training of a single one is led there.
    """
    is_coordinator = holds(actor(), Role.COORDINATOR)
    is_observer = not is_coordinator and holds(actor(), Role.OBSERVER)
    if not is_coordinator and not is_observer and len(current_user.managed) == 1:
        address = url_for("readiness.show", slug=current_user.managed[0])
        return redirect(address, code=303)
    mine = institution_overview(reading(), actor=actor(), today=today())
    watched = _watched(mine) if is_observer else []
    query = request.args.get("q", "")[:100].strip()
    order = request.args.get("order", "")
    order = order if order in ORDERS else "name"
    found = sorted(_matching(mine, query), key=ORDERS[order])
    page, pages = _paged(len(found))
    return render_template(
        "institution/institutions.html",
        rows=[_shown(one) for one in found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]],
        watched=[
            _shown(one, hides_few=True)
            for one in sorted(_matching(watched, query), key=ORDERS["name"])
        ],
        count=len(found),
        all_count=len(mine),
        without_plan=sum(not one.plans for one in mine),
        is_coordinator=is_coordinator,
        is_observer=is_observer,
        q=query,
        order=order,
        orders=_order_words(),
        page=page,
        pages=pages,
        address=lambda number: _address(query, order, number),
    )


def _watched(mine: list[InstitutionFigures]) -> list[InstitutionFigures]:
    """List what an observer sees besides the institutions that are theirs."""
    known = {one.id for one in mine}
    found = observed_overview(reading(), actor=actor(), today=today())
    return [one for one in found if one.id not in known]


def _matching(
    everything: list[InstitutionFigures], query: str
) -> list[InstitutionFigures]:
    words = search_words(query)
    return [
        one
        for one in everything
        if all(word in f"{folded(one.name)} {one.country.lower()}" for word in words)
    ]


def _paged(count: int) -> tuple[int, int]:
    """Return the page that is asked for, of those that there are, and their number."""
    pages = max(1, -(-count // ON_A_PAGE))
    return min(max(1, request.args.get("page", 1, type=int)), pages), pages


def _address(query: str, order: str, number: int) -> str:
    parts = {
        "q": query or None,
        "order": order if order != "name" else None,
        "page": number if number > 1 else None,
    }
    kept = {name: value for name, value in parts.items() if value is not None}
    return url_for("institutions.index", **kept)


def _order_words() -> list[tuple[str, str]]:
    return [
        ("name", _("Name")),
        ("met", _("Least met first")),
        ("overdue", _("Most overdue first")),
        ("critical", _("Most critical first")),
    ]


def _share(one: InstitutionFigures) -> Fraction:
    """Return what is met; where nothing is required, more than anything."""
    value = one.seats.value
    return Fraction(2) if value is None else value


def _shown(one: InstitutionFigures, *, hides_few: bool = False) -> ShownInstitution:
    """Put an institution into words.

    Args:
        one: Its figures.
        hides_few: Hide what stands for one to four people.
    """
    few = _("fewer than %(number)s", number=FEWEST_PEOPLE)

    def told(text: str, people: int | None) -> str:
        """Say a figure, unless too few people stand behind it, or any of them do."""
        is_told = not hides_few or (
            one.people >= FEWEST_PEOPLE and not _are_few(people or 0)
        )
        return text if is_told else few

    met = one.seats.percent
    return ShownInstitution(
        name=one.name,
        address=url_for("readiness.show", slug=one.slug),
        country=one.country,
        met=NOTHING if met is None else told(percent(Fraction(met)), one.people_owing),
        overdue=told(str(one.overdue), one.people_overdue),
        critical=told(str(one.critical), one.people_critical),
        people=told(str(one.people), one.people),
    )


def _are_few(people: int) -> bool:
    """Say whether there are some people, but fewer than five."""
    return 0 < people < FEWEST_PEOPLE
