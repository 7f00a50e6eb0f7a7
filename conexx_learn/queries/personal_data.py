"""Everything that is held about one person, for that person (GDPR, articles 15 and 20).

Each section lists its columns: what is secret (hashes, answer keys, what others
wrote) is not handed out by forgetting to leave it out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    literal,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from conexx_learn.domain.attempt_forms import FORM_JSON, to_shown
from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.responses import Response
from conexx_learn.models.accounts import OutboxMail, User, UserSession
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.base import Base
from conexx_learn.models.catalogue import Course, CourseVersion, Module, Quiz
from conexx_learn.models.certification import (
    Certificate,
    CertificateEvent,
    CertificateRequirement,
)
from conexx_learn.models.competencies import EvidenceFile, PriorLearning
from conexx_learn.models.credentials import SignedForm
from conexx_learn.models.drafts import CourseAuthor
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.folder import FolderShare, ModuleWork
from conexx_learn.models.graded_work import (
    HandIn,
    HandInAuthor,
    WorkAssessment,
    WorkFile,
    WorkMember,
    WorkUpload,
)
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import Exemption, Requirement, TrainingPlan
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.models.progress import ModuleCompletion
from conexx_learn.models.reminders import Reminder
from conexx_learn.models.repairs import Appeal, Correction
from conexx_learn.models.requests import Admission, ExemptionRequest
from conexx_learn.models.section_questions import SectionQuestion

Column = InstrumentedAttribute[Any] | ColumnElement[Any]
Rows = list[dict[str, Any]]
USER = bindparam("user_id", type_=Integer)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what is held.

    Attributes:
        table: Its rows; nothing that it refers to adds or takes one.
        columns: What is handed out.
        whose: Which rows are the person's.
        joins: What the rows refer to, each with how it is found.
    """

    table: type[Base]
    columns: tuple[Column, ...]
    whose: ColumnElement[bool]
    joins: tuple[tuple[type[Base], ColumnElement[bool]], ...] = ()

    @property
    def statement(self) -> Select[*tuple[Any, ...]]:
        """Return what reads it."""
        statement = select(*self.columns).select_from(self.table).where(self.whose)
        for target, condition in self.joins:
            statement = statement.outerjoin(target, condition)
        return statement


BETWEEN_US = (EventKind.CORRECTION_ASKED.value, EventKind.CORRECTION_DECLINED.value)
"""Events whose words are the holder's, or are meant for them."""

NEWEST_NUMBER = (
    select(Certificate.number)
    .where(Certificate.enrolment_id == Enrolment.id)
    .order_by(Certificate.id.desc())
    .limit(1)
    .correlate(Enrolment)
    .scalar_subquery()
)
"""Of an enrolment's certificates, the one that corrects the others."""

_ADDRESS = select(User.email).where(User.id == USER).scalar_subquery()

