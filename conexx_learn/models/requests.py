"""What waits for somebody's answer: to be exempt, and to be added to an institution."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey

_WAITING = text("decision IS NULL")


class ExemptionRequest(Base):
    """A person says that a required course is none of theirs; the manager answers."""

    __tablename__ = "exemption_request"
    __table_args__ = (
        CheckConstraint(
            "decision IS NULL OR decision IN ('granted', 'refused', 'withdrawn')",
            name="known_decision",
        ),
        CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)", name="decided_once"
        ),
        Index(
            "ix_exemption_request_institution_id_decision",
            "institution_id",
            "decision",
        ),
        # A request waits once, however often its form was sent.
        Index(
            "uq_exemption_request_waiting",
            "user_id",
            "institution_id",
            "course_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    reason: Mapped[str] = mapped_column(String(300))
    #: Until when they ask to be exempt; None leaves it to the manager.
    until_on: Mapped[date | None]
    asked_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(String(12))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    #: What the person is told.
    answer: Mapped[str] = mapped_column(String(300), default="")
    #: What was given because of it.
    exemption_id: Mapped[int | None] = mapped_column(
        ForeignKey("exemption.id"), index=True
    )


class Admission(Base):
    """An institution would add somebody whose account is not its own; they answer.

    Until then another account without a password stands in for theirs, so that the
    institution sees what it would see of anybody new, and learns nothing.
    """

    __tablename__ = "admission"
    __table_args__ = (
        CheckConstraint(
            "decision IS NULL OR decision IN ('accepted', 'refused', 'withdrawn')",
            name="known_decision",
        ),
        CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)", name="decided_once"
        ),
        CheckConstraint(
            "email IS NOT NULL OR username IS NOT NULL", name="has_an_identity"
        ),
        Index("uq_admission_user_id", "user_id", unique=True),
        Index(
            "uq_admission_waiting",
            "institution_id",
            "owner_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    #: The account that stands in; None once it was accepted.
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    #: Whose account it is.
    owner_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), index=True
    )
    #: As the institution typed it, case-folded.
    email: Mapped[str | None] = mapped_column(String(254))
    #: As the institution typed it, case-folded.
    username: Mapped[str | None] = mapped_column(String(64))
    asked_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    asked_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(String(12))
    decided_at: Mapped[datetime | None]
