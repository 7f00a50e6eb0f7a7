"""What in a plan needs somebody's eyes: shown in a list, never dropped in silence.

For each there is something to do: enter the date, move the day, exempt, or give the
course to somebody else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Appointment, Plan
from conexx_learn.domain.readiness.hours import hours_left
from conexx_learn.domain.readiness.obligations import Obligation
from conexx_learn.domain.readiness.standings import Judgement

_DAYS_A_WEEK = 7


class ExceptionKind(StrEnum):
    """What is out of the ordinary.

    Attributes:
        NO_APPOINTMENT_DATE: Nobody entered since when a person is in a post.
        IMPOSSIBLE_DUE: What a person owes by a day takes more hours than are left.
        EMPTY_AUDIENCE: A requirement binds neither person nor seat.
        COURSE_RETIRED: A requirement asks for a course that nobody can begin.
        MERGED_DUPLICATE: Several requirements ask a person for the same course.
        VACANT_SEAT: Nobody is there to learn.
        LEAVES_BEFORE_DUE: The person's appointment, or the mandate, ends before.
    """

    NO_APPOINTMENT_DATE = "no_appointment_date"
    IMPOSSIBLE_DUE = "impossible_due"
    EMPTY_AUDIENCE = "empty_audience"
    COURSE_RETIRED = "course_retired"
    MERGED_DUPLICATE = "merged_duplicate"
    VACANT_SEAT = "vacant_seat"
    LEAVES_BEFORE_DUE = "leaves_before_due"


INFORMATIVE = frozenset({ExceptionKind.MERGED_DUPLICATE, ExceptionKind.VACANT_SEAT})
"""Known and harmless to an approval; all others must be mended, or accepted first."""


@dataclass(frozen=True, slots=True)
class PlanException:
    """One thing to look at.

    Attributes:
        kind: What it is.
        requirement_ids: The requirements that it concerns.
        person_id: Whom, or None.
        post_id: Where, or None.
        course: Slug, or None where it is about a person or a seat as such.
        on: The day that it is about: the due day, or the last day in the post.
        hours_needed: That the person still needs by that day; only where impossible.
        hours_available: That they have by that day; only where impossible.
    """

    kind: ExceptionKind
    requirement_ids: tuple[int, ...]
    person_id: int | None = None
    post_id: int | None = None
    course: str | None = None
    on: date | None = None
    hours_needed: Fraction | None = None
    hours_available: Fraction | None = None

    @property
    def is_blocking(self) -> bool:
        """Say whether the plan waits for it to be mended, or accepted with a reason."""
        return self.kind not in INFORMATIVE


def plan_exceptions(
    index: FactIndex, plan: Plan, judged: Sequence[Judgement], day: date
) -> list[PlanException]:
    """List what needs attention in a plan, kind by kind.

    Args:
        index: The facts.
        plan: A draft or a plan in force.
        judged: What this plan alone asks for, on the day.
        day: When.

    Returns:
        Inside each kind in the order of the requirements, or of what was judged.
    """
    return [
        *_undated(index, judged, day),
        *_impossible(index, judged, day),
        *_empty(plan, judged),
        *_retired(index, plan),
        *_merged(judged),
        *_vacant(judged),
        *_leaving(index, judged, day),
    ]


def _undated(
    index: FactIndex, judged: Iterable[Judgement], day: date
) -> Iterator[PlanException]:
    """Find the appointments without a beginning through which something is owed."""
    found: dict[tuple[int, int], list[int]] = {}
    for one in judged:
        for appointment in _appointments(index, one.obligation, day):
            if appointment.from_on is None:
                key = appointment.person_id, appointment.post_id
                found.setdefault(key, []).extend(one.obligation.requirement_ids)
    for (person_id, post_id), requirement_ids in found.items():
        yield PlanException(
            ExceptionKind.NO_APPOINTMENT_DATE,
            _distinct(requirement_ids),
            person_id=person_id,
            post_id=post_id,
        )


def _impossible(
    index: FactIndex, judged: Iterable[Judgement], day: date
) -> Iterator[PlanException]:
    """Find the first day by which somebody owes more hours than they have.

    Everything that is owed by then counts, the overdue too; what is overdue itself
    asks for no day to come and is told as such elsewhere.
    """
    for person_id, owed in _unmet_by_person(judged).items():
        weekly_hours = index.people[person_id].weekly_hours
        needed = Fraction(0)
        for due_on, one in owed:
            needed += hours_left(index, one)
            available = Fraction(weekly_hours * (due_on - day).days, _DAYS_A_WEEK)
            if due_on >= day and needed > available:
                yield PlanException(
                    ExceptionKind.IMPOSSIBLE_DUE,
                    one.obligation.requirement_ids,
                    person_id=person_id,
                    course=one.obligation.course,
                    on=due_on,
                    hours_needed=needed,
                    hours_available=available,
                )
                break


def _empty(plan: Plan, judged: Iterable[Judgement]) -> Iterator[PlanException]:
    reached = {line for one in judged for line in one.obligation.requirement_ids}
    for line in plan.requirements:
        if line.id not in reached:
            yield PlanException(
                ExceptionKind.EMPTY_AUDIENCE, (line.id,), course=line.course
            )


def _retired(index: FactIndex, plan: Plan) -> Iterator[PlanException]:
    for line in plan.requirements:
        course = index.facts.courses.get(line.course)
        if course is None or not course.is_live:
            yield PlanException(
                ExceptionKind.COURSE_RETIRED, (line.id,), course=line.course
            )


def _merged(judged: Iterable[Judgement]) -> Iterator[PlanException]:
    for one in judged:
        owed = one.obligation
        if owed.person_id is not None and len(owed.requirement_ids) > 1:
            yield PlanException(
                ExceptionKind.MERGED_DUPLICATE,
                owed.requirement_ids,
                person_id=owed.person_id,
                course=owed.course,
                on=owed.due_on,
            )


def _vacant(judged: Iterable[Judgement]) -> Iterator[PlanException]:
    """Tell each vacant seat once, with all that it owes."""
    seats: dict[tuple[int, int], list[int]] = {}
    for one in judged:
        seat = one.obligation.seat
        if seat is not None:
            key = seat.post_id, seat.number
            seats.setdefault(key, []).extend(one.obligation.requirement_ids)
    for (post_id, _), requirement_ids in seats.items():
        yield PlanException(
            ExceptionKind.VACANT_SEAT, _distinct(requirement_ids), post_id=post_id
        )


def _leaving(
    index: FactIndex, judged: Iterable[Judgement], day: date
) -> Iterator[PlanException]:
    """Find what is unmet and owed after the person's last day here."""
    for one in judged:
        owed = one.obligation
        if owed.person_id is None or not one.is_unmet or owed.due_on is None:
            continue
        last_on = _last_day_here(index, owed.person_id, owed, day)
        if last_on is not None and last_on < owed.due_on:
            yield PlanException(
                ExceptionKind.LEAVES_BEFORE_DUE,
                owed.requirement_ids,
                person_id=owed.person_id,
                course=owed.course,
                on=last_on,
            )


