"""Which matters a person is reminded of on a day.

What is required is told when it is assigned, 30 and 7 days before its due day, on it
and 7 days after; a certificate 60, 30 and 7 days before its last day. These are stages
on one way: on each day only the stage reached last is told, and only once. After days
on which nothing could be sent, nobody is told of what they missed.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from conexx_learn.domain.readiness.evidence import best_evidence, last_counting_day
from conexx_learn.domain.readiness.facts import Person
from conexx_learn.domain.readiness.owed import Owed
from conexx_learn.domain.readiness.standings import Judgement, Standing


class ReminderKind(StrEnum):
    """What a reminder is about: the stage that was reached."""

    ASSIGNED = "assigned"
    DUE_30 = "due-30"
    DUE_7 = "due-7"
    DUE = "due"
    OVERDUE_7 = "overdue-7"
    EXPIRY_60 = "expiry-60"
    EXPIRY_30 = "expiry-30"
    EXPIRY_7 = "expiry-7"


Told = tuple[int, str, str, date]
"""A reminder given: the person's key, the course's slug, the kind and its day."""

DUE_STAGES = (
    (-30, ReminderKind.DUE_30),
    (-7, ReminderKind.DUE_7),
    (0, ReminderKind.DUE),
    (7, ReminderKind.OVERDUE_7),
)
"""Days from the due day, and what is told from then on."""

EXPIRY_STAGES = (
    (-60, ReminderKind.EXPIRY_60),
    (-30, ReminderKind.EXPIRY_30),
    (-7, ReminderKind.EXPIRY_7),
)
"""Days from the last valid day, and what is told from then on."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that a person is told.

    Attributes:
        person_id: Whom.
        course: Slug.
        kind: The stage.
        about_on: The due day, or the last valid day; for what has no due day, the end
            of the plan that asks for it.
        judged: What is owed and how it stands; None where nobody requires it.
    """

    person_id: int
    course: str
    kind: ReminderKind
    about_on: date
    judged: Judgement | None = None

    @property
    def is_required(self) -> bool:
        """Say whether a plan asks for it; only of the rest one may want no mail."""
        return self.judged is not None

    @property
    def told(self) -> Told:
        """Return how it is remembered."""
        return self.person_id, self.course, self.kind.value, self.about_on


def due_matters(
    here: Owed,
    told: Collection[Told],
    *,
    refusing: Collection[int] = frozenset(),
) -> dict[int, list[Matter]]:
    """List what each person is to be told on the day of a situation.

    Nobody is told what is met or exempt, nobody who left is told anything, and a
    vacant seat has nobody to tell. Who has an address but was never invited is told
    once they can sign in: the invitation is what they need first.

    Args:
        here: The institution on the day.
        told: What was told before.
        refusing: People who want no mail of what nobody requires.

    Returns:
        Person to matters, the nearest day first; only people with something to hear.
    """
    known = frozenset(told)
    found: dict[int, list[Matter]] = {}
    for matter in [*_owed(here), *own_matters(here, frozenset(refusing))]:
        if matter.told not in known and _can_hear(here.person(matter.person_id)):
            found.setdefault(matter.person_id, []).append(matter)
    for matters in found.values():
        matters.sort(key=lambda m: (m.about_on, here.index.course_order(m.course)))
    return found


def required_matters(here: Owed) -> Iterator[Matter]:
    """List the stage that each thing owed has reached, told or not."""
    return _owed(here)


def due_day(judged: Judgement, day: date) -> date | None:
    """Return the day by which something unmet was, or is, to be there.

    Where a certificate counted until a later day than the due day, it is that day:
    until then nothing was missing.
    """
    owed, former = judged.obligation, judged.certificate
    lapses = judged.standing is Standing.EXPIRED or judged.renews
    if former is None or not lapses or not former.stands_on(day):
        return owed.due_on
    until = last_counting_day(former, owed.recert_months)
    if until is None or until >= day:
        return owed.due_on
    return until if owed.due_on is None else max(owed.due_on, until)


def _can_hear(person: Person) -> bool:
    return person.is_invited or not person.has_mailbox


def _owed(here: Owed) -> Iterator[Matter]:
    for one in here.judged:
        person_id, course = one.obligation.person_id, one.obligation.course
        if person_id is None or one.is_exempt:
            continue
        stage = _expiry_stage(one.until, here.day) if one.is_met else None
        if one.is_unmet:
            stage = _due_stage(here, one)
        if stage is not None:
            yield Matter(person_id, course, *stage, judged=one)


def own_matters(
    here: Owed, refusing: Collection[int] = frozenset()
) -> Iterator[Matter]:
    """Find certificates that end soon though no plan asks their holder for them."""
    owed = {(one.obligation.person_id, one.obligation.course) for one in here.judged}
    holdings = {(one.person_id, one.course) for one in here.facts.certificates}
    for person_id, course in sorted(holdings - owed):
        if person_id in refusing or not here.person(person_id).belongs_on(here.day):
            continue
        known = here.facts.courses.get(course)
        if known is None or not known.is_live:
            continue
        evidence = best_evidence(here.index.certificates(person_id, course), here.day)
        stage = _expiry_stage(evidence.until if evidence else None, here.day)
        if stage is not None:
            yield Matter(person_id, course, *stage)


def _due_stage(here: Owed, one: Judgement) -> tuple[ReminderKind, date]:
    due_on = due_day(one, here.day)
    if due_on is None:
        return ReminderKind.ASSIGNED, _end_of_plans(here, one)
    return _reached(DUE_STAGES, due_on, here.day) or ReminderKind.ASSIGNED, due_on


def _expiry_stage(until: date | None, day: date) -> tuple[ReminderKind, date] | None:
    if until is None:
        return None
    kind = _reached(EXPIRY_STAGES, until, day)
    return None if kind is None else (kind, until)


def _reached(
    stages: Iterable[tuple[int, ReminderKind]], about_on: date, day: date
) -> ReminderKind | None:
    """Return the last stage whose day has come; None before the first."""
    reached = None
    for days, kind in stages:
        if day >= about_on + timedelta(days=days):
            reached = kind
    return reached


def _end_of_plans(here: Owed, one: Judgement) -> date:
    ids = one.obligation.plan_ids
    return max(plan.ends_on for plan in here.facts.plans if plan.id in ids)
