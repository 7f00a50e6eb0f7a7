"""What an institution requires: its priorities, its plans, and who is exempt."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class Priority(Base):
    """What the institution wants most, and who answers for it."""

    __tablename__ = "priority"
    __table_args__ = (
        Index("ix_priority_institution_id_rank", "institution_id", "rank"),
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    #: From 1.
    rank: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    political_owner: Mapped[str] = mapped_column(String(200))
    #: Name or address of the document that it comes from.
    source_document: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime]
    #: Day on which it was given up; what cites it keeps it.
    retired_on: Mapped[date | None]


class TrainingPlan(Base):
    """One version of a plan; its state is read from its days."""

    __tablename__ = "training_plan"
    __table_args__ = (
        UniqueConstraint("institution_id", "series", "version"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_begin"),
        CheckConstraint("target_bp BETWEEN 1 AND 10000", name="target_is_a_share"),
        CheckConstraint(
            "approved_on IS NULL OR act_reference <> ''", name="approval_has_its_act"
        ),
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    #: What all versions of a plan share; counted per institution from 1.
    series: Mapped[int]
    #: From 1.
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    #: Basis points of the weight that are to be met.
    target_bp: Mapped[int]
    hours_budget: Mapped[int | None]
    #: Counts edits, so that a second editor is told.
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    sent_for_review_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    review_note: Mapped[str] = mapped_column(String(2000), default="")
    #: Day from which it binds.
    approved_on: Mapped[date | None]
    approved_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    #: Of the institution's own act, and its day.
    act_reference: Mapped[str] = mapped_column(String(200), default="")
    act_on: Mapped[date | None]
    superseded_on: Mapped[date | None]
    completed_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]


class Requirement(Base):
    """One line of a plan: whom it binds, to which course, by when and why."""

    __tablename__ = "requirement"
    __table_args__ = (
        CheckConstraint(
            "audience_kind IN ('profile', 'post', 'unit', 'person', 'pmu', "
            "'institution')",
            name="known_audience",
        ),
        CheckConstraint("(due_on IS NULL) <> (due_days IS NULL)", name="one_due_rule"),
        CheckConstraint(
            "due_days IS NULL OR due_days BETWEEN 0 AND 3650", name="due_days"
        ),
        CheckConstraint("weight BETWEEN 1 AND 3", name="known_weight"),
        CheckConstraint(
            "recert_months IS NULL OR recert_months BETWEEN 1 AND 120",
            name="recert_months",
        ),
        CheckConstraint(
            "reason_kind IN ('priority', 'profile', 'call', 'other')",
            name="known_reason",
        ),
        CheckConstraint(
            "reason_text <> '' OR priority_id IS NOT NULL OR call_check_id IS NOT NULL",
            name="has_a_reason",
        ),
    )

    id: Mapped[PrimaryKey]
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("training_plan.id", ondelete="CASCADE"), index=True
    )
    ordinal: Mapped[int]
    audience_kind: Mapped[str] = mapped_column(String(12))
    #: A profile's code, or the key of a post, unit or user as digits.
    audience_key: Mapped[str] = mapped_column(String(20), default="")
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    min_major: Mapped[int | None]
    due_on: Mapped[date | None]
    #: Days after the appointment.
    due_days: Mapped[int | None]
    recert_months: Mapped[int | None]
    weight: Mapped[int]
    min_holders: Mapped[int | None]
    reason_kind: Mapped[str] = mapped_column(String(12))
    reason_text: Mapped[str] = mapped_column(String(300), default="")
    #: What profiles or the institution need, where the line was proposed because of
    #: it: said anew in the language of each reader. None where somebody wrote why.
    reason_needs: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"))
    call_check_id: Mapped[int | None] = mapped_column(ForeignKey("call_check.id"))


class AcceptedException(Base):
    """Something odd in a plan that was seen and accepted, with a reason."""

    __tablename__ = "accepted_exception"
    __table_args__ = (UniqueConstraint("plan_id", "kind", "subject"),)

    id: Mapped[PrimaryKey]
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("training_plan.id", ondelete="CASCADE")
    )
    kind: Mapped[str] = mapped_column(String(24))
    #: What the exception is about, as its rule writes it.
    subject: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(300))
    accepted_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    accepted_at: Mapped[datetime]


class Exemption(Base):
    """A person who need not take a course, for a reason and until a day."""

    __tablename__ = "exemption"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="ends_after_begin"),
        CheckConstraint("reason <> ''", name="has_a_reason"),
        Index("ix_exemption_institution_id_user_id", "institution_id", "user_id"),
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    reason: Mapped[str] = mapped_column(String(300))
    from_on: Mapped[date]
    #: Last day, inclusive; moved forward when it is ended early.
    until_on: Mapped[date]
    asked_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    asked_at: Mapped[datetime]
    #: None while the coordination has not agreed to exempt from a critical course.
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    refused_at: Mapped[datetime | None]
