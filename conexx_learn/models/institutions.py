"""Public bodies, and who has which role at them."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class Institution(Base):
    """A public body that takes part."""

    __tablename__ = "institution"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('municipality', 'region', 'mancomunidad', 'association', "
            "'network', 'university', 'ngo')",
            name="known_kind",
        ),
        CheckConstraint("population IS NULL OR population >= 0", name="population"),
    )

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    #: ISO 3166-1 alpha-2.
    country: Mapped[str] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(String(64))
    default_locale: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]
    population: Mapped[int | None]
    #: Last day of the political mandate.
    mandate_ends_on: Mapped[date | None]
    #: The association that sees its figures, if it said so.
    association_id: Mapped[int | None] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    #: Whether a plan needs the coordination's advice before it is approved.
    review_is_obligatory: Mapped[bool] = mapped_column(
        Boolean, default=False, server_default=false()
    )
    #: Last day for which the clock wrote the digests of its people.
    reminded_on: Mapped[date | None]


class Membership(Base):
    """A role of a user at an institution; on the whole platform where it names none.

    Who left and comes back has a second row; who was taken in by mistake has one that
    ends before it begins, and counts on no day.
    """

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(
            "role IN ('learner', 'trainer', 'manager', 'coordinator', 'observer')",
            name="known_role",
        ),
        CheckConstraint(
            "institution_id IS NOT NULL OR role IN ('trainer', 'coordinator')",
            name="platform_roles_only",
        ),
        Index(
            "uq_membership_user_id_institution_id_role_from_on",
            "user_id",
            "institution_id",
            "role",
            "from_on",
            unique=True,
        ),
        Index("ix_membership_institution_id_user_id", "institution_id", "user_id"),
        # Two empty institutions are not equal to the index above.
        Index(
            "uq_membership_platform",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("institution_id IS NULL"),
            postgresql_where=text("institution_id IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    role: Mapped[str] = mapped_column(String(16))
    from_on: Mapped[date]
    #: Last day, inclusive; None while it lasts.
    to_on: Mapped[date | None]
