"""The matrix as files: what the page shows, all its pages in one."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask import Response, json

from conexx_learn.adapters.spreadsheets import Table, csv_parts, xlsx_file
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.matrix import MatrixRow, is_undated
from conexx_learn.domain.readiness.standings import Judgement
from conexx_learn.domain.sentences.reasons import reason_sentence
from conexx_learn.queries.institution_facts import InstitutionPlace
from conexx_learn.web.institution.matrix_filters import MatrixFilters
from conexx_learn.web.institution.matrix_table import MatrixTable, ShownRow
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACE_COLUMNS = 3


def matrix_file(
    kind: str,
    place: InstitutionPlace,
    index: FactIndex,
    table: MatrixTable,
    filters: MatrixFilters,
    day: date,
) -> Response:
    """Answer with a file.

    Args:
        kind: `csv`, `xlsx` or `json`.
        place: Whose.
        index: The facts.
        table: Everything that is selected.
        filters: What was asked for.
        day: When.
    """
    if kind == "json":
        content = json.dumps(_value(place, index, table, filters, day))
        return _answer(Response(content, mimetype="application/json"), place, kind, day)
    sheet = Table(
        title=_("Readiness"),
        headings=[
            _("Person"),
            _("Post"),
            _("Unit"),
            *(column.text for column in table.columns),
        ],
        rows=_rows(table.rows),
        wide_columns=PLACE_COLUMNS,
    )
    if kind == "xlsx":
        return _answer(Response(xlsx_file(sheet), mimetype=XLSX), place, kind, day)
    # All words are made: the lines that follow ask neither request nor database.
    return _answer(Response(csv_parts(sheet), mimetype="text/csv"), place, kind, day)


def _answer(
    answer: Response, place: InstitutionPlace, kind: str, day: date
) -> Response:
    name = f"{place.slug}-{day.isoformat()}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(rows: Sequence[ShownRow]) -> Iterator[list[str]]:
    for row in rows:
        yield [row.name, row.posts, row.units, *(cell.text for cell in row.cells)]


def _value(
    place: InstitutionPlace,
    index: FactIndex,
    table: MatrixTable,
    filters: MatrixFilters,
    day: date,
) -> dict[str, object]:
    return {
        "institution": place.slug,
        "name": place.name,
        "as_of": day.isoformat(),
        "filters": filters.query(as_of=None),
        "courses": [
            {"slug": column.slug, "code": column.code, "title": column.title}
            for column in table.columns
        ],
        "rows": [_row(index, one.row, one, day) for one in table.rows],
    }


def _row(
    index: FactIndex, row: MatrixRow, shown: ShownRow, day: date
) -> dict[str, object]:
    is_person = row.person_id is not None
    return {
        "person": {"id": row.person_id, "name": shown.name} if is_person else None,
        "seat": row.seat.number if row.seat else None,
        "posts": [index.posts[post_id].title for post_id in row.post_ids],
        "units": shown.units,
        "cells": [_cell(index, one, day) for one in row.cells.values()],
    }


def _cell(index: FactIndex, one: Judgement, day: date) -> dict[str, object]:
    owed = one.obligation
    return {
        "course": owed.course,
        "standing": one.standing.value,
        "overdue": one.is_overdue,
        "weight": owed.weight,
        "due": owed.due_on.isoformat() if owed.due_on else None,
        "until": one.until.isoformat() if one.until else None,
        "progress": int(one.progress * 100),
        "start_date_missing": is_undated(index, one, day),
        "reasons": [
            reason_sentence(reason, page_language()) for reason in owed.reasons
        ],
    }