SECTIONS: dict[str, Section] = {
    "account": Section(
        User,
        (
            User.full_name,
            User.email,
            User.username,
            User.locale,
            User.created_at,
            User.confirmed_at,
            User.privacy_version,
            User.privacy_accepted_at,
            User.weekly_learning_hours,
            User.extra_time_percent,
        ),
        User.id == USER,
    ),
    "sessions": Section(
        UserSession,
        (
            UserSession.created_at,
            UserSession.last_seen_at,
            UserSession.expires_at,
            UserSession.shared_computer,
            UserSession.user_agent,
            UserSession.address,
        ),
        UserSession.user_id == USER,
    ),
    "memberships": Section(
        Membership,
        (
            Institution.name,
            Membership.role,
            Membership.from_on,
            Membership.to_on,
        ),
        Membership.user_id == USER,
        joins=((Institution, Institution.id == Membership.institution_id),),
    ),
    "appointments": Section(
        Appointment,
        (
            Institution.name.label("institution"),
            Unit.name.label("unit"),
            Post.title.label("post"),
            Appointment.kind,
            Appointment.from_on,
            Appointment.to_on,
            Appointment.ends_with_mandate,
        ),
        Appointment.user_id == USER,
        joins=(
            (Institution, Institution.id == Appointment.institution_id),
            (Post, Post.id == Appointment.post_id),
            (Unit, Unit.id == Post.unit_id),
        ),
    ),
    "enrolments": Section(
        Enrolment,
        (
            Course.slug,
            CourseVersion.major,
            CourseVersion.minor,
            Enrolment.cycle,
            Enrolment.started_at,
            Enrolment.ended_at,
            NEWEST_NUMBER.label("certificate"),
        ),
        Enrolment.user_id == USER,
        joins=(
            (Course, Course.id == Enrolment.course_id),
            (CourseVersion, CourseVersion.id == Enrolment.course_version_id),
        ),
    ),
    "modules_read": Section(
        ModuleCompletion,
        (
            Course.slug.label("course"),
            Enrolment.cycle,
            Module.slug,
            ModuleCompletion.completed_at,
        ),
        Enrolment.user_id == USER,
        joins=(
            (Module, Module.id == ModuleCompletion.module_id),
            (Enrolment, Enrolment.id == ModuleCompletion.enrolment_id),
            (Course, Course.id == Enrolment.course_id),
        ),
    ),
    # What others granted; their names are not the person's.
    "extra_time": Section(
        AuditEntry,
        (AuditEntry.at, AuditEntry.act, AuditEntry.facts),
        (AuditEntry.thing == literal("user:").concat(cast(USER, String)))
        & AuditEntry.act.in_(("extra-time", "extra-minutes")),
    ),
    "attempts": Section(
        Attempt,
        (
            Course.slug.label("course"),
            Enrolment.cycle,
            Module.slug.label("module"),
            Attempt.ordinal,
            Attempt.lang,
            Attempt.started_at,
            Attempt.deadline_at,
            Attempt.closed_at,
            # Taken out again: it tells which letters stood for the answers.
            Attempt.form,
            Attempt.responses,
            Attempt.points_earned,
            Attempt.points_possible,
            Attempt.passed,
        ),
        Attempt.user_id == USER,
        joins=(
            (Quiz, Quiz.id == Attempt.quiz_id),
            (Enrolment, Enrolment.id == Attempt.enrolment_id),
            (Module, Module.id == Quiz.module_id),
            (CourseVersion, CourseVersion.id == Quiz.course_version_id),
            (Course, Course.id == CourseVersion.course_id),
        ),
    ),
    # An attempt stays as it was sent; the last correction of it is what counts.
    "corrections": Section(
        Correction,
        (
            Course.slug.label("course"),
            Attempt.ordinal.label("attempt"),
            Attempt.closed_at,
            Correction.corrected_at,
            Correction.earned_before,
            Correction.possible_before,
            Correction.points_earned,
            Correction.points_possible,
            Correction.passed,
        ),
        Attempt.user_id == USER,
        joins=(
            (Attempt, Attempt.id == Correction.attempt_id),
            (Enrolment, Enrolment.id == Attempt.enrolment_id),
            (Course, Course.id == Enrolment.course_id),
        ),
    ),
    "appeals": Section(
        Appeal,
        (
            Course.slug.label("course"),
            Appeal.question_id,
            Appeal.statement,
            Appeal.sent_at,
            Appeal.outcome,
            Appeal.answer,
            Appeal.answered_at,
        ),
        Appeal.user_id == USER,
        joins=((Course, Course.id == Appeal.course_id),),
    ),
    "section_questions": Section(
        SectionQuestion,
        (
            Course.slug.label("course"),
            SectionQuestion.module_slug.label("module"),
            SectionQuestion.heading.label("section"),
            SectionQuestion.lang,
            SectionQuestion.text,
            SectionQuestion.asked_at,
            SectionQuestion.zone,
            SectionQuestion.withdrawn_at,
            SectionQuestion.escalated_at,
            SectionQuestion.answer,
            SectionQuestion.answered_at,
            SectionQuestion.published_question,
            SectionQuestion.published_answer,
            SectionQuestion.published_at,
            SectionQuestion.unpublished_at,
        ),
        SectionQuestion.user_id == USER,
        joins=((Course, Course.id == SectionQuestion.course_id),),
    ),
    "certificates": Section(
        Certificate,
        (
            Certificate.number,
            Certificate.claims,
            Certificate.valid_until,
            Certificate.hides_name,
            Certificate.shows_score,
        ),
        Certificate.user_id == USER,
    ),
    # Without the remarks of the coordination; with what the holder asked and was told.
    "certificate_events": Section(
        CertificateEvent,
        (
            Certificate.number.label("certificate"),
            CertificateEvent.kind,
            CertificateEvent.at,
            CertificateEvent.reason,
            case((CertificateEvent.kind.in_(BETWEEN_US), CertificateEvent.note)).label(
                "words"
            ),
        ),
        Certificate.user_id == USER,
        joins=((Certificate, Certificate.id == CertificateEvent.certificate_id),),
    ),
    "signed_forms": Section(
        SignedForm,
        (
            Certificate.number.label("certificate"),
            SignedForm.form,
            SignedForm.body,
            SignedForm.sha256,
            SignedForm.signed_at,
        ),
        Certificate.user_id == USER,
        joins=((Certificate, Certificate.id == SignedForm.certificate_id),),
    ),
    "requirements_satisfied": Section(
        CertificateRequirement,
        (
            Certificate.number,
            Institution.name.label("institution"),
            TrainingPlan.title.label("plan"),
            TrainingPlan.version,
            Requirement.due_on,
            Requirement.weight,
            Requirement.reason_text,
        ),
        Certificate.user_id == USER,
        joins=(
            (Certificate, Certificate.id == CertificateRequirement.certificate_id),
            (Requirement, Requirement.id == CertificateRequirement.requirement_id),
            (TrainingPlan, TrainingPlan.id == Requirement.plan_id),
            (Institution, Institution.id == TrainingPlan.institution_id),
        ),
    ),
    "exemptions": Section(
        Exemption,
        (
            Institution.name.label("institution"),
            Course.slug.label("course"),
            Exemption.reason,
            Exemption.from_on,
            Exemption.until_on,
            Exemption.asked_at,
            Exemption.approved_at,
            Exemption.refused_at,
        ),
        Exemption.user_id == USER,
        joins=(
            (Institution, Institution.id == Exemption.institution_id),
            (Course, Course.id == Exemption.course_id),
        ),
    ),
    "exemption_requests": Section(
        ExemptionRequest,
        (
            Institution.name.label("institution"),
            Course.slug.label("course"),
            ExemptionRequest.reason,
            ExemptionRequest.until_on,
            ExemptionRequest.asked_at,
            ExemptionRequest.decision,
            ExemptionRequest.decided_at,
            ExemptionRequest.answer,
        ),
        ExemptionRequest.user_id == USER,
        joins=(
            (Institution, Institution.id == ExemptionRequest.institution_id),
            (Course, Course.id == ExemptionRequest.course_id),
        ),
    ),
    "admissions": Section(
        Admission,
        (
            Institution.name.label("institution"),
            Admission.email,
            Admission.username,
            Admission.asked_at,
            Admission.decision,
            Admission.decided_at,
        ),
        Admission.owner_id == USER,
        joins=((Institution, Institution.id == Admission.institution_id),),
    ),
    "prior_learning": Section(
        PriorLearning,
        (
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
        ),
        PriorLearning.user_id == USER,
        joins=((EvidenceFile, EvidenceFile.id == PriorLearning.evidence_file_id),),
    ),
    "folder_sheets": Section(
        ModuleWork,
        (
            Course.slug.label("course"),
            ModuleWork.module_slug.label("module"),
            ModuleWork.sheet,
            ModuleWork.saved_at,
            ModuleWork.checks.label("self_checks"),
        ),
        ModuleWork.user_id == USER,
        joins=((Course, Course.id == ModuleWork.course_id),),
    ),
    "courses_written": Section(
        CourseAuthor,
        (CourseAuthor.slug.label("course"), CourseAuthor.since),
        CourseAuthor.user_id == USER,
    ),
    "folder_readers": Section(
        FolderShare,
        (
            User.full_name.label("reader"),
            FolderShare.shared_at,
            FolderShare.ended_at,
        ),
        FolderShare.owner_id == USER,
        joins=((User, User.id == FolderShare.reader_id),),
    ),
    "folders_shown": Section(
        FolderShare,
        (
            User.full_name.label("owner"),
            FolderShare.shared_at,
            FolderShare.ended_at,
        ),
        FolderShare.reader_id == USER,
        joins=((User, User.id == FolderShare.owner_id),),
    ),
    "work_teams": Section(
        WorkMember,
        (
            Course.slug.label("course"),
            WorkMember.asked_at,
            WorkMember.accepted_at,
            WorkMember.ended_at,
        ),
        WorkMember.user_id == USER,
        joins=(
            (Enrolment, Enrolment.id == WorkMember.enrolment_id),
            (Course, Course.id == Enrolment.course_id),
        ),
    ),
    # With what the assessors wrote, which is about the person; without their names.
    "works": Section(
        HandInAuthor,
        (
            HandIn.id,
            Course.slug.label("course"),
            HandIn.round,
            HandIn.source,
            WorkFile.name.label("file"),
            HandIn.byte_count,
            HandIn.sha256,
            HandIn.handed_at,
            HandIn.replaced_at,
            HandIn.decided_at,
            HandIn.passed,
            HandIn.half_points,
            HandIn.result,
        ),
        HandInAuthor.user_id == USER,
        joins=(
            (HandIn, HandIn.id == HandInAuthor.hand_in_id),
            (WorkFile, WorkFile.id == HandIn.file_id),
            (Course, Course.id == HandIn.course_id),
        ),
    ),
    "files_on_their_way": Section(
        WorkUpload,
        (
            Course.slug.label("course"),
            WorkUpload.name,
            WorkUpload.byte_count,
            WorkUpload.received,
            WorkUpload.touched_at,
        ),
        WorkUpload.user_id == USER,
        joins=((Course, Course.id == WorkUpload.course_id),),
    ),
    "works_assessed": Section(
        WorkAssessment,
        (
            WorkAssessment.hand_in_id.label("work"),
            WorkAssessment.given_at,
            WorkAssessment.begun_at,
            WorkAssessment.submitted_at,
            WorkAssessment.marks,
        ),
        WorkAssessment.assessor_id == USER,
    ),
    "reminders": Section(
        Reminder,
        (
            Course.slug.label("course"),
            Reminder.kind,
            Reminder.about_on,
            Reminder.told_on,
            Reminder.told_in_person_at,
        ),
        Reminder.user_id == USER,
        joins=((Course, Course.id == Reminder.course_id),),
    ),
    # Without the texts: their links still open things.
    "messages": Section(
        OutboxMail,
        (
            OutboxMail.subject,
            OutboxMail.created_at,
            OutboxMail.sent_at,
        ),
        OutboxMail.recipient == _ADDRESS,
    ),
    "acts": Section(
        AuditEntry,
        (
            AuditEntry.at,
            AuditEntry.act,
            AuditEntry.thing,
            AuditEntry.address,
        ),
        AuditEntry.user_id == USER,
    ),
}
"""Section to what it holds, in the order of the file."""


