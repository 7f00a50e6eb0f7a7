"""What was newly met in each of the last weeks: the pace of a plan."""

from collections.abc import Iterable
from datetime import date, timedelta

from conexx_learn.domain.readiness.demand import Demands, Terms
from conexx_learn.domain.readiness.evidence import (
    best_evidence,
    is_recent_enough,
    last_counting_day,
)
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Certificate
from conexx_learn.domain.readiness.obligations import distinct_posts
from conexx_learn.domain.readiness.standings import is_expiring

HISTORY_WEEKS = 12

_WEEK = timedelta(weeks=1)
_DAY = timedelta(days=1)


def weekly_completions(
    index: FactIndex, day: date, *, series: int | None = None
) -> tuple[int, ...]:
    """Count what was newly met in each of the last 12 weeks, oldest first.

    The week k ago goes from 7k days before `day` to the day before 7(k - 1) days
    before it; `day` itself is in none. A certificate counts when its holder owed the
    course on the day of its issue and no other had it met: either none counted, or the
    one that did was expiring and had to be renewed. What happens later, a suspension or
    a departure, takes nothing out.

    Args:
        index: The facts.
        day: Up to when.
        series: Of one plan through all its versions; None for every plan.
    """
    counts = [0] * HISTORY_WEEKS
    begin = day - HISTORY_WEEKS * _WEEK
    demands = Demands(index, series=series)
    recent = (c for c in index.facts.certificates if begin <= c.issued_on < day)
    met = {
        (certificate.person_id, certificate.course, certificate.issued_on)
        for certificate in recent
        if _meets_anew(index, demands, certificate)
    }
    for _, _, issued_on in met:
        counts[(issued_on - begin) // _WEEK] += 1
    return tuple(counts)


def _meets_anew(index: FactIndex, demands: Demands, certificate: Certificate) -> bool:
    terms = _terms(index, demands, certificate)
    if terms is None or not is_recent_enough(certificate, terms.min_major):
        return False
    all_of_it = index.certificates(certificate.person_id, certificate.course)
    return _was_needed(certificate, all_of_it, terms)


def _terms(
    index: FactIndex, demands: Demands, certificate: Certificate
) -> Terms | None:
    """Find what the holder owed when a certificate was issued; None for nothing."""
    person, day = index.people[certificate.person_id], certificate.issued_on
    if not person.belongs_on(day) or index.is_exempt(
        person.id, certificate.course, day
    ):
        return None
    post_ids = distinct_posts(index.appointments_on(person, day))
    asked = demands.on(day).of_person(person.id, post_ids)
    return next((terms for terms in asked if terms.course == certificate.course), None)


def _was_needed(
    certificate: Certificate, all_of_it: Iterable[Certificate], terms: Terms
) -> bool:
    """Say whether none counted the day before, or one that had to be renewed.

    The day before, since issuing a certificate may put an end to the one before it.
    """
    before = best_evidence(
        all_of_it,
        certificate.issued_on - _DAY,
        recert_months=terms.recert_months,
        min_major=terms.min_major,
    )
    if before is None:
        return True
    until = last_counting_day(certificate, terms.recert_months)
    if before.until is None or (until is not None and until <= before.until):
        return False
    return is_expiring(before.until, certificate.issued_on)
