"""What gives evidence in an institution: courses, certificates, learning under way.

Three of its statements; those of certificates and of learning are built for whom one
asks, since a person's own page asks for one person alone.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.readiness import facts
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    LiveVersion,
    Module,
    Quiz,
)
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.progress import ModuleCompletion
from conexx_learn.queries.corrected_results import counts_as_passed
from conexx_learn.queries.institution_scope import LANG, UNTIL, Rows, members

QUARTERS_PER_HOUR = 4

# Courses ----------------------------------------------------------------------------


def _best_title(version_id: InstrumentedAttribute[int]) -> ColumnElement[str]:
    return (
        select(CourseText.title)
        .where(CourseText.course_version_id == version_id)
        .order_by(case((CourseText.lang == LANG, 0), else_=1), CourseText.lang)
        .limit(1)
        .scalar_subquery()
    )


COURSES: Select[*tuple[Any, ...]] = (
    select(
        Course.slug,
        CourseVersion.id,
        CourseVersion.major,
        CourseVersion.quarter_hours,
        CourseVersion.validity_months,
        CourseVersion.facts,
        (LiveVersion.course_version_id == CourseVersion.id).label("is_live"),
        _best_title(CourseVersion.id).label("title"),
    )
    .join(CourseVersion, CourseVersion.course_id == Course.id)
    .outerjoin(LiveVersion, LiveVersion.course_id == Course.id)
    .order_by(Course.slug, CourseVersion.id)
)
"""Selects every version of every course: few rows, and each small."""


@dataclass(frozen=True, slots=True)
class CertifiedVersion:
    """What a certificate inherits of the version that it was earned on."""

    major: int
    grants: tuple[facts.Grant, ...]


def read_courses(
    rows: Rows, lang: str
) -> tuple[dict[str, facts.Course], dict[int, CertifiedVersion], dict[str, str]]:
    """Read courses by slug, versions by key, and titles of competencies by code."""
    courses: dict[str, facts.Course] = {}
    versions: dict[int, CertifiedVersion] = {}
    titles: dict[str, str] = {}
    for row in rows:
        for grant in row.facts["grants"]:
            texts = grant["titles"]
            titles[grant["competency"]] = texts.get(lang) or next(iter(texts.values()))
        grants = tuple(
            (grant["competency"], int(grant["level"])) for grant in row.facts["grants"]
        )
        versions[row.id] = CertifiedVersion(row.major, grants)
        known = courses.get(row.slug)
        if known is not None and known.is_live:
            continue
        courses[row.slug] = facts.Course(
            slug=row.slug,
            title=row.title or row.slug,
            hours=Fraction(row.quarter_hours, QUARTERS_PER_HOUR),
            validity_months=row.validity_months,
            prerequisites=tuple(row.facts["prerequisites"]),
            grants=grants,
            is_live=bool(row.is_live),
        )
    return courses, versions, titles


# Certificates -----------------------------------------------------------------------

CHANGES = tuple(change.value for change in facts.CertificateChange)
ISSUED = EventKind.ISSUED.value


def certificates_statement(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Build the statement of certificates, each with what happened to it."""
    return (
        select(
            Certificate.id,
            Certificate.number,
            Certificate.user_id,
            Certificate.issued_on,
            Certificate.valid_until,
            Course.slug,
            Enrolment.course_version_id,
            CertificateEvent.kind,
            CertificateEvent.at,
        )
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(Course, Course.id == Certificate.course_id)
        .outerjoin(
            CertificateEvent,
            and_(
                CertificateEvent.certificate_id == Certificate.id,
                or_(
                    CertificateEvent.kind.in_(CHANGES),
                    and_(
                        CertificateEvent.kind == ISSUED,
                        Certificate.corrects_id.is_not(None),
                    ),
                ),
            ),
        )
        .where(whose)
        .order_by(Certificate.id, CertificateEvent.id)
    )


