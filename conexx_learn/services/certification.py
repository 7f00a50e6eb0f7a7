"""Issuing: the claims are frozen in the transaction that proves the completion."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from conexx_learn.domain.catalogue import CoursePlace
from conexx_learn.domain.certificates import CLAIMS_JSON, EventKind
from conexx_learn.domain.progress import Outline
from conexx_learn.models.certification import (
    Certificate,
    CertificateEvent,
    CertificateRequirement,
)
from conexx_learn.models.insertion import inserted_row
from conexx_learn.queries.asked_courses import asking_requirements
from conexx_learn.services import audit
from conexx_learn.services.claims import Issuing, frozen_claims
from conexx_learn.services.plan_claims import plan_claim
from conexx_learn.services.signing_requests import ask_for_signing


def issue_certificate(
    session: Session,
    *,
    place: CoursePlace,
    outline: Outline,
    user_id: int,
    lang: str,
    issuing: Issuing,
    now: datetime,
) -> bool:
    """Issue the certificate of a complete enrolment; a second call does nothing.

    An erased account gets none, as by a repair that reaches it later: nobody holds it.

    The UNIQUE constraint on the enrolment decides, so that fifty submissions at once
    make one certificate.

    Returns:
        True when this call made it.
    """
    claims = frozen_claims(
        session,
        place=place,
        outline=outline,
        user_id=user_id,
        lang=lang,
        issuing=issuing,
        now=now,
    )
    if claims is None:
        return False
    satisfied = _satisfied(session, place, user_id, now)
    claims = replace(claims, plan=plan_claim(session, satisfied))
    made = inserted_row(
        session,
        Certificate,
        uuid=str(claims.uuid),
        number=claims.number,
        enrolment_id=place.enrolment_id,
        user_id=user_id,
        course_id=place.course_id,
        claims=CLAIMS_JSON.dump_python(claims, mode="json"),
        issued_at=claims.issued_at,
        issued_on=claims.issued_on,
        valid_until=claims.valid_until,
    )
    if made is None:
        return False
    certificate_id: int = made[0]
    session.add(
        CertificateEvent(
            certificate_id=certificate_id,
            kind=EventKind.ISSUED,
            at=now,
            by_user_id=None,
            reason="",
            note="",
        )
    )
    ask_for_signing(session)
    audit.record(session, act="issue", thing=f"certificate:{claims.number}", now=now)
    _name_requirements(session, certificate_id, satisfied)
    return True


def _satisfied(
    session: Session, place: CoursePlace, user_id: int, now: datetime
) -> list[int]:
    """List the lines of plans that ask for the course on the day of issue."""
    return asking_requirements(
        session,
        user_id=user_id,
        course_id=place.course_id,
        slug=place.slug,
        major=place.version[0],
        now=now,
    )


def _name_requirements(
    session: Session, certificate_id: int, satisfied: list[int]
) -> None:
    """Write down which lines of plans the certificate satisfied."""
    if satisfied:
        session.execute(
            insert(CertificateRequirement),
            [
                {"certificate_id": certificate_id, "requirement_id": requirement_id}
                for requirement_id in satisfied
            ],
        )


__all__ = ["Issuing", "issue_certificate"]
