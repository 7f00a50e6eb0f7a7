"""Sittings of quizzes."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
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


class Attempt(Base):
    """One sitting of one quiz by one learner. Once closed it never changes."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "quiz_id", "ordinal"),
        Index(
            "uq_attempt_open",
            "enrolment_id",
            "quiz_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_attempt_quiz_id", "quiz_id"),
        CheckConstraint(
            "(closed_at IS NULL) = (points_earned IS NULL)", name="graded_when_closed"
        ),
        CheckConstraint(
            "(points_earned IS NULL) = (points_possible IS NULL)",
            name="points_come_in_pairs",
        ),
        CheckConstraint("ordinal > 0", name="ordinal_is_counted"),
    )

    id: Mapped[PrimaryKey]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    ordinal: Mapped[int]
    #: Language that it was submitted in, or of the learner where the clock closed it;
    #: None while open, and where it was not kept yet.
    lang: Mapped[str | None] = mapped_column(String(8))
    started_at: Mapped[datetime]
    #: None without a time limit.
    deadline_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: What was drawn, and what each shown key stands for. Never sent.
    form: Mapped[dict[str, Any]]
    #: Question id to response, in source keys.
    responses: Mapped[dict[str, Any]]
    #: How many saves were taken.
    save_number: Mapped[int] = mapped_column(BigInteger)
    saved_at: Mapped[datetime | None]
    #: A `SaveLedger`: which device sent what last, and which answer is the newest.
    saves: Mapped[dict[str, Any] | None]
    #: Exact fractions.
    points_earned: Mapped[str | None] = mapped_column(String(40))
    points_possible: Mapped[str | None] = mapped_column(String(40))
    #: None without a pass mark, or while open.
    passed: Mapped[bool | None] = mapped_column(Boolean)
