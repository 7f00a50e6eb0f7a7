"""Whether the people suffice for a call: now, on its deadline, and what has to start.

A deadline is a moment in the call's time zone. Certificates are valid by days of the
institution, so the day that this moment has there is the one that counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from conexx_learn.domain.readiness.call_starts import (
    Candidates,
    OwedCourse,
    Start,
    Workload,
)
from conexx_learn.domain.readiness.capabilities import (
    Capabilities,
    Holder,
    capabilities,
    reading_order,
)
from conexx_learn.domain.readiness.facts import InstitutionFacts, Person
from conexx_learn.domain.readiness.teams import Seat, Team, distinct_team


@dataclass(frozen=True, slots=True)
class CallNeed:
    """How many people with a competency a call asks for.

    Attributes:
        competency: Code, such as `K3`.
        level: 1 to 4, at least.
        holders: How many people, at least 1.
        role: What they do in the team; empty where it does not matter what else they
            do. Needs of one role ask for the same people.
    """

    competency: str
    level: int
    holders: int
    role: str = ""


class Reach(StrEnum):
    """How far away the people for a need, or for the whole call, are."""

    MET = "met"
    """Enough people on the deadline, whatever happens."""
    PLANNED = "planned"
    """Enough if the requirements due before the deadline are kept."""
    UNPLANNED = "unplanned"
    """Enough if somebody starts what no requirement asks for in time."""
    TOO_LATE = "too-late"
    """What has to start can no longer end in time."""
    NOBODY = "nobody"
    """There are not enough people, or no course."""


_WORST_LAST = tuple(Reach)


@dataclass(frozen=True, slots=True)
class NeedReadiness:
    """One need of a call.

    Attributes:
        need: What is asked for.
        now: Who has it today, by name.
        on_deadline: Who has it on the deadline if nobody learns anything more.
        if_kept: Who has it on the deadline if each requirement due before is kept.
        has_requirement: Whether any line of a plan leads to it, whenever it is due.
        candidates: Who in a post on the deadline could start what; the best first.
        starts: What has to start: one for each person who lacks on the deadline.
        reach: How far away it is.
    """

    need: CallNeed
    now: tuple[Holder, ...]
    on_deadline: tuple[Holder, ...]
    if_kept: tuple[Person, ...]
    has_requirement: bool
    candidates: tuple[Start, ...]
    starts: tuple[Start, ...]
    reach: Reach

    @property
    def is_met_now(self) -> bool:
        """Whether there are enough people today."""
        return len(self.now) >= self.need.holders

    @property
    def is_met_on_deadline(self) -> bool:
        """Whether there are enough people on the deadline as things are."""
        return len(self.on_deadline) >= self.need.holders

    @property
    def is_met_if_kept(self) -> bool:
        """Whether there are enough people on the deadline if the plan is kept."""
        return len(self.if_kept) >= self.need.holders

    @property
    def latest_start(self) -> date | None:
        """Day by which the first thing has to start; None where nothing has to."""
        return _first([start.latest_start for start in self.starts])


@dataclass(frozen=True, slots=True)
class CallReadiness:
    """All needs of a call.

    Attributes:
        as_of: The day that is today.
        deadline_on: The deadline as a day of the institution.
        needs: One for each need of the call, in its order.
        reach: The worst of them; met where the call asks for nobody.
        starts: Everything that has to start, each once; the most urgent first.
        team: Different people for the roles on the deadline, as things are.
        team_in_reach: The same, with everybody whom the plan or a start would add.
    """

    as_of: date
    deadline_on: date
    needs: tuple[NeedReadiness, ...]
    reach: Reach
    starts: tuple[Start, ...]
    team: Team
    team_in_reach: Team

    @property
    def is_over(self) -> bool:
        """Whether the deadline is past."""
        return self.deadline_on < self.as_of

    @property
    def first_start(self) -> date | None:
        """Day by which the first thing has to start; None where nothing has to."""
        return _first([start.latest_start for start in self.starts])


def deadline_day(deadline: datetime, *, zone: tzinfo) -> date:
    """Return the day that a moment has at the institution.

    Raises:
        ValueError: The moment has no time zone.

    Example:
        >>> from datetime import UTC, timedelta, timezone
        >>> mexico = timezone(timedelta(hours=-6))
        >>> deadline_day(datetime(2027, 1, 16, 3, tzinfo=UTC), zone=mexico)
        datetime.date(2027, 1, 15)
    """
    if deadline.tzinfo is None:
        raise ValueError("a deadline is a moment with its time zone")
    return deadline.astimezone(zone).date()


def call_readiness(
    facts: InstitutionFacts,
    *,
    needs: Sequence[CallNeed],
    owed: Sequence[OwedCourse],
    deadline: datetime,
    zone: tzinfo,
) -> CallReadiness:
    """Say how far the people of an institution are from what a call asks for.

    A person's hours are counted once: who has to start two things has to start
    earlier, and somebody who is free is preferred. Needs are served in their order.

    Args:
        facts: What is known; `facts.as_of` is today.
        needs: What the call asks for.
        owed: Every obligation of the institution, met or not, vacant seats included.
        deadline: With its time zone.
        zone: Of the institution.

    Raises:
        ValueError: The deadline has no time zone.
    """
    day = deadline_day(deadline, zone=zone)
    now = capabilities(facts, day=facts.as_of)
    then = capabilities(facts, day=day)
    candidates = Candidates(facts, owed, then)
    workload = Workload(today=facts.as_of, deadline_on=day)
    rows = [_need_readiness(need, now, then, candidates, workload) for need in needs]
    starts = {(s.person.id, s.course): s for row in rows for s in row.starts}
    return CallReadiness(
        as_of=facts.as_of,
        deadline_on=day,
        needs=tuple(rows),
        reach=max(
            (row.reach for row in rows), key=_WORST_LAST.index, default=Reach.MET
        ),
        starts=tuple(sorted(starts.values(), key=_most_urgent)),
        team=distinct_team(_seats(rows, in_reach=False)),
        team_in_reach=distinct_team(_seats(rows, in_reach=True)),
    )


def _need_readiness(
    need: CallNeed,
    now: Capabilities,
    then: Capabilities,
    candidates: Candidates,
    workload: Workload,
) -> NeedReadiness:
    on_deadline = then.holders(need.competency, need.level)
    has_it = {holder.person.id for holder in on_deadline}
    possible = candidates.for_need(need.competency, need.level, without=has_it)
    planned = [start.person for start in possible if start.is_planned]
    kept = [*(holder.person for holder in on_deadline), *planned]
    starts = workload.choose(possible, count=max(0, need.holders - len(on_deadline)))
    return NeedReadiness(
        need=need,
        now=now.holders(need.competency, need.level),
        on_deadline=on_deadline,
        if_kept=tuple(sorted(kept, key=reading_order)),
        has_requirement=candidates.is_owed(need.competency, need.level),
        candidates=tuple(possible),
        starts=starts,
        reach=_reach(need, len(on_deadline), len(kept), starts, now.day),
    )


def _reach(
    need: CallNeed, there: int, kept: int, starts: Sequence[Start], today: date
) -> Reach:
    if there >= need.holders:
        return Reach.MET
    if there + len(starts) < need.holders:
        return Reach.NOBODY
    if any(start.is_too_late(today) for start in starts):
        return Reach.TOO_LATE
    return Reach.PLANNED if kept >= need.holders else Reach.UNPLANNED


def _seats(rows: Sequence[NeedReadiness], *, in_reach: bool) -> list[Seat]:
    """List the seats of the team; who sits on one meets every need of its role.

    A role whose needs ask for different numbers of people has as many seats as the
    largest asks for; the last ones ask for less.
    """
    roles = dict.fromkeys(row.need.role for row in rows if row.need.role)
    seats = []
    for role in roles:
        of_role = [row for row in rows if row.need.role == role]
        for place in range(max(row.need.holders for row in of_role)):
            asked = [row for row in of_role if row.need.holders > place]
            able = [_people(row, in_reach=in_reach) for row in asked]
            seats.append(Seat(role, set.intersection(*able)))
    return seats


def _people(row: NeedReadiness, *, in_reach: bool) -> set[int]:
    people = {holder.person.id for holder in row.on_deadline}
    if in_reach:
        people |= {person.id for person in row.if_kept}
        people |= {start.person.id for start in row.starts}
    return people


def _most_urgent(start: Start) -> tuple[date, tuple[str, int], str]:
    return (
        start.latest_start or date.min,
        reading_order(start.person),
        start.course,
    )


def _first(days: Sequence[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
