"""Reads of the framework: what people can do, and what posts ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness.proposals import ProfileRequirement
from conexx_learn.models import competencies as tables


@dataclass(frozen=True, slots=True)
class CompetencyName:
    """A competency as pages name it.

    Attributes:
        code: Such as `K3`.
        titles: Language to title.
        function: What of an institution's work it belongs to, such as `budget`.
    """

    code: str
    titles: Mapping[str, str]
    function: str


@dataclass(frozen=True, slots=True)
class JobProfile:
    """The newest version of a job profile.

    Attributes:
        id: Key of the version.
        code: Such as `PM`.
        version: From 1.
        titles: Language to title.
        source: Where its demands come from.
        requirements: What it asks for, by competency.
    """

    id: int
    code: str
    version: int
    titles: Mapping[str, str]
    source: str
    requirements: tuple[ProfileRequirement, ...]


def competency_list(session: Session) -> list[CompetencyName]:
    """List the competencies, K2 before K10; one statement."""
    code = tables.Competency.code
    rows = session.scalars(select(tables.Competency).order_by(func.length(code), code))
    return [CompetencyName(row.code, row.titles, row.function) for row in rows]


_newest = (
    select(tables.JobProfile.code, func.max(tables.JobProfile.version).label("version"))
    .group_by(tables.JobProfile.code)
    .subquery()
)
PROFILES: Select[*tuple[Any, ...]] = (
    select(tables.JobProfile, tables.ProfileRequirement)
    .join(
        _newest,
        (_newest.c.code == tables.JobProfile.code)
        & (_newest.c.version == tables.JobProfile.version),
    )
    .outerjoin(
        tables.ProfileRequirement,
        tables.ProfileRequirement.job_profile_id == tables.JobProfile.id,
    )
    .order_by(
        tables.JobProfile.code,
        func.length(tables.ProfileRequirement.competency),
        tables.ProfileRequirement.competency,
    )
)
"""Selects the newest version of every profile with what it asks for."""


def job_profiles(session: Session) -> list[JobProfile]:
    """List the newest version of every job profile, by code; one statement."""
    found: dict[int, tuple[tables.JobProfile, list[ProfileRequirement]]] = {}
    for number, (profile, need) in enumerate(session.execute(PROFILES), start=1):
        requirements = found.setdefault(profile.id, (profile, []))[1]
        if need is not None:
            requirements.append(
                ProfileRequirement(
                    id=number,
                    profile=profile.code,
                    competency=need.competency,
                    min_level=need.min_level,
                    weight=need.weight,
                    must_by_days=need.must_by_days,
                )
            )
    return [
        JobProfile(
            id=profile.id,
            code=profile.code,
            version=profile.version,
            titles=profile.titles,
            source=profile.source,
            requirements=tuple(requirements),
        )
        for profile, requirements in found.values()
    ]


def profile_requirements(session: Session) -> list[ProfileRequirement]:
    """List what the newest profiles ask for, by profile; one statement.

    The id counts the rows of this list, from 1.
    """
    return [
        requirement
        for profile in job_profiles(session)
        for requirement in profile.requirements
    ]