def _last_day_here(
    index: FactIndex, person_id: int, owed: Obligation, day: date
) -> date | None:
    """Return the last day in the institution and in a post that asks; None for none."""
    in_post = [_last_day(index, one) for one in _appointments(index, owed, day)]
    belonging = [
        period.to_on
        for period in index.people[person_id].memberships
        if period.contains(day)
    ]
    ends = [_latest(ends) for ends in (in_post, belonging)]
    return min((end for end in ends if end is not None), default=None)


def _latest(ends: Sequence[date | None]) -> date | None:
    """Return the latest end; None where one has no end, or there is none at all."""
    known = [end for end in ends if end is not None]
    return max(known, default=None) if len(known) == len(ends) else None


def _appointments(index: FactIndex, owed: Obligation, day: date) -> list[Appointment]:
    """List the appointments through which a person owes something; none for a seat."""
    if owed.person_id is None:
        return []
    held = index.staffing(day).appointments[owed.person_id]
    return [appointment for appointment in held if appointment.post_id in owed.post_ids]


def _last_day(index: FactIndex, appointment: Appointment) -> date | None:
    """Return the last day of an appointment; one of the next mandate outlives this."""
    mandate_ends_on = index.facts.mandate_ends_on
    begin = appointment.from_on
    if (
        mandate_ends_on is None
        or not appointment.ends_with_mandate
        or (begin is not None and begin >= mandate_ends_on)
    ):
        return appointment.to_on
    return min(appointment.to_on or mandate_ends_on, mandate_ends_on)


def _unmet_by_person(
    judged: Iterable[Judgement],
) -> dict[int, list[tuple[date, Judgement]]]:
    """Map each person to what they owe by a day, the earliest first."""
    owed: dict[int, list[tuple[date, Judgement]]] = {}
    for one in judged:
        person_id, due_on = one.obligation.person_id, one.obligation.due_on
        if one.is_unmet and person_id is not None and due_on is not None:
            owed.setdefault(person_id, []).append((due_on, one))
    for of_person in owed.values():
        of_person.sort(key=lambda pair: pair[0])
    return owed


def _distinct(requirement_ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(requirement_ids))
