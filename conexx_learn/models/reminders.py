"""What people were reminded of, so that nobody is told twice."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class Reminder(Base):
    """One matter that a digest told one person; written with the digest."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("user_id", "course_id", "kind", "about_on"),
        CheckConstraint(
            "kind IN ('assigned', 'due-30', 'due-7', 'due', 'overdue-7', 'expiry-60', "
            "'expiry-30', 'expiry-7')",
            name="known_kind",
        ),
    )

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    kind: Mapped[str] = mapped_column(String(12))
    #: The due day or the last valid day that it is about.
    about_on: Mapped[date]
    told_on: Mapped[date]
    created_at: Mapped[datetime]
    #: Who has no confirmed mailbox is told by the training manager, who ticks it off.
    told_in_person_at: Mapped[datetime | None]
