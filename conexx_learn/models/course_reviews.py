"""How a version came about: reviewed by a second person, published, offered or not."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey

WAITING = "state IN ('open', 'approved')"


class VersionOrigin(Base):
    """Who published a version from the browser; a command leaves none."""

    __tablename__ = "version_origin"

    course_version_id: Mapped[int] = mapped_column(
        ForeignKey("course_version.id"), primary_key=True
    )
    published_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    approved_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    #: Why, for who works on the course; learners have the change note.
    note: Mapped[str] = mapped_column(Text)


class LiveVersionChange(Base):
    """A course was withdrawn, or one of its versions offered again; only added."""

    __tablename__ = "live_version_change"
    __table_args__ = (
        CheckConstraint("act IN ('withdraw', 'restore')", name="known_act"),
        Index("ix_live_version_change_course_id", "course_id"),
    )

    id: Mapped[PrimaryKey]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    course_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    act: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(300))
    changed_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    changed_at: Mapped[datetime]


class CourseReview(Base):
    """The files of a course as they were sent to a second person."""

    __tablename__ = "course_review"
    __table_args__ = (
        UniqueConstraint("slug", "number"),
        Index(
            "uq_course_review_waiting",
            "slug",
            unique=True,
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        CheckConstraint(
            "state IN ('open', 'approved', 'changes-asked', 'published', 'withdrawn')",
            name="known_state",
        ),
        CheckConstraint("bump IN ('minor', 'major')", name="known_bump"),
        CheckConstraint("number > 0", name="number_is_counted"),
        CheckConstraint(
            "(state = 'published') = (version_id IS NOT NULL)",
            name="published_has_version",
        ),
    )

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(60))
    #: From 1 in each course.
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    #: Of all its files; what was approved is exactly this.
    content_hash: Mapped[str] = mapped_column(String(64))
    #: What it is compared with; None for the first version.
    base_version_id: Mapped[int | None] = mapped_column(ForeignKey("course_version.id"))
    bump: Mapped[str] = mapped_column(String(8))
    #: To whoever reviews it.
    note: Mapped[str] = mapped_column(Text)
    #: Language to one sentence for learners.
    change_note: Mapped[dict[str, Any]]
    sent_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    sent_at: Mapped[datetime]
    #: Whose turn it is; None for anybody who may.
    asked_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    decided_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(Text)
    #: The coordination lets who wrote it publish it without a second person.
    allowed_alone_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    allowed_alone_at: Mapped[datetime | None]
    allowed_alone_reason: Mapped[str] = mapped_column(String(300))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("course_version.id"))


class ReviewFile(Base):
    """A file of a review; what it holds is kept as long as the review is."""

    __tablename__ = "review_file"

    review_id: Mapped[int] = mapped_column(
        ForeignKey("course_review.id", ondelete="CASCADE"), primary_key=True
    )
    path: Mapped[str] = mapped_column(String(240), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("draft_blob.sha256"))


class ReviewEditor(Base):
    """Somebody who edited a file of a review, and so cannot approve it."""

    __tablename__ = "review_editor"

    id: Mapped[PrimaryKey]
    review_id: Mapped[int] = mapped_column(
        ForeignKey("course_review.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )


class ReviewComment(Base):
    """What somebody says about a place of a review, or answers to that."""

    __tablename__ = "review_comment"
    __table_args__ = (Index("ix_review_comment_review_id", "review_id"),)

    id: Mapped[PrimaryKey]
    review_id: Mapped[int] = mapped_column(
        ForeignKey("course_review.id", ondelete="CASCADE")
    )
    #: The comment that this answers.
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("review_comment.id", ondelete="CASCADE")
    )
    #: Where in the difference it stands: a block of a text, a question; or all of it.
    place: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    written_at: Mapped[datetime]
    resolved_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    resolved_at: Mapped[datetime | None]
