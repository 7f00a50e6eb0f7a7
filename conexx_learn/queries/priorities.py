"""Reads of an institution's priorities, and of what cites each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from conexx_learn.models.calls import CallCheck
from conexx_learn.models.planning import Priority, Requirement, TrainingPlan

INSTITUTION = bindparam("institution_id", type_=Integer)


@dataclass(frozen=True, slots=True)
class Citation:
    """A plan or a call check that rests on a priority.

    Attributes:
        kind: `plan` or `call`.
        id: Key of it.
        title: As it is called.
        version: Of a plan; 0 for a call.
        count: How many requirements of the plan cite it; 1 for a call.
    """

    kind: str
    id: int
    title: str
    version: int
    count: int


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """What the institution wants, and what rests on it.

    Attributes:
        id: Key.
        rank: From 1.
        title: What is wanted.
        political_owner: Who answers for it.
        source_document: Where it is written.
        retired_on: Day on which it was given up, or None.
        citations: Plans first, then calls; those given up are left out.
    """

    id: int
    rank: int
    title: str
    political_owner: str
    source_document: str
    retired_on: date | None
    citations: Sequence[Citation]


PRIORITIES = (
    select(Priority)
    .where(Priority.institution_id == INSTITUTION)
    .order_by(Priority.retired_on.is_not(None), Priority.rank, Priority.id)
)
_plans = (
    select(
        literal("plan").label("kind"),
        Requirement.priority_id.label("priority_id"),
        TrainingPlan.id.label("id"),
        TrainingPlan.title.label("title"),
        TrainingPlan.version.label("version"),
    )
    .join(TrainingPlan, TrainingPlan.id == Requirement.plan_id)
    .where(
        TrainingPlan.institution_id == INSTITUTION,
        TrainingPlan.cancelled_on.is_(None),
        TrainingPlan.superseded_on.is_(None),
        Requirement.priority_id.is_not(None),
    )
)
_calls = select(
    literal("call"),
    CallCheck.priority_id,
    CallCheck.id,
    CallCheck.title,
    literal(0),
).where(
    CallCheck.institution_id == INSTITUTION,
    CallCheck.archived_at.is_(None),
    CallCheck.priority_id.is_not(None),
)
_cited = union_all(_plans, _calls).subquery()
CITATIONS = select(_cited).order_by(_cited.c.kind.desc(), _cited.c.id)


def priority_rows(session: Session, *, institution_id: int) -> list[PriorityRow]:
    """List the priorities by rank, the retired last; two statements."""
    values = {"institution_id": institution_id}
    cited: dict[int, dict[tuple[str, int], Citation]] = {}
    for row in session.execute(CITATIONS, values):
        of_priority = cited.setdefault(row.priority_id, {})
        known = of_priority.get((row.kind, row.id))
        of_priority[row.kind, row.id] = Citation(
            row.kind, row.id, row.title, row.version, (known.count if known else 0) + 1
        )
    return [
        PriorityRow(
            id=row.id,
            rank=row.rank,
            title=row.title,
            political_owner=row.political_owner,
            source_document=row.source_document,
            retired_on=row.retired_on,
            citations=tuple(cited.get(row.id, {}).values()),
        )
        for row in session.scalars(PRIORITIES, values)
    ]
