"""Accounts, their sessions, and the codes that open or mend them."""

from datetime import date, datetime

from flask_security import UserMixin
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class User(Base, UserMixin):
    """Someone who signs in, with an e-mail address, a user name, or both."""

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint(
            "email IS NOT NULL OR username IS NOT NULL", name="has_an_identity"
        ),
        CheckConstraint(
            "extra_time_percent BETWEEN 0 AND 400", name="extra_time_is_sensible"
        ),
        CheckConstraint(
            "weekly_learning_hours BETWEEN 0 AND 20", name="weekly_hours_are_sensible"
        ),
    )

    id: Mapped[PrimaryKey]
    #: Stored case-folded; None for who has no mailbox.
    email: Mapped[str | None] = mapped_column(  # type: ignore[assignment] # the mixin believes that everybody has a mailbox
        String(254), unique=True
    )
    #: Stored case-folded.
    username: Mapped[str | None] = mapped_column(String(64), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    locale: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime]
    #: Version (its day) of the privacy notice that was accepted, and when.
    privacy_version: Mapped[date | None]
    privacy_accepted_at: Mapped[datetime | None]
    #: What is added to every time limit, by right of a disability; 0 for nothing.
    extra_time_percent: Mapped[int] = mapped_column(default=0, server_default="0")
    #: Hours a week that they can give to learning.
    weekly_learning_hours: Mapped[int] = mapped_column(default=2, server_default="2")
    #: Whether reminders are wanted of what nobody requires.
    wants_optional_mail: Mapped[bool] = mapped_column(
        Boolean, default=True, server_default=true()
    )
    #: Part of the secret address of their calendar; counting it up ends the old one.
    calendar_edition: Mapped[int] = mapped_column(default=0, server_default="0")
    #: The name was seen and confirmed as it will be printed.
    name_confirmed_at: Mapped[datetime | None]


class UserSession(Base):
    """One open session; signing out deletes it, and a copied cookie is dead."""

    __tablename__ = "user_session"

    #: Hex SHA-256 of the opaque id in the cookie.
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    shared_computer: Mapped[bool] = mapped_column(Boolean)
    user_agent: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(64))


class AccessCode(Base):
    """A one-time code that a person was handed: to join, or for a new password."""

    __tablename__ = "access_code"
    __table_args__ = (
        CheckConstraint("purpose IN ('invitation', 'reset')", name="known_purpose"),
        Index("ix_access_code_user_id_used_at", "user_id", "used_at"),
    )

    id: Mapped[PrimaryKey]
    #: Hex SHA-256 of the normalised code.
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    created_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInFailure(Base):
    """One failed sign-in, counted per account and per address; swept after a day."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_identity_hash_at", "identity_hash", "at"),
        Index("ix_sign_in_failure_address_at", "address", "at"),
    )

    id: Mapped[PrimaryKey]
    #: Hex SHA-256 of what was typed as identity, known or not.
    identity_hash: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class OutboxMail(Base):
    """A message written with the act that causes it, sent afterwards."""

    __tablename__ = "outbox_mail"

    id: Mapped[PrimaryKey]
    #: Says once and for all which message this is.
    key: Mapped[str] = mapped_column(String(120), unique=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    #: Address at which messages of its kind are given up; None where they cannot be.
    unsubscribe: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(200), default="")
