"""Everything that is held about one person, for that person (GDPR, articles 15 and 20).

Each section lists its columns: what is secret (hashes, answer keys, what others
wrote) is not handed out by forgetting to leave it out.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from conexx_learn.models.accounts import OutboxMail, User, UserSession
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.base import Base
from conexx_learn.models.catalogue import Course, CourseVersion, Module, Quiz
from conexx_learn.models.certification import Certificate, CertificateRequirement
from conexx_learn.models.competencies import EvidenceFile, PriorLearning
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import Exemption, Requirement, TrainingPlan
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.models.progress import ModuleCompletion

Column = InstrumentedAttribute[Any] | ColumnElement[Any]
Rows = list[dict[str, Any]]


def personal_data(session: Session, *, user_id: int) -> dict[str, Rows]:
    """Return section to rows of plain values; one statement a section."""
    return {
        "account": _account(session, user_id),
        "sessions": _sessions(session, user_id),
        "memberships": _memberships(session, user_id),
        "appointments": _appointments(session, user_id),
        "enrolments": _enrolments(session, user_id),
        "modules_read": _modules_read(session, user_id),
        "attempts": _attempts(session, user_id),
        "certificates": _certificates(session, user_id),
        "requirements_satisfied": _requirements_satisfied(session, user_id),
        "exemptions": _exemptions(session, user_id),
        "prior_learning": _prior_learning(session, user_id),
        "messages": _messages(session, user_id),
        "acts": _acts(session, user_id),
    }


def _rows(
    session: Session,
    columns: Sequence[Column],
    *joins: tuple[type[Base], ColumnElement[bool]],
    where: ColumnElement[bool],
) -> Rows:
    statement = select(*columns).where(where)
    for target, condition in joins:
        statement = statement.outerjoin(target, condition)
    return [dict(row) for row in session.execute(statement).mappings()]


def _account(session: Session, user_id: int) -> Rows:
    columns = (
        User.full_name,
        User.email,
        User.username,
        User.locale,
        User.created_at,
        User.confirmed_at,
        User.privacy_version,
        User.privacy_accepted_at,
        User.weekly_learning_hours,
    )
    return _rows(session, columns, where=User.id == user_id)


def _sessions(session: Session, user_id: int) -> Rows:
    columns = (
        UserSession.created_at,
        UserSession.last_seen_at,
        UserSession.expires_at,
        UserSession.shared_computer,
        UserSession.user_agent,
        UserSession.address,
    )
    return _rows(session, columns, where=UserSession.user_id == user_id)


def _memberships(session: Session, user_id: int) -> Rows:
    columns = (
        Institution.name,
        Membership.role,
        Membership.from_on,
        Membership.to_on,
    )
    return _rows(
        session,
        columns,
        (Institution, Institution.id == Membership.institution_id),
        where=Membership.user_id == user_id,
    )


def _appointments(session: Session, user_id: int) -> Rows:
    columns = (
        Institution.name.label("institution"),
        Unit.name.label("unit"),
        Post.title.label("post"),
        Appointment.kind,
        Appointment.from_on,
        Appointment.to_on,
        Appointment.ends_with_mandate,
    )
    return _rows(
        session,
        columns,
        (Institution, Institution.id == Appointment.institution_id),
        (Post, Post.id == Appointment.post_id),
        (Unit, Unit.id == Post.unit_id),
        where=Appointment.user_id == user_id,
    )


def _enrolments(session: Session, user_id: int) -> Rows:
    columns = (
        Course.slug,
        CourseVersion.major,
        CourseVersion.minor,
        Enrolment.cycle,
        Enrolment.started_at,
        Enrolment.ended_at,
        Certificate.number.label("certificate"),
    )
    return _rows(
        session,
        columns,
        (Course, Course.id == Enrolment.course_id),
        (CourseVersion, CourseVersion.id == Enrolment.course_version_id),
        (Certificate, Certificate.enrolment_id == Enrolment.id),
        where=Enrolment.user_id == user_id,
    )


def _modules_read(session: Session, user_id: int) -> Rows:
    return _rows(
        session,
        (
            Course.slug.label("course"),
            Enrolment.cycle,
            Module.slug,
            ModuleCompletion.completed_at,
        ),
        (Module, Module.id == ModuleCompletion.module_id),
        (Enrolment, Enrolment.id == ModuleCompletion.enrolment_id),
        (Course, Course.id == Enrolment.course_id),
        where=Enrolment.user_id == user_id,
    )


def _attempts(session: Session, user_id: int) -> Rows:
    columns = (
        Course.slug.label("course"),
        Enrolment.cycle,
        Module.slug.label("module"),
        Attempt.ordinal,
        Attempt.started_at,
        Attempt.deadline_at,
        Attempt.closed_at,
        Attempt.responses,
        Attempt.points_earned,
        Attempt.points_possible,
        Attempt.passed,
    )
    return _rows(
        session,
        columns,
        (Quiz, Quiz.id == Attempt.quiz_id),
        (Enrolment, Enrolment.id == Attempt.enrolment_id),
        (Module, Module.id == Quiz.module_id),
        (CourseVersion, CourseVersion.id == Quiz.course_version_id),
        (Course, Course.id == CourseVersion.course_id),
        where=Attempt.user_id == user_id,
    )


def _certificates(session: Session, user_id: int) -> Rows:
    columns = (Certificate.number, Certificate.claims, Certificate.valid_until)
    return _rows(session, columns, where=Certificate.user_id == user_id)


def _requirements_satisfied(session: Session, user_id: int) -> Rows:
    statement = (
        select(
            Certificate.number,
            Institution.name.label("institution"),
            TrainingPlan.title.label("plan"),
            TrainingPlan.version,
            Requirement.due_on,
            Requirement.weight,
            Requirement.reason_text,
        )
        .select_from(CertificateRequirement)
        .join(Certificate, Certificate.id == CertificateRequirement.certificate_id)
        .join(Requirement, Requirement.id == CertificateRequirement.requirement_id)
        .join(TrainingPlan, TrainingPlan.id == Requirement.plan_id)
        .join(Institution, Institution.id == TrainingPlan.institution_id)
        .where(Certificate.user_id == user_id)
    )
    return [dict(row) for row in session.execute(statement).mappings()]


def _exemptions(session: Session, user_id: int) -> Rows:
    columns = (
        Institution.name.label("institution"),
        Course.slug.label("course"),
        Exemption.reason,
        Exemption.from_on,
        Exemption.until_on,
        Exemption.asked_at,
        Exemption.approved_at,
        Exemption.refused_at,
    )
    return _rows(
        session,
        columns,
        (Institution, Institution.id == Exemption.institution_id),
        (Course, Course.id == Exemption.course_id),
        where=Exemption.user_id == user_id,
    )


def _prior_learning(session: Session, user_id: int) -> Rows:
    columns = (
        PriorLearning.id,
        PriorLearning.competency,
        PriorLearning.level,
        PriorLearning.statement,
        PriorLearning.link,
        EvidenceFile.name.label("file"),
        PriorLearning.sent_at,
        PriorLearning.decision,
        PriorLearning.decided_at,
        PriorLearning.valid_until,
        PriorLearning.answer,
    )
    return _rows(
        session,
        columns,
        (EvidenceFile, EvidenceFile.id == PriorLearning.evidence_file_id),
        where=PriorLearning.user_id == user_id,
    )


def evidence_files(session: Session, *, user_id: int) -> list[tuple[str, bytes]]:
    """List the files that a person handed in, with names of their own."""
    rows = session.execute(
        select(PriorLearning.id, EvidenceFile.name, EvidenceFile.content)
        .join(EvidenceFile, EvidenceFile.id == PriorLearning.evidence_file_id)
        .where(PriorLearning.user_id == user_id)
        .order_by(PriorLearning.id)
    )
    return [(f"{row.id}-{row.name}", row.content) for row in rows]


def _messages(session: Session, user_id: int) -> Rows:
    """List what was mailed to the address, without the links that still open things."""
    address = select(User.email).where(User.id == user_id).scalar_subquery()
    columns = (OutboxMail.subject, OutboxMail.created_at, OutboxMail.sent_at)
    return _rows(session, columns, where=OutboxMail.recipient == address)


def _acts(session: Session, user_id: int) -> Rows:
    columns = (AuditEntry.at, AuditEntry.act, AuditEntry.thing, AuditEntry.address)
    return _rows(session, columns, where=AuditEntry.user_id == user_id)
