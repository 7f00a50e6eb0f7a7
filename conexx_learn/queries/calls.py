"""Reads of the calls that an institution has in hand."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from conexx_learn.domain.calls import CallCheck, CallTerms, GateNote
from conexx_learn.domain.readiness.call_gates import Gate, GateAnswer
from conexx_learn.domain.readiness.call_readiness import CallNeed
from conexx_learn.models import calls as tables
from conexx_learn.models.planning import Priority

INSTITUTION = bindparam("institution_id", type_=Integer)
CALLS: Select[*tuple[Any, ...]] = (
    select(tables.CallCheck, tables.CallNeed, Priority.title)
    .outerjoin(tables.CallNeed, tables.CallNeed.call_check_id == tables.CallCheck.id)
    .outerjoin(Priority, Priority.id == tables.CallCheck.priority_id)
    .where(tables.CallCheck.institution_id == INSTITUTION)
    .order_by(
        tables.CallCheck.deadline_at, tables.CallCheck.id, tables.CallNeed.ordinal
    )
)
CALL = CALLS.where(tables.CallCheck.id == bindparam("call_id", type_=Integer))


def call_list(session: Session, *, institution_id: int) -> list[CallCheck]:
    """List an institution's calls by deadline, also those put aside; one statement."""
    return _calls(session, CALLS, {"institution_id": institution_id})


def call_check(
    session: Session, *, institution_id: int, call_id: int
) -> CallCheck | None:
    """Return one of an institution's calls; one statement."""
    values = {"institution_id": institution_id, "call_id": call_id}
    return next(iter(_calls(session, CALL, values)), None)


def _calls(
    session: Session, statement: Select[*tuple[Any, ...]], values: Mapping[str, int]
) -> list[CallCheck]:
    found: dict[int, tuple[tables.CallCheck, str, list[CallNeed]]] = {}
    for call, need, priority in session.execute(statement, values):
        needs = found.setdefault(call.id, (call, priority or "", []))[2]
        if need is not None:
            needs.append(CallNeed(need.competency, need.level, need.holders, need.role))
    return [_call(call, priority, needs) for call, priority, needs in found.values()]


def _call(row: tables.CallCheck, priority: str, needs: list[CallNeed]) -> CallCheck:
    terms = CallTerms(
        title=row.title,
        funder=row.funder,
        link=row.link,
        deadline_at=row.deadline_at,
        timezone=row.timezone,
        currency=row.currency,
        grant_min_cents=row.grant_min_cents,
        grant_max_cents=row.grant_max_cents,
        cofinancing_min_bp=row.cofinancing_min_bp,
        cofinancing_max_bp=row.cofinancing_max_bp,
        requested_cents=row.requested_cents,
        own_cents=row.own_cents,
        priority_id=row.priority_id,
        gates={
            Gate(code): GateNote(GateAnswer(kept["answer"]), kept["note"])
            for code, kept in row.gates.items()
        },
        needs=tuple(needs),
    )
    return CallCheck(row.id, row.revision, row.archived_at is not None, priority, terms)
