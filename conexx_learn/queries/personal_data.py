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
from conexx_learn.models.certification import Certificate
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.progress import ModuleCompletion

Column = InstrumentedAttribute[Any] | ColumnElement[Any]
Rows = list[dict[str, Any]]


def personal_data(session: Session, *, user_id: int) -> dict[str, Rows]:
    """Return section to rows of plain values; one statement a section."""
    return {
        "account": _account(session, user_id),
        "sessions": _sessions(session, user_id),
        "memberships": _memberships(session, user_id),
        "enrolments": _enrolments(session, user_id),
        "modules_read": _modules_read(session, user_id),
        "attempts": _attempts(session, user_id),
        "certificates": _certificates(session, user_id),
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


def _enrolments(session: Session, user_id: int) -> Rows:
    columns = (
        Course.slug,
        CourseVersion.major,
        CourseVersion.minor,
        Enrolment.cycle,
        Enrolment.started_at,
        Enrolment.ended_at,
    )
    return _rows(
        session,
        columns,
        (Course, Course.id == Enrolment.course_id),
        (CourseVersion, CourseVersion.id == Enrolment.course_version_id),
        where=Enrolment.user_id == user_id,
    )


def _modules_read(session: Session, user_id: int) -> Rows:
    return _rows(
        session,
        (Module.slug, ModuleCompletion.completed_at),
        (Module, Module.id == ModuleCompletion.module_id),
        (Enrolment, Enrolment.id == ModuleCompletion.enrolment_id),
        where=Enrolment.user_id == user_id,
    )


def _attempts(session: Session, user_id: int) -> Rows:
    columns = (
        Course.slug.label("course"),
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
        (Module, Module.id == Quiz.module_id),
        (CourseVersion, CourseVersion.id == Quiz.course_version_id),
        (Course, Course.id == CourseVersion.course_id),
        where=Attempt.user_id == user_id,
    )


def _certificates(session: Session, user_id: int) -> Rows:
    columns = (Certificate.number, Certificate.claims, Certificate.valid_until)
    return _rows(session, columns, where=Certificate.user_id == user_id)


def _messages(session: Session, user_id: int) -> Rows:
    """List what was mailed to the address, without the links that still open things."""
    address = select(User.email).where(User.id == user_id).scalar_subquery()
    columns = (OutboxMail.subject, OutboxMail.created_at, OutboxMail.sent_at)
    return _rows(session, columns, where=OutboxMail.recipient == address)


def _acts(session: Session, user_id: int) -> Rows:
    columns = (AuditEntry.at, AuditEntry.act, AuditEntry.thing, AuditEntry.address)
    return _rows(session, columns, where=AuditEntry.user_id == user_id)
