"""What changed in what courses rest on, and what came of looking at it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class SourceChange(Base):
    """Somebody noticed that a source changed: whatever names it is to be reviewed."""

    __tablename__ = "source_change"
    __table_args__ = (UniqueConstraint("source", "changed_on"),)

    id: Mapped[PrimaryKey]
    #: Its name as `domain.content_sources` reads it: a fact's id, or its text.
    source: Mapped[str] = mapped_column(String(120))
    changed_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(500))
    #: Where the change can be read; may be empty.
    link: Mapped[str] = mapped_column(String(300))
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )


class ContentReview(Base):
    """A course was looked at because of one cause: a source, or a module's last day."""

    __tablename__ = "content_review"
    __table_args__ = (
        UniqueConstraint("course_id", "source_change_id"),
        UniqueConstraint("course_id", "module_slug", "valid_until"),
        CheckConstraint(
            "(source_change_id IS NULL) != (valid_until IS NULL)", name="has_one_cause"
        ),
        CheckConstraint(
            "(module_slug IS NULL) = (valid_until IS NULL)", name="names_its_module"
        ),
        CheckConstraint("outcome IN ('mended', 'still-right')", name="known_outcome"),
    )

    id: Mapped[PrimaryKey]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    source_change_id: Mapped[int | None] = mapped_column(ForeignKey("source_change.id"))
    #: Of the module whose last day it is about.
    module_slug: Mapped[str | None] = mapped_column(String(60))
    valid_until: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(500))
    reviewed_at: Mapped[datetime]
    reviewed_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
