"""Imports every module of tables, so that the metadata is whole."""

from conexx_learn.models import (
    accounts,
    assessment,
    audit,
    calls,
    catalogue,
    certification,
    competencies,
    enrolment,
    institutions,
    planning,
    posts,
    progress,
    reminders,
)
from conexx_learn.models.base import Base, configure_sqlite, db

__all__ = [
    "Base",
    "accounts",
    "assessment",
    "audit",
    "calls",
    "catalogue",
    "certification",
    "competencies",
    "configure_sqlite",
    "db",
    "enrolment",
    "institutions",
    "planning",
    "posts",
    "progress",
    "reminders",
]
