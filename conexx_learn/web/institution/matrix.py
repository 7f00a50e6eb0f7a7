"""Who stands how with which requirement: people and vacant seats against courses."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import ShapeError
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.matrix import (
    Matrix,
    calls_for_attention,
    people_and_seats,
)
from conexx_learn.domain.readiness.matrix import matrix as matrix_of
from conexx_learn.domain.readiness.standings import Judgement, Standing, judgements
from conexx_learn.domain.readiness.tally import strict_share
from conexx_learn.queries.institution_facts import InstitutionPlace, institution_facts
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires
from conexx_learn.web.institution.as_of import as_of_day
from conexx_learn.web.institution.doors import managed_place
from conexx_learn.web.institution.matrix_files import matrix_file
from conexx_learn.web.institution.matrix_filters import (
    MatrixFilters,
    post_choices,
    unit_choices,
    wanted_words,
)
from conexx_learn.web.institution.matrix_legend import legend
from conexx_learn.web.institution.matrix_table import matrix_table
from conexx_learn.web.language import page_language
from conexx_learn.web.standing_words import standing_state, standing_word

matrix = Blueprint("matrix", __name__, url_prefix="/institutions")
ON_A_PAGE = 100
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Desk:
    """What page and files are made of.

    Attributes:
        place: The institution.
        day: The day that is shown.
        day_error: What is wrong with the day that was asked for, or "".
        index: The facts of that day.
        judged: Everything that is owed on it.
        filters: What is asked for.
        shown: What of it is selected.
    """

    place: InstitutionPlace
    day: date
    day_error: str
    index: FactIndex
    judged: list[Judgement]
    filters: MatrixFilters
    shown: Matrix


@dataclass(frozen=True, slots=True)
class Count:
    """How many obligations stand so, with the list of them."""

    state: str
    word: str
    count: int
    address: str


@matrix.get("/<slug>/readiness")
@requires(Role.MANAGER)
def show(slug: str) -> ResponseReturnValue:
    """Show who needs what; nine statements, whatever the size."""
    desk = _desk(slug)
    filters, shown = desk.filters, desk.shown
    pages = max(1, -(-len(shown.rows) // ON_A_PAGE))
    page = min(filters.page, pages)
    rows = shown.rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    people, seats = people_and_seats(shown.rows)
    html = render_template(
        "institution/matrix.html",
        place=desk.place,
        day=desk.day,
        day_error=desk.day_error,
        today=desk.place.today(now()),
        filters=filters,
        table=matrix_table(slug, desk.index, shown, rows, desk.day),
        people=people,
        seats=seats,
        owed=len(shown.judged),
        share=strict_share(shown.judged),
        counts=_counts(desk),
        attention=_attention(desk),
        has_requirements=bool(desk.judged),
        posts=post_choices(desk.index, desk.day),
        units=unit_choices(desk.index),
        wanted=wanted_words(),
        page=page,
        pages=pages,
        address=lambda number: filters.address(page=number if number > 1 else None),
        legend=legend(),
    )
    return html, UNPROCESSABLE if desk.day_error else 200


@matrix.get("/<slug>/readiness.<any(csv, xlsx, json):kind>")
@requires(Role.MANAGER)
def download(slug: str, kind: str) -> Response:
    """Give what the page shows as a file, all pages in one.

    Raises:
        ShapeError: The day cannot be read: a file has no place to say so.
    """
    desk = _desk(slug)
    if desk.day_error:
        raise ShapeError
    shown = desk.shown
    table = matrix_table(slug, desk.index, shown, shown.rows, desk.day)
    return matrix_file(kind, desk.place, desk.index, table, desk.filters, desk.day)


def _desk(slug: str) -> Desk:
    place = managed_place(slug)
    day, day_error = as_of_day(place.today(now()))
    facts = institution_facts(reading(), place=place, as_of=day, lang=page_language())
    index = FactIndex(facts)
    judged = judgements(index, day)
    filters = MatrixFilters.asked(slug, index)
    return Desk(
        place=place,
        day=day,
        day_error=day_error,
        index=index,
        judged=judged,
        filters=filters,
        shown=matrix_of(index, judged, day, filters.selection),
    )


def _counts(desk: Desk) -> list[Count]:
    """Count the standings of what is shown."""
    found = Counter(one.standing for one in desk.shown.judged)
    return [
        Count(
            state=standing_state(standing),
            word=standing_word(standing),
            count=found[standing],
            address=desk.filters.address(standing=standing.value),
        )
        for standing in Standing
        if found[standing]
    ]


def _attention(desk: Desk) -> int:
    """Count what of the selection calls for attention."""
    return sum(
        calls_for_attention(desk.index, one, desk.day) for one in desk.shown.judged
    )