CERTIFICATES = certificates_statement(Certificate.user_id.in_(members()))


def read_certificates(
    rows: Rows, versions: dict[int, CertifiedVersion]
) -> tuple[facts.Certificate, ...]:
    """Read certificates from their rows, one for each thing that happened to them."""
    found: dict[int, facts.Certificate] = {}
    for row in rows:
        version = versions[row.course_version_id]
        known = found.get(row.id)
        is_change = row.kind in CHANGES
        change = (
            ((facts.CertificateChange(row.kind), row.at.date()),) if is_change else ()
        )
        corrected_on = row.at.date() if row.kind == ISSUED else None
        found[row.id] = facts.Certificate(
            id=row.id,
            number=row.number,
            person_id=row.user_id,
            course=row.slug,
            major=version.major,
            issued_on=row.issued_on,
            valid_until=row.valid_until,
            grants=version.grants,
            changes=(*(known.changes if known else ()), *change),
            corrected_on=corrected_on or (known.corrected_on if known else None),
        )
    return tuple(found.values())


# Learning ---------------------------------------------------------------------------


def learning_statement(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Build the statement of every enrolment that is open on the day, with its share.

    A module is complete when it is read and its graded quiz is passed; its weight is
    the minutes of reading, quiz and task.
    """
    taken = aliased(Attempt)
    is_passed = (
        exists()
        .where(
            taken.enrolment_id == Enrolment.id,
            taken.quiz_id == Quiz.id,
            counts_as_passed(taken, UNTIL),
            taken.closed_at <= UNTIL,
        )
        .correlate(Enrolment, Quiz)
    )
    minutes = Module.minutes + Module.quiz_minutes + Module.task_minutes
    is_complete = and_(
        ModuleCompletion.module_id.is_not(None), or_(Quiz.id.is_(None), is_passed)
    )
    tried, asked = aliased(Attempt), aliased(Quiz)
    used_up = (
        select(asked.id)
        .join(tried, tried.quiz_id == asked.id)
        .where(
            tried.enrolment_id == Enrolment.id,
            tried.closed_at <= UNTIL,
            asked.mode == "graded",
            asked.attempts_allowed.is_not(None),
        )
        .group_by(asked.id, asked.attempts_allowed)
        .having(
            func.count(tried.id) >= asked.attempts_allowed,
            func.sum(case((counts_as_passed(tried, UNTIL), 1), else_=0)) == 0,
        )
        .correlate(Enrolment)
        .exists()
    )
    return (
        select(
            Enrolment.user_id,
            Course.slug,
            func.sum(minutes).label("minutes"),
            func.sum(case((is_complete, minutes), else_=0)).label("complete"),
            used_up.label("is_blocked"),
        )
        .join(Course, Course.id == Enrolment.course_id)
        .join(
            Module,
            and_(
                Module.course_version_id == Enrolment.course_version_id,
                Module.required.is_(True),
            ),
        )
        .outerjoin(
            ModuleCompletion,
            and_(
                ModuleCompletion.enrolment_id == Enrolment.id,
                ModuleCompletion.module_id == Module.id,
                ModuleCompletion.completed_at <= UNTIL,
            ),
        )
        .outerjoin(Quiz, and_(Quiz.module_id == Module.id, Quiz.mode == "graded"))
        .where(
            whose,
            Enrolment.started_at <= UNTIL,
            or_(Enrolment.ended_at.is_(None), Enrolment.ended_at > UNTIL),
        )
        .group_by(Enrolment.id, Enrolment.user_id, Course.slug)
    )


LEARNING = learning_statement(Enrolment.user_id.in_(members()))


def read_learning(rows: Rows) -> tuple[facts.Learning, ...]:
    """Read how far people are."""
    return tuple(
        facts.Learning(
            person_id=row.user_id,
            course=row.slug,
            progress=Fraction(int(row.complete), int(row.minutes)),
            is_blocked=bool(row.is_blocked),
        )
        for row in rows
    )
