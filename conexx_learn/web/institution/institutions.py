"""All the institutions that somebody may see, with one line of figures each."""

from collections.abc import Callable
from fractions import Fraction

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.permissions import Role, holds
from conexx_learn.domain.search import folded, search_words
from conexx_learn.queries.institution_overview import (
    InstitutionFigures,
    institution_overview,
    observed_overview,
)
from conexx_learn.queries.plans_to_review import plans_to_review
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.institution_rows import institution_rows
from conexx_learn.web.language import gettext as _

institutions = Blueprint("institutions", __name__, url_prefix="/institutions")
ON_A_PAGE = 20
"""Few enough to work out the label of each."""

Order = Callable[[InstitutionFigures], tuple[object, ...]]
ORDERS: dict[str, Order] = {
    "name": lambda one: (folded(one.name), one.id),
    "met": lambda one: (_share(one), folded(one.name), one.id),
    "overdue": lambda one: (-one.overdue, folded(one.name), one.id),
    "critical": lambda one: (-one.critical, folded(one.name), one.id),
}
"""How the list may be sorted: what needs help comes first."""


@institutions.get("")
@requires(Role.MANAGER, Role.OBSERVER)
def index() -> ResponseReturnValue:
    """List the institutions; ten statements, however many there are.

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
    page, pages = _paged("page", len(found))
    members = sorted(_matching(watched, query), key=ORDERS["name"])
    member_page, member_pages = _paged("members", len(members))
    return render_template(
        "institution/institutions.html",
        to_review=plans_to_review(reading()) if is_coordinator else [],
        rows=institution_rows(_on_page(found, page), now=now()),
        watched=institution_rows(
            _on_page(members, member_page), now=now(), hides_few=True
        ),
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
        address=lambda number: _address(query, order, page=number),
        member_page=member_page,
        member_pages=member_pages,
        member_address=lambda number: _address(query, order, members=number),
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


def _paged(name: str, count: int) -> tuple[int, int]:
    """Return the page that is asked for, of those that there are, and their number."""
    pages = max(1, -(-count // ON_A_PAGE))
    return min(max(1, request.args.get(name, 1, type=int)), pages), pages


def _on_page(found: list[InstitutionFigures], page: int) -> list[InstitutionFigures]:
    return found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]


def _address(query: str, order: str, *, page: int = 1, members: int = 1) -> str:
    parts = {
        "q": query or None,
        "order": order if order != "name" else None,
        "page": page if page > 1 else None,
        "members": members if members > 1 else None,
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
