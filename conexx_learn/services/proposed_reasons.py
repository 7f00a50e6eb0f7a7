"""Why a line was proposed, stored so that each reader has it in their language."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness.facts import Reason
from conexx_learn.models.competencies import Competency, JobProfile


def named_needs(session: Session, reason: Reason) -> list[dict[str, Any]] | None:
    """Write down what a line was proposed for, with the titles of today.

    Returns:
        A row for each need; None where somebody typed why the line is there.
    """
    if not reason.needs:
        return None
    profiles = _titles(
        session,
        select(JobProfile.code, JobProfile.titles)
        .where(JobProfile.code.in_({need.profile for need in reason.needs}))
        .order_by(JobProfile.version),
    )
    competencies = _titles(
        session,
        select(Competency.code, Competency.titles).where(
            Competency.code.in_({need.competency for need in reason.needs})
        ),
    )
    return [
        {
            "profile": need.profile,
            "profile_titles": profiles.get(need.profile, {}),
            "competency": need.competency,
            "competency_titles": competencies.get(need.competency, {}),
            "level": need.level,
            "holders": need.holders,
        }
        for need in reason.needs
    ]


def _titles(
    session: Session, wanted: Select[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Map codes to titles by language; of several versions, the newest counts."""
    return {code: dict(titles) for code, titles in session.execute(wanted)}
