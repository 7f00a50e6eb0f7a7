"""Calls for proposals that an institution looks at, and what they ask of its team."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class CallCheck(Base):
    """A call in hand: its limits as the institution read them, and its ten gates."""

    __tablename__ = "call_check"
    __table_args__ = (
        CheckConstraint(
            "grant_min_cents IS NULL OR grant_min_cents >= 0", name="grant_min"
        ),
        CheckConstraint(
            "grant_max_cents IS NULL OR grant_max_cents >= 0", name="grant_max"
        ),
        CheckConstraint(
            "cofinancing_min_bp IS NULL OR cofinancing_min_bp BETWEEN 0 AND 10000",
            name="cofinancing_min",
        ),
        CheckConstraint(
            "cofinancing_max_bp IS NULL OR cofinancing_max_bp BETWEEN 0 AND 10000",
            name="cofinancing_max",
        ),
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    funder: Mapped[str] = mapped_column(String(200))
    link: Mapped[str] = mapped_column(String(500))
    deadline_at: Mapped[datetime]
    #: Zone that the call states its deadline in.
    timezone: Mapped[str] = mapped_column(String(64))
    currency: Mapped[str] = mapped_column(String(3))
    grant_min_cents: Mapped[int | None] = mapped_column(BigInteger)
    grant_max_cents: Mapped[int | None] = mapped_column(BigInteger)
    #: Share of the cost that the applicant has to bring, in basis points.
    cofinancing_min_bp: Mapped[int | None]
    cofinancing_max_bp: Mapped[int | None]
    #: What the institution thinks of asking for and of bringing.
    requested_cents: Mapped[int | None] = mapped_column(BigInteger)
    own_cents: Mapped[int | None] = mapped_column(BigInteger)
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"))
    #: Code of a gate to its answer and note.
    gates: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL")
    )
    archived_at: Mapped[datetime | None]


class CallNeed(Base):
    """How many people of one role a call asks for."""

    __tablename__ = "call_need"
    __table_args__ = (
        UniqueConstraint("call_check_id", "competency", "level"),
        CheckConstraint("level BETWEEN 1 AND 4", name="known_level"),
        CheckConstraint("holders BETWEEN 1 AND 99", name="wants_somebody"),
    )

    id: Mapped[PrimaryKey]
    call_check_id: Mapped[int] = mapped_column(
        ForeignKey("call_check.id", ondelete="CASCADE")
    )
    ordinal: Mapped[int]
    role: Mapped[str] = mapped_column(String(120))
    competency: Mapped[str] = mapped_column(ForeignKey("competency.code"))
    level: Mapped[int]
    holders: Mapped[int]
