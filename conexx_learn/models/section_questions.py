"""What learners ask at a section, what trainers answer, and which pairs are public."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey

_OPEN = text("answered_at IS NULL AND withdrawn_at IS NULL")
_NOT_YET_LATE = text(
    "answered_at IS NULL AND withdrawn_at IS NULL AND escalated_at IS NULL"
)


class SectionQuestion(Base):
    """A question at a section of a module, with its answer.

    It belongs to the course and the module's name, so that a published pair outlives
    versions. Once its person has erased their account only the published pair is left.
    """

    __tablename__ = "section_question"
    __table_args__ = (
        CheckConstraint(
            "withdrawn_at IS NULL OR answered_at IS NULL", name="closed_in_one_way"
        ),
        CheckConstraint(
            "answered_at IS NOT NULL OR answer = ''", name="answered_at_a_moment"
        ),
        CheckConstraint(
            "published_at IS NULL OR (answered_at IS NOT NULL"
            " AND published_question != '' AND published_answer != '')",
            name="published_as_a_pair",
        ),
        CheckConstraint(
            "unpublished_at IS NULL OR published_at IS NOT NULL",
            name="taken_back_what_was_published",
        ),
        CheckConstraint(
            "user_id IS NOT NULL OR (published_at IS NOT NULL"
            " AND unpublished_at IS NULL AND text = '' AND answer = '')",
            name="nameless_where_published",
        ),
        # The same words at the same section are one question, however often they
        # were sent, until it is answered or withdrawn.
        Index(
            "uq_section_question_open",
            "user_id",
            "course_id",
            "module_slug",
            "fingerprint",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_section_question_course_id_module_slug", "course_id", "module_slug"),
        Index(
            "ix_section_question_not_yet_late",
            "due_at",
            sqlite_where=_NOT_YET_LATE,
            postgresql_where=_NOT_YET_LATE,
        ),
    )

    id: Mapped[PrimaryKey]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    #: The one that was read.
    course_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    module_slug: Mapped[str] = mapped_column(String(60))
    #: Id of the section's heading; empty for the whole module.
    anchor: Mapped[str] = mapped_column(Text)
    #: As it was when the question was asked.
    heading: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(String(2000))
    #: Of anchor and text.
    fingerprint: Mapped[str] = mapped_column(String(16))
    #: Whose days are counted: that of the person's institution, else UTC.
    zone: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime]
    #: From here on it is late.
    due_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(4000))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    published_question: Mapped[str] = mapped_column(String(2000))
    published_answer: Mapped[str] = mapped_column(String(4000))
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    unpublished_at: Mapped[datetime | None]
