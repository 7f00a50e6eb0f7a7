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
    folder,
    institutions,
    planning,
    posts,
    progress,
    reminders,
    repairs,
    requests,
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
    "folder",
    "institutions",
    "planning",
    "posts",
    "progress",
    "reminders",
    "repairs",
    "requests",
]