def personal_data(session: Session, *, user_id: int) -> dict[str, Rows]:
    """Return section to rows of plain values; one statement a section."""
    found = {
        name: [
            dict(row)
            for row in session.execute(
                section.statement, {"user_id": user_id}
            ).mappings()
        ]
        for name, section in SECTIONS.items()
    }
    for row in found["attempts"]:
        row["responses"] = _as_shown(row.pop("form"), row["responses"])
    return found


def _as_shown(
    form: Mapping[str, Any], responses: Mapping[str, Response]
) -> dict[str, Response]:
    """Write answers in the letters that were shown.

    The keys that are stored tell the order in the file: of a pair or a step that is
    the right answer.
    """
    return {
        asked.question_id: to_shown(asked, responses[asked.question_id])
        for asked in FORM_JSON.validate_python(form).questions
        if asked.question_id in responses
    }


def evidence_files(session: Session, *, user_id: int) -> list[tuple[str, bytes]]:
    """List the files that a person handed in, with names of their own."""
    rows = session.execute(
        select(PriorLearning.id, EvidenceFile.name, EvidenceFile.content)
        .join(EvidenceFile, EvidenceFile.id == PriorLearning.evidence_file_id)
        .where(PriorLearning.user_id == user_id)
        .order_by(PriorLearning.id)
    )
    evidence = [(f"{row.id}-{row.name}", row.content) for row in rows]
    return evidence + _work_files(session, user_id)


def _work_files(session: Session, user_id: int) -> list[tuple[str, bytes]]:
    """List the works that count; those that were replaced are in the list of works."""
    rows = session.execute(
        select(HandIn.id, WorkFile.name, WorkFile.content)
        .join(WorkFile, WorkFile.id == HandIn.file_id)
        .join(HandInAuthor, HandInAuthor.hand_in_id == HandIn.id)
        .where(HandInAuthor.user_id == user_id, HandIn.replaced_at.is_(None))
        .order_by(HandIn.id)
    )
    return [(f"work-{row.id}-{row.name}", row.content) for row in rows]
