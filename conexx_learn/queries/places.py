"""Which version of a course a reader stands on: theirs, else the live one."""

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import aliased

from conexx_learn.domain.catalogue import QUARTERS, CoursePlace
from conexx_learn.models.catalogue import Course, CourseVersion, LiveVersion
from conexx_learn.models.enrolment import Enrolment

Newer = aliased(CourseVersion, name="newer")
PLACE_COLUMNS = (Course, CourseVersion, Newer, Enrolment)


READER = bindparam("user_id", type_=Integer)
COURSE = bindparam("course", type_=String)
LANG = bindparam("lang", type_=String)


def _newest_enrolment() -> ColumnElement[bool]:
    """Say which enrolment counts for a reader: the newest cycle."""
    other = aliased(Enrolment)
    newest = (
        select(func.max(other.cycle))
        .where(other.user_id == READER, other.course_id == Course.id)
        .correlate(Course)
        .scalar_subquery()
    )
    return and_(
        Enrolment.course_id == Course.id,
        Enrolment.user_id == READER,
        Enrolment.cycle == newest,
    )


PLACE: Select[*tuple[Any, ...]] = (
    select(*PLACE_COLUMNS)
    .select_from(Course)
    .outerjoin(LiveVersion, LiveVersion.course_id == Course.id)
    .outerjoin(Newer, Newer.id == LiveVersion.course_version_id)
    .outerjoin(Enrolment, _newest_enrolment())
    .join(
        CourseVersion,
        CourseVersion.id
        == func.coalesce(Enrolment.course_version_id, LiveVersion.course_version_id),
    )
    .where(Course.slug == COURSE)
)
"""Selects a course, the version for this reader, the live one, the enrolment.

A withdrawn course is found only by who is enrolled in it. Like every statement here
it is built once: building it anew would cost a page more than running it.
"""


def place_of(row: Row[*tuple[Any, ...]]) -> CoursePlace:
    """Make a value of the first four columns of a row of `PLACE`."""
    course, version, newer, enrolment = row[:4]
    assert isinstance(course, Course)  # noqa: S101 (what the statement selects)
    assert isinstance(version, CourseVersion)  # noqa: S101
    is_behind = isinstance(newer, CourseVersion) and newer.id != version.id
    return CoursePlace(
        course_id=course.id,
        slug=course.slug,
        version_id=version.id,
        version=(version.major, version.minor),
        newer_version_id=newer.id if is_behind else None,
        newer_version=(newer.major, newer.minor) if is_behind else None,
        change_note=newer.change_note if is_behind else {},
        is_live=newer is not None,
        enrolment_id=enrolment.id if isinstance(enrolment, Enrolment) else None,
        enrolment_ended=isinstance(enrolment, Enrolment)
        and enrolment.ended_at is not None,
        started_at=enrolment.started_at if isinstance(enrolment, Enrolment) else None,
        access=version.access,
        source_language=version.source_language,
        hours=hours_of(version),
        validity_months=version.validity_months,
        eqf_level=version.eqf_level,
        byte_count=version.byte_count,
        final_minutes=version.final_minutes or 0,
        published_at=version.published_at,
        facts=version.facts,
    )


def hours_of(version: CourseVersion) -> Decimal:
    """Return the workload in hours."""
    return Decimal(version.quarter_hours) / QUARTERS
