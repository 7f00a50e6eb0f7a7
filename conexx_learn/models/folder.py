"""What learners write while they read, and who else may read it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class ModuleWork(Base):
    """What a learner wrote in one module: the sheet of its task, and self-checks.

    It belongs to the person and the module's name, so that it outlives versions and
    cycles of the course.
    """

    __tablename__ = "module_work"
    __table_args__ = (CheckConstraint("save_number >= 0", name="counted_saves"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    module_slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    sheet: Mapped[str] = mapped_column(Text)
    #: How often the sheet was saved; a page says which one it read.
    save_number: Mapped[int] = mapped_column(BigInteger)
    saved_at: Mapped[datetime | None]
    #: Question id to the last response, in source keys.
    checks: Mapped[dict[str, Any]]


class FolderShare(Base):
    """A colleague may read somebody's folder, until it is ended."""

    __tablename__ = "folder_share"
    __table_args__ = (
        CheckConstraint("owner_id != reader_id", name="shared_with_another"),
        Index(
            "uq_folder_share_open",
            "owner_id",
            "reader_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_folder_share_reader_id", "reader_id"),
    )

    id: Mapped[PrimaryKey]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    shared_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
