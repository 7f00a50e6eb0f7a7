"""Reads of what an institution's functions need."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness import facts
from conexx_learn.models.competencies import FunctionMinimum


def function_minima(
    session: Session, *, institution_id: int
) -> list[facts.FunctionMinimum]:
    """List what is wanted, K2 before K10; one statement."""
    code = FunctionMinimum.competency
    rows = session.scalars(
        select(FunctionMinimum)
        .where(FunctionMinimum.institution_id == institution_id)
        .order_by(func.length(code), code)
    )
    return [
        facts.FunctionMinimum(row.competency, row.level, row.holders, row.is_critical)
        for row in rows
    ]
