"""Published courses. A version, once there, never changes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class Course(Base):
    """What is taught, over all its versions."""

    __tablename__ = "course"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    created_at: Mapped[datetime]


class CourseVersion(Base):
    """A course as it was published once."""

    __tablename__ = "course_version"
    __table_args__ = (
        UniqueConstraint("course_id", "major", "minor"),
        CheckConstraint("major >= 0 AND minor >= 0", name="version_is_counted"),
        CheckConstraint("quarter_hours > 0", name="takes_time"),
        CheckConstraint("access IN ('open', 'members')", name="known_access"),
    )

    id: Mapped[PrimaryKey]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    major: Mapped[int]
    minor: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    #: Of the cleaner that made the HTML; the copy is made anew when it changes.
    sanitiser_version: Mapped[str] = mapped_column(String(8))
    published_at: Mapped[datetime]
    source_language: Mapped[str] = mapped_column(String(8))
    #: Workload; four to the hour.
    quarter_hours: Mapped[int]
    #: `open` or `members`.
    access: Mapped[str] = mapped_column(String(12))
    validity_months: Mapped[int | None]
    eqf_level: Mapped[int | None]
    final_minutes: Mapped[int | None]
    #: Bytes of text and images that the whole course takes to read, one language.
    byte_count: Mapped[int]
    #: grants, outcomes, prerequisites, assessment, participation, quality_assurance,
    #: supervision, ects, competency titles: what the certificate copies.
    facts: Mapped[dict[str, Any]]
    #: Language to one sentence for learners; empty for the first version.
    change_note: Mapped[dict[str, Any]]
    #: File name to its text, for export.
    sources: Mapped[dict[str, Any]] = mapped_column(deferred=True)


class LiveVersion(Base):
    """Which version newcomers get; a course without a row was withdrawn."""

    __tablename__ = "live_version"

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    course_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))


class CourseText(Base):
    """The public page of a version in one language."""

    __tablename__ = "course_text"

    course_version_id: Mapped[int] = mapped_column(
        ForeignKey("course_version.id"), primary_key=True
    )
    lang: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(300))
    #: Outcome id to its text.
    outcomes: Mapped[dict[str, Any]]
    body_html: Mapped[str] = mapped_column(Text)
    #: Title, summary, outcomes and module titles, without accents, for search.
    search_text: Mapped[str] = mapped_column(Text)


class Module(Base):
    """One page of reading of a version."""

    __tablename__ = "module"
    __table_args__ = (
        UniqueConstraint("course_version_id", "slug"),
        UniqueConstraint("course_version_id", "number"),
        CheckConstraint("minutes > 0", name="takes_time"),
    )

    id: Mapped[PrimaryKey]
    course_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    number: Mapped[int]
    slug: Mapped[str] = mapped_column(String(60))
    minutes: Mapped[int]
    quiz_minutes: Mapped[int]
    task_minutes: Mapped[int]
    required: Mapped[bool] = mapped_column(Boolean)
    valid_until: Mapped[date | None]
    content_hash: Mapped[str] = mapped_column(String(64))


class ModuleText(Base):
    """A module in one language, made safe HTML once, at publication."""

    __tablename__ = "module_text"

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), primary_key=True)
    lang: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    #: Pieces of HTML, and the numbers of the self-checks between them.
    segments: Mapped[list[Any]]
    #: Pairs of anchor and heading.
    headings: Mapped[list[Any]]
    #: One quiz document for each self-check.
    self_checks: Mapped[list[Any]]
    #: What its task makes; empty where it gives none.
    task_title: Mapped[str] = mapped_column(String(200), server_default=text("''"))
    byte_count: Mapped[int]


class Quiz(Base):
    """The rules of a graded set of questions; of a module, or (None) the final."""

    __tablename__ = "quiz"
    __table_args__ = (
        UniqueConstraint("course_version_id", "module_id"),
        CheckConstraint("mode IN ('practice', 'graded')", name="known_mode"),
        CheckConstraint(
            "attempts_allowed IS NULL OR attempts_allowed > 0", name="can_be_tried"
        ),
    )

    id: Mapped[PrimaryKey]
    course_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"))
    mode: Mapped[str] = mapped_column(String(16))
    #: Percent as an exact fraction, or None.
    pass_mark: Mapped[str | None] = mapped_column(String(20))
    attempts_allowed: Mapped[int | None]
    wait_seconds: Mapped[int]
    time_seconds: Mapped[int | None]
    attempt_grade: Mapped[str] = mapped_column(String(16))
    feedback: Mapped[str] = mapped_column(String(16))
    #: How many questions an attempt asks.
    question_count: Mapped[int]


class QuizText(Base):
    """The questions in one language: the canonical model, and its safe HTML."""

    __tablename__ = "quiz_text"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"), primary_key=True)
    lang: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    document: Mapped[dict[str, Any]]


class MediaFile(Base):
    """An image or PDF, kept once for every version that shows it."""

    __tablename__ = "media_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    mime: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class CourseMedia(Base):
    """Which file a version means by a name."""

    __tablename__ = "course_media"

    course_version_id: Mapped[int] = mapped_column(
        ForeignKey("course_version.id"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("media_file.sha256"))
