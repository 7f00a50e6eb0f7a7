"""The trace of acts; only ever added, and deleted when it is old."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class AuditEntry(Base):
    """Who did what to what, when, from where."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_at", "at"),
        Index("ix_audit_entry_thing_act", "thing", "act"),
    )

    id: Mapped[PrimaryKey]
    at: Mapped[datetime]
    #: None for a visitor or a command.
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    act: Mapped[str] = mapped_column(String(40))
    thing: Mapped[str] = mapped_column(String(120))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    address: Mapped[str] = mapped_column(String(64))
    request_id: Mapped[str] = mapped_column(String(32))
    facts: Mapped[dict[str, Any]]
