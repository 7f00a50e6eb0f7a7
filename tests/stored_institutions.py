"""Facts of an institution written into the database, so that pages can read them back.

Rows are made straight, not through the verbs: what is tested here is reading.
"""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness import facts
from conexx_learn.models.accounts import AccessCode
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
from conexx_learn.models.competencies import Competency, FunctionMinimum
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import Exemption, Requirement, TrainingPlan
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.models.progress import ModuleCompletion
from tests.factories import NOW, make_institution, make_user

MODULES = 20
"""Of each course, equally long: progress is told in steps of five percent."""
MINUTES = 5
_numbers = itertools.count(1)


@dataclass
class Stored:
    """An institution in the database, and which row each fact became."""

    institution: Institution
    people: dict[int, int] = field(default_factory=dict)
    units: dict[int, int] = field(default_factory=dict)
    posts: dict[int, int] = field(default_factory=dict)
    plans: dict[int, int] = field(default_factory=dict)
    requirements: dict[int, int] = field(default_factory=dict)


def store_institution(
    session: Session, known: facts.InstitutionFacts, *, slug: str = "xaltepec"
) -> Stored:
    """Write an institution; its courses are shared with others stored before."""
    stored = Stored(
        make_institution(session, slug, mandate_ends_on=known.mandate_ends_on)
    )
    versions = _store_courses(session, known.courses)
    _store_people(session, stored, known)
    _store_posts(session, stored, known)
    _store_certificates(session, stored, known, versions)
    _store_learning(session, stored, known, versions)
    _store_plans(session, stored, known, versions)
    _store_minima(session, stored, known)
    session.flush()
    return stored


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(15), UTC)


def _store_courses(
    session: Session, courses: dict[str, facts.Course]
) -> dict[str, CourseVersion]:
    versions = {}
    for course in courses.values():
        found = session.scalar(
            select(CourseVersion)
            .join(Course, Course.id == CourseVersion.course_id)
            .where(Course.slug == course.slug)
        )
        versions[course.slug] = found or _store_course(session, course)
    return versions


def _store_course(session: Session, course: facts.Course) -> CourseVersion:
    row = Course(slug=course.slug, created_at=NOW)
    session.add(row)
    session.flush()
    version = CourseVersion(
        course_id=row.id,
        major=1,
        minor=0,
        content_hash=f"{next(_numbers):064}",
        sanitiser_version="test",
        published_at=NOW,
        source_language="es",
        quarter_hours=int(course.hours * 4),
        access="members",
        validity_months=course.validity_months,
        eqf_level=None,
        final_minutes=10,
        byte_count=1,
        facts={
            "grants": [
                {"competency": code, "level": level, "titles": {"es": code, "en": code}}
                for code, level in course.grants
            ],
            "outcomes": [],
            "prerequisites": list(course.prerequisites),
            "assessment": ["quiz"],
            "participation": "online",
            "quality_assurance": None,
            "supervision": None,
            "ects": None,
        },
        change_note={},
        sources={},
    )
    session.add(version)
    session.flush()
    session.add_all(
        [
            LiveVersion(course_id=row.id, course_version_id=version.id),
            CourseText(
                course_version_id=version.id,
                lang="es",
                title=course.title,
                summary="",
                outcomes={},
                body_html="",
                search_text=course.title.lower(),
            ),
            Quiz(
                course_version_id=version.id,
                module_id=None,
                mode="graded",
                pass_mark="70",
                attempts_allowed=3,
                wait_seconds=0,
                time_seconds=None,
                attempt_grade="highest",
                feedback="after-attempt",
                question_count=1,
            ),
            *(
                Module(
                    course_version_id=version.id,
                    number=number,
                    slug=f"module-{number}",
                    minutes=MINUTES,
                    quiz_minutes=0,
                    task_minutes=0,
                    required=True,
                    valid_until=None,
                    content_hash=f"{number:064}",
                )
                for number in range(1, MODULES + 1)
            ),
        ]
    )
    session.flush()
    return version


