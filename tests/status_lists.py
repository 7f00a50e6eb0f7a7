"""Certificates with a place in a status list, for the tests of both."""

from datetime import datetime
from secrets import randbelow
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import CLAIMS_JSON, EventKind
from conexx_learn.domain.identifiers import certificate_number
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.credentials import StatusPlace
from conexx_learn.models.enrolment import Enrolment
from tests.factories import NOW
from tests.learning import enrolled_user
from tests.sample_claims import make_claims


def make_certificate(session: Session) -> Certificate:
    """Store a certificate of a new learner of the small course."""
    user = enrolled_user(session)
    enrolment = session.scalars(
        select(Enrolment).where(Enrolment.user_id == user.id).order_by(Enrolment.id)
    ).one()
    claims = make_claims(number=certificate_number(randbelow(2**55)), uuid=uuid4())
    certificate = Certificate(
        uuid=str(claims.uuid),
        number=claims.number,
        enrolment_id=enrolment.id,
        user_id=user.id,
        course_id=enrolment.course_id,
        claims=CLAIMS_JSON.dump_python(claims, mode="json"),
        issued_at=claims.issued_at,
        issued_on=claims.issued_on,
        valid_until=claims.valid_until,
    )
    session.add(certificate)
    session.flush()
    return certificate


def placed_certificate(session: Session, index: int, number: int = 1) -> Certificate:
    """Store a certificate with a chosen place in a status list."""
    certificate = make_certificate(session)
    session.add(
        StatusPlace(
            certificate_id=certificate.id, list_number=number, status_index=index
        )
    )
    session.commit()
    return certificate


def event_row(
    certificate_id: int, kind: EventKind, at: datetime = NOW
) -> CertificateEvent:
    """Make a row of what happens to a certificate."""
    return CertificateEvent(
        certificate_id=certificate_id,
        kind=kind,
        at=at,
        by_user_id=None,
        reason="fraud",
        note="",
    )


def add_event(
    session: Session, certificate: Certificate, kind: EventKind, at: datetime = NOW
) -> None:
    """Let something happen to a certificate."""
    session.add(event_row(certificate.id, kind, at))
    session.commit()
