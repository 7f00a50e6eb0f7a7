"""What was noted of sources, what was reviewed, and which certificates depend on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.models.catalogue import Module
from conexx_learn.models.certification import Certificate
from conexx_learn.models.content_review import ContentReview, SourceChange
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.withdrawn_certificates import withdrawn_certificates

MOST_CHANGES = 500
"""Changes of sources that are looked at, the newest first."""


@dataclass(frozen=True, slots=True)
class NotedChange:
    """A source that changed.

    Attributes:
        id: Of its row.
        source: Its name.
        changed_on: When it changed.
        note: What changed.
        link: Where that can be read; may be empty.
        noted_at: When somebody noted it.
    """

    id: int
    source: str
    changed_on: date
    note: str
    link: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was looked at already: keys of course and change, or of a last day."""

    changes: frozenset[tuple[int, int]]
    days: frozenset[tuple[int, str, date]]


def noted_changes(session: Session) -> list[NotedChange]:
    """List the changes of sources, the newest first; one statement."""
    rows = session.scalars(
        select(SourceChange)
        .order_by(SourceChange.changed_on.desc(), SourceChange.id.desc())
        .limit(MOST_CHANGES)
    )
    return [
        NotedChange(
            row.id, row.source, row.changed_on, row.note, row.link, row.noted_at
        )
        for row in rows
    ]


def reviewed(session: Session) -> Reviewed:
    """Return what was looked at; one statement."""
    rows = session.execute(
        select(
            ContentReview.course_id,
            ContentReview.source_change_id,
            ContentReview.module_slug,
            ContentReview.valid_until,
        ).order_by(ContentReview.id)
    ).all()
    return Reviewed(
        changes=frozenset(
            (row.course_id, row.source_change_id)
            for row in rows
            if row.source_change_id is not None
        ),
        days=frozenset(
            (row.course_id, row.module_slug, row.valid_until)
            for row in rows
            if row.valid_until is not None
        ),
    )


@dataclass(frozen=True, slots=True)
class CertificateCounts:
    """How many valid certificates were issued on each version.

    Attributes:
        by_version: Key of a course to key of a version to their number.
        modules: Key of a version to the slugs of its modules.
    """

    by_version: Mapping[int, Mapping[int, int]]
    modules: Mapping[int, frozenset[str]]

    def on(self, course_id: int, modules: Iterable[str]) -> int:
        """Count those on versions with one of some modules; with none, all."""
        wanted = set(modules)
        return sum(
            count
            for version, count in self.by_version.get(course_id, {}).items()
            if not wanted or wanted & self.modules[version]
        )


def certificate_counts(session: Session, *, today: date) -> CertificateCounts:
    """Count the certificates that are valid on a day, by version; one statement."""
    counted = (
        select(
            Enrolment.course_id,
            Enrolment.course_version_id,
            func.count(Certificate.id).label("count"),
        )
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .where(
            or_(Certificate.valid_until.is_(None), Certificate.valid_until >= today),
            Certificate.id.not_in(withdrawn_certificates()),
            Certificate.id.not_in(_corrected()),
        )
        .group_by(Enrolment.course_id, Enrolment.course_version_id)
        .subquery()
    )
    rows = session.execute(
        select(counted, Module.slug)
        .join(Module, Module.course_version_id == counted.c.course_version_id)
        .order_by(counted.c.course_version_id, Module.number)
    )
    by_version: dict[int, dict[int, int]] = {}
    modules: dict[int, set[str]] = {}
    for course_id, version_id, count, slug in rows:
        by_version.setdefault(course_id, {})[version_id] = count
        modules.setdefault(version_id, set()).add(slug)
    return CertificateCounts(
        by_version, {key: frozenset(slugs) for key, slugs in modules.items()}
    )


def _corrected() -> Select[Any]:
    """Select the certificates in whose place there is another."""
    newer = aliased(Certificate)
    return select(newer.corrects_id).where(newer.corrects_id.is_not(None))
