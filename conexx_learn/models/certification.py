"""Certificates, and what happened to them afterwards."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid, false, text
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class Certificate(Base):
    """What was issued, with its claims frozen; a correction is a new row."""

    __tablename__ = "certificate"
    __table_args__ = (
        Index(
            "ix_certificate_user_id_course_id_valid_until",
            "user_id",
            "course_id",
            "valid_until",
        ),
        Index(
            "uq_certificate_enrolment_id",
            "enrolment_id",
            unique=True,
            sqlite_where=text("corrects_id IS NULL"),
            postgresql_where=text("corrects_id IS NULL"),
        ),
        CheckConstraint(
            "valid_until IS NULL OR valid_until >= issued_on", name="ends_after_issue"
        ),
    )

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(Uuid(as_uuid=False), unique=True)
    #: Twelve characters without hyphens.
    number: Mapped[str] = mapped_column(String(12), unique=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("certificate.id"), unique=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    claims: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime]
    #: The day in UTC.
    issued_on: Mapped[date]
    #: Last valid day, inclusive; None for no end.
    valid_until: Mapped[date | None]
    #: The holder's choices about what others see; the claims stay as they are.
    hides_name: Mapped[bool] = mapped_column(server_default=false(), default=False)
    shows_score: Mapped[bool] = mapped_column(server_default=false(), default=False)


class CertificateEvent(Base):
    """Something that changed how a certificate stands; only ever added."""

    __tablename__ = "certificate_event"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('issued', 'suspended', 'reinstated', 'revocation-proposed', "
            "'proposal-withdrawn', 'revoked', 'superseded', 'correction-asked', "
            "'correction-declined')",
            name="known_kind",
        ),
    )

    id: Mapped[PrimaryKey]
    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id"), index=True
    )
    kind: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    reason: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(500))


class CertificateRequirement(Base):
    """A line of a plan that a certificate satisfied on the day of its issue."""

    __tablename__ = "certificate_requirement"

    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id"), primary_key=True
    )
    requirement_id: Mapped[int] = mapped_column(
        ForeignKey("requirement.id"), primary_key=True, index=True
    )
