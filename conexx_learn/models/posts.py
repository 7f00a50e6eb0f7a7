"""How an institution is made up: units, posts with their seats, and who sits there."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class Unit(Base):
    """A part of an institution, perhaps inside another part."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("institution_id", "name"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own"),
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    #: The unit that runs externally financed projects.
    is_pmu: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[datetime]
    #: Day from which it is offered no more; None while it is there.
    closed_on: Mapped[date | None]


class Post(Base):
    """Seats of one kind in a unit; a seat that nobody holds counts as vacant."""

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("unit_id", "title", "active_from"),
        CheckConstraint("seats BETWEEN 1 AND 999", name="has_seats"),
        CheckConstraint(
            "active_to IS NULL OR active_to >= active_from", name="ends_after_begin"
        ),
        Index("ix_post_institution_id_profile_code", "institution_id", "profile_code"),
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    #: Of a job profile, such as PM.
    profile_code: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(120))
    seats: Mapped[int]
    active_from: Mapped[date]
    #: Last day, inclusive.
    active_to: Mapped[date | None]
    created_at: Mapped[datetime]


class Appointment(Base):
    """A person in a post for a time; it is ended, never deleted."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("kind IN ('holder', 'deputy')", name="known_kind"),
        CheckConstraint(
            "to_on IS NULL OR from_on IS NULL OR to_on >= from_on",
            name="ends_after_begin",
        ),
        Index("ix_appointment_post_id_user_id", "post_id", "user_id"),
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    #: None where nobody knows; the plan says so until it is entered.
    from_on: Mapped[date | None]
    #: Last day, inclusive.
    to_on: Mapped[date | None]
    ends_with_mandate: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )


class PeopleFile(Base):
    """A list of people that was sent and waits to be looked at; kept for a day."""

    __tablename__ = "people_file"

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    #: As the sender called it.
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sent_at: Mapped[datetime]
    sent_by: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
