"""Work that people grade: teams, what they handed in, who judges it, what counts."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey

_BELONGS = text("accepted_at IS NOT NULL AND ended_at IS NULL")
_CURRENT = text("replaced_at IS NULL AND decided_at IS NULL")


class WorkTeam(Base):
    """Who hands a work in together; somebody alone is a team as well."""

    __tablename__ = "work_team"

    id: Mapped[PrimaryKey]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    made_at: Mapped[datetime]


class WorkMember(Base):
    """One place in a team: asked, then accepted, and left or refused."""

    __tablename__ = "work_member"
    __table_args__ = (
        UniqueConstraint("team_id", "enrolment_id"),
        # A person is in one team of a course.
        Index(
            "uq_work_member_belongs",
            "enrolment_id",
            unique=True,
            sqlite_where=_BELONGS,
            postgresql_where=_BELONGS,
        ),
    )

    id: Mapped[PrimaryKey]
    team_id: Mapped[int] = mapped_column(ForeignKey("work_team.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    #: Left, refused, or no longer asked.
    ended_at: Mapped[datetime | None]


class WorkFile(Base):
    """The bytes of a work, as they were handed in."""

    __tablename__ = "work_file"

    id: Mapped[PrimaryKey]
    #: Label for its authors, with the ending of its kind.
    name: Mapped[str] = mapped_column(String(120))
    mime: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class HandIn(Base):
    """A work as it was handed in once, and what became of it."""

    __tablename__ = "hand_in"
    __table_args__ = (
        CheckConstraint("round BETWEEN 1 AND 3", name="counted_round"),
        CheckConstraint("source IN ('folder', 'file')", name="known_source"),
        CheckConstraint(
            "(decided_at IS NULL) = (passed IS NULL)", name="decided_with_a_result"
        ),
        CheckConstraint(
            "replaced_at IS NULL OR decided_at IS NULL", name="replaced_or_decided"
        ),
        CheckConstraint(
            "half_points IS NULL OR half_points BETWEEN 0 AND 200", name="known_total"
        ),
        # One work of a team waits at a time, however often its form was sent.
        Index(
            "uq_hand_in_waiting",
            "team_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )

    id: Mapped[PrimaryKey]
    team_id: Mapped[int] = mapped_column(ForeignKey("work_team.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    #: Whose rubric judges it.
    course_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    round: Mapped[int]
    source: Mapped[str] = mapped_column(String(8))
    #: None once everybody who handed it in was erased.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("work_file.id"))
    #: Hex SHA-256 of the content.
    sha256: Mapped[str] = mapped_column(String(64))
    byte_count: Mapped[int]
    handed_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    handed_at: Mapped[datetime]
    #: When a newer one took its place, before anybody read it.
    replaced_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    passed: Mapped[bool | None] = mapped_column(Boolean)
    #: The total that counts, in half points.
    half_points: Mapped[int | None]
    #: Levels, sections, shortfalls and comments, as its authors see them.
    result: Mapped[dict[str, Any] | None]


class HandInAuthor(Base):
    """Who was of the team when a work was handed in; the result is theirs."""

    __tablename__ = "hand_in_author"

    hand_in_id: Mapped[int] = mapped_column(ForeignKey("hand_in.id"), primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment.id"), primary_key=True, index=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)


class WorkAssessment(Base):
    """One assessor's part: given, begun, and submitted once."""

    __tablename__ = "work_assessment"
    __table_args__ = (
        UniqueConstraint("hand_in_id", "place"),
        UniqueConstraint("hand_in_id", "assessor_id"),
        CheckConstraint("place BETWEEN 1 AND 3", name="known_place"),
        CheckConstraint(
            "submitted_at IS NULL OR begun_at IS NOT NULL", name="begun_first"
        ),
    )

    id: Mapped[PrimaryKey]
    hand_in_id: Mapped[int] = mapped_column(ForeignKey("hand_in.id"))
    #: 1 and 2; 3 where the two disagree.
    place: Mapped[int]
    assessor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    #: They wrote the course or taught it to its authors.
    taught: Mapped[bool] = mapped_column(Boolean)
    given_at: Mapped[datetime]
    given_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    begun_at: Mapped[datetime | None]
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    #: Criterion to its level and comment, as `domain.graded_work.marks` writes them.
    marks: Mapped[dict[str, Any]]


class MarkCorrection(Base):
    """One level that the coordination changed after it was submitted."""

    __tablename__ = "mark_correction"

    id: Mapped[PrimaryKey]
    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("work_assessment.id"), index=True
    )
    criterion: Mapped[str] = mapped_column(String(60))
    level_before: Mapped[int]
    level: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )


class WorkUpload(Base):
    """A file that is on its way, one of a person in a course."""

    __tablename__ = "work_upload"
    __table_args__ = (
        UniqueConstraint("user_id", "course_id"),
        CheckConstraint("received BETWEEN 0 AND byte_count", name="received_is_a_part"),
    )

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    #: As the person's machine calls it.
    name: Mapped[str] = mapped_column(String(200))
    #: What tells this file from another of the same name.
    mark: Mapped[str] = mapped_column(String(200))
    byte_count: Mapped[int]
    received: Mapped[int]
    touched_at: Mapped[datetime] = mapped_column(index=True)


class WorkPiece(Base):
    """A piece of a file that is on its way."""

    __tablename__ = "work_piece"

    upload_id: Mapped[int] = mapped_column(
        ForeignKey("work_upload.id", ondelete="CASCADE"), primary_key=True
    )
    start: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
