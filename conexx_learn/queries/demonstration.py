"""What the demonstration offers to its visitors: numbers to check, a call in hand."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.calls import CallCheck
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.institutions import Institution


def newest_numbers(session: Session, *, emails: Sequence[str]) -> dict[str, str]:
    """Return e-mail address to the number of that holder's newest certificate."""
    rows = session.execute(
        select(User.email, Certificate.number)
        .join(Certificate, Certificate.user_id == User.id)
        .where(User.email.in_(emails))
        .order_by(Certificate.id)
    )
    return {email or "": number for email, number in rows}


def numbers_by_fate(session: Session, *, kinds: Sequence[str]) -> dict[str, str]:
    """Return kind of event to the number of a certificate to which it happened last.

    Args:
        session: Where to read.
        kinds: Of events that change how a certificate stands, such as `suspended`.
    """
    rows = session.execute(
        select(Certificate.number, CertificateEvent.kind)
        .join(CertificateEvent, CertificateEvent.certificate_id == Certificate.id)
        .where(CertificateEvent.kind.in_(kinds))
        .order_by(CertificateEvent.id)
    )
    last = {row.number: row.kind for row in rows}
    return {kind: number for number, kind in last.items()}


def open_call_id(session: Session, *, slug: str) -> int | None:
    """Return the call of an institution that was not put aside, the first to close."""
    return session.scalar(
        select(CallCheck.id)
        .join(Institution, Institution.id == CallCheck.institution_id)
        .where(Institution.slug == slug, CallCheck.archived_at.is_(None))
        .order_by(CallCheck.deadline_at, CallCheck.id)
        .limit(1)
    )
