"""Imports every module of tables, so that the metadata is whole."""

from conexx_learn.models import (
    accounts,
    assessment,
    audit,
    catalogue,
    certification,
    enrolment,
    institutions,
    progress,
)
from conexx_learn.models.base import Base, configure_sqlite, db

__all__ = [
    "Base",
    "accounts",
    "assessment",
    "audit",
    "catalogue",
    "certification",
    "configure_sqlite",
    "db",
    "enrolment",
    "institutions",
    "progress",
]
