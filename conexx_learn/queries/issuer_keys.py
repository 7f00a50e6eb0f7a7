"""Reads of the issuer's keys."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.issuer_keys import KeyKind, PublicKey
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.credentials import IssuerKey, SignedForm


def public_keys(session: Session) -> list[PublicKey]:
    """Return every key that there was, the oldest first; one statement."""
    rows = session.scalars(select(IssuerKey).order_by(IssuerKey.id))
    return [
        PublicKey(
            id=row.id,
            kind=KeyKind(row.kind),
            fragment=row.fragment,
            jwk=row.public_jwk,
            created_at=row.created_at,
            signs_from=row.signs_from,
            retired_at=row.retired_at,
            compromised_at=row.compromised_at,
        )
        for row in rows
    ]


def signature_counts(session: Session) -> dict[int, int]:
    """Count the forms of certificates that each key signed, by its row."""
    rows = session.execute(
        select(SignedForm.key_id, func.count())
        .group_by(SignedForm.key_id)
        .order_by(SignedForm.key_id)
    )
    return dict(rows.all())


@dataclass(frozen=True, slots=True)
class HolderToTell:
    """Somebody who may keep a file that a key signed.

    Attributes:
        user_id: Their account.
        full_name: Theirs.
        email: Their confirmed mailbox.
        locale: Their language, or None.
    """

    user_id: int
    full_name: str
    email: str
    locale: str | None


def holders_to_tell(session: Session, *, key_id: int) -> list[HolderToTell]:
    """Return who holds a certificate that counts and that a key signed; one statement.

    Who has no confirmed mailbox finds the new files where the old ones were.
    """
    withdrawn = select(CertificateEvent.certificate_id).where(
        CertificateEvent.kind.in_((EventKind.REVOKED, EventKind.SUPERSEDED))
    )
    signed = (
        select(Certificate.user_id)
        .join(SignedForm, SignedForm.certificate_id == Certificate.id)
        .where(SignedForm.key_id == key_id, Certificate.id.not_in(withdrawn))
    )
    rows = session.execute(
        select(User.id, User.full_name, User.email, User.locale)
        .where(
            User.id.in_(signed),
            User.active.is_(True),
            User.email.is_not(None),
            User.confirmed_at.is_not(None),
        )
        .order_by(User.id)
    )
    return [
        HolderToTell(user_id, full_name, email or "", locale)
        for user_id, full_name, email, locale in rows
    ]