def _store_people(
    session: Session, stored: Stored, known: facts.InstitutionFacts
) -> None:
    for person in known.people:
        user = make_user(
            session,
            person.name,
            email=person.identity if person.has_mailbox else None,
            username=None if person.has_mailbox else person.identity,
            weekly_learning_hours=person.weekly_hours,
        )
        stored.people[person.id] = user.id
        if person.is_invited:
            session.add(
                AccessCode(
                    code_hash=f"{next(_numbers):064}",
                    purpose="invitation",
                    user_id=user.id,
                    created_at=NOW,
                    expires_at=NOW,
                )
            )
        session.add_all(
            Membership(
                user_id=user.id,
                institution_id=stored.institution.id,
                role="learner",
                from_on=period.from_on,
                to_on=period.to_on,
            )
            for period in person.memberships
        )


def _store_posts(
    session: Session, stored: Stored, known: facts.InstitutionFacts
) -> None:
    for unit in known.units:
        row = Unit(
            institution_id=stored.institution.id,
            parent_id=stored.units.get(unit.parent_id) if unit.parent_id else None,
            name=unit.name,
            is_pmu=unit.is_pmu,
            created_at=NOW,
        )
        session.add(row)
        session.flush()
        stored.units[unit.id] = row.id
    for post in known.posts:
        post_row = Post(
            institution_id=stored.institution.id,
            unit_id=stored.units[post.unit_id],
            profile_code=post.profile,
            title=post.title,
            seats=post.seats,
            active_from=post.active.from_on,
            active_to=post.active.to_on,
            created_at=NOW,
        )
        session.add(post_row)
        session.flush()
        stored.posts[post.id] = post_row.id
    session.add_all(
        Appointment(
            institution_id=stored.institution.id,
            post_id=stored.posts[one.post_id],
            user_id=stored.people[one.person_id],
            kind=one.kind.value,
            from_on=one.from_on,
            to_on=one.to_on,
            ends_with_mandate=one.ends_with_mandate,
            created_at=NOW,
        )
        for one in known.appointments
    )


def _enrolment(
    session: Session,
    user_id: int,
    version: CourseVersion,
    *,
    started: date,
    ended: date | None,
) -> Enrolment:
    cycles = session.scalars(
        select(Enrolment.cycle).where(
            Enrolment.user_id == user_id, Enrolment.course_id == version.course_id
        )
    ).all()
    row = Enrolment(
        user_id=user_id,
        course_id=version.course_id,
        course_version_id=version.id,
        cycle=max(cycles, default=0) + 1,
        started_at=_moment(started),
        ended_at=_moment(ended) if ended else None,
    )
    session.add(row)
    session.flush()
    return row


def _store_certificates(
    session: Session,
    stored: Stored,
    known: facts.InstitutionFacts,
    versions: dict[str, CourseVersion],
) -> None:
    for one in known.certificates:
        version = versions[one.course]
        user_id = stored.people[one.person_id]
        enrolment = _enrolment(
            session,
            user_id,
            version,
            started=one.issued_on - timedelta(days=1),
            ended=one.issued_on,
        )
        ordinal = next(_numbers)
        row = Certificate(
            uuid=f"00000000-0000-4000-8000-{ordinal:012}",
            number=f"{ordinal:012}",
            enrolment_id=enrolment.id,
            user_id=user_id,
            course_id=version.course_id,
            claims={},
            issued_at=_moment(one.issued_on),
            issued_on=one.issued_on,
            valid_until=one.valid_until,
        )
        session.add(row)
        session.flush()
        happened: list[tuple[str, date]] = [("issued", one.issued_on)]
        happened += [(change.value, on) for change, on in one.changes]
        session.add_all(
            CertificateEvent(
                certificate_id=row.id, kind=kind, at=_moment(on), reason="", note=""
            )
            for kind, on in happened
        )


