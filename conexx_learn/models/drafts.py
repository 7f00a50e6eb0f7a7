"""Courses in the making: who writes them, and what is not yet in their folders."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class CourseAuthor(Base):
    """Somebody who writes a course; a course without one is everybody's."""

    __tablename__ = "course_author"
    __table_args__ = (Index("ix_course_author_user_id", "user_id"),)

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    since: Mapped[datetime]


class Draft(Base):
    """What was changed of a course in the browser; its row is the lock of its files."""

    __tablename__ = "draft"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    begun_at: Mapped[datetime]
    #: Counts every change of a file, so that a page knows whether it is still true.
    revision: Mapped[int]


class DraftBlob(Base):
    """What a file held at some time, kept once whatever its name.

    A key that begins with `parcel-` is no fingerprint: it holds what somebody sent for
    a course and has not brought into it yet, for a day.
    """

    __tablename__ = "draft_blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime]


class DraftFile(Base):
    """A file that differs from the one in the course's folder."""

    __tablename__ = "draft_file"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    path: Mapped[str] = mapped_column(String(240), primary_key=True)
    #: What it holds now; None where it was removed.
    sha256: Mapped[str | None] = mapped_column(ForeignKey("draft_blob.sha256"))
    #: What the folder held when the change began; None where it had no such file.
    base_sha256: Mapped[str | None] = mapped_column(ForeignKey("draft_blob.sha256"))
    saved_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    saved_at: Mapped[datetime]


class DraftSave(Base):
    """A step in the history of a file in the making: one can go back to it."""

    __tablename__ = "draft_save"
    __table_args__ = (
        Index("ix_draft_save_slug_path", "slug", "path"),
        CheckConstraint("act IN ('autosave', 'save', 'bring')", name="known_act"),
    )

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(240))
    sha256: Mapped[str | None] = mapped_column(ForeignKey("draft_blob.sha256"))
    act: Mapped[str] = mapped_column(String(8))
    saved_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    saved_at: Mapped[datetime]
