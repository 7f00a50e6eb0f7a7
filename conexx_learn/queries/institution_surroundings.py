"""What stands around an institution's plans: its priorities and the calls in hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    bindparam,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness.call_readiness import CallNeed
from conexx_learn.models.base import UtcDateTime
from conexx_learn.models.calls import CallCheck
from conexx_learn.models.calls import CallNeed as NeedRow
from conexx_learn.models.planning import Priority

INSTITUTION = bindparam("institution_id", type_=Integer)


@dataclass(frozen=True, slots=True)
class RankedPriority:
    """What the institution wants, by rank."""

    id: int
    rank: int
    title: str


@dataclass(frozen=True, slots=True)
class CallInHand:
    """A call that the institution looks at.

    Attributes:
        id: Key.
        title: As it was entered.
        deadline_at: In UTC.
        needs: What it asks of the team.
    """

    id: int
    title: str
    deadline_at: datetime
    needs: tuple[CallNeed, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Priorities by rank, and calls by deadline."""

    priorities: tuple[RankedPriority, ...]
    calls: tuple[CallInHand, ...]


def _statement() -> Select[*tuple[Any, ...]]:
    """Build one statement of both, told apart by the first column."""
    priorities = select(
        literal("priority").label("kind"),
        Priority.id.label("id"),
        Priority.rank.label("rank"),
        Priority.title.label("title"),
        null().cast(UtcDateTime()).label("deadline_at"),
        null().label("competency"),
        literal(0).label("level"),
        literal(0).label("holders"),
        literal("").label("role"),
    ).where(Priority.institution_id == INSTITUTION, Priority.retired_on.is_(None))
    calls = (
        select(
            literal("call"),
            CallCheck.id,
            func.coalesce(NeedRow.ordinal, 0),
            CallCheck.title,
            CallCheck.deadline_at,
            NeedRow.competency,
            func.coalesce(NeedRow.level, 0),
            func.coalesce(NeedRow.holders, 0),
            func.coalesce(NeedRow.role, ""),
        )
        .outerjoin(NeedRow, NeedRow.call_check_id == CallCheck.id)
        .where(CallCheck.institution_id == INSTITUTION, CallCheck.archived_at.is_(None))
    )
    rows = union_all(priorities, calls).subquery()
    return select(rows).order_by(rows.c.deadline_at, rows.c.id, rows.c.rank)


SURROUNDINGS = _statement()


def surroundings(session: Session, *, institution_id: int) -> Surroundings:
    """Return an institution's priorities and calls; one statement."""
    priorities: list[RankedPriority] = []
    calls: dict[int, CallInHand] = {}
    for row in session.execute(SURROUNDINGS, {"institution_id": institution_id}):
        if row.kind == "priority":
            priorities.append(RankedPriority(row.id, row.rank, row.title))
            continue
        known = calls.get(row.id)
        need = (
            (CallNeed(row.competency, row.level, row.holders, row.role),)
            if row.competency
            else ()
        )
        calls[row.id] = CallInHand(
            row.id,
            row.title,
            row.deadline_at,
            (*(known.needs if known else ()), *need),
        )
    priorities.sort(key=lambda one: (one.rank, one.id))
    return Surroundings(tuple(priorities), tuple(calls.values()))
