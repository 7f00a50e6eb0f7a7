"""What observers see of an institution: figures of the whole, never of a few people.

A figure for which fewer than five people stand tells of each of them, and two figures
of neighbouring days tell of whoever came between: observers see today alone.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from conexx_learn.domain.readiness.facts import InstitutionFacts
from conexx_learn.domain.readiness.plan_readiness import PlanReadiness
from conexx_learn.domain.readiness.situation import Situation
from conexx_learn.domain.readiness.standings import Judgement
from conexx_learn.domain.readiness.tally import strict_share

FEWEST_PEOPLE = 5
"""Below this, figures would tell of single persons: observers see none."""


def are_enough(here: Situation, plan: PlanReadiness | None) -> bool:
    """Say whether figures of an institution, and of a plan, tell of nobody alone."""
    return _belong(here.facts, here.day) >= FEWEST_PEOPLE and (
        plan is None or _owing(plan.judged) >= FEWEST_PEOPLE
    )


def without_few(plan: PlanReadiness, day: date) -> PlanReadiness:
    """Return a plan without what was due by a day, where too few people owed it."""
    due = [
        one
        for one in plan.judged
        if one.obligation.due_on is not None and one.obligation.due_on <= day
    ]
    if _owing(due) >= FEWEST_PEOPLE:
        return plan
    return replace(plan, counted=replace(plan.counted, due=strict_share(())))


def has_history(here: Situation, days: Iterable[date]) -> bool:
    """Say whether enough people belonged on each of some days."""
    return all(_belong(here.facts, day) >= FEWEST_PEOPLE for day in days)


def _belong(known: InstitutionFacts, day: date) -> int:
    return sum(person.belongs_on(day) for person in known.people)


def _owing(judged: Iterable[Judgement]) -> int:
    """Count the people, vacant seats apart, who owe something."""
    people = {one.obligation.person_id for one in judged}
    return len(people - {None})
