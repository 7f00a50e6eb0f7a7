"""What people can do: the framework, what posts ask for, evidence from elsewhere."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class Competency(Base):
    """One of the things that certificates are evidence of."""

    __tablename__ = "competency"

    #: Such as K3.
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    #: Language to title.
    titles: Mapped[dict[str, Any]]
    function: Mapped[str] = mapped_column(String(20))


class JobProfile(Base):
    """What a kind of post asks for; a version, once there, never changes."""

    __tablename__ = "job_profile"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[PrimaryKey]
    #: Such as PM.
    code: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    #: Language to title.
    titles: Mapped[dict[str, Any]]
    #: Where its demands come from.
    source: Mapped[str] = mapped_column(String(200))
    published_at: Mapped[datetime]


class ProfileRequirement(Base):
    """A competency that a job profile asks for."""

    __tablename__ = "profile_requirement"
    __table_args__ = (
        CheckConstraint("min_level BETWEEN 1 AND 4", name="known_level"),
        CheckConstraint("weight BETWEEN 1 AND 3", name="known_weight"),
    )

    job_profile_id: Mapped[int] = mapped_column(
        ForeignKey("job_profile.id"), primary_key=True
    )
    competency: Mapped[str] = mapped_column(
        ForeignKey("competency.code"), primary_key=True
    )
    min_level: Mapped[int]
    weight: Mapped[int]
    #: Days after the appointment, or None.
    must_by_days: Mapped[int | None]


class FunctionMinimum(Base):
    """How many people of an institution must hold a competency."""

    __tablename__ = "function_minimum"
    __table_args__ = (
        UniqueConstraint("institution_id", "competency"),
        CheckConstraint("level BETWEEN 1 AND 4", name="known_level"),
        CheckConstraint("holders BETWEEN 1 AND 99", name="wants_somebody"),
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    competency: Mapped[str] = mapped_column(ForeignKey("competency.code"))
    level: Mapped[int]
    holders: Mapped[int]
    is_critical: Mapped[bool] = mapped_column(Boolean)


class EvidenceFile(Base):
    """A file that a person handed in as evidence."""

    __tablename__ = "evidence_file"

    id: Mapped[PrimaryKey]
    #: Hex SHA-256 of the content.
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(120))
    mime: Mapped[str] = mapped_column(String(80))
    byte_count: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class PriorLearning(Base):
    """What somebody learned elsewhere: claimed, then recognised or refused."""

    __tablename__ = "prior_learning"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 4", name="known_level"),
        CheckConstraint(
            "decision IS NULL OR decision IN ('recognised', 'refused', 'withdrawn')",
            name="known_decision",
        ),
        CheckConstraint(
            "decision <> 'recognised' OR valid_until IS NOT NULL",
            name="recognised_until_a_day",
        ),
        CheckConstraint(
            "evidence_file_id IS NULL OR link IS NULL", name="one_piece_of_evidence"
        ),
        Index(
            "ix_prior_learning_institution_id_decision", "institution_id", "decision"
        ),
        # A claim waits once, however often its form was sent.
        Index(
            "uq_prior_learning_waiting",
            "user_id",
            "competency",
            unique=True,
            sqlite_where=text("decision IS NULL"),
            postgresql_where=text("decision IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    competency: Mapped[str] = mapped_column(ForeignKey("competency.code"))
    #: Claimed; after a decision, the level recognised.
    level: Mapped[int]
    statement: Mapped[str] = mapped_column(String(1000))
    link: Mapped[str | None] = mapped_column(String(500))
    evidence_file_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_file.id"))
    sent_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(String(12))
    decided_at: Mapped[datetime | None]
    #: Day from which it counts.
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    #: Last day, inclusive.
    valid_until: Mapped[date | None]
    answer: Mapped[str] = mapped_column(String(1000), default="")
