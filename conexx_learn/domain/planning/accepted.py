"""What in a plan was seen and accepted: the name that an exception is kept under.

The name tells the matter, not the row: a new version of the plan inherits what was
accepted, and a day that moves makes it a new matter.
"""

from collections.abc import Collection, Iterable
from datetime import date

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Plan, Requirement
from conexx_learn.domain.readiness.plan_exceptions import (
    ExceptionKind,
    PlanException,
    plan_exceptions,
)
from conexx_learn.domain.readiness.standings import judgements

Matter = tuple[str, str]
"""Kind and subject of an exception: what an acceptance is kept under."""


def exceptions_on(index: FactIndex, plan: Plan, day: date) -> list[PlanException]:
    """List what needs attention in a plan on a day, by its own requirements alone."""
    return plan_exceptions(index, plan, judgements(index, day, plans=[plan]), day)


def matter(exception: PlanException, plan: Plan) -> Matter:
    """Name what an exception of a plan is about.

    Example: `("impossible_due", "person:12 course:c4 on:2026-12-15")`.
    """
    lines = {line.id: line for line in plan.requirements}
    if exception.kind in (ExceptionKind.EMPTY_AUDIENCE, ExceptionKind.COURSE_RETIRED):
        return exception.kind.value, _of_line(lines[exception.requirement_ids[0]])
    parts = {
        "person": exception.person_id,
        "post": exception.post_id,
        "course": exception.course,
        "on": exception.on.isoformat() if exception.on else None,
    }
    subject = " ".join(f"{name}:{part}" for name, part in parts.items() if part)
    return exception.kind.value, subject


def _of_line(line: Requirement) -> str:
    return f"{line.audience.kind.value}:{line.audience.key} course:{line.course}"


def unresolved(
    exceptions: Iterable[PlanException],
    plan: Plan,
    accepted: Collection[Matter],
) -> list[PlanException]:
    """List the exceptions that an approval waits for: blocking, and not accepted."""
    return [
        exception
        for exception in exceptions
        if exception.is_blocking and matter(exception, plan) not in accepted
    ]
