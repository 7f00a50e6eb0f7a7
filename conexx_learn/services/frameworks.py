"""The framework: competencies and job profiles as they ship, loaded once a change."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository
from conexx_learn.adapters.standards import shipped_profiles
from conexx_learn.domain.course import Competency
from conexx_learn.domain.course_source import read_competencies
from conexx_learn.domain.job_profiles import Demand, ShippedProfile
from conexx_learn.models import competencies as tables
from conexx_learn.services import audit
from conexx_learn.services.course_checking import PROJECT_COURSES


def load_standards(
    session: Session,
    *,
    now: datetime,
    competencies: Mapping[str, Competency] | None = None,
    profiles: Sequence[ShippedProfile] | None = None,
) -> tuple[str, ...]:
    """Bring the tables of the framework up to what ships; the same again does nothing.

    A competency takes its new titles. A job profile whose content changed gets its next
    version, and the older ones stay. A profile that asks for a competency that nobody
    knows yet waits for it.

    Args:
        session: Where to write.
        now: This moment.
        competencies: Code to competency; None for those beside the shipped courses.
        profiles: None for the shipped ones.

    Returns:
        What changed, such as `K3` or `PM 2`; empty where nothing did.
    """
    if competencies is None:
        competencies = project_competencies()
    changed = [
        code
        for code, competency in competencies.items()
        if _keep_competency(session, competency)
    ]
    session.flush()
    known = set(session.scalars(select(tables.Competency.code)))
    newest = _newest_profiles(session)
    for profile in shipped_profiles() if profiles is None else profiles:
        version = _next_version(newest, profile, known)
        if version is not None:
            _store(session, profile, version, now)
            changed.append(f"{profile.code} {version}")
    if changed:
        audit.record(
            session,
            act="standards-load",
            thing="framework",
            now=now,
            count=len(changed),
        )
    return tuple(changed)


def project_competencies() -> dict[str, Competency]:
    """Read the competencies beside the shipped courses."""
    name = course_repository.COMPETENCIES_FILE
    files = course_repository.read_files(PROJECT_COURSES, name)
    return read_competencies(files.get(name, b""))[0]


def _keep_competency(session: Session, competency: Competency) -> bool:
    row = session.get(tables.Competency, competency.code)
    if row is None:
        row = tables.Competency(code=competency.code)
        session.add(row)
    elif (row.titles, row.function) == (competency.title, competency.function):
        return False
    row.titles, row.function = dict(competency.title), competency.function
    return True


def _newest_profiles(
    session: Session,
) -> dict[str, tuple[tables.JobProfile, tuple[Demand, ...]]]:
    """Return code to the newest version and what it asks for."""
    found: dict[str, tuple[tables.JobProfile, list[Demand]]] = {}
    rows = session.execute(
        select(tables.JobProfile, tables.ProfileRequirement)
        .outerjoin(
            tables.ProfileRequirement,
            tables.ProfileRequirement.job_profile_id == tables.JobProfile.id,
        )
        .order_by(tables.JobProfile.version)
    )
    for profile, need in rows:
        known = found.get(profile.code)
        if known is None or known[0].id != profile.id:
            found[profile.code] = known = (profile, [])
        if need is not None:
            known[1].append(
                Demand(need.competency, need.min_level, need.weight, need.must_by_days)
            )
    return {
        code: (profile, tuple(sorted(demands)))
        for code, (profile, demands) in found.items()
    }


def _next_version(
    newest: Mapping[str, tuple[tables.JobProfile, tuple[Demand, ...]]],
    profile: ShippedProfile,
    known: Collection[str],
) -> int | None:
    """Say under which version a profile is to be stored; None where it is there."""
    if not {demand.competency for demand in profile.demands} <= set(known):
        return None
    if profile.code not in newest:
        return 1
    row, demands = newest[profile.code]
    content = (dict(profile.titles), profile.source, profile.demands)
    return None if (row.titles, row.source, demands) == content else row.version + 1


def _store(
    session: Session, profile: ShippedProfile, version: int, now: datetime
) -> None:
    row = tables.JobProfile(
        code=profile.code,
        version=version,
        titles=dict(profile.titles),
        source=profile.source,
        published_at=now,
    )
    session.add(row)
    session.flush()
    session.add_all(
        tables.ProfileRequirement(
            job_profile_id=row.id,
            competency=demand.competency,
            min_level=demand.min_level,
            weight=demand.weight,
            must_by_days=demand.must_by_days,
        )
        for demand in profile.demands
    )