def _store_learning(
    session: Session,
    stored: Stored,
    known: facts.InstitutionFacts,
    versions: dict[str, CourseVersion],
) -> None:
    for one in known.learning:
        version = versions[one.course]
        user_id = stored.people[one.person_id]
        started = known.as_of - timedelta(days=30)
        enrolment = _enrolment(session, user_id, version, started=started, ended=None)
        modules = session.scalars(
            select(Module.id)
            .where(Module.course_version_id == version.id)
            .order_by(Module.number)
        ).all()
        session.add_all(
            ModuleCompletion(
                enrolment_id=enrolment.id,
                module_id=module_id,
                completed_at=_moment(started),
            )
            for module_id in modules[: int(one.progress * MODULES)]
        )
        if one.is_blocked:
            session.add_all(_lost_attempts(session, enrolment, version, started))


def _lost_attempts(
    session: Session, enrolment: Enrolment, version: CourseVersion, day: date
) -> list[Attempt]:
    quiz_id = session.scalars(
        select(Quiz.id).where(Quiz.course_version_id == version.id)
    ).one()
    values: dict[str, Any] = {"form": {}, "responses": {}, "save_number": 0}
    return [
        Attempt(
            enrolment_id=enrolment.id,
            quiz_id=quiz_id,
            user_id=enrolment.user_id,
            ordinal=ordinal,
            started_at=_moment(day),
            closed_at=_moment(day),
            points_earned="0",
            points_possible="1",
            passed=False,
            **values,
        )
        for ordinal in (1, 2, 3)
    ]


def _audience_key(stored: Stored, audience: facts.Audience) -> str:
    rows = {
        facts.AudienceKind.POST: stored.posts,
        facts.AudienceKind.UNIT: stored.units,
        facts.AudienceKind.PERSON: stored.people,
    }.get(audience.kind)
    return str(rows[int(audience.key)]) if rows is not None else audience.key


def _store_plans(
    session: Session,
    stored: Stored,
    known: facts.InstitutionFacts,
    versions: dict[str, CourseVersion],
) -> None:
    for plan in known.plans:
        row = TrainingPlan(
            institution_id=stored.institution.id,
            series=plan.series,
            version=plan.version,
            title=plan.title,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            target_bp=plan.target_bp,
            created_at=NOW,
            approved_on=plan.approved_on,
            act_reference="Acuerdo 1" if plan.approved_on else "",
            act_on=plan.approved_on,
            superseded_on=plan.superseded_on,
            completed_on=plan.completed_on,
        )
        session.add(row)
        session.flush()
        stored.plans[plan.id] = row.id
        for ordinal, line in enumerate(plan.requirements, start=1):
            requirement = Requirement(
                plan_id=row.id,
                ordinal=ordinal,
                audience_kind=line.audience.kind.value,
                audience_key=_audience_key(stored, line.audience),
                course_id=versions[line.course].course_id,
                min_major=line.min_major,
                due_on=line.due_on,
                due_days=line.due_days,
                recert_months=line.recert_months,
                weight=line.weight,
                min_holders=line.min_holders,
                reason_kind="other",
                reason_text=line.reason.text or "A test",
            )
            session.add(requirement)
            session.flush()
            stored.requirements[line.id] = requirement.id
    session.add_all(
        Exemption(
            institution_id=stored.institution.id,
            user_id=stored.people[one.person_id],
            course_id=versions[one.course].course_id,
            reason=one.reason or "A test",
            from_on=one.period.from_on,
            until_on=one.period.to_on,
            asked_at=NOW,
            approved_at=NOW,
        )
        for one in known.exemptions
    )


def _store_minima(
    session: Session, stored: Stored, known: facts.InstitutionFacts
) -> None:
    for minimum in known.minima:
        if session.get(Competency, minimum.competency) is None:
            session.add(
                Competency(
                    code=minimum.competency,
                    titles={"es": minimum.competency, "en": minimum.competency},
                    function="design",
                )
            )
            session.flush()
        session.add(
            FunctionMinimum(
                institution_id=stored.institution.id,
                competency=minimum.competency,
                level=minimum.level,
                holders=minimum.holders,
                is_critical=minimum.is_critical,
            )
        )
