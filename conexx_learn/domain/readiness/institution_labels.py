"""The label of an institution alone, for lists that say no more of each than a word."""

from datetime import date

from conexx_learn.domain.readiness.coverage import coverage
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import InstitutionFacts
from conexx_learn.domain.readiness.labels import PlanLabel, institution_label
from conexx_learn.domain.readiness.plan_readiness import plan_readiness


def label_on(facts: InstitutionFacts, day: date) -> PlanLabel:
    """Return the word that the one screen of an institution shows on a day.

    It leaves out what only the screen needs: everything owed over all plans together.
    """
    index = FactIndex(facts)
    covered = coverage(facts, day=day) if facts.minima else ()
    minima_met = all(one.margin >= 0 for one in covered)
    return institution_label(
        [
            plan_readiness(index, plan, day, minima_met=minima_met).label
            for plan in index.plans_in_force(day)
        ]
    )
