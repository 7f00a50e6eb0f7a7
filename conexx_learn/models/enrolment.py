"""A learner's place on a course, on the version that they started."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class Enrolment(Base):
    """One cycle of a learner on a course; a renewal is a new row."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("user_id", "course_id", "cycle"),
        Index(
            "uq_enrolment_open",
            "user_id",
            "course_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        # Who stopped on a course, the newest first, without reading who is done.
        Index(
            "ix_enrolment_open_course_id_started_at",
            "course_id",
            "started_at",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint("cycle > 0", name="cycle_is_counted"),
    )

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    course_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    cycle: Mapped[int]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
