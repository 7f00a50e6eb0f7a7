"""Who need not, who can already, how many must: three small tables, one statement."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    case,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from conexx_learn.domain.readiness import facts
from conexx_learn.models.catalogue import Course
from conexx_learn.models.competencies import FunctionMinimum, PriorLearning
from conexx_learn.models.planning import Exemption
from conexx_learn.queries.institution_scope import INSTITUTION, Rows, members

SomeId = InstrumentedAttribute[int]


def circumstances_statement(
    is_here: Callable[[SomeId], ColumnElement[bool]], people: Select[int]
) -> Select[*tuple[Any, ...]]:
    """Build one statement of three small tables, told apart by the first column.

    Args:
        is_here: Says of a column whether it names an institution that one asks for.
        people: Keys of its people: prior learning is theirs, wherever they belong.
    """
    exempt = (
        select(
            literal("exempt").label("kind"),
            Exemption.institution_id.label("institution_id"),
            Exemption.user_id.label("user_id"),
            Course.slug.label("code"),
            literal(0).label("level"),
            literal(0).label("holders"),
            Exemption.reason.label("reason"),
            Exemption.from_on.label("from_on"),
            Exemption.until_on.label("until_on"),
        )
        .join(Course, Course.id == Exemption.course_id)
        .where(
            is_here(Exemption.institution_id),
            Exemption.approved_at.is_not(None),
        )
    )
    prior = select(
        literal("prior"),
        literal(0),
        PriorLearning.user_id,
        PriorLearning.competency,
        PriorLearning.level,
        literal(0),
        literal(""),
        PriorLearning.decided_on,
        PriorLearning.valid_until,
    ).where(
        PriorLearning.user_id.in_(people),
        PriorLearning.decision == "recognised",
    )
    minima = select(
        literal("minimum"),
        FunctionMinimum.institution_id,
        case((FunctionMinimum.is_critical.is_(True), 1), else_=0),
        FunctionMinimum.competency,
        FunctionMinimum.level,
        FunctionMinimum.holders,
        literal(""),
        null().cast(Date),
        null().cast(Date),
    ).where(is_here(FunctionMinimum.institution_id))
    rows = union_all(exempt, prior, minima).subquery()
    return select(rows).order_by(rows.c.kind, rows.c.code, rows.c.user_id)


CIRCUMSTANCES = circumstances_statement(lambda id_: id_ == INSTITUTION, members())


def read_circumstances(
    rows: Rows,
) -> tuple[
    tuple[facts.Exemption, ...],
    tuple[facts.PriorLearning, ...],
    tuple[facts.FunctionMinimum, ...],
]:
    """Tell exemptions, prior learning and minima apart."""
    exemptions: list[facts.Exemption] = []
    prior: list[facts.PriorLearning] = []
    minima: list[facts.FunctionMinimum] = []
    for row in rows:
        if row.kind == "minimum":
            is_critical = bool(row.user_id)
            minima.append(
                facts.FunctionMinimum(row.code, row.level, row.holders, is_critical)
            )
            continue
        period = facts.Period(row.from_on, row.until_on)
        if row.kind == "exempt":
            exemptions.append(
                facts.Exemption(row.user_id, row.code, row.reason, period)
            )
        else:
            prior.append(facts.PriorLearning(row.user_id, row.code, row.level, period))
    return tuple(exemptions), tuple(prior), tuple(minima)
