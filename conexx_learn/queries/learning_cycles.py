"""Every cycle of a learner on every course, and what its certificate satisfied."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, case, select
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    LiveVersion,
)
from conexx_learn.models.certification import Certificate, CertificateRequirement
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Requirement, TrainingPlan

USER = bindparam("user_id", type_=Integer)
LANG = bindparam("lang", type_=String)


@dataclass(frozen=True, slots=True)
class SatisfiedRequirement:
    """A line of a plan that a certificate satisfied on the day of its issue.

    Attributes:
        institution_id: Whose plan.
        institution: Its name.
        plan_id: Which plan.
        plan: Its title.
        version: Of the plan.
        requirement_id: Which line.
        weight: 1 useful, 2 important, 3 critical.
    """

    institution_id: int
    institution: str
    plan_id: int
    plan: str
    version: int
    requirement_id: int
    weight: int


@dataclass(frozen=True, slots=True)
class LearningCycle:
    """One time that a learner took a course.

    Attributes:
        course: Slug.
        title: Of the version that they took, in the reader's language.
        cycle: Counted per course, from 1.
        version: Such as `1.0`.
        started_at: When they enrolled.
        ended_at: When they completed it, or None.
        number: Of its newest certificate, twelve characters, or None.
        satisfied: What that satisfied, in the order of the lines.
        is_live: Whether the course takes new enrolments.
    """

    course: str
    title: str
    cycle: int
    version: str
    started_at: datetime
    ended_at: datetime | None
    number: str | None
    satisfied: tuple[SatisfiedRequirement, ...]
    is_live: bool


def _statement() -> Select[*tuple[Any, ...]]:
    title = (
        select(CourseText.title)
        .where(CourseText.course_version_id == Enrolment.course_version_id)
        .order_by(case((CourseText.lang == LANG, 0), else_=1), CourseText.lang)
        .limit(1)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    return (
        select(
            Enrolment.id,
            Enrolment.cycle,
            Enrolment.started_at,
            Enrolment.ended_at,
            Course.slug,
            title.label("title"),
            CourseVersion.major,
            CourseVersion.minor,
            LiveVersion.course_id.label("live"),
            Certificate.number,
            Institution.id.label("institution_id"),
            Institution.name.label("institution"),
            TrainingPlan.id.label("plan_id"),
            TrainingPlan.title.label("plan"),
            TrainingPlan.version.label("plan_version"),
            Requirement.id.label("requirement_id"),
            Requirement.weight,
        )
        .join(Course, Course.id == Enrolment.course_id)
        .join(CourseVersion, CourseVersion.id == Enrolment.course_version_id)
        .outerjoin(LiveVersion, LiveVersion.course_id == Course.id)
        .outerjoin(Certificate, Certificate.enrolment_id == Enrolment.id)
        .outerjoin(
            CertificateRequirement,
            CertificateRequirement.certificate_id == Certificate.id,
        )
        .outerjoin(Requirement, Requirement.id == CertificateRequirement.requirement_id)
        .outerjoin(TrainingPlan, TrainingPlan.id == Requirement.plan_id)
        .outerjoin(Institution, Institution.id == TrainingPlan.institution_id)
        .where(Enrolment.user_id == USER)
        .order_by(
            Enrolment.started_at.desc(),
            Enrolment.id.desc(),
            Certificate.id,
            Requirement.id,
        )
    )


CYCLES = _statement()


def learning_cycles(
    session: Session, *, user_id: int, lang: str
) -> list[LearningCycle]:
    """List every cycle of a learner, the newest first; one statement.

    A certificate that corrects another has its number; what the first one satisfied
    stays satisfied.
    """
    found: dict[int, LearningCycle] = {}
    satisfied: dict[int, dict[int, SatisfiedRequirement]] = {}
    for row in session.execute(CYCLES, {"user_id": user_id, "lang": lang}):
        lines = satisfied.setdefault(row.id, {})
        if row.requirement_id is not None:
            lines[row.requirement_id] = SatisfiedRequirement(
                institution_id=row.institution_id,
                institution=row.institution,
                plan_id=row.plan_id,
                plan=row.plan,
                version=row.plan_version,
                requirement_id=row.requirement_id,
                weight=row.weight,
            )
        found[row.id] = LearningCycle(
            course=row.slug,
            title=row.title or row.slug,
            cycle=row.cycle,
            version=f"{row.major}.{row.minor}",
            started_at=row.started_at,
            ended_at=row.ended_at,
            number=row.number,
            satisfied=tuple(lines.values()),
            is_live=row.live is not None,
        )
    return list(found.values())
