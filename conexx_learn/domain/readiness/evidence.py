"""Which certificate counts for what is owed, and on which days.

A certificate counts from its issue to its last valid day, both inclusive, while nobody
suspended, revoked or replaced it. A requirement may ask for a younger one, or for a
newer version of the course; that shortens the obligation, never the certificate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from conexx_learn.domain.calendar import add_months
from conexx_learn.domain.readiness.facts import Certificate, Period


@dataclass(frozen=True, slots=True)
class Evidence:
    """A certificate that counts.

    Attributes:
        certificate: Of the course that is owed.
        until: Last day on which it counts, inclusive; None for ever.
    """

    certificate: Certificate
    until: date | None


def last_counting_day(
    certificate: Certificate, recert_months: int | None
) -> date | None:
    """Return the last day on which a certificate counts; None for ever.

    It is the earlier of its own last valid day and, where a requirement sets an age,
    that many whole months after its issue.
    """
    if recert_months is None:
        return certificate.valid_until
    aged_on = add_months(certificate.issued_on, recert_months)
    if certificate.valid_until is None:
        return aged_on
    return min(certificate.valid_until, aged_on)


def is_recent_enough(certificate: Certificate, min_major: int | None) -> bool:
    """Say whether a certificate is of a version of the course that counts."""
    return min_major is None or certificate.major >= min_major


def best_evidence(
    certificates: Iterable[Certificate],
    day: date,
    *,
    recert_months: int | None = None,
    min_major: int | None = None,
) -> Evidence | None:
    """Find the certificate that counts on a day; of several, the longest lasting.

    Args:
        certificates: Of one person and one course, in any order.
        day: Any day.
        recert_months: How old it may be, or None.
        min_major: Lowest major version of the course that counts, or None.
    """
    counting = [
        Evidence(certificate, until)
        for certificate in certificates
        if is_recent_enough(certificate, min_major) and certificate.is_valid_on(day)
        for until in (last_counting_day(certificate, recert_months),)
        if until is None or day <= until
    ]
    return max(counting, key=_lasting, default=None)


def counting_periods(
    certificates: Iterable[Certificate],
    *,
    recert_months: int | None = None,
    min_major: int | None = None,
) -> tuple[Period, ...]:
    """List the periods in which one of the certificates counts.

    It says the same as `best_evidence` for every day at once. Periods may overlap.
    """
    return tuple(
        period
        for certificate in certificates
        if is_recent_enough(certificate, min_major)
        for period in _standing_periods(
            certificate, last_counting_day(certificate, recert_months)
        )
    )


def _standing_periods(certificate: Certificate, until: date | None) -> list[Period]:
    changed_on = {on for _, on in certificate.changes if on > certificate.begins_on}
    begins = [certificate.begins_on, *sorted(changed_on)]
    last_days = [*(begin - timedelta(days=1) for begin in begins[1:]), None]
    periods = [
        Period(begin, _earlier(last_day, until))
        for begin, last_day in zip(begins, last_days, strict=True)
        if certificate.stands_on(begin)
    ]
    return [p for p in periods if p.to_on is None or p.from_on <= p.to_on]


def _earlier(one: date | None, other: date | None) -> date | None:
    """Return the earlier of two ends, where None means that there is none."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def _lasting(evidence: Evidence) -> tuple[date, date, int]:
    certificate = evidence.certificate
    return evidence.until or date.max, certificate.issued_on, certificate.id
