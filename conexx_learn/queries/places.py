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
PLACE_COLUMNS = (
    Course.id.label("course_id"),
    Course.slug.label("course_slug"),
    CourseVersion.id.label("version_id"),
    CourseVersion.content_hash,
    CourseVersion.major,
    CourseVersion.minor,
    CourseVersion.access,
    CourseVersion.source_language,
    CourseVersion.quarter_hours,
    CourseVersion.validity_months,
    CourseVersion.eqf_level,
    CourseVersion.byte_count,
    CourseVersion.final_minutes,
    CourseVersion.published_at,
    CourseVersion.facts,
    Newer.id.label("newer_id"),
    Newer.major.label("newer_major"),
    Newer.minor.label("newer_minor"),
    Newer.change_note,
    Enrolment.id.label("enrolment_id"),
    Enrolment.started_at,
    Enrolment.ended_at,
)


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
    """Make a value of a row of `PLACE`, whatever was added to its columns."""
    is_behind = row.newer_id is not None and (row.newer_major, row.newer_minor) > (
        row.major,
        row.minor,
    )
    return CoursePlace(
        course_id=row.course_id,
        slug=row.course_slug,
        version_id=row.version_id,
        content_hash=row.content_hash,
        version=(row.major, row.minor),
        newer_version_id=row.newer_id if is_behind else None,
        newer_version=(row.newer_major, row.newer_minor) if is_behind else None,
        change_note=row.change_note if is_behind else {},
        is_live=row.newer_id is not None,
        enrolment_id=row.enrolment_id,
        enrolment_ended=row.ended_at is not None,
        started_at=row.started_at,
        access=row.access,
        source_language=row.source_language,
        hours=hours_of(row.quarter_hours),
        validity_months=row.validity_months,
        eqf_level=row.eqf_level,
        byte_count=row.byte_count,
        final_minutes=row.final_minutes or 0,
        published_at=row.published_at,
        facts=row.facts,
    )


def hours_of(quarter_hours: int) -> Decimal:
    """Return a workload in hours."""
    return Decimal(quarter_hours) / QUARTERS
