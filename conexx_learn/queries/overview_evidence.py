"""Which certificates count for what is owed on a day, in SQL.

It says what `domain.readiness.evidence` says in Python.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    extract,
    func,
    or_,
    select,
)

from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.readiness.facts import CertificateChange
from conexx_learn.models.base import UtcDateTime
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.overview_people import DAY

MONTHS = bindparam("months", type_=Integer)
"""The day's year times twelve, and its month."""

DAY_OF_MONTH = bindparam("day_of_month", type_=Integer)
AFTER = bindparam("after", type_=UtcDateTime())
"""The first moment after the day."""

FINAL = (CertificateChange.REVOKED.value, CertificateChange.SUPERSEDED.value)


def certified(
    asked: CTE, *columns: ColumnElement[Any], person: CTE
) -> Select[*tuple[Any, ...]]:
    """Select what people have certificates for, of what their post asks, each once.

    Args:
        asked: What posts ask.
        columns: What to select; the first is what each person stands in, the others
            are aggregates.
        person: Who, with their post.
    """
    place = columns[0]
    return (
        select(*columns)
        .select_from(Certificate)
        .join(person, person.c.user_id == Certificate.user_id)
        .join(
            asked,
            and_(
                asked.c.post_id == person.c.post_id,
                asked.c.course_id == Certificate.course_id,
            ),
        )
        .where(_counts_for(asked))
        .group_by(place, person.c.user_id, Certificate.course_id)
    )


def is_certified(owed: CTE) -> ColumnElement[bool]:
    """Say whether a certificate counts for what a person owes."""
    return (
        exists()
        .where(
            Certificate.user_id == owed.c.user_id,
            Certificate.course_id == owed.c.course_id,
            _counts_for(owed),
        )
        .correlate(owed)
    )


def _counts_for(terms: CTE) -> ColumnElement[bool]:
    """Say whether a certificate is valid, young and new enough on the day."""
    return and_(
        Certificate.issued_on <= DAY,
        or_(Certificate.valid_until.is_(None), Certificate.valid_until >= DAY),
        or_(terms.c.recert_months.is_(None), _is_young(terms.c.recert_months)),
        or_(terms.c.min_major.is_(None), _is_new(terms.c.min_major)),
        Certificate.id.not_in(_withdrawn()),
        Certificate.id.not_in(_issued_later()),
    )


def _is_young(months: ColumnElement[int]) -> ColumnElement[bool]:
    """Say whether so many months after its issue the day is not yet past.

    Where a month is too short for the day of issue its last day counts, and no day of
    that month is past it: comparing months, then days, comes to the same.
    """
    issued_on = Certificate.issued_on
    until = extract("year", issued_on) * 12 + extract("month", issued_on) + months
    return or_(
        until > MONTHS,
        and_(until == MONTHS, extract("day", issued_on) >= DAY_OF_MONTH),
    )


def _is_new(major: ColumnElement[int]) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            Enrolment.id == Certificate.enrolment_id,
            CourseVersion.id == Enrolment.course_version_id,
            CourseVersion.major >= major,
        )
        .correlate(Certificate, major.table)
    )


def _withdrawn() -> Select[int]:
    """Select the certificates that something has withdrawn by the end of the day."""
    event = CertificateEvent
    kinds = [change.value for change in CertificateChange]
    is_final = case((event.kind.in_(FINAL), 1), else_=0)
    last_suspended = _last(CertificateChange.SUSPENDED)
    last_reinstated = _last(CertificateChange.REINSTATED)
    return (
        select(event.certificate_id)
        .where(event.kind.in_(kinds), event.at < AFTER)
        .group_by(event.certificate_id)
        .having(or_(func.max(is_final) == 1, last_suspended > last_reinstated))
    )


def _issued_later() -> Select[int]:
    """Select what corrects another only after the day: nobody knows its number."""
    event = CertificateEvent
    return select(event.certificate_id).where(
        event.kind == EventKind.ISSUED.value, event.at >= AFTER
    )


def _last(change: CertificateChange) -> ColumnElement[int]:
    event = CertificateEvent
    return func.max(case((event.kind == change.value, event.id), else_=0))
