"""How well an institution's functions are covered, and what one leaving would cost.

Coverage is about competencies, readiness about obligations; the two are never blended.
A plan that is met to 95 % says nothing about who can sign a budget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conexx_learn.domain.readiness.capabilities import (
    Holder,
    capabilities,
    reading_order,
)
from conexx_learn.domain.readiness.facts import (
    FunctionMinimum,
    InstitutionFacts,
    Person,
)


class Cover(StrEnum):
    """How well a function is covered."""

    UNCOVERED = "uncovered"
    """Nobody can do it."""
    SHORT = "short"
    """Fewer can than are wanted."""
    THIN = "thin"
    """As many as are wanted, and none to spare."""
    COVERED = "covered"
    """More than are wanted."""


@dataclass(frozen=True, slots=True)
class FunctionCoverage:
    """One function of the institution on one day.

    Attributes:
        minimum: What is wanted.
        day: When.
        holders: Who can do it, by name.
    """

    minimum: FunctionMinimum
    day: date
    holders: tuple[Holder, ...]

    @property
    def margin(self) -> int:
        """How many holders there are beyond the minimum; negative where some lack."""
        return len(self.holders) - self.minimum.holders

    @property
    def cover(self) -> Cover:
        """The margin as a word."""
        if not self.holders:
            return Cover.UNCOVERED
        if self.margin < 0:
            return Cover.SHORT
        return Cover.COVERED if self.margin else Cover.THIN


@dataclass(frozen=True, slots=True)
class FunctionOutlook:
    """One function on several days.

    Attributes:
        minimum: What is wanted.
        coverages: One for each day asked for, in that order; at least one.
    """

    minimum: FunctionMinimum
    coverages: tuple[FunctionCoverage, ...]

    @property
    def lapses(self) -> bool:
        """Whether it has enough holders on the first day and too few on another."""
        first, *others = self.coverages
        return first.margin >= 0 and any(coverage.margin < 0 for coverage in others)

    @property
    def lost(self) -> tuple[Holder, ...]:
        """Who holds it on the first day and not on the last, by name."""
        staying = {holder.person.id for holder in self.coverages[-1].holders}
        return tuple(
            holder
            for holder in self.coverages[0].holders
            if holder.person.id not in staying
        )


@dataclass(frozen=True, slots=True)
class Departure:
    """What the institution loses when one person leaves.

    Attributes:
        person: Who.
        only_holder_of: Functions that nobody else can do.
        falls_short: Functions with enough holders that would have too few.
    """

    person: Person
    only_holder_of: tuple[FunctionMinimum, ...]
    falls_short: tuple[FunctionMinimum, ...]


def coverage(facts: InstitutionFacts, *, day: date) -> tuple[FunctionCoverage, ...]:
    """Say for each function how well it is covered on a day, in the order given.

    Args:
        facts: What is known.
        day: Any day, past or to come; `facts.mandate_ends_on` shows what the end of
            the mandate leaves.
    """
    there = capabilities(facts, day=day)
    return tuple(
        FunctionCoverage(minimum, day, there.holders(minimum.competency, minimum.level))
        for minimum in facts.minima
    )


def coverage_outlook(
    facts: InstitutionFacts, *, days: Sequence[date]
) -> tuple[FunctionOutlook, ...]:
    """Say for each function how it is covered on several days.

    Args:
        facts: What is known.
        days: For example today, a deadline, and the end of the mandate; at least one.

    Raises:
        ValueError: No day is given.
    """
    if not days:
        raise ValueError("an outlook wants at least one day")
    columns = [coverage(facts, day=day) for day in days]
    return tuple(
        FunctionOutlook(minimum, tuple(column[index] for column in columns))
        for index, minimum in enumerate(facts.minima)
    )


def bus_factor(coverages: Sequence[FunctionCoverage]) -> int | None:
    """Say how many people have to leave until a critical function has too few.

    Args:
        coverages: Of one day.

    Returns:
        0 where one has too few already; None where nothing is critical.
    """
    margins = [one.margin for one in coverages if one.minimum.is_critical]
    return max(0, min(margins) + 1) if margins else None


def departures(coverages: Sequence[FunctionCoverage]) -> tuple[Departure, ...]:
    """List those whose leaving would be felt; who tears the largest hole comes first.

    Args:
        coverages: Of one day.
    """
    people = {
        holder.person.id: holder.person
        for coverage in coverages
        for holder in coverage.holders
    }
    found = [_departure(person, coverages) for person in people.values()]
    return tuple(
        sorted(
            (one for one in found if one.only_holder_of or one.falls_short),
            key=lambda one: (
                -len(one.falls_short),
                -len(one.only_holder_of),
                *reading_order(one.person),
            ),
        )
    )


def _departure(person: Person, coverages: Sequence[FunctionCoverage]) -> Departure:
    held = [
        coverage
        for coverage in coverages
        if any(holder.person.id == person.id for holder in coverage.holders)
    ]
    return Departure(
        person=person,
        only_holder_of=tuple(one.minimum for one in held if len(one.holders) == 1),
        falls_short=tuple(one.minimum for one in held if one.margin == 0),
    )
