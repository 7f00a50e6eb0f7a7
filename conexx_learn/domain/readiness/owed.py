"""What an institution's people owe on a day: all that a reminder needs to know.

Figures, forecasts and coverage are left to `situation`, which costs several times as
much.
"""

from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import InstitutionFacts, Person
from conexx_learn.domain.readiness.standings import Judgement, judgements


@dataclass(frozen=True)
class Owed:
    """What is owed at an institution on a day, and how each of it stands.

    Attributes:
        index: The facts.
        day: When.
        judged: Everything owed, over all plans in force, in reading order.
    """

    index: FactIndex
    day: date
    judged: tuple[Judgement, ...]

    @property
    def facts(self) -> InstitutionFacts:
        """Return what is known."""
        return self.index.facts

    def person(self, person_id: int) -> Person:
        """Return a person by key."""
        return self.index.people[person_id]


def owed(facts: InstitutionFacts, day: date) -> Owed:
    """Say what is owed.

    Args:
        facts: Read for the day.
        day: When; progress is known for the day of the facts only.
    """
    index = FactIndex(facts)
    return Owed(index, day, tuple(judgements(index, day)))
