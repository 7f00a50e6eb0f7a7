"""What became of faulty questions: appeals against them, repairs, corrected results."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class Repair(Base):
    """The voids that a version of a course brought, and how far they were applied."""

    __tablename__ = "repair"
    __table_args__ = (
        Index("ix_repair_course_id", "course_id"),
        CheckConstraint("reached_id >= 0", name="reached_is_counted"),
    )

    id: Mapped[PrimaryKey]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    course_version_id: Mapped[int] = mapped_column(
        ForeignKey("course_version.id"), unique=True
    )
    #: One mark for each voided question, as `domain.repairs` writes them.
    marks: Mapped[list[Any]]
    noted_at: Mapped[datetime]
    #: Key of the last attempt that was looked at; work goes on behind it.
    reached_id: Mapped[int]
    finished_at: Mapped[datetime | None]


class Correction(Base):
    """The better result of a submitted attempt, which itself never changes."""

    __tablename__ = "correction"
    __table_args__ = (UniqueConstraint("attempt_id", "repair_id"),)

    id: Mapped[PrimaryKey]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    repair_id: Mapped[int] = mapped_column(ForeignKey("repair.id"), index=True)
    corrected_at: Mapped[datetime]
    #: Exact fractions; what counted until now, then what counts from now on.
    earned_before: Mapped[str] = mapped_column(String(40))
    possible_before: Mapped[str] = mapped_column(String(40))
    points_earned: Mapped[str] = mapped_column(String(40))
    points_possible: Mapped[str] = mapped_column(String(40))
    #: None without a pass mark.
    passed: Mapped[bool | None] = mapped_column(Boolean)


class Appeal(Base):
    """What a learner says is wrong with a question, and what a trainer answers."""

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint(
            "outcome IS NULL OR outcome IN ('explained', 'void', 'withdrawn')",
            name="known_outcome",
        ),
        CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name="answered_at_a_moment"
        ),
        Index("ix_appeal_course_id_outcome", "course_id", "outcome"),
        # A question has one open appeal of a person, however often its form was sent.
        Index(
            "uq_appeal_open",
            "user_id",
            "course_id",
            "question_id",
            unique=True,
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    question_id: Mapped[str] = mapped_column(String(80))
    statement: Mapped[str] = mapped_column(String(1000))
    sent_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(12))
    answer: Mapped[str] = mapped_column(String(1000))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
