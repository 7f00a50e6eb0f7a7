"""The days that a person's courses have in a calendar."""

from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.readiness.evidence import best_evidence
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.standings import Judgement, judgements
from conexx_learn.domain.reminders import due_day


@dataclass(frozen=True, slots=True)
class CourseDay:
    """A day to know of.

    Attributes:
        course: Slug.
        on: The due day, or the last valid day of the certificate.
        is_expiry: Whether a certificate ends on it.
        judged: What is owed; None where nobody requires it.
    """

    course: str
    on: date
    is_expiry: bool
    judged: Judgement | None = None


def course_days(index: FactIndex, person_id: int, day: date) -> list[CourseDay]:
    """List the due days of what a person owes and the last days of what they hold.

    What is met has no due day any more, what is exempt none at all.

    Args:
        index: The facts.
        person_id: Whose.
        day: Today.
    """
    owed = [
        one for one in judgements(index, day) if one.obligation.person_id == person_id
    ]
    found = [known for one in owed if (known := _of(one, day)) is not None]
    required = {one.obligation.course for one in owed}
    held = {
        one.course for one in index.facts.certificates if one.person_id == person_id
    }
    for course in sorted(held - required):
        evidence = best_evidence(index.certificates(person_id, course), day)
        if evidence is not None and evidence.until is not None:
            found.append(CourseDay(course, evidence.until, is_expiry=True))
    return sorted(found, key=lambda one: (one.on, index.course_order(one.course)))


def _of(one: Judgement, day: date) -> CourseDay | None:
    if one.is_exempt:
        return None
    on = one.until if one.is_met else due_day(one, day)
    if on is None:
        return None
    return CourseDay(one.obligation.course, on, is_expiry=one.is_met, judged=one)
