"""Which certificates wait for their signed forms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_, select, tuple_
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import EventKind
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.credentials import IssuanceEntry, IssuerKey, SignedForm


@dataclass(frozen=True, slots=True)
class WaitingCertificate:
    """A certificate that is to be signed.

    Attributes:
        id: Of its row.
        uuid: Names its credential.
        number: Without hyphens.
        issued_at: When it was issued.
        claims: As stored.
        logged: What the log says of it; None for one that never was signed.
        line: Where the log says it, from 1; None for one that never was signed.
        course_facts: Of its course version, as stored; empty where that is unknown.
    """

    id: int
    uuid: str
    number: str
    issued_at: datetime
    claims: dict[str, Any]
    logged: str | None
    line: int | None
    course_facts: dict[str, Any]


def waiting_certificates(
    session: Session,
    *,
    demo: bool,
    after: int = 0,
    only: int | None = None,
    limit: int = 50,
    newest: bool = False,
) -> list[WaitingCertificate]:
    """List certificates that were never signed, or with a key that is compromised.

    One that was taken back is signed like others, so that its status can be read; it
    is not signed anew. Two statements.

    Args:
        session: To read with.
        demo: Whether the keys are those of a demonstration. A certificate stays what
            it was issued as: real keys never sign a demonstration, nor its keys what
            was issued for good.
        after: Id of the certificate before the first.
        only: Id of the one that is asked for.
        limit: How many at most.
        newest: Whether the newest of all are listed, not those that wait longest.

    Returns:
        In the order of their ids.
    """
    rows = session.execute(
        select(Certificate, IssuanceEntry.payload, IssuanceEntry.seq)
        .outerjoin(IssuanceEntry, IssuanceEntry.certificate_id == Certificate.id)
        .where(
            Certificate.id == only if only is not None else Certificate.id > after,
            Certificate.claims["demo"].as_boolean() == demo,
            or_(_never_signed(), _signed_with_lost_key()),
            # Of an erased holder nothing is signed any more.
            Certificate.claims["holder"].as_string() != "",
        )
        .order_by(Certificate.id.desc() if newest else Certificate.id)
        .limit(limit)
    ).all()
    rows = sorted(rows, key=lambda found: found[0].id)
    facts = _facts_of_versions(session, [row for row, *_line in rows])
    return [
        WaitingCertificate(
            row.id,
            row.uuid,
            row.number,
            row.issued_at,
            row.claims,
            payload,
            line,
            facts.get(_version_of(row), {}),
        )
        for row, payload, line in rows
    ]


def _never_signed() -> ColumnElement[bool]:
    """Find what is neither in the log nor has forms.

    Both are stored in one transaction: forms without a line were put there by somebody
    else, and are not ours to sign.
    """
    formed = select(SignedForm.form).where(SignedForm.certificate_id == Certificate.id)
    return and_(IssuanceEntry.seq.is_(None), not_(formed.exists()))


def _signed_with_lost_key() -> ColumnElement[bool]:
    lost = (
        select(SignedForm.certificate_id)
        .join(IssuerKey, IssuerKey.id == SignedForm.key_id)
        .where(IssuerKey.compromised_at.is_not(None))
    )
    withdrawn = select(CertificateEvent.certificate_id).where(
        CertificateEvent.kind.in_((EventKind.REVOKED, EventKind.SUPERSEDED))
    )
    return and_(
        IssuanceEntry.seq.is_not(None),
        Certificate.id.in_(lost),
        Certificate.id.not_in(withdrawn),
    )


def _version_of(row: Certificate) -> tuple[int, int, int] | None:
    """Read from the claims which version of the course it was."""
    major, _point, minor = str(row.claims.get("course_version", "")).partition(".")
    if not (major.isdecimal() and minor.isdecimal()):
        return None
    return row.course_id, int(major), int(minor)


def _facts_of_versions(
    session: Session, rows: Iterable[Certificate]
) -> dict[tuple[int, int, int] | None, dict[str, Any]]:
    wanted: Sequence[tuple[int, int, int]] = sorted(
        {version for row in rows if (version := _version_of(row)) is not None}
    )
    if not wanted:
        return {}
    columns = (CourseVersion.course_id, CourseVersion.major, CourseVersion.minor)
    found = session.execute(
        select(*columns, CourseVersion.facts)
        .where(tuple_(*columns).in_(wanted))
        .order_by(*columns)
    )
    return {(course, major, minor): facts for course, major, minor, facts in found}
